"""Compute Engine: disks, their snapshots, and the schedules that make these."""

from collections.abc import Iterator
from datetime import datetime

from soc2test import (
    Facts,
    Item,
    Population,
    Said,
    Unknown,
    facts,
    known,
    listed,
    number,
    or_unknown,
    skip,
    text,
    translated,
)
from soc2test_plugins.gcp.kinds import GcpDisk, GcpIamPolicy, GcpSnapshot, GcpSnapshotSchedule
from soc2test_plugins.gcp.shapes import CLASSIFICATION, Asset, reader, section
from soc2test_plugins.gcp.source import gcp, label

_KEYS = ("kmsKeyName", "sha256", "rawKey", "rsaEncryptedKey")
_UNDER_WAY = Unknown("the snapshot is still being made, or is being deleted: its status tells no outcome")
_ENDED = {"READY": True, "FAILED": False, **dict.fromkeys(("CREATING", "DELETING", "UPLOADING"), _UNDER_WAY)}
_SCHEDULED = {"READY": True, "CREATING": False, "DELETING": False, "EXPIRED": False, "INVALID": False}


@reader("compute.googleapis.com/Disk", "compute.googleapis.com/RegionDisk")
def disk(asset: Asset) -> Iterator[Facts]:
    """A persistent disk."""
    data = asset.data
    labels = section(data, "labels")
    yield facts(
        asset.name,
        GcpDisk,
        name=data["name"],
        copy=False,
        public=False,  # a disk can't be shared with everybody, only copies of it can
        encrypted=True,  # Compute Engine encrypts each disk, and can't be told not to
        customer_key=or_unknown(lambda: _own_key(data, "diskEncryptionKey")),
        tls_only=True,  # only its machine reaches it, and Google encrypts that way
        versioned=False,
        deletion_protected=False,
        access_logged=False,
        multi_zone=or_unknown(lambda: len(listed(data.or_else("replicaZones", []))) > 1),
        resource_policies=tuple(asset_name(text(each)) for each in listed(data.or_else("resourcePolicies", []))),
        classification=label(labels, *CLASSIFICATION),
        owner=label(labels, "owner"),
    )


@gcp.derives(GcpDisk, "backed_up", joins=GcpSnapshotSchedule)
def scheduled(store: GcpDisk, schedules: Population[GcpSnapshotSchedule]) -> bool:
    """One of the policies attached to it is a snapshot schedule."""
    return any(schedules.one("id", each) is not None for each in store.resource_policies)


@gcp.derives(GcpDisk, "backup_days", joins=GcpSnapshotSchedule)
def kept_snapshots(store: GcpDisk, schedules: Population[GcpSnapshotSchedule]) -> int | None:
    """As long as the schedule attached to it keeps its snapshots, of several the longest."""
    attached = (schedules.one("id", policy) for policy in store.resource_policies)
    kept = [plan.retention_days for plan in attached if plan is not None]
    days = [count for count in kept if count is not None]
    return max(days) if days and len(days) == len(kept) else None


@reader("compute.googleapis.com/Snapshot")
def snapshot(asset: Asset) -> Iterator[Facts]:
    """A snapshot; Google keeps it in a multi-regional or regional bucket of its own."""
    data = asset.data
    labels = section(data, "labels")
    schedule = data.or_else("sourceSnapshotSchedulePolicy", None)
    yield facts(
        asset.name,
        GcpSnapshot,
        name=data["name"],
        copy=True,
        encrypted=True,
        customer_key=or_unknown(lambda: _own_key(data, "snapshotEncryptionKey")),
        tls_only=True,  # only Google's API reads it
        multi_zone=True,
        schedule=None if schedule is None else or_unknown(lambda: asset_name(text(schedule))),
        created_at=data.time("creationTimestamp"),
        succeeded=translated(data["status"], _ENDED),
        classification=label(labels, *CLASSIFICATION),
        owner=label(labels, "owner"),
    )


@gcp.derives(GcpSnapshot, "public", joins=GcpIamPolicy)
def shared(store: GcpSnapshot, policies: Population[GcpIamPolicy]) -> bool:
    """Its policy grants anybody a role."""
    return any(each.anyone for each in policies.all("id", store.id))


@reader("compute.googleapis.com/ResourcePolicy")
def schedule(asset: Asset) -> Iterator[Said]:
    """A snapshot schedule; the other resource policies (placement, instance hours ...) are left out."""
    policy = asset.data.or_else("snapshotSchedulePolicy", None)
    if policy is None:
        yield skip("a resource policy that is no snapshot schedule")
        return
    yield facts(
        asset.name,
        GcpSnapshotSchedule,
        name=asset.data["name"],
        scheduled=translated(asset.data["status"], _SCHEDULED),
        retention_days=or_unknown(lambda: _retention(policy)),
    )


@gcp.derives(GcpSnapshotSchedule, "last_success_at", joins=GcpSnapshot)
def last_success_at(plan: GcpSnapshotSchedule, snapshots: Population[GcpSnapshot]) -> datetime | None:
    """When the last snapshot by the schedule was made that is ready."""
    return max((each.created_at for each in snapshots.all("schedule", plan.id) if each.succeeded), default=None)


@gcp.derives(GcpSnapshotSchedule, "last_job_failed", joins=GcpSnapshot)
def last_job_failed(plan: GcpSnapshotSchedule, snapshots: Population[GcpSnapshot]) -> bool:
    """The newest snapshot by the schedule failed; without one nothing did."""
    made = sorted(snapshots.all("schedule", plan.id), key=lambda each: each.created_at)
    return bool(made) and not made[-1].succeeded


def _own_key(data: Item, key: str) -> bool:
    setting = section(data, key)
    return any(text(setting[each]) for each in _KEYS if each in setting)


def _retention(policy: Item) -> int | None:
    """Without a retention policy snapshots are kept until somebody deletes them."""
    return number(known(policy["retentionPolicy"])["maxRetentionDays"]) if "retentionPolicy" in policy else None


def asset_name(url: str) -> str:
    """The asset name of a resource that Compute Engine names by URL."""
    return "//compute.googleapis.com/projects/" + url.rpartition("/projects/")[2]
