"""RDS instances and clusters, DynamoDB tables."""

from collections.abc import Iterator
from functools import partial
from typing import Any

from soc2test import Facts, Item, UnknownFact, facts, id_text, known, number, or_unknown
from soc2test_plugins.aws.documents import denies_without_tls
from soc2test_plugins.aws.dynamodb import RECOVERY_DAYS
from soc2test_plugins.aws.openness import open_to_all
from soc2test_plugins.aws.source import either
from soc2test_plugins.terraform.aws_access import company_key
from soc2test_plugins.terraform.aws_exposure import world_reaches
from soc2test_plugins.terraform.documents import Record
from soc2test_plugins.terraform.kinds import TerraformStore
from soc2test_plugins.terraform.labels import labelled
from soc2test_plugins.terraform.values import blocks, flag_at, listed_at, only, text_at
from soc2test_plugins.terraform.workspace import Workspace, agreed, reader

_ON = ("1", "on", "true", "all")
_TLS_PARAMETERS = ("rds.force_ssl", "require_secure_transport")
_POSTGRES_WITH_TLS = 15
"""From this version on RDS sets rds.force_ssl itself."""


@reader("aws_db_instance")
def instance(record: Record, workspace: Workspace) -> Iterator[Facts]:
    """A database instance."""
    values = record.values
    yield facts(
        workspace.id(record),
        TerraformStore,
        name=values.first("identifier", "identifier_prefix"),
        type=record.type,
        planned=record.planned,
        copy=or_unknown(lambda: text_at(values, "replicate_source_db") is not None),
        public=or_unknown(lambda: world_reaches(record, record, workspace)),
        tls_only=or_unknown(lambda: _forces_tls(record, workspace, "parameter_group_name", "aws_db_parameter_group")),
        multi_zone=or_unknown(
            lambda: not workspace.left_out(record, "multi_az") and flag_at(values, "multi_az", default=False)
        ),
        **_common(record, workspace, ("snapshot_identifier", "replicate_source_db")),
    )


@reader("aws_rds_cluster")
def cluster(record: Record, workspace: Workspace) -> Iterator[Facts]:
    """A cluster with the instances in it; in which zones these are is not weighed."""
    values = record.values
    yield facts(
        workspace.id(record),
        TerraformStore,
        name=values.first("cluster_identifier", "cluster_identifier_prefix"),
        type=record.type,
        planned=record.planned,
        copy=or_unknown(lambda: text_at(values, "replication_source_identifier") is not None),
        public=or_unknown(lambda: _any_public(record, workspace)),
        tls_only=or_unknown(
            lambda: _forces_tls(record, workspace, "db_cluster_parameter_group_name", "aws_rds_cluster_parameter_group")
        ),
        **_common(record, workspace, ("snapshot_identifier", "replication_source_identifier")),
    )


def _any_public(record: Record, workspace: Workspace) -> bool:
    """A cluster is reached through its instances, which other workspaces may add to."""
    members = workspace.attached(record, "cluster_identifier", "aws_rds_cluster_instance")
    asked = [partial(world_reaches, member, record, workspace) for member in members]
    if either(*asked):
        return True
    if not record.created:
        raise UnknownFact("public", "instances of it may be in other workspaces")
    return False


def _common(record: Record, workspace: Workspace, sources: tuple[str, ...]) -> dict[str, Any]:
    values = record.values
    days = or_unknown(lambda: number(known(values["backup_retention_period"]) or 0))
    kept = or_unknown(lambda: known(days) > 0)
    return {
        "encrypted": or_unknown(lambda: _encrypted(values, sources)),
        "customer_key": or_unknown(lambda: company_key(workspace, record, "kms_key_id", _key(record, workspace))),
        "access_logged": or_unknown(lambda: _logged(record, workspace)),
        "versioned": kept,
        "backed_up": kept,
        "backup_days": days,
        "deletion_protected": or_unknown(lambda: flag_at(values, "deletion_protection", default=False)),
        "protected_days": None,
        **labelled(values),
    }


def _encrypted(values: Item, sources: tuple[str, ...]) -> bool:
    """Unset means no, unless it is made of another database, whose encryption it takes."""
    copied = any(key in values and text_at(values, key) for key in sources)
    return flag_at(values, "storage_encrypted", default=None if copied else False)


