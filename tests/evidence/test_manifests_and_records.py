"""`manifest.yaml` and evidence records: what they say, and what is refused."""

from datetime import UTC, datetime
from pathlib import Path, PurePosixPath
from typing import Any

import pytest

from soc2test.errors import EvidenceError
from soc2test.evidence.manifest import parse_manifest
from soc2test.evidence.manifest_text import read_manifest, write_manifest
from soc2test.evidence.record import RECORD, record_of

AT = datetime(2026, 11, 20, 8, tzinfo=UTC)
RAW: dict[str, Any] = {
    "soc2test": RECORD, "source": "aws", "operation": "iam list-users", "subject": {"account": "012345678901"},
    "collected_at": "2026-11-20T08:00:00Z", "status": "ok", "complete": True, "body": {"Users": []},
}  # fmt: skip


def test_a_manifest_dates_files_and_says_what_must_tie_out() -> None:
    manifest = parse_manifest(
        b"collected_at: 2026-11-20T08:00:00Z\ncollector: {tool: aws-cli/2.31, identity: audit}\nfiles:\n"
        b"  a/b.json: {collected_at: '2026-11-19', command: aws x, records: 3, sha256: ab}\n  c.json: {note: x}\n",
        PurePosixPath("aws/manifest.yaml"),
    )
    assert manifest.folder == PurePosixPath("aws")
    assert manifest.collected_at == AT
    note = manifest.files["a/b.json"]
    assert (note.collected_at, note.records, note.sha256) == (datetime(2026, 11, 19, tzinfo=UTC), 3, "ab")
    assert manifest.files["c.json"].collected_at is None


@pytest.mark.parametrize("text", ["files:", "files: {}", "files: null"])
def test_a_manifest_may_name_no_file(text: str) -> None:
    assert parse_manifest(text.encode(), PurePosixPath("manifest.yaml")).files == {}


@pytest.mark.parametrize(
    ("text", "line", "says"),
    [
        ("colected_at: 2026-11-20", 1, "an unknown key; allowed are collected_at, collector, files, nonce, note, witness"),
        ("collected_at: 2026-11-20\nfiles:\n  a.json: {record: 3}", 3, "an unknown key; allowed are collected_at"),
        ("collected_at: yesterday", 1, "collected_at is no time"),
        ("files:\n  a.json:\n    collected_at: canary", 3, "collected_at is no time"),
        ("files:\n  a.json: {records: '3'}", 2, "records is a number"),
        ("files:\n  a.json: {records: true}", 2, "records is a number"),
        ("files:\n  a.json: {sha256: 12}", 2, "sha256 is a hex digest"),
        ("files: [a.json]", 1, "a mapping is needed here"),
        ("note: x\nfiles: []", 2, "a mapping is needed here"),
        ("files: false", 1, "a mapping is needed here"),
        ("files: 0", 1, "a mapping is needed here"),
        ("files: ''", 1, "a mapping is needed here"),
        ("files:\n  a.json: {sha256: ''}", 2, "sha256 is a hex digest"),
        ("apiVersion: v1\nkind: List", 1, "a manifest of something else needs another name"),
        ("- a", 1, "a mapping is needed here"),
        ("files:\n  a.json: x\n  a.json: y", 3, "a key stands twice"),
    ],
)
def test_a_wrong_manifest_is_refused_with_its_line(text: str, line: int, says: str) -> None:
    with pytest.raises(EvidenceError) as caught:
        parse_manifest(text.encode(), PurePosixPath("manifest.yaml"))
    assert caught.value.place == f"line {line}"
    assert says in caught.value.text
    assert "canary" not in str(caught.value)


def test_a_record_says_what_it_is() -> None:
    evidence = record_of(RAW, "r.json", "", "ab", "r.json")
    assert (evidence.source, evidence.operation, evidence.subject) == (
        "aws",
        "iam list-users",
        {"account": "012345678901"},
    )
    assert (evidence.collected_at, evidence.code, evidence.declared_complete) == (AT, None, True)
    assert evidence.body == {"Users": []}


