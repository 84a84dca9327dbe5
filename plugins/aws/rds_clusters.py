"""RDS: clusters of Aurora, DocumentDB and Neptune, and Multi-AZ clusters.

The call of RDS answers for all of them. A cluster's data lies in its volume: it is a store of its own where no instance
stands for it, one of Aurora Serverless or one whose instances were deleted.
"""

from collections.abc import Iterator
from typing import Any

from soc2test import Facts, Item, Subject, UnknownFact, facts, id_text, known, listed, number, or_unknown, text
from soc2test_plugins.aws.kinds import RdsCluster, RdsInstance
from soc2test_plugins.aws.rds import behind, encrypted, kept, key_of, labels, streams
from soc2test_plugins.aws.references import encrypted_by, group
from soc2test_plugins.aws.source import arn, aws

_VOLUMES_THAT_GROW = ("aurora", "docdb", "neptune")
_FOR_MEMBERS = (
    "multi_zone", "deletion_protected", "retention_days", "versioned", "replica", "cluster", "grows",
    "cluster_parameter_group", "cluster_parameters_applied", "cluster_log_exports", "cluster_activity_stream",
)  # fmt: skip


@aws.reads(
    "rds describe-db-clusters", kind=(RdsInstance, RdsCluster), items="DBClusters", lists=(RdsCluster,),
    tells=(*_FOR_MEMBERS, "name", "public_address", "port", "security_groups", "encrypted", "kms_key",
           "classification", "owner", "parameter_groups", "parameters_applied", "log_exports", "activity_stream",
           "option_groups"),
    references=[group("VpcSecurityGroups[].VpcSecurityGroupId"), encrypted_by()],
)  # fmt: skip
def cluster(item: Item, at: Subject) -> Iterator[Facts]:
    """What a cluster says for the instances in it; of itself where it has none."""
    members = listed(item["DBClusterMembers"])
    for member in members:
        name = id_text(member["DBInstanceIdentifier"])
        applied = or_unknown(lambda member=member: _in_sync(member))  # type: ignore[misc]
        told = {**kept(item, "Status"), **_shared(item, at), "cluster_parameters_applied": applied}
        yield facts(arn(at, "rds", f"db:{name}"), RdsInstance, **told)
    if not members:
        yield _alone(item, at)


def _in_sync(member: Item) -> bool:
    return text(member["DBClusterParameterGroupStatus"]) == "in-sync"


def _shared(item: Item, at: Subject) -> dict[str, Any]:
    """What holds for a cluster and for its instances alike."""
    return {
        "cluster": item["DBClusterArn"],
        "grows": or_unknown(lambda: _grows(item)),
        "replica": or_unknown(lambda: bool(text(item.or_else("ReplicationSourceIdentifier", None) or ""))),
        "cluster_parameter_group": or_unknown(lambda: cluster_group_id(at, id_text(item["DBClusterParameterGroup"]))),
        "cluster_log_exports": or_unknown(lambda: tuple(listed(item.or_else("EnabledCloudwatchLogsExports", [])))),
        "cluster_activity_stream": streams(item),
    }


def _grows(item: Item) -> bool:
    """The volumes of Aurora, DocumentDB and Neptune grow; of a Multi-AZ cluster this call does not tell.

    The source of the fact: https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/Aurora.Managing.Performance.html
    """
    if text(item["Engine"]).startswith(_VOLUMES_THAT_GROW):
        return True
    raise UnknownFact("grows", "whether the storage of a Multi-AZ cluster grows by itself is not told")


def _alone(item: Item, at: Subject) -> Facts:
    """A cluster without instances. Nothing waits for a restart of what does not run."""
    return facts(
        known(item["DBClusterArn"]),
        RdsCluster,
        name=item["DBClusterIdentifier"],
        public_address=or_unknown(lambda: _public_address(item)),
        port=or_unknown(lambda: number(item["Port"])),
        address=or_unknown(lambda: f"{text(item['Endpoint'])}:{number(item['Port'])}"),
        security_groups=or_unknown(lambda: behind(item, at)),
        encrypted=or_unknown(lambda: encrypted(item, "StorageEncrypted")),
        kms_key=or_unknown(lambda: key_of(item, "Status")),
        parameter_groups=(),
        parameters_applied=True,
        cluster_parameters_applied=True,
        log_exports=(),
        activity_stream=False,
        option_groups=(),
        **labels(item),
        **kept(item, "Status"),
        **_shared(item, at),
    )


def _public_address(item: Item) -> bool:
    """Aurora's clusters have addresses by their instances alone, and leave the key out."""
    told = item.or_else("PubliclyAccessible", None)
    return False if told is None else bool(known(told))


def cluster_group_id(at: Subject, name: str) -> str:
    """The ARN of a parameter group of clusters."""
    return arn(at, "rds", f"cluster-pg:{name}")
