#!/bin/sh
# adlfs 2026.8.0: the empty object that marks a folder is listed as a file of another name, which is not there.
#
# Expected: tools that make "folders" in Azure Blob Storage upload an empty blob whose name ends in a slash. find() lists
#   what can be opened: the blob by its own name, a directory, or nothing (s3fs 2026.9.0 leaves the slash where it is).
# Seen (adlfs 2026.8.0, Azurite 3.35.0, Python 3.11): `exports/a/` is listed as `evidence/exports/a`, type "file", of 0
#   bytes, and to open that raises FileNotFoundError. Who copies what is listed takes the marker for a file that went
#   away; who skips names that end in a slash skips nothing.
set -eu
work=$(mktemp -d)
trap 'kill "$server" 2>/dev/null || :; rm -rf "$work"' EXIT
server=
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check adlfs==2026.8.0 azure-storage-blob==12.31.1
npm install --silent --prefix "$work" azurite@3.35.0 >/dev/null
key=$("$work/venv/bin/python" -c 'import base64; print(base64.b64encode(b"0" * 64).decode())')
port=$("$work/venv/bin/python" -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
AZURITE_ACCOUNTS="acme:$key" "$work/node_modules/.bin/azurite-blob" --silent --disableTelemetry --skipApiVersionCheck \
  --blobPort "$port" --location "$work/data" >/dev/null 2>&1 &
server=$!
address="DefaultEndpointsProtocol=http;AccountName=acme;AccountKey=$key;BlobEndpoint=http://127.0.0.1:$port/acme;"
AZURE_STORAGE_CONNECTION_STRING="$address" "$work/venv/bin/python" - <<'PY'
import os
import time

from adlfs import AzureBlobFileSystem
from azure.core.exceptions import ServiceRequestError
from azure.storage.blob import BlobServiceClient

text = os.environ["AZURE_STORAGE_CONNECTION_STRING"]
client = BlobServiceClient.from_connection_string(text, retry_total=0)
for _ in range(150):
    try:
        client.create_container("evidence")
        break
    except ServiceRequestError:
        time.sleep(0.2)
client.get_blob_client("evidence", "exports/a/").upload_blob(b"")
client.get_blob_client("evidence", "exports/b/x.json").upload_blob(b"{}")
store = AzureBlobFileSystem(connection_string=text)
listed = {name: (info["type"], info["size"]) for name, info in store.find("evidence/exports", detail=True).items()}
print(listed)
assert listed == {"evidence/exports/a": ("file", 0), "evidence/exports/b/x.json": ("file", 2)}, "the marker is told otherwise now"
try:
    store.cat_file("evidence/exports/a")
except FileNotFoundError:
    print("not there")
else:
    raise SystemExit("what is listed can be opened now")
PY
