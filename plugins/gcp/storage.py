"""Cloud Storage: buckets."""

from collections.abc import Iterator

from soc2test import (
    Facts,
    Item,
    Population,
    Unknown,
    UnknownFact,
    facts,
    flag,
    id_text,
    items_of,
    known,
    listed,
    meaning,
    number,
    or_unknown,
    text,
)
from soc2test_plugins.gcp.kinds import GcpBucket, GcpIamPolicy, GcpLogDestination, GcpOrgPolicy
from soc2test_plugins.gcp.members import ANYBODY
from soc2test_plugins.gcp.organization import enforced
from soc2test_plugins.gcp.shapes import CLASSIFICATION, Asset, has_key, key_of, reader, section
from soc2test_plugins.gcp.source import gcp, label
from soc2test_plugins.versions_kept import DELETES, days_kept

_DAY = 86400
_AUDITED_AS = ("storage.googleapis.com", "allServices")
_OF_DATA = {"DATA_READ", "DATA_WRITE"}


@reader("storage.googleapis.com/Bucket")
def bucket(asset: Asset) -> Iterator[Facts]:
    """A bucket, which is also where log sinks may write to."""
    data = asset.data
    own_key = or_unknown(lambda: has_key(section(data, "encryption"), "defaultKmsKeyName"))
    versions = or_unknown(lambda: flag(section(data, "versioning").or_else("enabled", False)))
    labels = section(data, "labels")
    retention = section(data, "retentionPolicy")
    days, locked = or_unknown(lambda: _days(retention)), or_unknown(lambda: flag(retention.or_else("isLocked", False)))
    yield facts(
        asset.name,
        GcpBucket,
        name=data["name"],
        copy=False,
        encrypted=True,  # Cloud Storage encrypts everything, and can't be told not to
        customer_key=own_key,
        encryption_key=or_unknown(lambda: key_of(section(data, "encryption"), "defaultKmsKeyName")),
        versioned=or_unknown(lambda: known(versions) or _soft_delete(data)),
        backed_up=versions,
        backup_days=or_unknown(lambda: _version_days(data)),
        usage_logged=or_unknown(lambda: has_key(section(data, "logging"), "logBucket")),
        deletion_protected=days if isinstance(days, Unknown) else days is not None,  # what is retained can't be deleted
        protected_days=days,
        multi_zone=True,  # each location type spreads objects over zones
        classification=label(labels, *CLASSIFICATION),
        owner=label(labels, "owner"),
        parents=asset.parents,
        prevention=section(data, "iamConfiguration").or_else("publicAccessPrevention", "inherited"),
        uniform_access=or_unknown(lambda: _uniform(data["iamConfiguration"])),
        acl_public=or_unknown(lambda: _open_lists(data)),
        retention_days=days,
        retention_locked=locked,
    )
    yield facts(
        f"storage.googleapis.com/{id_text(data['name'])}",
        GcpLogDestination,
        locked=locked,
        customer_key=own_key,
        retention_days=days,
    )


def _version_days(data: Item) -> int | None:
    """How long overwritten versions stay, by the lifecycle rules
    (https://cloud.google.com/storage/docs/lifecycle#conditions)."""
    of_all: list[int] = []
    of_some: list[int] = []
    for rule in items_of(section(data, "lifecycle").or_else("rule", [])):
        condition = section(rule, "condition")
        deletes = meaning(section(rule, "action")["type"], DELETES)
        if not deletes or condition.or_else("isLive", False) is True:
            continue
        if "daysSinceNoncurrentTime" in condition:
            narrowed = any(key in condition for key in _OF_SOME)
            (of_some if narrowed else of_all).append(int(number(condition["daysSinceNoncurrentTime"])))
        elif any(key in condition for key in _OF_VERSIONS):
            raise UnknownFact("backup_days", "a lifecycle rule deletes versions, and not after a number of days")
    return days_kept(of_all, of_some)


