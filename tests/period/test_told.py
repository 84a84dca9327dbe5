"""What is told of the store that a period was evaluated over: its head, its snapshots, and what was pruned."""

from collections import Counter
from datetime import UTC, date, timedelta
from pathlib import Path

import msgspec
import pytest

from soc2test.period.evaluate_period import evaluate_period
from soc2test.store.pruning import prune

from .half_year import ORIGIN, HalfYear, at, days

WEEKS = [at("2025-12-04 03:00") + timedelta(days=7 * n) for n in range(36)]


def test_the_head_and_where_each_snapshot_lies_are_told(tmp_path: Path) -> None:
    company = HalfYear(tmp_path)
    head = company.record(*WEEKS)
    told = company.evaluate(until=date(2026, 7, 31)).told
    assert told.head is not None
    assert (told.head.store, told.head.number, told.head.digest) == ("memory", 36, head.digest)
    assert Counter(each.lies for each in told.snapshots) == {"before": 1, "within": 26, "after": 5}


def test_who_pruned_evidence_of_the_period_and_why_is_told(tmp_path: Path) -> None:
    company = HalfYear(tmp_path)
    company.record(*WEEKS)
    prune(
        company.store, date(2026, 1, 20), UTC, needed_from=None, origin=ORIGIN, system="Test", id="one who prunes",
        reason="room was needed", by="Ada",
    )  # fmt: skip
    told = company.evaluate().told
    (pruning,) = told.prunings
    assert (pruning.record, pruning.reason, pruning.by) == (37, "room was needed", "Ada")
    assert pruning.numbers == told.pruned == (4, 5, 6, 7)
    assert pruning.before == 4


def test_a_report_is_of_no_day_that_is_still_to_come(tmp_path: Path) -> None:
    company = HalfYear(tmp_path)
    company.record(*WEEKS)
    told = company.evaluate(until=date(2026, 7, 31), now=at("2026-05-04 12:00")).told
    assert told.report_date == "2026-05-04"


def test_days_after_the_report_date_are_missing_from_no_report(tmp_path: Path) -> None:
    company = HalfYear(tmp_path)
    company.record(*days("2026-01-01", "2026-01-31", without=["2026-01-20"], every=1))
    asked = company.asked(last=date(2026, 1, 31), until=date(2026, 2, 3))
    (tmp_path / "shown").mkdir()
    found = evaluate_period(company.store, msgspec.structs.replace(asked, schedule="daily"), tmp_path / "shown")
    assert found.told.missing == (
        "1 day without a snapshot: 2026-01-20",
        "3 days without a snapshot: 2026-02-01 to 2026-02-03",
    )


@pytest.mark.parametrize("other", ["America/New_York", "Europe/Berlin"])
def test_a_time_zone_that_a_snapshot_had_otherwise_is_named(tmp_path: Path, other: str) -> None:
    company = HalfYear(tmp_path)
    company.export("cloud", "one", "buckets", [{"id": "web", "public": False}])
    company.record(*days("2026-03-01", "2026-03-04", every=1))
    text = (company.root / "soc2.yaml").read_text()
    company.write("soc2.yaml", text.replace("Europe/Berlin", other))
    company.record(*days("2026-03-05", "2026-03-06", every=1))
    company.write("soc2.yaml", text)
    company.record(*days("2026-03-07", "2026-03-10", every=1))
    over = company.evaluate(date(2026, 3, 2), date(2026, 3, 9)).results["OWN-01"].period
    assert over is not None
    named = "time_zone of soc2.yaml was Europe/Berlin in records 1 to 4, America/New_York in records 5 to 6, "
    expected = [f"{named}Europe/Berlin in records 7 to 10: days are those of Europe/Berlin"]
    assert [note for note in over.notes if "time_zone" in note] == (expected if other != "Europe/Berlin" else [])
