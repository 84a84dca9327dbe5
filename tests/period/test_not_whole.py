"""Why days of a period are not evidenced: what the snapshots of these days lacked."""

from datetime import date
from pathlib import Path

from .half_year import HalfYear, days
from .test_events import ticket

SHUT = {"id": "logs", "public": False}


def test_the_export_that_was_missing_is_named_with_the_records(tmp_path: Path) -> None:
    company = HalfYear(tmp_path)
    for moments, buckets in (
        (days("2026-01-01", "2026-03-31", every=1), [SHUT]),
        (days("2026-04-01", "2026-04-30", every=1), None),
        (days("2026-05-01", "2026-06-30", every=1), [SHUT]),
    ):
        company.export("cloud", "one", "buckets", buckets)
        company.record(*moments)
    period = company.result("OWN-01").period
    assert period is not None
    assert [(each.first, each.last) for each in period.not_evidenced] == [("2026-04-01", "2026-04-30")]
    (note,) = (note for note in period.lacking if note.startswith("not seen whole"))
    assert note.startswith("not seen whole in records 91 to 120: ")
    assert "cloud buckets" in note


def test_what_was_unknown_is_named_with_how_many_more_there_are(tmp_path: Path) -> None:
    company = HalfYear(tmp_path)
    company.export("cloud", "one", "buckets", [{"id": name, "public": None} for name in ("a", "b", "c")])
    company.record(*days("2026-01-01", "2026-06-30", every=1))
    period = company.result("OWN-01").period
    assert period is not None
    (note,) = (note for note in period.lacking if note.startswith("not seen whole"))
    assert note.startswith("not seen whole in records 1 to 181: ")
    assert note.endswith("(and 2 more that are not known)")


def test_days_without_a_snapshot_need_no_reason(tmp_path: Path) -> None:
    company = HalfYear(tmp_path)
    company.export("cloud", "one", "buckets", [SHUT])
    company.record(*days("2026-01-01", "2026-03-31"))
    period = company.result("OWN-01").period
    assert period is not None
    assert period.not_evidenced
    assert not period.lacking


def test_reasons_that_differ_by_days_and_counts_alone_are_one(tmp_path: Path) -> None:
    company = HalfYear(tmp_path)
    for count, moments in (
        (3, days("2026-01-01", "2026-03-31", every=1)),
        (4, days("2026-04-01", "2026-06-30", every=1)),
    ):
        company.export("cloud", "one", "buckets", [{"id": f"b{n}", "public": None} for n in range(count)])
        company.record(*moments)
    period = company.result("OWN-01").period
    assert period is not None
    (note,) = period.lacking
    assert note.startswith("not seen whole in records 1 to 181: Bucket(b0): ")
    assert note.endswith("(and 2 more that are not known) (or so: days and counts are those of one of them)")


def test_of_a_short_stretch_it_is_said_too_though_it_is_bridged(tmp_path: Path) -> None:
    company = HalfYear(tmp_path)
    for number, moment in enumerate(days("2026-03-01", "2026-03-11", every=1)):
        company.export("cloud", "one", "buckets", [{"id": "logs", "public": None if number % 2 else False}])
        company.record(moment)
    result = company.result("OWN-01", first=date(2026, 3, 1), last=date(2026, 3, 11), max_gap_days=2)
    period = result.period
    assert period is not None
    assert (result.verdict, period.observed, sum(each.days for each in period.bridged)) == ("pass", 6, 5)
    (note,) = period.lacking
    assert note.startswith("not seen whole in records 2, 4, 6, 8, 10: Bucket(logs): ")


def test_it_is_said_of_days_that_a_register_tells_by_its_own_dates(tmp_path: Path) -> None:
    company = HalfYear(tmp_path)
    company.export("book", "own", "tickets", None)
    company.record(*days("2026-03-01", "2026-03-20", every=1))
    company.export("book", "own", "tickets", [ticket(detected="2026-03-05 09:00")])
    company.record(*days("2026-03-31", "2026-03-31", hour=23, every=1))
    period = company.result("OWN-05", first=date(2026, 3, 1), last=date(2026, 3, 31)).period
    assert period is not None
    assert period.by_register
    (note,) = period.lacking
    assert note.startswith("not seen whole in records 1 to 20: ")
