"""Whose an export of AWS is: the account and region in the ARNs and owners of what it lists."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from soc2test import Owner, ScopeIdentity

__all__ = ["IDENTITY"]

_OWN_ARNS = frozenset({
    "Arn", "ARN", "arn", "AlarmArn", "BackupPlanArn", "DBClusterArn", "DBClusterParameterGroupArn", "DBInstanceArn",
    "DBParameterGroupArn", "FileSystemArn", "FunctionArn", "HubArn", "KeyArn", "ListenerArn", "LoadBalancerArn",
    "ReplicationGroupArn", "TableArn", "UserArn", "clusterArn", "logGroupArn", "repositoryArn",
})  # fmt: skip
"""Keys that hold the ARN of the thing itself, or of what contains it; ARNs of keys, roles and topics may be others'."""
_OWNERS = frozenset({"OwnerId", "AWSAccountId", "Account"})
_ARN = re.compile(r"arn:aws[\w-]*:[\w-]*:([\w-]*):(\d{12}):", re.ASCII)
_ACCOUNT = re.compile(r"\d{12}", re.ASCII)
_DEPTH = 3
"""Objects in objects that may hold an ARN of their own: the table in a body, the user of a device."""
_OF_OTHERS = frozenset({
    "accessanalyzer list-findings", "backup list-protected-resources", "cloudtrail describe-trails",
    "cloudtrail get-event-selectors", "cloudtrail get-trail-status", "configservice deliver-config-snapshot",
    "ec2 describe-security-groups", "ec2 describe-snapshots", "ec2 describe-vpcs", "ec2 describe-flow-logs",
    "ec2 describe-managed-prefix-lists", "organizations describe-organization", "rds describe-db-cluster-snapshots",
    "rds describe-db-snapshots",
    "resource-explorer-2 search", "resource-explorer-2 list-resources", "sns list-subscriptions",
})  # fmt: skip
"""Calls that list what other accounts or regions own too: a trail of the organization, a shared network or snapshot.
Where an item of another account is no answer to these either, the reading function says so."""


def owners(at: Mapping[str, str], operation: str, item: Any) -> Iterator[Owner]:
    """The account and region that one item names as its own."""
    if operation not in _OF_OTHERS:
        yield from _within(item, _DEPTH)


def _within(value: Any, depth: int) -> Iterator[Owner]:
    if isinstance(value, list):
        for member in value:
            yield from _within(member, depth)
    if not isinstance(value, dict):
        return
    for key in value.keys() & _OWN_ARNS:
        match = _ARN.match(value[key]) if isinstance(value[key], str) else None
        if match:
            yield Owner("account", match[2])
            if match[1]:
                yield Owner("region", match[1])
    for key in value.keys() & _OWNERS:
        if isinstance(value[key], str) and _ACCOUNT.fullmatch(value[key]):
            yield Owner("account", value[key])
    if depth:
        for member in value.values():
            if isinstance(member, dict | list):
                yield from _within(member, depth - 1)


IDENTITY = ScopeIdentity(of=owners, names={"account": r"\d{12}", "region": r"[a-z]{2}(-[a-z]+)+-\d"})
