"""Compute Engine: disks and their snapshots. The schedules that make these stand in `schedules`.

https://cloud.google.com/compute/docs/reference/rest/v1/disks and .../v1/snapshots
"""

from collections.abc import Iterable, Iterator
from datetime import timedelta

from soc2test import (
    Facts,
    Item,
    Population,
    UnknownFact,
    any_of,
    facts,
    flag,
    id_text,
    listed,
    or_unknown,
    text,
    translated,
)
from soc2test_plugins.backup_gaps import gap_hours
from soc2test_plugins.gcp.kinds import GcpDisk, GcpIamPolicy, GcpSnapshot, GcpSnapshotSchedule, ScheduledSnapshots
from soc2test_plugins.gcp.shapes import AGEING, CLASSIFICATION, Asset, has_key, key_of, reader, section
from soc2test_plugins.gcp.source import gcp, label

__all__ = ["lacks_snapshot", "made_by"]

_KEYS = ("kmsKeyName", "sha256", "rawKey", "rsaEncryptedKey")
_ENDED = {"READY": True, "FAILED": False, **dict.fromkeys(("CREATING", "DELETING", "UPLOADING"))}
_STARTS_WITHIN = timedelta(hours=1)
"""A schedule begins within the hour of its start (https://cloud.google.com/compute/docs/disks/about-snapshot-schedules)."""


@reader(*AGEING)
def disk(asset: Asset) -> Iterator[Facts]:
    """A persistent disk."""
    data = asset.data
    labels = section(data, "labels")
    yield facts(
        asset.name,
        GcpDisk,
        name=data["name"],
        number=or_unknown(lambda: id_text(data["id"])),
        created_at=data.time("creationTimestamp"),
        exported_at=asset.exported_at,
        copy=False,
        public=False,  # a disk can't be shared with everybody, only copies of it can
        encrypted=True,  # Compute Engine encrypts each disk, and can't be told not to
        customer_key=or_unknown(lambda: _own_key(data, "diskEncryptionKey")),
        encryption_key=or_unknown(lambda: _kms_key(data, "diskEncryptionKey")),
        tls_only=True,  # only its machine reaches it, and Google encrypts that way
        versioned=False,
        deletion_protected=False,
        protected_days=None,
        access_logged=False,
        multi_zone=or_unknown(lambda: len(listed(data.or_else("replicaZones", []))) > 1),
        resource_policies=or_unknown(lambda: _policies(data)),
        classification=label(labels, *CLASSIFICATION),
        owner=label(labels, "owner"),
    )


@reader("compute.googleapis.com/Snapshot")
def snapshot(asset: Asset) -> Iterator[Facts]:
    """A snapshot; Google keeps it in a multi-regional or regional bucket of its own."""
    data = asset.data
    labels = section(data, "labels")
    yield facts(
        asset.name,
        GcpSnapshot,
        name=data["name"],
        copy=True,
        encrypted=True,
        customer_key=or_unknown(lambda: _own_key(data, "snapshotEncryptionKey")),
        encryption_key=or_unknown(lambda: _kms_key(data, "snapshotEncryptionKey")),
        tls_only=True,  # only Google's API reads it
        multi_zone=True,
        disk=or_unknown(lambda: _source(data)),
        schedule=or_unknown(lambda: _maker(data)),
        created_at=data.time("creationTimestamp"),
        succeeded=translated(data["status"], _ENDED),
        classification=label(labels, *CLASSIFICATION),
        owner=label(labels, "owner"),
    )


@gcp.derives(GcpSnapshot, "public", joins=GcpIamPolicy)
def shared(store: GcpSnapshot, policies: Population[GcpIamPolicy]) -> bool:
    """Its policy grants anybody a role."""
    return any(each.anyone for each in policies.all("id", store.id))


@gcp.derives(GcpDisk, "scheduled_snapshots", joins=GcpSnapshot)
def by_schedule(store: GcpDisk, snapshots: Population[GcpSnapshot]) -> tuple[ScheduledSnapshots, ...]:
    """By the disk's number: snapshots of an earlier disk of its name are no backup of what this one holds."""
    made: dict[str, list[GcpSnapshot]] = {}
    for taken in snapshots.all("disk", store.number):
        if taken.schedule is not None:
            made.setdefault(taken.schedule, []).append(taken)
    return tuple(_summary(schedule, own) for schedule, own in sorted(made.items()))


