"""Compute Engine: the schedules that make snapshots of disks, and how their runs went.

https://cloud.google.com/compute/docs/reference/rest/v1/resourcePolicies
"""

import re
from collections.abc import Iterator, Mapping
from datetime import datetime
from itertools import pairwise

from soc2test import (
    Facts,
    Item,
    Population,
    Said,
    Unknown,
    UnknownFact,
    any_of,
    facts,
    item_of,
    items_of,
    known,
    meaning,
    number,
    or_unknown,
    skip,
    text,
    translated,
)
from soc2test_plugins.gcp.disks import lacks_snapshot, made_by
from soc2test_plugins.gcp.kinds import GcpDisk, GcpSnapshotSchedule
from soc2test_plugins.gcp.shapes import Asset, reader
from soc2test_plugins.gcp.source import gcp

_SCHEDULED = {"READY": True, "CREATING": False, "DELETING": False, "EXPIRED": False, "INVALID": False}
_DAY_HOURS = 24
_WEEK_HOURS = 7 * _DAY_HOURS
_WEEK = ("MONDAY", "TUESDAY", "WEDNESDAY", "THURSDAY", "FRIDAY", "SATURDAY", "SUNDAY")
_DAYS: Mapping[str, int | Unknown] = {
    **{day: place for place, day in enumerate(_WEEK)},
    "INVALID": Unknown("Google calls a day of the weekly schedule invalid"),
}
_START = re.compile(r"([01][0-9]|2[0-3]):00", re.ASCII)
"""Schedules start at full hours, in UTC."""


@reader("compute.googleapis.com/ResourcePolicy")
def schedule(asset: Asset) -> Iterator[Said]:
    """A snapshot schedule; the other resource policies (placement, instance hours ...) are left out."""
    policy = asset.data.or_else("snapshotSchedulePolicy", None)
    if policy is None:
        yield skip("a resource policy that is no snapshot schedule")
        return
    yield _schedule_facts(asset, policy)


def _schedule_facts(asset: Asset, policy: Item) -> Facts:
    return facts(
        asset.name,
        GcpSnapshotSchedule,
        name=asset.data["name"],
        scheduled=translated(asset.data["status"], _SCHEDULED),
        interval_hours=or_unknown(lambda: _interval(item_of(policy["schedule"]))),
        retention_days=or_unknown(lambda: _retention(policy)),
    )


@gcp.derives(GcpSnapshotSchedule, "last_success_at", joins=GcpDisk)
def last_success_at(plan: GcpSnapshotSchedule, disks: Population[GcpDisk]) -> datetime | None:
    """What is lost is what the disk lost that was reached longest ago: the oldest of their last successes counts.

    None where a disk that the schedule was due of has no snapshot by it that is ready, whatever is not told of others.
    """
    attached = disks.all("resource_policies", plan.id)
    if any_of(attached, lambda disk: lacks_snapshot(disk, plan)):
        return None
    reached = [made.last_ready_at for disk in attached if (made := made_by(plan, disk)) is not None]
    ready = [moment for moment in reached if moment is not None]
    if not ready:
        # nothing is lost, and nothing shows that it works: its snapshots of disks that are gone say nothing of it now
        raise UnknownFact(
            "last_success_at", "it is attached to no disk of the export that is old enough for it to have been due"
        )
    return min(ready)


@gcp.derives(GcpSnapshotSchedule, "last_job_failed", joins=GcpDisk)
def last_job_failed(plan: GcpSnapshotSchedule, disks: Population[GcpDisk]) -> bool:
    """One run of a schedule makes a snapshot of each disk: the last one of each disk counts."""
    attached = disks.all("resource_policies", plan.id)
    if any_of(attached, lambda disk: bool(_failed_last(plan, disk))):
        return True
    if all(_failed_last(plan, disk) is None for disk in attached):
        raise UnknownFact("last_job_failed", "no snapshot by it of a disk that it is attached to has ended yet")
    return False


@gcp.derives(GcpSnapshotSchedule, "longest_gap_hours", joins=GcpDisk)
def longest_gap_hours(plan: GcpSnapshotSchedule, disks: Population[GcpDisk]) -> float:
    """Of the disks that it is attached to, that of the one that was longest without; deleted snapshots are missing."""
    made = (made_by(plan, disk) for disk in disks.all("resource_policies", plan.id))
    return max((each.gap_hours for each in made if each is not None), default=0.0)


def _failed_last(plan: GcpSnapshotSchedule, disk: GcpDisk) -> bool | None:
    made = made_by(plan, disk)
    return None if made is None else made.last_failed


def _interval(schedule: Item) -> float:
    """Hours; of a week with several starts the longest between two of them."""
    told = [key for key in ("hourlySchedule", "dailySchedule", "weeklySchedule") if key in schedule]
    if len(told) != 1:
        raise UnknownFact("interval_hours", "the schedule is not one of hourly, daily and weekly")
    cycle = item_of(schedule[told[0]])
    if told == ["weeklySchedule"]:
        return _longest_gap([_hour_of_week(start) for start in items_of(cycle["dayOfWeeks"])])
    hours = number(cycle["hoursInCycle"]) if told == ["hourlySchedule"] else number(cycle["daysInCycle"]) * _DAY_HOURS
    if hours < 1:
        raise UnknownFact("interval_hours", "the time between two starts is no number of hours or days")
    return hours


def _hour_of_week(start: Item) -> int:
    time = _START.fullmatch(text(start["startTime"]))
    if time is None:
        raise UnknownFact("interval_hours", "a start is no full hour of the day")
    return meaning(start["day"], _DAYS) * _DAY_HOURS + int(time[1])


def _longest_gap(starts: list[int]) -> int:
    if not starts:
        raise UnknownFact("interval_hours", "the weekly schedule names no day")
    in_order = sorted(starts)
    return max(after - before for before, after in pairwise([*in_order, in_order[0] + _WEEK_HOURS]))


def _retention(policy: Item) -> int | None:
    """Without a retention policy snapshots are kept until somebody deletes them."""
    return number(known(policy["retentionPolicy"])["maxRetentionDays"]) if "retentionPolicy" in policy else None
