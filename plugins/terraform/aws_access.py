"""KMS keys, access keys of IAM users, and trails of CloudTrail."""

from typing import Any

from soc2test import Facts, Item, Unknown, UnknownFact, facts, known, or_unknown
from soc2test_plugins.terraform.documents import Record
from soc2test_plugins.terraform.kinds import TerraformAccessKey, TerraformKey, TerraformLog
from soc2test_plugins.terraform.values import blocks, flag, listed, text
from soc2test_plugins.terraform.workspace import Workspace, reader

__all__ = ["company_key"]

_KEYS = ("aws_kms_key", "aws_kms_alias", "aws_kms_replica_key", "aws_kms_external_key")
_YEAR = 366
_BASIC = {"All": {"read", "write"}, "ReadOnly": {"read"}, "WriteOnly": {"write"}}


def company_key(workspace: Workspace, record: Record, argument: str, value: Any) -> bool:
    """Whether a key's name or ARN is that of a key of the company; AWS's own are named alias/aws/..."""
    if not isinstance(value, Unknown) and (not value or "alias/aws/" in str(value)):
        return False
    if workspace.target(record, argument, *_KEYS, value=value) is None:
        raise UnknownFact("customer_key", "its key is not made in this workspace, so whose it is is not told")
    return True


@reader("aws_kms_key")
def key(record: Record, workspace: Workspace) -> list[Facts]:
    """A key."""
    values = record.values
    return [
        facts(
            workspace.id(record),
            TerraformKey,
            name=record.address,
            planned=record.planned,
            customer_managed=True,
            enabled=or_unknown(lambda: flag(values, "is_enabled", default=True)),
            symmetric=or_unknown(lambda: _symmetric(values)),
            rotates=or_unknown(lambda: _rotates(record, workspace)),
            deletion_pending=False,  # what Terraform deletes is no longer in the document
        )
    ]


def _symmetric(values: Item) -> bool:
    spec, usage = text(values, "customer_master_key_spec"), text(values, "key_usage")
    return (spec or "SYMMETRIC_DEFAULT") == "SYMMETRIC_DEFAULT" and (usage or "ENCRYPT_DECRYPT") == "ENCRYPT_DECRYPT"


def _rotates(record: Record, workspace: Workspace) -> bool:
    values = record.values
    if not flag(values, "enable_key_rotation", default=False):
        return False
    if "rotation_period_in_days" not in values:
        return True
    if workspace.left_out(record, "rotation_period_in_days"):
        return True  # yearly, unless told otherwise
    return int(known(values["rotation_period_in_days"]) or 365) <= _YEAR


@reader("aws_iam_access_key")
def access_key(record: Record, workspace: Workspace) -> list[Facts]:
    """An access key of a user."""
    values = record.values
    return [
        facts(
            workspace.id(record),
            TerraformAccessKey,
            planned=record.planned,
            identity=values["user"],
            category="access_key",
            active=or_unknown(lambda: (text(values, "status") or "Active") == "Active"),
            root=False,
            created_at=or_unknown(lambda: values.time("create_date") if known(values["create_date"]) else None),
            last_used_at=Unknown("Terraform does not tell when a key was used", what="last_used_at"),
        )
    ]


@reader("aws_cloudtrail")
def trail(record: Record, workspace: Workspace) -> list[Facts]:
    """A trail. A trail that is off delivers nothing; whether one that is on does, no plan or state tells."""
    values = record.values
    logging = or_unknown(lambda: flag(values, "enable_logging", default=True))
    return [
        facts(
            workspace.id(record),
            TerraformLog,
            planned=record.planned,
            name=values["name"],
            delivering=or_unknown(lambda: _delivers(logging)),
            all_regions=or_unknown(lambda: flag(values, "is_multi_region_trail", default=False)),
            management_events=or_unknown(lambda: _management(values)),
            integrity_checked=or_unknown(lambda: flag(values, "enable_log_file_validation", default=False)),
            encrypted=or_unknown(lambda: _has_key(values)),
        )
    ]


def _delivers(logging: Any) -> bool:
    if known(logging):
        raise UnknownFact("delivering", "it is on; whether its deliveries succeed is not told before it runs")
    return False


def _has_key(values: Item) -> bool:
    """CloudTrail takes keys of the company only; a key that is yet to be made is one too."""
    return isinstance(values["kms_key_id"], Unknown) or text(values, "kms_key_id") is not None


def _management(values: Item) -> bool:
    """Without selectors a trail records all management events. What an advanced selector narrows is not weighed."""
    if blocks(values, "advanced_event_selector"):
        raise UnknownFact("management_events", "its advanced selectors are not weighed here")
    found = blocks(values, "event_selector")
    recorded: set[str] = set()
    for each in found:
        spared = listed(each, "exclude_management_event_sources") if "exclude_management_event_sources" in each else []
        if flag(each, "include_management_events", default=True) and not spared:
            recorded |= _BASIC.get(text(each, "read_write_type") or "All", set())
    return not found or recorded == _BASIC["All"]
