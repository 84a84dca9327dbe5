"""KMS keys, access keys of IAM users, and trails of CloudTrail."""

import re
from typing import Any

from soc2test import Facts, Item, Unknown, UnknownFact, facts, known, meaning, number, or_unknown, text
from soc2test_plugins.terraform.documents import Record
from soc2test_plugins.terraform.kinds import TerraformAccessKey, TerraformKey, TerraformLog
from soc2test_plugins.terraform.values import blocks, flag_at, listed_at, text_at
from soc2test_plugins.terraform.workspace import Workspace, reader

__all__ = ["company_key"]

_KEYS = ("aws_kms_key", "aws_kms_alias", "aws_kms_replica_key", "aws_kms_external_key")
_YEAR = 366
_ACTIVE = {"Active": True, "Inactive": False}
_SYMMETRIC = "SYMMETRIC_DEFAULT"
_OTHER_SPECS = re.compile(r"(?:RSA|ECC|HMAC|ML_DSA)_[A-Z0-9_]+|SM2", re.ASCII)
_USAGES = {"ENCRYPT_DECRYPT": True, "SIGN_VERIFY": False, "GENERATE_VERIFY_MAC": False, "KEY_AGREEMENT": False}
_BASIC = {"All": {"read", "write"}, "ReadOnly": {"read"}, "WriteOnly": {"write"}}


def company_key(workspace: Workspace, record: Record, argument: str, value: Any) -> bool:
    """Whether a key's name or ARN is that of a key of the company; AWS's own are named alias/aws/..."""
    if not isinstance(value, Unknown) and (value is None or not text(value) or "alias/aws/" in value):
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
            enabled=or_unknown(lambda: flag_at(values, "is_enabled", default=True)),
            symmetric=or_unknown(lambda: _symmetric(values)),
            rotates=or_unknown(lambda: _rotates(record, workspace)),
            next_rotation_at=None,
            deletion_pending=False,  # what Terraform deletes is no longer in the document
        )
    ]


def _symmetric(values: Item) -> bool:
    spec, usage = text_at(values, "customer_master_key_spec"), text_at(values, "key_usage")
    if spec is not None and _OTHER_SPECS.fullmatch(spec):
        return False
    return meaning(spec or _SYMMETRIC, {_SYMMETRIC: True}) and meaning(usage or "ENCRYPT_DECRYPT", _USAGES)


def _rotates(record: Record, workspace: Workspace) -> bool:
    values = record.values
    if not flag_at(values, "enable_key_rotation", default=False):
        return False
    if "rotation_period_in_days" not in values:
        return True
    if workspace.left_out(record, "rotation_period_in_days"):
        return True  # yearly, unless told otherwise
    days = number(known(values["rotation_period_in_days"]) or 365)  # states hold 0 where it was never set
    if days <= 0:
        raise UnknownFact("rotates", "the period of the rotation is none: KMS takes 90 days at least")
    return days <= _YEAR


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
            active=or_unknown(lambda: meaning(text_at(values, "status") or "Active", _ACTIVE)),
            root=False,
            created_at=or_unknown(lambda: values.time("create_date") if known(values["create_date"]) else None),
            last_used_at=Unknown("Terraform does not tell when a key was used", what="last_used_at"),
        )
    ]


@reader("aws_cloudtrail")
def trail(record: Record, workspace: Workspace) -> list[Facts]:
    """A trail. A trail that is off delivers nothing; whether one that is on does, no plan or state tells."""
    values = record.values
    logging = or_unknown(lambda: flag_at(values, "enable_logging", default=True))
    return [
        facts(
            workspace.id(record),
            TerraformLog,
            planned=record.planned,
            name=values["name"],
            delivering=or_unknown(lambda: _delivers(logging)),
            all_regions=or_unknown(lambda: flag_at(values, "is_multi_region_trail", default=False)),
            management_events=or_unknown(lambda: _management(values)),
            integrity_checked=or_unknown(lambda: flag_at(values, "enable_log_file_validation", default=False)),
            encrypted=or_unknown(lambda: _has_key(values)),
        )
    ]


def _delivers(logging: Any) -> bool:
    if known(logging):
        raise UnknownFact("delivering", "it is on; whether its deliveries succeed is not told before it runs")
    return False


def _has_key(values: Item) -> bool:
    """CloudTrail takes keys of the company only; a key that is yet to be made is one too."""
    return isinstance(values["kms_key_id"], Unknown) or text_at(values, "kms_key_id") is not None


def _management(values: Item) -> bool:
    """Without selectors a trail records all management events. What an advanced selector narrows is not weighed."""
    if blocks(values, "advanced_event_selector"):
        raise UnknownFact("management_events", "its advanced selectors are not weighed here")
    found = blocks(values, "event_selector")
    recorded: set[str] = set()
    for each in found:
        spared = (
            listed_at(each, "exclude_management_event_sources") if "exclude_management_event_sources" in each else []
        )
        if flag_at(each, "include_management_events", default=True) and not spared:
            recorded |= _BASIC.get(text_at(each, "read_write_type") or "All", set())
    return not found or recorded == _BASIC["All"]