def _key(record: Record, workspace: Workspace) -> Any:
    """A new database without a key of its own gets RDS's."""
    return None if workspace.left_out(record, "kms_key_id") else record.values["kms_key_id"]


def _logged(record: Record, workspace: Workspace) -> bool:
    exports = listed_at(record.values, "enabled_cloudwatch_logs_exports")
    if "audit" in exports:
        raise UnknownFact("access_logged", "whether its engine writes an audit log, its parameters and options tell")
    if {"postgresql", "general"} & set(exports):
        raise UnknownFact("access_logged", "whether its log names connections, its parameter group tells")
    return False


def _forces_tls(record: Record, workspace: Workspace, argument: str, type_: str) -> bool:
    group = workspace.target(record, argument, type_)
    if group is None:
        version = (text_at(record.values, "engine_version") or "").partition(".")[0]
        named = text_at(record.values, argument) or ""
        if text_at(record.values, "engine") == "postgres" and named.startswith("default.") and version.isdecimal():
            return int(version) >= _POSTGRES_WITH_TLS
        raise UnknownFact("tls_only", "its parameter group is not made in this workspace")
    told = [each for each in blocks(group.values, "parameter") if known(each["name"]) in _TLS_PARAMETERS]
    demanded = agreed((id_text(each["value"]).casefold() in _ON for each in told), f"parameters of {group.address}")
    if demanded is not None:
        return demanded
    raise UnknownFact("tls_only", "its parameter group leaves the setting to the engine")


@reader("aws_dynamodb_table")
def table(record: Record, workspace: Workspace) -> Iterator[Facts]:
    """A table; DynamoDB encrypts each, keeps it in three zones, and answers plain HTTP unless a policy refuses it."""
    values = record.values
    recovery = or_unknown(lambda: _recovery(record, workspace))
    yield facts(
        workspace.id(record),
        TerraformStore,
        name=values["name"],
        type=record.type,
        planned=record.planned,
        copy=False,
        public=or_unknown(lambda: _open_table(record, workspace)),
        encrypted=True,
        customer_key=or_unknown(lambda: _table_key(record, workspace)),
        tls_only=or_unknown(lambda: _refuses_http(record, workspace)),
        versioned=recovery,
        backed_up=recovery,
        backup_days=or_unknown(lambda: _recovery_days(record, workspace)),
        deletion_protected=or_unknown(lambda: flag_at(values, "deletion_protection_enabled", default=False)),
        protected_days=None,
        multi_zone=True,
        **labelled(values),
    )


def _recovery(record: Record, workspace: Workspace) -> bool:
    found = _block(record, workspace, "point_in_time_recovery")
    return found is not None and flag_at(found, "enabled", default=False)


def _recovery_days(record: Record, workspace: Workspace) -> int:
    """DynamoDB's own period where the table sets none."""
    found = _block(record, workspace, "point_in_time_recovery")
    told = None if found is None else found.or_else("recovery_period_in_days", None)
    return RECOVERY_DAYS if told is None else number(told)


def _block(record: Record, workspace: Workspace, key: str) -> Item | None:
    """A block that has to be told; None where it is not set."""
    if workspace.left_out(record, key):
        return None
    known(record.values[key])
    return only(record.values, key)


def _table_key(record: Record, workspace: Workspace) -> bool:
    found = _block(record, workspace, "server_side_encryption")
    if found is None or not flag_at(found, "enabled", default=False):
        return False
    key = found["kms_key_arn"]
    return company_key(workspace, record, "server_side_encryption", key)


def _table_policy(record: Record, workspace: Workspace) -> str | None:
    beside = workspace.one(record, "resource_arn", "aws_dynamodb_resource_policy")
    if beside is None and not record.created:
        raise UnknownFact("policy", "another workspace may have given it a policy")
    return None if beside is None else text_at(beside.values, "policy")


def _open_table(record: Record, workspace: Workspace) -> bool:
    document = _table_policy(record, workspace)
    return document is not None and open_to_all(document)


def _refuses_http(record: Record, workspace: Workspace) -> bool:
    document = _table_policy(record, workspace)
    return document is not None and denies_without_tls(document, "dynamodb:*")
