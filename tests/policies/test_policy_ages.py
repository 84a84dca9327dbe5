"""The texts of ages and due dates: exact at the limit, with numbers and dates, never green for what lies ahead."""

from datetime import timedelta

import pytest
from policy_case import before

from soc2test import Pending, UnknownFact
from soc2test.testing import AS_OF
from soc2test_policies._ages import disorder, late, overdue
from soc2test_policies._joins import allowed


@pytest.mark.parametrize(
    ("days", "text"),
    [
        (90, ""),
        (90.9, ""),
        (91, "last rotated 91 days before 2026-11-20, limit 90"),
        (0, ""),
        (-0.9, ""),
        (-1.1, "last rotated on 2026-11-21, which lies after 2026-11-20"),
    ],
)
def test_overdue_counts_whole_days(days: float, text: str) -> None:
    assert overdue("last rotated", before(days=days), 90, AS_OF) == text


def test_never_is_overdue() -> None:
    assert overdue("last rotated", None, 90, AS_OF) == "never rotated"


@pytest.mark.parametrize(
    ("moment", "text"),
    [
        (None, "not fixed 10 days after 2026-11-10, limit 7 days"),
        (before(days=3), ""),
        (before(days=11), ""),
        (before(days=2.5), "fixed 7.5 days after 2026-11-10, limit 7 days"),
        (before(days=-2), "fixed on 2026-11-22, which lies after 2026-11-20"),
    ],
)
def test_late_counts_from_the_start(moment: object, text: str) -> None:
    assert late("fixed", moment, before(days=10), timedelta(days=7), AS_OF) == text  # type: ignore[arg-type]


def test_short_limits_are_told_in_hours() -> None:
    assert late("told", before(), before(hours=30), timedelta(hours=24), AS_OF) == (
        "told 30 hours after 2026-11-19, limit 24 hours"
    )


@pytest.mark.parametrize(
    ("took", "limit", "text"),
    [
        (timedelta(hours=24, minutes=2), timedelta(hours=24), "24 hours 2 minutes"),
        (timedelta(hours=24, seconds=30), timedelta(hours=24), "24 hours 30 seconds"),
        (timedelta(hours=24, minutes=3), timedelta(hours=24), "24.1 hours"),
        (timedelta(days=7, hours=1), timedelta(days=7), "7 days 1 hours"),
    ],
)
def test_a_little_too_late_is_told_as_more_than_the_limit(took: timedelta, limit: timedelta, text: str) -> None:
    for moment, done in ((AS_OF, "told"), (None, "not told")):
        assert late("told", moment, AS_OF - took, limit, AS_OF).startswith(f"{done} {text} after 2026-11-")


@pytest.mark.parametrize("days", [7, -7])
def test_what_is_not_due_yet_is_pending(days: int) -> None:
    with pytest.raises(Pending, match="not fixed"):
        late("fixed", None, before(days=days), timedelta(days=7), AS_OF)


def test_a_level_that_nobody_knows_is_unknown() -> None:
    assert allowed("tier", "high", {"high": 30}) == 30
    with pytest.raises(UnknownFact, match=r"tier is unknown: it is none of critical, high"):
        allowed("tier", "sev1", {"critical": 7, "high": 30})


@pytest.mark.parametrize(
    ("first", "second", "text"),
    [
        (9, 9, ""),
        (9, 9.4, "closed on 2026-11-11, before it was opened on 2026-11-11"),
        (9, 9.5, ""),
        (9, None, ""),
        (None, 9, ""),
        (9, 10.5, "closed on 2026-11-10, before it was opened on 2026-11-11"),
        (-1.5, None, "opened on 2026-11-22, which lies after 2026-11-20"),
        (9, -1.5, "closed on 2026-11-22, which lies after 2026-11-20"),
    ],
)
def test_steps_out_of_order(first: float | None, second: float | None, text: str) -> None:
    opened, closed = (None if days is None else before(days=days) for days in (first, second))
    assert disorder(AS_OF, ("opened", opened), ("closed", closed)) == text
