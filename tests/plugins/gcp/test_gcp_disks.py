"""Disks, the snapshots that schedules made of each, and what the shipped controls say of them."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from gcp_reading import NODE, asset, every, load, only, policy

from soc2test import UnknownFact
from soc2test.inventory.inventory import Inventory
from soc2test.testing import check
from soc2test_plugins.gcp.kinds import GcpDisk, GcpSnapshot, GcpSnapshotSchedule
from soc2test_policies.a1.backups import test_backups_succeed_in_time as backups_in_time
from soc2test_policies.a1.backups import test_no_backup_failed_last as last_job_control
from soc2test_policies.a1.stores import test_stores_are_backed_up as backed_up_control

PROJECT = policy(f"{NODE}projects/1", ("roles/owner", "user:ann@acme.example"))
PLACE = "//compute.googleapis.com/projects/acme-prod"
API = "https://www.googleapis.com/compute/v1/projects/acme-prod"
DAILY = {"dailySchedule": {"daysInCycle": 1, "startTime": "10:00", "duration": "PT14400S"}}
OLD = "2026-01-02T03:04:05.000-08:00"
YESTERDAY = "2026-11-19T12:30:00.000Z"
"""Less than a day before the moment of these tests, the 20th at noon; a disk of then has seen no run of a day's."""


def plan(name: str = "daily", schedule: dict[str, Any] | None = None, days: int | None = 14) -> dict[str, Any]:
    kept = {} if days is None else {"retentionPolicy": {"maxRetentionDays": days}}
    data = {"name": name, "status": "READY", "snapshotSchedulePolicy": {"schedule": schedule or DAILY, **kept}}
    return asset(f"{PLACE}/regions/eu/resourcePolicies/{name}", "compute.googleapis.com/ResourcePolicy", data)


def disk(name: str, number: str, *plans: str, created: str = OLD, **more: Any) -> dict[str, Any]:
    attached = [f"{API}/regions/eu/resourcePolicies/{each}" for each in plans]
    data = {"name": name, "id": number, "creationTimestamp": created, "resourcePolicies": attached, **more}
    return asset(f"{PLACE}/zones/a/disks/{name}", "compute.googleapis.com/Disk", data)


def made(of: str, day: int, status: str = "READY", by: str = "daily", **more: Any) -> dict[str, Any]:
    """A snapshot that a schedule made of the disk with the number `of`; None takes a key away."""
    data = {
        "name": f"{by}-{of}-{day}", "creationTimestamp": f"2026-11-{day:02}T04:00:00.000-08:00", "status": status,
        "sourceDisk": f"{API}/zones/a/disks/d{of}", "sourceDiskId": of, "autoCreated": True,
        "sourceSnapshotSchedulePolicy": f"{API}/regions/eu/resourcePolicies/{by}", **more,
    }  # fmt: skip
    told = {key: value for key, value in data.items() if value is not None}
    return asset(f"{PLACE}/global/snapshots/{data['name']}", "compute.googleapis.com/Snapshot", told)


def read(folder: Path, *rows: dict[str, Any]) -> Inventory:
    return load(folder, list(rows), [PROJECT])


def verdicts(inventory: Inventory) -> tuple[str, str]:
    """Of the one schedule: whether it succeeds in time, and whether its last job did not fail."""
    schedule = only(inventory, GcpSnapshotSchedule)
    return check(backups_in_time, schedule).verdict, check(last_job_control, schedule).verdict


def test_disks_and_their_schedule(tmp_path: Path) -> None:
    inventory = read(
        tmp_path,
        plan(),
        disk("one", "1", "daily"),
        disk("two", "2", replicaZones=["a", "b"]),
        made("1", 18),
        made("1", 19),
    )
    one, two = every(inventory, GcpDisk)
    assert (one.backed_up, one.multi_zone, two.backed_up, two.multi_zone) == (True, False, False, True)
    schedule = only(inventory, GcpSnapshotSchedule)
    assert (schedule.retention_days, schedule.interval_hours, schedule.last_job_failed) == (14, 24, False)
    assert schedule.last_success_at == datetime(2026, 11, 19, 12, tzinfo=UTC)
    assert verdicts(inventory) == ("pass", "pass")
    assert all(each.public is False and each.copy for each in every(inventory, GcpSnapshot))


