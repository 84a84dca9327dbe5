"""RDS: snapshots of clusters (Aurora, Multi-AZ, DocumentDB, Neptune), which no list of instances' snapshots names."""

from collections.abc import Iterator

from soc2test import Facts, Item, Subject, facts, known, listed, or_unknown
from soc2test_plugins.aws.ebs import CLASSIFICATION
from soc2test_plugins.aws.kinds import RdsClusterSnapshot
from soc2test_plugins.aws.rds import BY_SORT, encrypted
from soc2test_plugins.aws.source import arn, aws, here
from soc2test_plugins.aws.tags import tag, tags_of


@aws.reads(
    "rds describe-db-cluster-snapshots", kind=RdsClusterSnapshot, items="DBClusterSnapshots", lists=True,
    tells=("name", "encrypted", "kms_key", "tls_only", "backed_up", "multi_zone", "access_logged", "classification",
           "owner"),
)  # fmt: skip
def snapshot(item: Item, at: Subject) -> Facts:
    """A snapshot, automatic ones too."""
    tags = item.then("TagList", tags_of)
    here(at, item["DBClusterSnapshotArn"])
    return facts(
        known(item["DBClusterSnapshotArn"]),
        name=item["DBClusterSnapshotIdentifier"],
        encrypted=or_unknown(lambda: encrypted(item, "StorageEncrypted")),
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
    "rds describe-db-cluster-snapshot-attributes", kind=RdsClusterSnapshot, subject="snapshot",
    command="aws rds describe-db-cluster-snapshot-attributes --db-cluster-snapshot-identifier {snapshot} "
    "--region {region}",
)  # fmt: skip
def snapshot_attributes(body: Item, at: Subject) -> Facts:
    """Who may restore it."""
    result = known(body["DBClusterSnapshotAttributesResult"])
    name = known(result["DBClusterSnapshotIdentifier"])
    return facts(arn(at, "rds", f"cluster-snapshot:{name}"), public="all" in set(_restorers(result)))


def _restorers(result: Item) -> Iterator[str]:
    for each in listed(result["DBClusterSnapshotAttributes"]):
        if known(each["AttributeName"]) == "restore":
            yield from listed(each["AttributeValues"])
