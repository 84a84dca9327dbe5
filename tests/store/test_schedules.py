"""Days and weeks without a snapshot, by the company's time zone, and numbers of CI's runs that recorded nothing."""

from collections.abc import Iterable
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from store.stored import origin

from soc2test.store.blobs import Blob
from soc2test.store.chain import Link
from soc2test.store.records import Head, Kept, Pruned, Record
from soc2test.store.schedule import day_of, gaps

BERLIN = ZoneInfo("Europe/Berlin")
EMPTY = Kept(
    listing=Blob(sha256="", size=0, pieces=()), files=0, bytes=0, redacted=False, secrets=0, missed=()
)  # fmt: skip


def links(*times: str, **environment: str) -> list[Link]:
    """Snapshots of these moments."""
    return [
        Link(
            record=Record(
                number=number, id="", previous=None, system="Test", origin=origin(time, **environment), kept=EMPTY
            ),
            head=Head(number=number, digest=""),
        )
        for number, time in enumerate(times, 1)
    ]


def daily(days: Iterable[int], hour: str = "12") -> list[Link]:
    """Snapshots of these days of November 2026, which begins on a Sunday."""
    return links(*(f"2026-11-{day:02}T{hour}:00:00Z" for day in days))


def told(recorded: list[Link], schedule: str | None, now: str, zone: ZoneInfo = BERLIN) -> list[str]:
    return [gap.text for gap in gaps(recorded, zone, schedule, datetime.fromisoformat(now).replace(tzinfo=UTC))]


def test_a_day_without_a_snapshot_is_a_gap_and_today_is_not_over() -> None:
    recorded = daily([2, 3, 6, 8])
    assert told(recorded, "daily", "2026-11-08T20:00") == [
        "2 days without a snapshot: 2026-11-04 to 2026-11-05",
        "1 day without a snapshot: 2026-11-07",
    ]
    assert told(recorded, "daily", "2026-11-09T22:59") == told(recorded, "daily", "2026-11-08T20:00")
    assert told(recorded, "daily", "2026-11-09T23:00")[-1] == "1 day without a snapshot: 2026-11-09"


def test_at_weekends_none_is_due_on_weekdays() -> None:
    assert told(daily([2, 3, 4, 5, 6, 9]), "weekdays", "2026-11-10T12:00") == []
    assert told(daily([2, 3, 4, 5, 10]), "weekdays", "2026-11-11T12:00") == [
        "1 day without a snapshot: 2026-11-06",
        "1 day without a snapshot: 2026-11-09",
    ]


def test_a_snapshot_at_any_day_of_a_week_is_that_of_the_week() -> None:
    recorded = daily([8, 9, 29])
    assert told(recorded, "weekly", "2026-12-06T12:00") == ["1 week without a snapshot: 2026-11-16"]
    assert told(recorded, "weekly", "2026-12-07T12:00") == [
        "1 week without a snapshot: 2026-11-16",
        "1 week without a snapshot: 2026-11-30",
    ]


def test_without_a_schedule_or_a_snapshot_nothing_is_due() -> None:
    assert told(daily([2, 9]), None, "2026-12-01T12:00") == []
    assert told([], "daily", "2026-12-01T12:00") == []


def test_a_record_that_says_what_was_pruned_is_no_snapshot() -> None:
    record = Record(
        number=1, id="", previous=None, system="Test", origin=origin("2026-11-03T12:00:00Z"),
        pruned=Pruned(before="2026-01-01", numbers=(), reason="", by=""),
    )  # fmt: skip
    recorded = [*daily([2, 4]), Link(record=record, head=Head(number=3, digest=""))]
    assert told(recorded, "daily", "2026-11-05T12:00") == ["1 day without a snapshot: 2026-11-03"]


@pytest.mark.parametrize(
    ("time", "day"),
    [
        ("2026-10-24T21:59:59Z", 24), ("2026-10-24T22:00:00Z", 25),  # summer time
        ("2026-10-25T22:59:59Z", 25), ("2026-10-25T23:00:00Z", 26),  # 25 hours later
        ("2026-03-28T22:59:59Z", 28), ("2026-03-28T23:00:00Z", 29),
        ("2026-03-29T21:59:59Z", 29), ("2026-03-29T22:00:00Z", 30),  # 23 hours later
    ],
)  # fmt: skip
def test_a_day_is_that_of_the_company_also_where_its_clocks_change(time: str, day: int) -> None:
    assert day_of(links(time)[0], BERLIN).day == day


def test_a_snapshot_each_midnight_leaves_no_gap_over_a_change_of_clocks() -> None:
    """At 00:30 by the wall clock, which is another hour of UTC before and after."""
    recorded = links(
        *(f"2026-10-{day}T22:30:00Z" for day in range(21, 25)), *(f"2026-10-{day}T23:30:00Z" for day in (25, 26))
    )
    assert told(recorded, "daily", "2026-10-27T12:00") == []
    assert told(recorded, "daily", "2026-10-27T12:00", ZoneInfo("UTC")) == []
    assert told([*recorded[:3], *recorded[4:]], "daily", "2026-10-27T12:00") == [
        "1 day without a snapshot: 2026-10-25"
    ]


def of_ci(*numbers: int, workflow: str = "ci.yml") -> list[Link]:
    made = []
    for number in numbers:
        made += links(
            "2026-11-02T12:00:00Z", GITHUB_ACTIONS="true", GITHUB_RUN_NUMBER=str(number), GITHUB_WORKFLOW=workflow,
            GITHUB_REPOSITORY="acme/soc2", GITHUB_RUN_ID="1",
        )  # fmt: skip
    return made


def test_a_number_that_ci_gave_and_nobody_recorded_is_a_gap() -> None:
    assert told(of_ci(7, 8, 11), None, "2026-11-03T12:00") == [
        "2 runs of github-actions acme/soc2 ci.yml recorded nothing: 9, 10"
    ]
    assert told([*of_ci(1, 3), *of_ci(2, workflow="other.yml")], None, "2026-11-03T12:00") == [
        "1 run of github-actions acme/soc2 ci.yml recorded nothing: 2"
    ]


def test_many_numbers_are_counted_and_ten_are_named() -> None:
    (text,) = told(of_ci(1, 1000), None, "2026-11-03T12:00")
    assert text.startswith("998 runs of ")
    assert text.endswith("2, 3, 4, 5, 6, 7, 8, 9, 10, 11 and 988 more")
    assert len(told(of_ci(1, 10**15), None, "2026-11-03T12:00")) == 1


@pytest.mark.parametrize(
    ("environment", "told"),
    [
        ({}, {}),
        ({"GITHUB_ACTIONS": "true", "GITHUB_RUN_ID": "5", "GITHUB_RUN_NUMBER": "3"},
         {"system": "github-actions", "run": "5", "number": "3"}),
        ({"GITLAB_CI": "true", "CI_PIPELINE_IID": "9"}, {"system": "gitlab", "number": "9"}),
        ({"JENKINS_URL": "x", "BUILD_NUMBER": "4", "JOB_NAME": "n" * 400},
         {"system": "jenkins", "number": "4", "workflow": "n" * 300}),
    ],
)  # fmt: skip
def test_what_ci_says_of_its_run(environment: dict[str, str], told: dict[str, str]) -> None:
    assert origin(**environment).ci == told
