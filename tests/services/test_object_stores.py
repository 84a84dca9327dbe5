"""Object stores as servers: acme in moto's S3, and what gcsfs and adlfs make of emulators of their services."""

import json
import os
import socket
import subprocess
import sys
import threading
import time
import urllib.request
from base64 import b64encode
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import ClassVar
from urllib.parse import quote

import pytest

from soc2test.evidence.read_limits import ReadLimits
from soc2test.remote.mirroring import mirror
from soc2test.remote.urls import RemoteError, parse_url
from soc2test.store.bucket import BucketObjects
from soc2test.store.chain import open_store
from soc2test.store.objects import NoSuchObject, StoreError

sys.path.append(str(Path(__file__).parents[1] / "remote"))  # the server is that of the tests there
from s3_server import BUCKET, empty_bucket

pytestmark = pytest.mark.services

ACME = Path(__file__).parents[2] / "fixtures" / "acme"
GOOGLE = ("gcp-storage-emulator==2026.7.19", "setuptools<81")
AZURITE = "azurite@3.35.0"
AZURE_KEY = b64encode(b"0" * 64).decode()

OBJECTS = {
    "exports/aws/x.json": b"one",
    "exports/okta/y z#1?.json": b"two",
    "exports/aws/a%2Fb.json": b"three",
    "exports/aws//z.json": b"four",
    "exports/a/b": b"five",
    "exports2/n": b"no",
}
Put = Callable[[str, bytes], None]


