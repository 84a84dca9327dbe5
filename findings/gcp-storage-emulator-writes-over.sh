#!/bin/sh
# gcp-storage-emulator 2026.7.19: an upload on the condition ifGenerationMatch=0 writes over the object that is there.
#
# Expected: 412 conditionNotMet, as Google Cloud Storage documents for "only where there is no live object of this name";
#   gcsfs 2026.10.1 relies on it for mode="create" and raises FileExistsError then.
# Seen (Python 3.11): both uploads are answered with 200, and the object is the second one's. Against this emulator two
#   writers of one name both win: a test of an exclusive write fails there though it is right on the service, and whoever
#   tries a lock there learns nothing of it. Azurite 3.35.0 and moto 5.2.5 keep the condition of their services.
set -eu
work=$(mktemp -d)
trap 'kill "$server" 2>/dev/null || :; rm -rf "$work"' EXIT
server=
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check gcp-storage-emulator==2026.7.19 'setuptools<81'
port=$("$work/venv/bin/python" -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
"$work/venv/bin/gcp-storage-emulator" start --port="$port" --in-memory --default-bucket=bucket >/dev/null 2>&1 &
server=$!
"$work/venv/bin/python" - "$port" <<'PY'
import sys
import time
from urllib.error import HTTPError
from urllib.request import Request, urlopen

host = f"http://127.0.0.1:{sys.argv[1]}"
place = f"{host}/upload/storage/v1/b/bucket/o?uploadType=media&name=log-124&ifGenerationMatch=0"
for _ in range(150):
    try:
        urlopen(f"{host}/storage/v1/b").close()
        break
    except OSError:
        time.sleep(0.2)
answers = []
for content in (b"first", b"second"):
    try:
        with urlopen(Request(place, data=content)) as answer:
            answers.append(answer.status)
    except HTTPError as error:
        answers.append(error.code)
with urlopen(f"{host}/download/storage/v1/b/bucket/o/log-124?alt=media") as answer:
    left = answer.read()
print(answers, left)
assert answers == [200, 200], "the condition is kept now"
assert left == b"second", "the second did not write over it"
PY
