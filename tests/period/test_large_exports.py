"""Exports of several pieces: held in memory from one snapshot to the next, and read as by one who keeps nothing."""

import io
import zipfile
from pathlib import Path
from typing import Any

import pytest

from soc2test.period.working_copy import WorkingCopy

from .half_year import HalfYear, at, days
from .test_remembering import told

MOMENTS = days("2026-03-01", "2026-03-04", 3, every=1)
COUNT = 3000


def buckets(**changed: Any) -> list[dict[str, Any]]:
    """So many that the store cuts their list; some are others."""
    return [{"id": f"bucket-{n:06}", "public": changed.get(f"b{n}", False)} for n in range(COUNT)]


@pytest.fixture
def company(tmp_path: Path) -> HalfYear:
    company = HalfYear(tmp_path)
    days_of = [buckets(), buckets(b7=True), [*buckets(b7=True, b2900=True)[5:]], buckets()]
    for moment, listed in zip(MOMENTS, days_of, strict=True):
        company.export("cloud", "one", "buckets", listed)
        company.record(moment)
    return company


@pytest.mark.parametrize("processes", [1, 2])
def test_what_is_held_is_what_is_read(company: HalfYear, processes: int) -> None:
    asked: dict[str, Any] = {"first": at("2026-03-01 00:00").date(), "last": at("2026-03-04 00:00").date()}
    found = company.evaluate(**asked, processes=processes)
    noted = found.results["OWN-01"].period
    assert noted is not None
    assert [(each.resource, each.by[:10]) for each in noted.noted] == [
        ("bucket-000007", "2026-03-02"), ("bucket-002900", "2026-03-03"),
    ]  # fmt: skip
    assert told(found) == told(company.evaluate(**asked, remember=False))


def test_a_large_file_that_is_held_is_written_by_nobody(company: HalfYear, tmp_path: Path) -> None:
    links = list(company.store.links())
    place = "exports/cloud/one/buckets.json"
    for name, holds in (("held", True), ("written", False)):
        copy = WorkingCopy(tmp_path / name, holds=holds)
        for link in links[:2]:
            copy.show(company.store, link.record)
            file = copy.folder / place
            held = copy.held()[str(file)]
            assert len(held.data) == file.stat().st_size > 1 << 15
            assert (file.read_bytes() == held.data) is not holds


def test_a_large_archive_and_a_large_programme_are_opened_where_they_lie(company: HalfYear) -> None:
    """What is not read as a list of items can't be held: once, an archive that was held showed zeros to its reader."""
    company.export("cloud", "one", "buckets", buckets(b11=True))
    listed, archive = company.root / "exports/cloud/one/buckets.json", company.root / "exports/cloud/one/buckets.zip"
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as packed:
        packed.writestr("buckets.json", listed.read_bytes())
    archive.write_bytes(out.getvalue())
    listed.unlink()
    company.promise("".join(f"# line {number} of many words that say nothing\n" for number in range(2000)))
    company.record(*days("2026-03-05", "2026-03-06", every=1))
    asked: dict[str, Any] = {"first": at("2026-03-05 00:00").date(), "last": at("2026-03-06 00:00").date()}
    found = company.evaluate(**asked)
    assert [each.resource for each in found.results["OWN-01"].findings] == ["bucket-000011"]
    assert found.problems == ()
    assert told(found) == told(company.evaluate(**asked, remember=False))