def run(report: Path, *args: str) -> dict[str, bytes]:
    """The artifacts of a run over acme's controls."""
    command = [sys.executable, "-m", "pytest", "--soc2", f"--soc2-report={report}", *args]
    done = subprocess.run(command, cwd=ACME, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout[-2000:] + done.stderr
    return {
        path.name: path.read_bytes() for path in report.rglob("*") if path.suffix in (".json", ".ndjson", ".html", ".md")
    }


def test_acme_gives_the_same_bytes_from_s3(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with empty_bucket(monkeypatch) as s3:
        for path in (ACME / "exports").rglob("*"):
            if path.is_file():
                s3.put(f"acme/exports/{path.relative_to(ACME / 'exports')}", path.read_bytes())
        url = f"--soc2-exports=s3://{BUCKET}/acme/exports"
        local = run(tmp_path / "local")
        assert json.loads(local["matrix.json"])["evidence_total"] > 200
        assert run(tmp_path / "remote", url) == local
        s3.asked.clear()
        assert run(tmp_path / "workers", url, "-n", "2") == local
        assert len(s3.downloads()) == len(set(s3.downloads()))  # each object once, whatever the workers


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
        return port


def wait_for(port: int) -> None:
    for _ in range(150):
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
        except OSError:
            time.sleep(0.2)
        else:
            return
    raise AssertionError("the emulator did not start")


@pytest.fixture
def google(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Put]:
    """An emulator of Google Cloud Storage, to which the environment leads."""
    subprocess.run([sys.executable, "-m", "venv", tmp_path / "venv"], check=True)
    subprocess.run([tmp_path / "venv/bin/pip", "install", "--quiet", *GOOGLE], check=True)
    port = free_port()
    command = [
        tmp_path / "venv/bin/gcp-storage-emulator",
        "start",
        f"--port={port}",
        "--in-memory",
        "--default-bucket=evidence",
    ]
    emulator = subprocess.Popen([*map(str, command)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    monkeypatch.setenv("STORAGE_EMULATOR_HOST", f"http://127.0.0.1:{port}")

    def put(key: str, data: bytes) -> None:
        url = f"http://127.0.0.1:{port}/upload/storage/v1/b/evidence/o?uploadType=media&name={quote(key, safe='')}"
        urllib.request.urlopen(urllib.request.Request(url, data=data)).close()  # our own server

    try:
        wait_for(port)
        yield put
    finally:
        emulator.terminate()


@pytest.fixture
def azure(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Put]:
    """Azurite, to which the environment leads."""
    subprocess.run(["npm", "install", "--silent", "--prefix", tmp_path, AZURITE], check=True, capture_output=True)
    port = free_port()
    command = [tmp_path / "node_modules/.bin/azurite-blob", "--silent", "--disableTelemetry", "--skipApiVersionCheck"]
    command += ["--blobPort", str(port), "--location", str(tmp_path / "data")]
    environment = {**os.environ, "AZURITE_ACCOUNTS": f"acme:{AZURE_KEY}"}
    emulator = subprocess.Popen(
        [*map(str, command)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=environment
    )
    address = f"http://127.0.0.1:{port}/acme"
    text = f"DefaultEndpointsProtocol=http;AccountName=acme;AccountKey={AZURE_KEY};BlobEndpoint={address};"
    monkeypatch.setenv("AZURE_STORAGE_CONNECTION_STRING", text)
    try:
        wait_for(port)
        from azure.storage.blob import BlobServiceClient

        client = BlobServiceClient.from_connection_string(text)
        client.create_container("evidence")

        def put(key: str, data: bytes) -> None:
            client.get_blob_client("evidence", key).upload_blob(data, overwrite=True)

        yield put
    finally:
        emulator.terminate()


def check(scheme: str, put: Put) -> None:
    for key, data in OBJECTS.items():
        put(key, data)
    copy = mirror(parse_url(f"{scheme}://evidence/exports"), ReadLimits())
    files = {str(path.relative_to(copy.root)): path.read_bytes() for path in copy.root.rglob("*") if path.is_file()}
    copy.remove()
    assert files == {
        "aws/x.json": b"one", "okta/y z#1?.json": b"two", "aws/a%2Fb.json": b"three", "a/b": b"five",
    }  # fmt: skip
    assert [found.place for found in copy.lost] == ["aws//z.json"]
    for nothing in ("evidence/none", "evidence/export", "nothing/exports"):
        with pytest.raises(RemoteError, match=r"no export lies below|no such bucket"):
            mirror(parse_url(f"{scheme}://{nothing}"), ReadLimits())
    with pytest.raises(RemoteError, match="is an object"):
        mirror(parse_url(f"{scheme}://evidence/exports/aws/x.json"), ReadLimits())


def check_store(scheme: str) -> None:
    """As the place of an evidence store: of several writers of one name one is told that it wrote it."""
    objects = BucketObjects(parse_url(f"{scheme}://evidence/kept"))
    with ThreadPoolExecutor(8) as pool:
        won = list(pool.map(lambda number: objects.create("records/1.json", b"%d" % number), range(8)))
    assert won.count(True) == 1
    assert objects.read("records/1.json") == b"%d" % won.index(True)
    assert not objects.create("records/1.json", b"other")
    assert objects.create("blobs/ab/x.zst", b"piece")
    assert objects.list("records") == ["records/1.json"]
    assert objects.present(["records/1.json", "records/2.json", "blobs/ab/x.zst"]) == {
        "records/1.json", "blobs/ab/x.zst",
    }  # fmt: skip
    with pytest.raises(NoSuchObject):
        objects.read("records/2.json")
    objects.delete("records/1.json")
    objects.delete("records/1.json")
    assert objects.list("records") == []


def test_google_cloud_storage(google: Put) -> None:
    check("gs", google)
    # this emulator takes no notice of ifGenerationMatch: a store says so, and does not begin
    with pytest.raises(StoreError, match="two records could take one number there"):
        open_store("gs://evidence/kept", Path()).begin()
    assert open_store("gs://evidence/kept", Path()).numbers() == []


class Refusing(BaseHTTPRequestHandler):
    """Google's answer to a condition that does not hold; it notes what it was asked."""

    asked: ClassVar[list[str]] = []

    def do_POST(self) -> None:
        self.asked.append(self.path)
        self.rfile.read(int(self.headers["Content-Length"]))
        answer = json.dumps({"error": {"code": 412, "message": "conditionNotMet"}}).encode()
        self.send_response(412)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(answer)))
        self.end_headers()
        self.wfile.write(answer)

    def log_message(self, format: str, *args: object) -> None:
        """Nothing: the tests' output is for the tests."""


def test_google_is_asked_to_write_only_where_nothing_is(monkeypatch: pytest.MonkeyPatch) -> None:
    with ThreadingHTTPServer(("127.0.0.1", 0), Refusing) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        monkeypatch.setenv("STORAGE_EMULATOR_HOST", f"http://127.0.0.1:{server.server_port}")
        assert not BucketObjects(parse_url("gs://evidence/kept")).create("records/1.json", b"x")
        server.shutdown()
    assert [path for path in Refusing.asked if "ifGenerationMatch=0" in path]


def test_azure_blob_storage(azure: Put, monkeypatch: pytest.MonkeyPatch) -> None:
    azure("exports/empty/", b"")  # adlfs lists it without the slash
    check("az", azure)
    check_store("az")
    wrong = os.environ["AZURE_STORAGE_CONNECTION_STRING"].replace(
        f"AccountKey={AZURE_KEY}", f"AccountKey={b64encode(bytes(64)).decode()}"
    )
    monkeypatch.setenv("AZURE_STORAGE_CONNECTION_STRING", wrong)
    with pytest.raises(RemoteError, match=r"access is denied \(AuthorizationFailure\)"):
        mirror(parse_url("az://evidence/exports"), ReadLimits())
    monkeypatch.delenv("AZURE_STORAGE_CONNECTION_STRING")
    with pytest.raises(RemoteError, match="there are no credentials that hold"):
        mirror(parse_url("az://evidence/exports"), ReadLimits())