def test_a_schedule_without_a_snapshot_for_days(tmp_path: Path) -> None:
    """A lucky last run hides none of the runs before it that failed."""
    rows = [disk("one", "1", "daily"), made("1", 16), made("1", 17, "FAILED"), made("1", 18), made("1", 19)]
    inventory = read(tmp_path, plan(), *rows)
    assert only(inventory, GcpSnapshotSchedule).longest_gap_hours == 48
    assert verdicts(inventory) == ("fail", "pass")


def test_a_schedule_is_as_fresh_as_its_stalest_disk(tmp_path: Path) -> None:
    rows = [disk("one", "1", "daily"), disk("two", "2", "daily"), made("1", 19), made("2", 3)]
    inventory = read(tmp_path, plan(), *rows)
    assert only(inventory, GcpSnapshotSchedule).last_success_at == datetime(2026, 11, 3, 12, tzinfo=UTC)
    assert verdicts(inventory) == ("fail", "pass")


def test_a_disk_that_no_snapshot_was_made_of_has_no_backup(tmp_path: Path) -> None:
    inventory = read(tmp_path, plan(), disk("one", "1", "daily"), disk("two", "2", "daily"), made("1", 19))
    assert only(inventory, GcpSnapshotSchedule).last_success_at is None
    assert verdicts(inventory) == ("fail", "pass")
    assert [check(backed_up_control, each).verdict for each in every(inventory, GcpDisk)] == ["pass", "fail"]


@pytest.mark.parametrize("number", ["2", None, 2.5, ""])
def test_a_disk_that_was_made_anew_under_its_name_has_no_backup_yet(tmp_path: Path, number: Any) -> None:
    """The snapshots of the disk that had the name before have its number; one without a number may be of either."""
    inventory = read(tmp_path, plan(), disk("d1", "1", "daily"), made("1", 19, sourceDiskId=number))
    assert verdicts(inventory)[0] == ("fail" if number == "2" else "not_evaluated")
    assert check(backed_up_control, only(inventory, GcpDisk)).verdict == ("fail" if number == "2" else "not_evaluated")


def test_a_disk_younger_than_an_interval_holds_nothing_up(tmp_path: Path) -> None:
    young = disk("two", "2", "daily", created=YESTERDAY)
    inventory = read(tmp_path, plan(), disk("one", "1", "daily"), young, made("1", 19))
    assert verdicts(inventory) == ("pass", "pass")
    assert [each.backed_up for each in every(inventory, GcpDisk)] == [True, True]


@pytest.mark.parametrize("rows", [[], [disk("two", "2", "daily", created=YESTERDAY)], [made("1", 19)]])
def test_a_schedule_that_had_nothing_to_do_is_unknown(tmp_path: Path, rows: list[dict[str, Any]]) -> None:
    """No disk has it attached, or those that have are too young: a snapshot of a disk that is gone says nothing."""
    assert verdicts(read(tmp_path, plan(), *rows)) == ("not_evaluated", "not_evaluated")


@pytest.mark.parametrize(
    ("schedule", "verdict"),
    [
        ({"hourlySchedule": {"hoursInCycle": 12, "startTime": "00:00"}}, "fail"),
        ({"hourlySchedule": {"hoursInCycle": 23, "startTime": "00:00"}}, "pass"),  # it starts within the hour
        ({"dailySchedule": {"daysInCycle": 0, "startTime": "00:00"}}, "not_evaluated"),
        ({"monthlySchedule": {}}, "not_evaluated"),
        ({**DAILY, "hourlySchedule": {"hoursInCycle": 1, "startTime": "00:00"}}, "not_evaluated"),
    ],
)
def test_how_long_a_disk_may_wait_for_its_first(tmp_path: Path, schedule: dict[str, Any], verdict: str) -> None:
    rows = [disk("one", "1", "daily"), disk("two", "2", "daily", created=YESTERDAY), made("1", 19)]
    assert verdicts(read(tmp_path, plan(schedule=schedule), *rows))[0] == verdict


