"""RDS: database instances, their clusters and parameter groups."""

from collections.abc import Iterable
from typing import Any

from soc2test import Facts, Item, Population, Subject, UnknownFact, facts, id_text, known, listed, or_unknown, text
from soc2test_plugins.aws.ebs import CLASSIFICATION
from soc2test_plugins.aws.kinds import DbParameterGroup, RdsInstance
from soc2test_plugins.aws.source import arn, aws, either, here
from soc2test_plugins.aws.tags import tag, tags_of

ON = ("1", "on", "true", "all")
LOG_PARAMETERS = ("log_connections", "general_log")
TLS_PARAMETERS = ("rds.force_ssl", "require_secure_transport")
FORCED_BY_DEFAULT = tuple(f"default.postgres{version}" for version in range(15, 40))
"""Default parameter groups in which RDS sets rds.force_ssl itself: PostgreSQL from 15 on."""


@aws.reads(
    "rds describe-db-instances", kind=RdsInstance, items="DBInstances", lists=True,
    tells=("name", "public", "encrypted", "kms_key", "classification", "owner", "parameter_groups",
           "parameters_applied", "log_exports", "activity_stream", "multi_zone", "deletion_protected", "retention_days",
           "versioned"),
)  # fmt: skip
def instance(item: Item, at: Subject) -> Facts:
    """A database. RDS leaves out `KmsKeyId`, log exports and the activity stream where there is none."""
    tags = item.then("TagList", tags_of)
    here(at, item["DBInstanceArn"])
    return facts(
        known(item["DBInstanceArn"]),
        name=item["DBInstanceIdentifier"],
        public=item["PubliclyAccessible"],
        encrypted=or_unknown(lambda: encrypted(item, "StorageEncrypted")),
        kms_key=item.or_else("KmsKeyId", None),
        classification=or_unknown(lambda: tag(known(tags), *CLASSIFICATION)),
        owner=or_unknown(lambda: tag(known(tags), "owner")),
        parameter_groups=or_unknown(
            lambda: tuple(
                group_id(at, id_text(each["DBParameterGroupName"])) for each in listed(item["DBParameterGroups"])
            )
        ),
        parameters_applied=or_unknown(
            lambda: all(known(each["ParameterApplyStatus"]) == "in-sync" for each in listed(item["DBParameterGroups"]))
        ),
        log_exports=tuple(item.or_else("EnabledCloudwatchLogsExports", [])),
        activity_stream=item.or_else("ActivityStreamStatus", "stopped") == "started",
        **({} if "DBClusterIdentifier" in item else _protection(item)),
    )


def encrypted(item: Item, key: str) -> bool:
    """As `key` says, which means keys in KMS: with one of AWS's own it is false, and the type of encryption tells.

    Raises `UnknownFact` where neither does.
    """
    if item.or_else("StorageEncryptionType", None) == "sse-rds":
        return True
    told: bool = known(item[key])
    return told


@aws.reads(
    "rds describe-db-clusters", kind=RdsInstance, items="DBClusters",
    tells=("multi_zone", "deletion_protected", "retention_days", "versioned"),
)  # fmt: skip
def cluster(item: Item, at: Subject) -> list[Facts]:
    """What a cluster says for the instances in it."""
    members = [known(each["DBInstanceIdentifier"]) for each in listed(item["DBClusterMembers"])]
    return [facts(arn(at, "rds", f"db:{each}"), **_protection(item)) for each in members]


def _protection(item: Item) -> dict[str, Any]:
    return {
        "multi_zone": item["MultiAZ"],
        "deletion_protected": item["DeletionProtection"],
        "retention_days": item["BackupRetentionPeriod"],
        "versioned": item.then("BackupRetentionPeriod", lambda days: days > 0),  # with it, any second can be restored
    }


@aws.reads("rds describe-db-parameter-groups", kind=DbParameterGroup, items="DBParameterGroups", lists=True)
def parameter_group(item: Item, at: Subject) -> Facts:
    """A group; what it sets is asked for by group, but RDS documents that PostgreSQL from 15 on demands TLS."""
    name = id_text(item["DBParameterGroupName"])
    return facts(group_id(at, name), name=name, **({"forces_tls": True} if name in FORCED_BY_DEFAULT else {}))


@aws.reads(
    "rds describe-db-parameters", kind=DbParameterGroup, subject="group", tells=["forces_tls", "logs_connections"],
    next="Marker",
    command="aws rds describe-db-parameters --db-parameter-group-name {group} --region {region}",
)  # fmt: skip
def parameters(body: Item, at: Subject) -> Facts:
    """What the group sets; a parameter that is not in the export, or has no value, tells nothing."""
    values = _values(listed(body["Parameters"]))
    told = {"forces_tls": _on(values, TLS_PARAMETERS), "logs_connections": _logs(values)}
    return facts(group_id(at, at["group"]), **{fact: on for fact, on in told.items() if on is not None})


def _values(parameters: list[Item]) -> dict[str, str]:
    values: dict[str, str] = {}
    for each in parameters:
        if "ParameterValue" in each:
            name, value = text(each["ParameterName"]), id_text(each["ParameterValue"]).casefold()
            if values.setdefault(name, value) != value:
                raise UnknownFact(name, f"the export gives the parameter {name} two values")
    return values


def group_id(at: Subject, name: str) -> str:
    """A parameter group's ARN."""
    return arn(at, "rds", f"pg:{name}")


def _on(values: dict[str, str], names: Iterable[str]) -> bool | None:
    found = [values[name] in ON for name in names if name in values]
    return any(found) if found else None


def _logs(values: dict[str, str]) -> bool | None:
    if values.get("pgaudit.log", "none") not in ("none", ""):
        return True
    return _on(values, LOG_PARAMETERS)


@aws.derives(RdsInstance, "tls_only", joins=DbParameterGroup)
def tls_only(instance: RdsInstance, groups: Population[DbParameterGroup]) -> bool:
    """Its parameter group demands TLS."""
    _in_force(instance)
    return any(group.forces_tls for group in _of(instance, groups))


@aws.derives(RdsInstance, "access_logged", joins=DbParameterGroup)
def access_logged(instance: RdsInstance, groups: Population[DbParameterGroup]) -> bool:
    """An activity stream or an audit log that leaves the machine, or PostgreSQL's log with connections in it."""
    if instance.activity_stream or "audit" in instance.log_exports:
        return True
    if not {"postgresql", "general"} & set(instance.log_exports):
        return False
    _in_force(instance)
    return any(group.logs_connections for group in _of(instance, groups))


def _in_force(instance: RdsInstance) -> None:
    """RDS says of a group as a whole that it waits for a restart (`pending-reboot`), and not which parameter does.

    Raises `UnknownFact` where it does.
    """
    if not instance.parameters_applied:
        text = "what its parameter group says is not in force yet: restart the instance, and export it again"
        raise UnknownFact("parameters_applied", text)


def _of(instance: RdsInstance, groups: Population[DbParameterGroup]) -> list[DbParameterGroup]:
    """The parameter groups of an instance, one at least."""
    found = [groups.one("id", each) for each in instance.parameter_groups]
    whole = [each for each in found if each is not None]
    if not whole or len(whole) < len(found):
        raise UnknownFact("parameter_groups", "the export of the parameter groups does not name its group")
    return whole


@aws.derives(RdsInstance, "backed_up")
def instance_backed_up(instance: RdsInstance) -> bool:
    """Automatic backups, or a recovery point of AWS Backup."""
    return either(lambda: instance.retention_days > 0, lambda: instance.id in instance.recovery_points)
