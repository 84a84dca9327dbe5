"""A resource of which nothing was known on some days: its row says so, also where it holds on all others."""

from collections.abc import Collection
from datetime import date
from pathlib import Path

from .half_year import HalfYear, days

FIRST, LAST = date(2026, 3, 2), date(2026, 3, 9)


def marks(root: Path, unknown: Collection[int], public: Collection[int] = ()) -> dict[str, tuple[str, str]]:
    """Of each member what stands beside its outcome, and when; `unknown` and `public` are days of March."""
    company = HalfYear(root)
    for moment in days("2026-03-01", "2026-03-10", every=1):
        odd = None if moment.day in unknown else moment.day in public
        company.export("cloud", "one", "buckets", [{"id": "logs", "public": odd}, {"id": "web", "public": False}])
        company.record(moment)
    found = company.evaluate(FIRST, LAST)
    return {member.key[1]: (member.mark, member.when) for member in found.members["OWN-01"]}


def test_the_first_days_are_named_by_the_last_of_them(tmp_path: Path) -> None:
    told = marks(tmp_path, {1, 2, 3})
    assert told == {"logs": ("unknown to 2026-03-03", "unknown from 2026-03-02 to 2026-03-03"), "web": ("", "")}


def test_days_in_between_are_some_days(tmp_path: Path) -> None:
    when = "unknown from 2026-03-04 to 2026-03-05; unknown from 2026-03-07 to 2026-03-07"
    assert marks(tmp_path, {4, 5, 7})["logs"] == ("unknown on some days", when)


def test_what_was_told_of_the_first_days_and_not_of_later_ones_is_not_unknown_to_them(tmp_path: Path) -> None:
    assert marks(tmp_path, {3})["logs"] == ("unknown on some days", "unknown from 2026-03-03 to 2026-03-03")


def test_days_of_before_the_period_or_after_it_are_none_of_it(tmp_path: Path) -> None:
    assert marks(tmp_path, {1, 10})["logs"] == ("", "")