def _summary(schedule: str, snapshots: Iterable[GcpSnapshot]) -> ScheduledSnapshots:
    ended = sorted(
        (taken for taken in snapshots if taken.succeeded is not None),
        key=lambda taken: (taken.created_at, not taken.succeeded),
    )
    return ScheduledSnapshots(
        schedule=schedule,
        last_ready_at=max((taken.created_at for taken in ended if taken.succeeded), default=None),
        last_failed=not ended[-1].succeeded if ended else None,
        gap_hours=gap_hours((taken.created_at, bool(taken.succeeded)) for taken in ended),
    )


@gcp.derives(GcpDisk, "backed_up", joins=GcpSnapshotSchedule)
def scheduled(store: GcpDisk, schedules: Population[GcpSnapshotSchedule]) -> bool:
    """One of the policies attached to it is a snapshot schedule that reached it, or was not due yet."""

    def backs_up(policy: str) -> bool:
        plan = schedules.one("id", policy)
        return plan is not None and not lacks_snapshot(store, plan)

    return any_of(store.resource_policies, backs_up)


@gcp.derives(GcpDisk, "backup_days", joins=GcpSnapshotSchedule)
def kept_snapshots(store: GcpDisk, schedules: Population[GcpSnapshotSchedule]) -> int | None:
    """As long as the schedule attached to it keeps its snapshots, of several the longest.

    Raises `UnknownFact` where that hangs on a schedule that made none of it: who asks how far back it can be restored
    must not be told of snapshots that are not there, and who asks when the last copy is gone not that there are none.
    """
    policies = (schedules.one("id", policy) for policy in store.resource_policies)
    attached = [plan for plan in policies if plan is not None]
    longest = _longest_kept(attached)
    if not attached or (longest is not None and all(plan.retention_days == longest for plan in attached)):
        return longest
    reached = [plan for plan in attached if not lacks_snapshot(store, plan)]
    if not reached and longest is not None:
        return longest  # no backup yet, and the days that the first will be kept
    if not reached or _longest_kept(reached) != longest:
        raise UnknownFact("backup_days", "the schedule that keeps its snapshots longest made none of the disk")
    return longest


def _longest_kept(plans: list[GcpSnapshotSchedule]) -> int | None:
    """Days; None where one of them keeps without an end, or there is none."""
    days = [plan.retention_days for plan in plans]
    ends = [count for count in days if count is not None]
    return max(ends) if ends and len(ends) == len(days) else None


def made_by(plan: GcpSnapshotSchedule, store: GcpDisk) -> ScheduledSnapshots | None:
    """What a schedule made of a disk; None: no snapshot at all."""
    return next((made for made in store.scheduled_snapshots if made.schedule == plan.id), None)


def lacks_snapshot(store: GcpDisk, plan: GcpSnapshotSchedule) -> bool:
    """A schedule was due of a disk and made no snapshot of it that is ready.

    It was due where one failed, and where the disk is older than the longest time between two of its starts. Since when
    it is attached nobody tells: an old disk lacks a snapshot until the first is ready.
    """
    made = made_by(plan, store)
    if made is not None and made.last_ready_at is not None:
        return False
    if made is not None and made.last_failed:
        return True
    age = store.exported_at - store.created_at
    return age >= timedelta(hours=plan.interval_hours) + _STARTS_WITHIN


def _own_key(data: Item, key: str) -> bool:
    setting = section(data, key)
    return any(text(setting[each]) for each in _KEYS if each in setting)


def _kms_key(data: Item, key: str) -> str | None:
    """Raises `UnknownFact` where the company brings the key itself with each call: no service keeps it."""
    setting = section(data, key)
    name = key_of(setting, "kmsKeyName")
    if name is None and _own_key(data, key):
        raise UnknownFact("encryption_key", "it is encrypted with a key that no service keeps")
    return name


def _policies(data: Item) -> tuple[str, ...]:
    """Google leaves them out where none is attached."""
    return tuple(_asset_name(text(url)) for url in listed(data.or_else("resourcePolicies", [])))


def _maker(data: Item) -> str | None:
    """Asset name of the schedule that made a snapshot, None of one that somebody made by hand."""
    if has_key(data, "sourceSnapshotSchedulePolicy"):
        return _asset_name(text(data["sourceSnapshotSchedulePolicy"]))
    if flag(data.or_else("autoCreated", False)):
        raise UnknownFact("schedule", "a schedule made the snapshot, and it does not say which")
    return None


def _source(data: Item) -> str | None:
    """The number of the disk that it was made of. Which disk was copied by hand nobody asks."""
    if _maker(data) is None and data.or_else("sourceDiskId", None) is None:
        return None
    return id_text(data["sourceDiskId"])


def _asset_name(url: str) -> str:
    """The asset name of a resource that Compute Engine names by URL."""
    return "//compute.googleapis.com/projects/" + url.rpartition("/projects/")[2]
