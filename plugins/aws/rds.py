"""RDS: database instances, their clusters, parameter groups and snapshots."""

from collections.abc import Iterable, Iterator
from typing import Any

from soc2test import Facts, Item, Subject, UnknownFact, facts
from soc2test_plugins.aws.ebs import CLASSIFICATION
from soc2test_plugins.aws.kinds import RdsInstance, RdsSnapshot
from soc2test_plugins.aws.source import arn, attempt, aws, either, known
from soc2test_plugins.aws.tags import tag, tags_of

ON = ("1", "on", "true", "all")
TLS_PARAMETERS = ("rds.force_ssl", "require_secure_transport")
FORCED_BY_DEFAULT = tuple(f"default.postgres{version}" for version in range(15, 40))
"""Default parameter groups in which RDS sets rds.force_ssl itself: PostgreSQL from 15 on."""


@aws.reads(
    "rds describe-db-instances", kind=RdsInstance, items="DBInstances", lists=True,
    tells=("name", "public", "encrypted", "kms_key", "classification", "owner", "parameter_groups", "log_exports",
           "activity_stream", "multi_zone", "deletion_protected", "retention_days", "versioned"),
)  # fmt: skip
def instance(item: Item, at: Subject) -> Facts:
    """A database. RDS leaves out `KmsKeyId`, log exports and the activity stream where there is none."""
    tags = item.then("TagList", tags_of)
    return facts(
        known(item["DBInstanceArn"]),
        name=item["DBInstanceIdentifier"],
        public=item["PubliclyAccessible"],
        encrypted=item["StorageEncrypted"],
        kms_key=item.or_else("KmsKeyId", None),
        classification=attempt(lambda: tag(known(tags), *CLASSIFICATION)),
        owner=attempt(lambda: tag(known(tags), "owner")),
        parameter_groups=attempt(
            lambda: tuple(known(each["DBParameterGroupName"]) for each in item["DBParameterGroups"])
        ),
        log_exports=tuple(item.or_else("EnabledCloudwatchLogsExports", [])),
        activity_stream=item.or_else("ActivityStreamStatus", "stopped") == "started",
        **({} if "DBClusterIdentifier" in item else _protection(item)),
    )


@aws.reads(
    "rds describe-db-clusters", kind=RdsInstance, items="DBClusters",
    tells=("multi_zone", "deletion_protected", "retention_days", "versioned"),
)  # fmt: skip
def cluster(item: Item, at: Subject) -> list[Facts]:
    """What a cluster says for the instances in it."""
    members = [known(each["DBInstanceIdentifier"]) for each in item["DBClusterMembers"]]
    return [facts(arn(at, "rds", f"db:{each}"), **_protection(item)) for each in members]


def _protection(item: Item) -> dict[str, Any]:
    return {
        "multi_zone": item["MultiAZ"],
        "deletion_protected": item["DeletionProtection"],
        "retention_days": item["BackupRetentionPeriod"],
        "versioned": item.then("BackupRetentionPeriod", lambda days: days > 0),  # with it, any second can be restored
    }


@aws.reads(
    "rds describe-db-parameters", kind=RdsInstance, subject="group", tells=("group_tls", "group_logs"),
    command="aws rds describe-db-parameters --db-parameter-group-name {group} --region {region}",
)  # fmt: skip
def parameters(body: Item, at: Subject) -> Facts:
    """A parameter group: does it demand TLS, does it record connections?"""
    values = {
        str(known(each["ParameterName"])): str(each["ParameterValue"])
        for each in body["Parameters"]
        if "ParameterValue" in each
    }
    return facts("*", group_tls=_told(at["group"], values, *TLS_PARAMETERS), group_logs=_logs(at["group"], values))


def _told(group: str, values: dict[str, str], *names: str) -> tuple[tuple[str, bool], ...]:
    """Group and answer; nothing where the parameter is not in the export, or has no value."""
    found = [values[name].casefold() in ON for name in names if name in values]
    return ((group, any(found)),) if found else ()


def _logs(group: str, values: dict[str, str]) -> tuple[tuple[str, bool], ...]:
    if values.get("pgaudit.log", "none").casefold() not in ("none", ""):
        return ((group, True),)
    return _told(group, values, "log_connections", "general_log")


@aws.derives(RdsInstance, "tls_only")
def tls_only(instance: RdsInstance) -> bool:
    """The parameter group demands TLS."""
    if any(group in FORCED_BY_DEFAULT for group in instance.parameter_groups):
        return True
    return _by_group(instance.parameter_groups, instance.group_tls, "whether it demands TLS")


@aws.derives(RdsInstance, "access_logged")
def access_logged(instance: RdsInstance) -> bool:
    """An activity stream or an audit log that leaves the machine, or PostgreSQL's log with connections in it."""
    if instance.activity_stream or "audit" in instance.log_exports:
        return True
    if not {"postgresql", "general"} & set(instance.log_exports):
        return False
    return _by_group(instance.parameter_groups, instance.group_logs, "whether connections are logged")


def _by_group(groups: Iterable[str], told: tuple[tuple[str, bool], ...], what: str) -> bool:
    answers = dict(told)
    for group in groups:
        if group not in answers:
            raise UnknownFact("parameter_groups", f"the export of parameter group {group} that says {what} is missing")
    return any(answers[group] for group in groups)


@aws.derives(RdsInstance, "backed_up")
def instance_backed_up(instance: RdsInstance) -> bool:
    """Automatic backups, or a recovery point of AWS Backup."""
    return either(lambda: instance.retention_days > 0, lambda: instance.id in instance.recovery_points)


@aws.reads("rds describe-db-snapshots", kind=RdsSnapshot, items="DBSnapshots", lists=True)
def snapshot(item: Item, at: Subject) -> Facts:
    """A snapshot, automatic ones too."""
    tags = item.then("TagList", tags_of)
    return facts(
        known(item["DBSnapshotArn"]),
        name=item["DBSnapshotIdentifier"],
        encrypted=item["Encrypted"],
        kms_key=item.or_else("KmsKeyId", None),
        tls_only=True,  # only AWS's API reads it
        backed_up=True,  # it is a backup itself
        multi_zone=True,  # RDS keeps snapshots in S3
        # An automatic snapshot can't be shared; a manual one can, which a call of its own tells.
        **({"public": False} if item.or_else("SnapshotType", "") == "automated" else {}),
        classification=attempt(lambda: tag(known(tags), *CLASSIFICATION)),
        owner=attempt(lambda: tag(known(tags), "owner")),
    )


@aws.reads(
    "rds describe-db-snapshot-attributes", kind=RdsSnapshot, subject="snapshot",
    command="aws rds describe-db-snapshot-attributes --db-snapshot-identifier {snapshot} --region {region}",
)  # fmt: skip
def snapshot_attributes(body: Item, at: Subject) -> Facts:
    """Who may restore it."""
    result = known(body["DBSnapshotAttributesResult"])
    name = known(result["DBSnapshotIdentifier"])
    return facts(arn(at, "rds", f"snapshot:{name}"), public="all" in set(_restorers(result)))


def _restorers(result: Item) -> Iterator[str]:
    for each in result["DBSnapshotAttributes"]:
        if known(each["AttributeName"]) == "restore":
            yield from each["AttributeValues"]
