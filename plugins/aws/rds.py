"""RDS: database instances. What their clusters say of them stands in `rds_clusters`."""

from typing import Any

from soc2test import (
    Facts,
    Item,
    Subject,
    UnknownFact,
    facts,
    id_text,
    item_of,
    known,
    listed,
    meaning,
    number,
    or_unknown,
    text,
    translated,
)
from soc2test_plugins.aws.ebs import CLASSIFICATION
from soc2test_plugins.aws.kinds import Database, RdsInstance
from soc2test_plugins.aws.references import encrypted_by, group, network
from soc2test_plugins.aws.security_groups import group_id as security_group_id
from soc2test_plugins.aws.source import arn, aws, either
from soc2test_plugins.aws.stores import has_recovery_point
from soc2test_plugins.aws.tags import tag, tags_of

__all__ = ["behind", "encrypted", "group_id", "kept", "key_of", "labels", "raise_if_locked", "streams"]

_ENCRYPTED = {"none": False, "sse-kms": True, "sse-rds": True}
_STREAMS = {"started": True, "starting": False, "stopped": False, "stopping": False}
_LOCKED = ("inaccessible-encryption-credentials", "inaccessible-encryption-credentials-recoverable")
"""The key that it is encrypted with can't be accessed, whatever KMS says of that key: it is down, after seven days for
good, and is had again from a backup alone (https://repost.aws/knowledge-center/rds-aurora-inaccessible-state, and
https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/accessing-monitoring.html)."""
_COPY_OF = ("ReadReplicaSourceDBInstanceIdentifier", "ReadReplicaSourceDBClusterIdentifier")


@aws.reads(
    "rds describe-db-instances", kind=RdsInstance, items="DBInstances", lists=True,
    tells=("name", "public_address", "port", "address", "security_groups", "encrypted", "kms_key", "classification",
           "owner", "parameter_groups", "parameters_applied", "log_exports", "activity_stream", "multi_zone",
           "deletion_protected", "retention_days", "versioned", "replica", "option_groups", "cluster",
           "grows"),
    references=[network("DBSubnetGroup.VpcId"), group("VpcSecurityGroups[].VpcSecurityGroupId"), encrypted_by()],
)  # fmt: skip
def instance(item: Item, at: Subject) -> Facts:
    """A database. RDS leaves out `KmsKeyId`, log exports and the activity stream where there is none."""
    return facts(
        known(item["DBInstanceArn"]),
        name=item["DBInstanceIdentifier"],
        public_address=item["PubliclyAccessible"],
        port=or_unknown(lambda: number(known(item["Endpoint"])["Port"])),
        address=or_unknown(lambda: _address(item_of(item["Endpoint"]))),
        security_groups=or_unknown(lambda: behind(item, at)),
        encrypted=or_unknown(lambda: encrypted(item, "StorageEncrypted")),
        kms_key=or_unknown(lambda: key_of(item, "DBInstanceStatus")),
        **labels(item),
        parameter_groups=or_unknown(
            lambda: tuple(
                group_id(at, id_text(each["DBParameterGroupName"])) for each in listed(item["DBParameterGroups"])
            )
        ),
        parameters_applied=or_unknown(
            lambda: all(known(each["ParameterApplyStatus"]) == "in-sync" for each in listed(item["DBParameterGroups"]))
        ),
        log_exports=tuple(item.or_else("EnabledCloudwatchLogsExports", [])),
        activity_stream=streams(item),
        option_groups=or_unknown(
            lambda: tuple(id_text(each["OptionGroupName"]) for each in listed(item["OptionGroupMemberships"]))
        ),
        **({} if "DBClusterIdentifier" in item else {**kept(item, "DBInstanceStatus"), **_alone(item)}),
    )


def _address(endpoint: Item) -> str:
    return f"{text(endpoint['Address'])}:{number(endpoint['Port'])}"


def _alone(item: Item) -> dict[str, Any]:
    """Facts that the cluster tells of an instance that belongs to one. A promoted replica names its source no more."""
    return {
        "replica": or_unknown(lambda: any(text(item.or_else(key, None) or "") for key in _COPY_OF)),
        "cluster": None,
        "grows": or_unknown(lambda: _grows(item)),
        "cluster_parameter_group": None,
        "cluster_log_exports": (),
        "cluster_activity_stream": False,
    }


def _grows(item: Item) -> bool:
    """Storage autoscaling is on where its limit is above what is allocated; RDS leaves it out where it is off."""
    limit = item.or_else("MaxAllocatedStorage", None)
    return limit is not None and number(limit) > number(item["AllocatedStorage"])


def behind(item: Item, at: Subject) -> tuple[str, ...]:
    """ARNs of the security groups before a database."""
    groups = listed(item["VpcSecurityGroups"])
    return tuple(security_group_id(at, id_text(group["VpcSecurityGroupId"])) for group in groups)


def encrypted(item: Item, key: str) -> bool:
    """As the type of encryption says; older answers have `key` alone, which means keys in KMS.

    Raises `UnknownFact` where neither says it, and where both do and differ: with a key of RDS's own `key` is false.
    """
    sort = item.or_else("StorageEncryptionType", None)
    if sort is None:
        told: bool = known(item[key])
        return told
    by_sort = meaning(sort, _ENCRYPTED)
    if key in item and sort != "sse-rds" and item[key] is not by_sort:
        raise UnknownFact("encrypted", f"{key} and StorageEncryptionType do not say the same")
    return by_sort


def streams(item: Item) -> Any:
    """Whether its activity stream runs; RDS leaves the key out where there is none."""
    return translated(item.or_else("ActivityStreamStatus", "stopped"), _STREAMS)


def labels(item: Item) -> dict[str, Any]:
    """Owner and class."""
    tags = item.then("TagList", tags_of)
    return {
        "classification": or_unknown(lambda: tag(known(tags), *CLASSIFICATION)),
        "owner": or_unknown(lambda: tag(known(tags), "owner")),
    }


def key_of(item: Item, status: str) -> str | None:
    """Its key; RDS leaves the name out where it keeps the key itself. Raises `UnknownFact` where it can't use it."""
    raise_if_locked(item, status)
    name = item.or_else("KmsKeyId", None)
    return None if name is None else text(name)


def kept(item: Item, status: str) -> dict[str, Any]:
    """How it is protected, as an instance of its own or a cluster says it, whose `status` stands under that key."""
    return {
        "multi_zone": item["MultiAZ"],
        "deletion_protected": item["DeletionProtection"],
        "retention_days": or_unknown(lambda: _retention_days(item, status)),
        "versioned": or_unknown(lambda: _retention_days(item, status) > 0),  # any second can be restored
    }


def _retention_days(item: Item, status: str) -> int:
    """What can't be read isn't backed up any more: RDS takes backups of what is available."""
    raise_if_locked(item, status)
    return int(number(item["BackupRetentionPeriod"]))


def raise_if_locked(item: Item, status: str) -> None:
    """Raises `UnknownFact` where it can't use its key, by the status that stands under a key, or tells no status."""
    told = text(item[status])
    if told in _LOCKED:
        raise UnknownFact("kms_key", f"RDS can't use its key, by its status {told}: what it holds can't be read")


def group_id(at: Subject, name: str) -> str:
    """A parameter group's ARN."""
    return arn(at, "rds", f"pg:{name}")


@aws.derives(Database, "backed_up")
def backed_up(database: Database) -> bool:
    """Automatic backups, or a recovery point of AWS Backup."""
    return either(lambda: database.retention_days > 0, lambda: has_recovery_point(database, database.id))