def test_a_weekly_schedule_waits_for_a_young_disk_and_is_too_rare(tmp_path: Path) -> None:
    weekly = plan(schedule={"weeklySchedule": {"dayOfWeeks": [{"day": "MONDAY", "startTime": "04:00"}]}})
    rows = [disk("one", "1", "daily"), disk("two", "2", "daily", created=YESTERDAY), made("1", 19)]
    schedule = only(read(tmp_path, weekly, *rows), GcpSnapshotSchedule)
    assert schedule.last_success_at is not None
    (finding,) = check(backups_in_time, schedule).findings
    assert finding.message == "starts every 168 hours by its schedule, limit 24"


@pytest.mark.parametrize(
    ("starts", "hours"),
    [
        ([("MONDAY", "04:00")], 168),
        ([("THURSDAY", "04:00"), ("MONDAY", "08:00")], 100),
        ([("SUNDAY", "00:00"), ("MONDAY", "00:00")], 144),
        ([], None),
        ([("INVALID", "00:00")], None),
        ([("MONDAY", "soon")], None),
        ([("MONDAY", "24:00")], None),
    ],
)
def test_a_week_is_as_long_as_its_longest_gap(tmp_path: Path, starts: list[tuple[str, str]], hours: int | None) -> None:
    days = [{"day": day, "startTime": time} for day, time in starts]
    schedule = only(read(tmp_path, plan(schedule={"weeklySchedule": {"dayOfWeeks": days}})), GcpSnapshotSchedule)
    if hours is None:
        with pytest.raises(UnknownFact):
            _ = schedule.interval_hours
    else:
        assert schedule.interval_hours == hours


@pytest.mark.parametrize("key", ["id", "creationTimestamp", "resourcePolicies"])
def test_a_disk_that_does_not_tell_what_it_must_is_unknown(tmp_path: Path, key: str) -> None:
    """Google leaves out the policies where none is attached; of what else a disk leaves out nothing follows."""
    two = disk("two", "2", "daily")
    two["resource"]["data"][key] = None
    inventory = read(tmp_path, plan(), disk("one", "1", "daily"), two, made("1", 19))
    assert verdicts(inventory)[0] == "not_evaluated"


def test_the_last_snapshot_of_one_disk_failed(tmp_path: Path) -> None:
    rows = [disk("one", "1", "daily"), disk("two", "2", "daily"), made("1", 20), made("2", 19), made("2", 20, "FAILED")]
    inventory = read(tmp_path, plan(), *rows)
    assert only(inventory, GcpSnapshotSchedule).last_success_at == datetime(2026, 11, 19, 12, tzinfo=UTC)
    assert verdicts(inventory) == ("pass", "fail")


def test_a_failed_snapshot_is_no_backup(tmp_path: Path) -> None:
    inventory = read(tmp_path, plan(), disk("one", "1", "daily"), made("1", 18), made("1", 19, "FAILED"))
    assert verdicts(inventory) == ("fail", "fail")


def test_a_young_disk_whose_first_snapshot_failed_was_due(tmp_path: Path) -> None:
    young = disk("two", "2", "daily", created=YESTERDAY)
    inventory = read(tmp_path, plan(), disk("one", "1", "daily"), young, made("1", 19), made("2", 20, "FAILED"))
    assert verdicts(inventory) == ("fail", "fail")