_OF_SOME = ("matchesPrefix", "matchesSuffix", "matchesStorageClass", "customTimeBefore", "daysSinceCustomTime")
_OF_VERSIONS = ("isLive", "numNewerVersions", "noncurrentTimeBefore")


@gcp.derives(GcpBucket, "public", joins=GcpIamPolicy)
def public(store: GcpBucket, policies: Population[GcpIamPolicy]) -> bool:
    """Anybody has a role on it, by its own policy or an inherited one, or by its access lists."""
    if store.prevention == "enforced":
        return False
    lists_open = None if store.uniform_access else store.acl_public
    if lists_open or any(each.anyone for node in (store.id, *store.parents) for each in policies.all("id", node)):
        return not store.prevented
    if lists_open is not None:
        raise UnknownFact(
            "public", "each object may have an access list of its own: uniform bucket-level access is off"
        )
    return False


@gcp.derives(GcpBucket, "prevented", joins=GcpOrgPolicy)
def prevented(store: GcpBucket, policies: Population[GcpOrgPolicy]) -> bool:
    """An organisation policy in the export prevents public access; one that is not there excuses no grant."""
    return enforced(policies, store.parents, "storage.publicAccessPrevention", unseen=False)


@gcp.derives(GcpBucket, "tls_only", joins=GcpOrgPolicy)
def tls_only(store: GcpBucket, policies: Population[GcpOrgPolicy]) -> bool:
    """Cloud Storage answers plain HTTP too, unless an organisation policy restricts it."""
    return enforced(policies, store.parents, "storage.secureHttpTransport")


@gcp.derives(GcpBucket, "access_logged", joins=GcpIamPolicy)
def access_logged(store: GcpBucket, policies: Population[GcpIamPolicy]) -> bool:
    """Usage logs are on, or the data access audit logs of what it belongs to.

    What all of these say of the service and of all services is in force together, who is exempted too
    (https://cloud.google.com/iam/docs/reference/rest/v1/Policy#auditconfig); what is set above can't be taken back
    below (https://cloud.google.com/logging/docs/audit/configure-data-access).
    """
    if store.usage_logged:
        return True
    of_parents = [policy for node in store.parents for policy in policies.all("id", node)]
    logs = [log for policy in of_parents for log in policy.audited if log.service in _AUDITED_AS]
    of_data = [log for log in logs if log.log_type in _OF_DATA]
    if any(log.exempts for log in of_data):
        return False
    _told_to_the_top(store, policies)
    return {log.log_type for log in of_data} == _OF_DATA


def _told_to_the_top(store: GcpBucket, policies: Population[GcpIamPolicy]) -> None:
    """Raises `UnknownFact` where the policy of the topmost of its parents is in no export.

    An export is of all that lies below what it names, so that a folder without a row has no policy where the
    organization above it has one.
    """
    top = store.parents[-1]
    if not policies.all("id", top):
        above = top.rpartition("googleapis.com/")[2]
        raise UnknownFact("access_logged", f"what {above} logs, and of whom, no export tells: export its policies too")


def _uniform(configuration: Item) -> bool:
    """Newer exports say `uniformBucketLevelAccess`, older ones `bucketPolicyOnly`."""
    setting = configuration.first("uniformBucketLevelAccess", "bucketPolicyOnly")
    return flag(known(setting).or_else("enabled", False))


def _open_lists(data: Item) -> bool:
    lists = [*listed(data.or_else("acl", [])), *listed(data.or_else("defaultObjectAcl", []))]
    return any(text(each["entity"]) in ANYBODY for each in lists)


def _soft_delete(data: Item) -> bool:
    return (
        int(id_text(data["softDeletePolicy"]["retentionDurationSeconds"])) > 0 if "softDeletePolicy" in data else False
    )


def _days(retention: Item) -> int | None:
    """None: kept until somebody deletes it."""
    return int(id_text(retention["retentionPeriod"])) // _DAY if "retentionPeriod" in retention else None
