"""`soc2test evidence` reads what lies at a URL as it reads a folder; what writes into the folder refuses a URL."""

import json
import os
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from programmes import Programme
from runs import run_forked
from s3_server import BUCKET, S3, empty_bucket

from soc2test.remote.private_folder import PREFIX

pytestmark = pytest.mark.services
URL = f"s3://{BUCKET}/exports"
KEY = "exports/things/one/things.list.json"


@pytest.fixture
def s3(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[S3]:
    """A server with the export of one thing."""
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    with empty_bucket(monkeypatch) as server:
        server.put(KEY, b'{"things": [{"id": "a", "good": true}]}')
        yield server


def soc2test(programme: Programme, *args: str) -> "subprocess.CompletedProcess[str]":
    return run_forked([*args], str(programme.path), os.environ, "soc2test")


def told(programme: Programme, *args: str) -> dict[str, Any]:
    done = soc2test(programme, "evidence", "--format=json", "--as-of=2026-11-20", *args)
    assert done.returncode == 0, done.stderr
    record: dict[str, Any] = json.loads(done.stdout)
    return record


def test_evidence_is_that_of_the_folder(programme: Programme, s3: S3, tmp_path: Path) -> None:
    programme.things({"id": "a", "good": True})
    (programme.path / "exports/things/one/things.list.json").write_bytes(b'{"things": [{"id": "a", "good": true}]}')
    local = told(programme)
    assert told(programme, f"--exports={URL}") == local
    assert local["evidence_read"] == 1
    programme.write("soc2.yaml", f"system: Test\nexports: {URL}\nsources: {{things: {{orgs: [one]}}}}\n")
    assert told(programme) == local
    assert [name for name in os.listdir(tmp_path) if name.startswith(PREFIX)] == []


def test_a_proof_begins_with_what_lies_there(programme: Programme, s3: S3) -> None:
    control = 'def test_x(thing: Thing):\n    """Good.\n\n    CC6.1: what is bad lets everybody in."""\n    assert thing.good\n'
    programme.policy(f'@control("OWN-01", criteria=["CC6.1"], nature="state")\n{control}')
    for args in ((f"--exports={URL}",), ()):
        done = soc2test(programme, "prove", "OWN-01", "--format=json", "--as-of=2026-11-20", *args)
        assert [proof["basis"] for proof in json.loads(done.stdout)] == ["the exports (1 to begin with)"]
        programme.write("soc2.yaml", f"system: Test\nexports: {URL}\nsources: {{things: {{orgs: [one]}}}}\n")


def test_what_could_not_be_had_is_told(programme: Programme, s3: S3) -> None:
    s3.put("exports/things/one//x.json", b"{}")
    found = told(programme, f"--exports={URL}")
    assert [each["path"] for each in found["unclaimed"]] == ["things/one//x.json"]
    assert "empty part" in found["unclaimed"][0]["reason"]


@pytest.mark.parametrize(
    ("args", "says"),
    [
        (("evidence", f"--exports=s3://{BUCKET}/none"), "no export lies below it"),
        (("evidence", "--exports=s3://AKIA:hush@b/x"), "holds credentials"),
        (("evidence", "--exports=nothing"), "--exports: there is no folder nothing"),
        (("evidence", "--format=sh", f"--exports={URL}"), "the script collects into a folder"),
        (("seal", f"--exports={URL}"), "seal the folder, then upload it"),
    ],
)
def test_usage_errors(programme: Programme, s3: S3, args: tuple[str, ...], says: str) -> None:
    done = soc2test(programme, *args)
    assert done.returncode == 2
    assert says in " ".join(done.stderr.replace("│", " ").split())
    assert "hush" not in done.stdout + done.stderr