@pytest.mark.parametrize(
    ("error", "code", "http"),
    [
        ({"code": "AccessDenied", "message": "canary", "http": 403}, "AccessDenied", 403),
        ({"http": 404}, "404", 404),
        ({}, "error", None),
        ({"code": None, "http": "404"}, "404", None),
    ],
)
def test_a_failed_call_is_evidence_too(error: dict[str, Any], code: str, http: int | None) -> None:
    failed = {key: value for key, value in RAW.items() if key != "body"} | {"status": "error", "error": error}
    evidence = record_of(failed, "r.json", "", "ab", "r.json")
    assert (evidence.code, evidence.http) == (code, http)


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"source": None}, "source of an evidence record must be a str"),
        ({"operation": 5}, "operation of an evidence record must be a str"),
        ({"subject": []}, "subject of an evidence record must be a dict"),
        ({"subject": {"account": None}}, "account in the subject of an evidence record is no text"),
        ({"subject": {"account": True}}, "account in the subject of an evidence record is no text"),
        ({"status": "fine"}, "status of an evidence record is ok or error"),
        ({"status": "error"}, "needs the key error"),
        ({"error": {"code": "AccessDenied"}}, "says ok and names an error"),
        ({"complete": "no"}, "complete of an evidence record is true or false"),
        ({"collected_at": "canary"}, "collected_at is no time"),
        ({"collected_at": True}, "collected_at is no time"),
    ],
)
def test_a_wrong_record_is_refused(change: dict[str, Any], says: str) -> None:
    with pytest.raises(EvidenceError) as caught:
        record_of({**RAW, **change}, "r.ndjson", "record 3", "ab", "r.ndjson#3")
    assert says in caught.value.text
    assert caught.value.place == "record 3"
    assert "canary" not in str(caught.value)


@pytest.mark.parametrize("key", ["source", "operation", "status", "body"])
def test_a_record_without_a_key_is_refused(key: str) -> None:
    with pytest.raises(EvidenceError, match=f"needs the key {key}"):
        record_of({name: value for name, value in RAW.items() if name != key}, "r.json", "", "ab", "r.json")


def test_a_manifest_that_is_no_manifest_is_not_added_to(tmp_path: Path) -> None:
    file = tmp_path / "manifest.yaml"
    file.write_text("colected_at: 2026-11-20\n")
    with pytest.raises(EvidenceError, match="line 1: an unknown key"):
        read_manifest(file)
    assert read_manifest(tmp_path / "none.yaml") == {}


def test_what_people_read_of_a_manifest_is_a_line_a_file(tmp_path: Path) -> None:
    long = "a" * 900 + ".json"
    file = tmp_path / "manifest.yaml"
    write_manifest(file, {"files": {"b.json": {"command": "x y"}, long: {"command": "z"}}})
    assert file.read_text() == f'files:\n  ? "{long}"\n  : {{"command": "z"}}\n  "b.json": {{"command": "x y"}}\n'


@pytest.mark.parametrize(
    ("collector", "said"),
    [
        ("{tool: script 2, identity: audit}", "script 2, audit"),
        ("{tool: script, version: 2, flags: [a], more: {b: c}, by: audit}", "script, 2, audit"),
        ("ci@acme.example", "ci@acme.example"),
        ("{}", None),
        ("[1]", None),
    ],
)
def test_who_collected_with_which_tool_is_one_text(collector: str, said: str | None) -> None:
    text = f"collector: {collector}\nfiles:\n  a.json: {{command: list things}}\n  b.json: {{collector: other}}\n"
    manifest = parse_manifest(text.encode(), PurePosixPath("manifest.yaml"))
    assert manifest.collector == said
    assert manifest.files["a.json"].command == "list things"
    assert manifest.files["b.json"].collector == "other"
