"""Schedules of cron: which moments are due."""

from datetime import UTC, datetime, timedelta

import pytest

from soc2test import UnknownFact
from soc2test_policies._schedules import due_between, is_due_at, last_due

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)  # a Friday


@pytest.mark.parametrize(
    ("schedule", "due"),
    [
        ("15 2 * * *", "2026-11-20T02:15"),
        ("15 13 * * *", "2026-11-19T13:15"),
        ("0 12 * * *", "2026-11-20T12:00"),
        ("*/20 * * * *", "2026-11-20T12:00"),
        ("5/20 * * * *", "2026-11-20T11:45"),
        ("0 1-3 * * *", "2026-11-20T03:00"),
        ("0 1-7/3 * * *", "2026-11-20T07:00"),
        ("30 6,18 * * *", "2026-11-20T06:30"),
        ("0 3 * * 1", "2026-11-16T03:00"),
        ("0 3 * * MON-WED", "2026-11-18T03:00"),
        ("0 3 * * 7", "2026-11-15T03:00"),
        ("0 3 * * sun", "2026-11-15T03:00"),
        ("0 3 1 * *", "2026-11-01T03:00"),
        ("0 3 31 * ?", "2026-10-31T03:00"),
        ("0 3 1 * 3", "2026-11-18T03:00"),
        ("0 3 1 jan *", "2026-01-01T03:00"),
        ("0 0 29 2 *", "2024-02-29T00:00"),
        ("@daily", "2026-11-20T00:00"),
        ("@Weekly", "2026-11-15T00:00"),
        ("@hourly", "2026-11-20T12:00"),
    ],
)
def test_the_last_moment_that_was_due(schedule: str, due: str) -> None:
    found = last_due(schedule, None, NOON)
    assert found is not None
    assert f"{found:%Y-%m-%dT%H:%M}" == due


def test_where_both_days_are_given_either_will_do() -> None:
    since = datetime(2026, 11, 1, tzinfo=UTC)
    days = {moment.day for moment in due_between("0 3 13 * 1", None, since, since + timedelta(days=30))}
    assert days == {2, 9, 13, 16, 23, 30}


def test_a_zone_moves_what_is_due() -> None:
    assert last_due("0 2 * * *", "Europe/Berlin", NOON) == datetime(2026, 11, 20, 1, tzinfo=UTC)
    assert last_due("0 2 * * *", "Europe/Berlin", datetime(2026, 7, 1, 12, tzinfo=UTC)) == datetime(
        2026, 7, 1, 0, tzinfo=UTC
    )


def test_both_ends_count() -> None:
    first = datetime(2026, 11, 18, 2, 15, tzinfo=UTC)
    assert due_between("15 2 * * *", None, first, first + timedelta(days=2)) == [
        first,
        first + timedelta(days=1),
        first + timedelta(days=2),
    ]
    assert due_between("15 2 * * *", None, first + timedelta(seconds=1), first + timedelta(hours=23)) == []


def test_seconds_of_a_moment_are_not_looked_at() -> None:
    assert is_due_at("15 2 * * *", None, datetime(2026, 11, 20, 2, 15, 31, tzinfo=UTC))
    assert not is_due_at("15 2 * * *", None, datetime(2026, 11, 20, 2, 16, tzinfo=UTC))


def test_what_is_never_due_has_no_last_time() -> None:
    assert last_due("0 0 30 2 *", None, NOON) is None


@pytest.mark.parametrize(
    "schedule",
    ["", "* * * *", "* * * * * *", "60 * * * *", "* 24 * * *", "* * 0 * *", "* * * 13 *", "* * * * 8", "a * * * *",
     "5-1 * * * *", "*/0 * * * *", "1,, * * * *", "-1 * * * *", "@reboot", "@every 1h", "1/ * * * *", "١ * * * *"],
)  # fmt: skip
def test_what_is_no_schedule_is_unknown(schedule: str) -> None:
    with pytest.raises(UnknownFact, match="no schedule in five fields"):
        last_due(schedule, None, NOON)


@pytest.mark.parametrize("zone", ["Mars/Olympus", "../etc/passwd", "\0"])
def test_a_zone_that_nobody_knows_is_unknown(zone: str) -> None:
    with pytest.raises(UnknownFact, match="no time zone"):
        last_due("0 0 * * *", zone, NOON)