@pytest.mark.parametrize("status", ["CREATING", "UPLOADING", "DELETING"])
def test_a_snapshot_without_an_outcome_decides_nothing(tmp_path: Path, status: str) -> None:
    before = read(tmp_path / "1", plan(), disk("one", "1", "daily"), made("1", 19), made("1", 20, status))
    assert verdicts(before) == ("pass", "pass")
    alone = read(tmp_path / "2", plan(), disk("one", "1", "daily"), made("1", 20, status))
    assert verdicts(alone) == ("fail", "not_evaluated")


@pytest.mark.parametrize("status", [None, "ready", "KEPT"])
def test_a_word_that_nobody_knows_is_unknown(tmp_path: Path, status: Any) -> None:
    inventory = read(tmp_path, plan(), disk("one", "1", "daily"), made("1", 18), made("1", 19, status))
    assert verdicts(inventory) == ("not_evaluated", "not_evaluated")


def test_a_snapshot_by_hand_says_nothing_of_the_schedule(tmp_path: Path) -> None:
    by_hand = made("1", 19, sourceSnapshotSchedulePolicy=None, autoCreated=None)
    inventory = read(tmp_path / "1", plan(), disk("one", "1", "daily"), by_hand, made("1", 3))
    assert verdicts(inventory) == ("fail", "pass")
    nameless = made("1", 19, sourceSnapshotSchedulePolicy=None, autoCreated=False, sourceDiskId=None)
    inventory = read(tmp_path / "2", plan(), disk("one", "1", "daily"), nameless, made("1", 20))
    assert verdicts(inventory) == ("pass", "pass")


def test_a_schedule_that_a_snapshot_does_not_name_is_unknown(tmp_path: Path) -> None:
    nobody = made("1", 19, sourceSnapshotSchedulePolicy=None)
    assert verdicts(read(tmp_path, plan(), disk("one", "1", "daily"), nobody)) == ("not_evaluated", "not_evaluated")


def test_each_schedule_of_a_disk_is_held_to_its_own_snapshots(tmp_path: Path) -> None:
    inventory = read(tmp_path, plan(), plan("other"), disk("one", "1", "daily", "other"), made("1", 19))
    daily, other = every(inventory, GcpSnapshotSchedule)
    assert (check(backups_in_time, daily).verdict, check(backups_in_time, other).verdict) == ("pass", "fail")
    assert only(inventory, GcpDisk).backup_days == 14


@pytest.mark.parametrize(
    ("reached", "other", "days"),
    [
        (7, 30, None),  # restored from 7 days back at most, and gone after 30 at the latest
        (7, "for ever", None),
        (30, 7, 30),
        (None, 30, 30),
        (None, "for ever", None),
    ],
)
def test_days_that_hang_on_a_schedule_that_made_no_snapshot_are_unknown(
    tmp_path: Path, reached: int | None, other: int | str, days: int | None
) -> None:
    kept = other if isinstance(other, int) else None
    rows = [plan("other", days=kept), disk("one", "1", *(["daily"] if reached else []), "other")]
    found = only(read(tmp_path, *rows, *([plan(days=reached), made("1", 19)] if reached else [])), GcpDisk)
    assert found.backed_up is (reached is not None)
    if days is None:
        with pytest.raises(UnknownFact, match="made none of the disk"):
            _ = found.backup_days
    else:
        assert found.backup_days == days


@pytest.mark.parametrize(("kept", "days"), [((1,), 1), ((1, 30), 30), ((1, None), None), ((), None)])
def test_snapshots_reach_back_as_far_as_their_schedules_keep_them(
    tmp_path: Path, kept: tuple[int | None, ...], days: int | None
) -> None:
    plans = [plan(f"p{number}", days=count) for number, count in enumerate(kept)]
    shots = [made("1", 19, by=f"p{number}") for number, _ in enumerate(kept)]
    names = [f"p{number}" for number, _ in enumerate(kept)]
    assert only(read(tmp_path, *plans, disk("d", "1", *names), *shots), GcpDisk).backup_days == days
