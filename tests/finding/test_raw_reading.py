"""A file that is no data: a vendor's error text, or an export that can't be read and counts as none."""

from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from exporting import Store

from soc2test import ErrorInfo, Facts, Item, Source, Subject, facts, unpaged
from soc2test.evidence.archives import listing
from soc2test.evidence.manifest import FileNote
from soc2test.evidence.read_limits import ReadLimits
from soc2test.evidence.record import Evidence
from soc2test.evidence.tar_members import Shelf
from soc2test.finding.raw_reading import ReadBy, read_raw


def said(body: Any) -> ErrorInfo | None:
    if "broken" in body:
        raise KeyError
    return ErrorInfo("Denied", 403) if "Denied" in body else None


things = Source("things", command="things {operation}", error=said, paging=unpaged)


@things.reads("list", kind=Store, items="", lists=True)
def thing(item: Item, at: Subject) -> Facts:
    return facts(item["id"], name=item["name"])


@pytest.mark.parametrize(
    ("text", "code", "http", "complete", "problem"),
    [
        ("[]", None, None, True, None),
        ("Denied: ann may not", "Denied", 403, True, None),  # what it lacks is said where the call is read
        ("[] broken", None, None, False, "error function"),
        ("[", None, None, False, "line 1"),
    ],
)
def test_a_file_that_is_no_data_is_an_error_text_or_is_incomplete(
    text: str, code: str | None, http: int | None, complete: bool, problem: str | None, tmp_path: Path
) -> None:
    (tmp_path / "list.json").write_text(text)
    (found,) = listing(tmp_path, ReadLimits(), Shelf()).files
    evidence = Evidence(id="e", path="list.json", source="things", operation="list", subject={}, sha256="", body=None)
    assert read_raw(found, evidence, things, (FileNote(), None), ReadBy(limits=ReadLimits()))
    assert (evidence.code, evidence.http, evidence.complete) == (code, http, complete)
    assert problem in evidence.problem if problem and evidence.problem else evidence.problem is problem


def test_of_a_file_that_its_manifest_contradicts_no_command_is_suggested(tmp_path: Path) -> None:
    """It is another file than was exported: that is what is wrong with it, and the page says only what it is."""
    (tmp_path / "list.csv").write_text("<!doctype html><html>")
    (found,) = listing(tmp_path, ReadLimits(), Shelf()).files
    evidence = Evidence(id="e", path="list.csv", source="things", operation="list", subject={}, sha256="", body=None)
    read_raw(found, evidence, things, (FileNote(), None), ReadBy(limits=ReadLimits()))
    assert evidence.problem == "is a web page, perhaps one to sign in: sign in, and export `things list`"
    evidence.ties_out = False
    read_raw(found, evidence, things, (FileNote(), None), ReadBy(limits=ReadLimits()))
    assert evidence.problem == "is a web page"


@pytest.mark.parametrize(("local", "hour"), [(False, 0), (True, 23)])
def test_a_day_without_a_time_begins_where_people_write_it_down_or_in_utc(
    local: bool, hour: int, tmp_path: Path
) -> None:
    made = Source("things", command="things {operation}", dated="as_of", local_days=local, paging=unpaged)
    made.reads("list", kind=Store, items="rows", lists=True)(thing)
    (tmp_path / "list.json").write_text('{"as_of": "2026-11-20", "rows": []}')
    (found,) = listing(tmp_path, ReadLimits(), Shelf()).files
    evidence = Evidence(id="e", path="list.json", source="things", operation="list", subject={}, sha256="", body=None)
    read_raw(found, evidence, made, (FileNote(), None), ReadBy(limits=ReadLimits(), zone=ZoneInfo("Europe/Berlin")))
    assert evidence.collected_at is not None
    assert evidence.collected_at.hour == hour
