"""RDS: snapshots of instances and of clusters (Aurora, Multi-AZ, DocumentDB, Neptune), each with a list of its own."""

from collections.abc import Iterator
from typing import Any

from soc2test import Facts, Item, Subject, facts, id_text, known, listed, or_unknown
from soc2test_plugins.aws.about import snapshot as by_snapshot
from soc2test_plugins.aws.ebs import CLASSIFICATION
from soc2test_plugins.aws.kinds import RdsClusterSnapshot, RdsSnapshot
from soc2test_plugins.aws.rds import encrypted
from soc2test_plugins.aws.source import arn, aws, here
from soc2test_plugins.aws.tags import tag, tags_of

BY_SORT: dict[str, dict[str, Any]] = {
    "automated": {"public": False, "outsiders": (), "deletion_protected": True},
    "manual": {"deletion_protected": False},
}
"""Automatic snapshots can't be shared, and RDS alone deletes them; for those of AWS Backup their vault decides."""
_EVERYBODY = "all"
_SHARED = ("public", "outsiders")
TOLD = (
    "name", "encrypted", "kms_key", "tls_only", "backed_up", "multi_zone", "access_logged", "classification", "owner",
)  # fmt: skip


@aws.reads("rds describe-db-snapshots", kind=RdsSnapshot, items="DBSnapshots", lists=True, tells=TOLD)
def snapshot(item: Item, at: Subject) -> Facts:
    """A snapshot of an instance, automatic ones too."""
    return _snapshot(item, at, "DBSnapshot", "Encrypted")


@aws.reads(
    "rds describe-db-cluster-snapshots", kind=RdsClusterSnapshot, items="DBClusterSnapshots", lists=True, tells=TOLD
)
def cluster_snapshot(item: Item, at: Subject) -> Facts:
    """A snapshot of a cluster, automatic ones too."""
    return _snapshot(item, at, "DBClusterSnapshot", "StorageEncrypted")


def _snapshot(item: Item, at: Subject, named: str, encryption: str) -> Facts:
    """The two differ in the names of their keys alone."""
    tags = item.then("TagList", tags_of)
    here(at, item[f"{named}Arn"])
    return facts(
        known(item[f"{named}Arn"]),
        name=item[f"{named}Identifier"],
        encrypted=or_unknown(lambda: encrypted(item, encryption)),
        kms_key=item.or_else("KmsKeyId", None),
        tls_only=True,  # only AWS's API reads it
        backed_up=True,  # it is a backup itself
        multi_zone=True,  # RDS keeps snapshots in S3
        access_logged=True,  # each call that restores, copies or shares it stands in CloudTrail's event history
        **BY_SORT.get(item.or_else("SnapshotType", ""), {}),
        classification=or_unknown(lambda: tag(known(tags), *CLASSIFICATION)),
        owner=or_unknown(lambda: tag(known(tags), "owner")),
    )


@aws.reads(
    "rds describe-db-snapshot-attributes", kind=RdsSnapshot, subject="snapshot", tells=_SHARED,
    about={"snapshot": by_snapshot("DBSnapshotAttributesResult.DBSnapshotIdentifier")},
    command="aws rds describe-db-snapshot-attributes --db-snapshot-identifier {snapshot} --region {region}",
)  # fmt: skip
def snapshot_attributes(body: Item, at: Subject) -> Facts:
    """Who may restore it."""
    name, told = _shared(body, "DBSnapshot")
    return facts(arn(at, "rds", f"snapshot:{name}"), **told)


@aws.reads(
    "rds describe-db-cluster-snapshot-attributes", kind=RdsClusterSnapshot, subject="snapshot", tells=_SHARED,
    about={"snapshot": by_snapshot("DBClusterSnapshotAttributesResult.DBClusterSnapshotIdentifier")},
    command="aws rds describe-db-cluster-snapshot-attributes --db-cluster-snapshot-identifier {snapshot} "
    "--region {region}",
)  # fmt: skip
def cluster_snapshot_attributes(body: Item, at: Subject) -> Facts:
    """Who may restore it."""
    name, told = _shared(body, "DBClusterSnapshot")
    return facts(arn(at, "rds", f"cluster-snapshot:{name}"), **told)


def _shared(body: Item, named: str) -> tuple[Any, dict[str, Any]]:
    """Its name, and who may restore it: anybody ("all"), or accounts by their number."""
    result = known(body[f"{named}AttributesResult"])
    attributes = result[f"{named}Attributes"]
    told = {
        "public": or_unknown(lambda: _EVERYBODY in set(_restorers(listed(attributes)))),
        "outsiders": or_unknown(lambda: tuple(sorted({*map(id_text, _restorers(listed(attributes)))} - {_EVERYBODY}))),
    }
    return known(result[f"{named}Identifier"]), told


def _restorers(attributes: list[Any]) -> Iterator[Any]:
    for each in attributes:
        if known(each["AttributeName"]) == "restore":
            yield from listed(each["AttributeValues"])
