"""Whose an export of AWS is: the account and region in the ARNs and owners of what it lists."""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from soc2test import Owner, ScopeIdentity, UnknownFact, as_list, embedded_json, embedded_text

__all__ = ["IDENTITY"]

_OWN_ARNS = frozenset({
    "Arn", "ARN", "arn", "AlarmArn", "BackupPlanArn", "DBClusterArn", "DBClusterParameterGroupArn", "DBInstanceArn",
    "DBParameterGroupArn", "FileSystemArn", "FunctionArn", "HubArn", "KeyArn", "ListenerArn", "LoadBalancerArn",
    "ReplicationGroupArn", "TableArn", "UserArn", "clusterArn", "logGroupArn", "repositoryArn",
})  # fmt: skip
"""Keys that hold the ARN of the thing itself, or of what contains it; ARNs of keys, roles and topics may be others'."""
_OWNERS = frozenset({"OwnerId", "AWSAccountId", "Account"})
_ZONES = frozenset({"AvailabilityZone", "AvailabilityZones"})
_ZONE = re.compile(r"([a-z]{2,4}(?:-[a-z]+)+-\d)(?:[a-z]|-)", re.ASCII)
"""A zone lies in the region that its name begins with; others' names, such as RDS's lists of objects, say nothing."""
_ARN = re.compile(r"arn:aws[\w-]*:[\w-]*:([\w-]*):(\d{12}):", re.ASCII)
_ACCOUNT = re.compile(r"\d{12}", re.ASCII)
_RELATIVES = frozenset({"Destination", "GlobalClusterMembers", "Layers", "MultiRegionConfiguration", "Replicas"})
"""Keys that hold others than the thing itself: copies in other regions, what somebody else shares with it."""
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


_REPORT, _BUCKETS = "iam get-credential-report", "s3api list-buckets"
_EVENTS, _DELIVERED = "cloudtrail lookup-events", "cloudtrail delivered-file"
_ROW = re.compile(r"^[^,\n]*,\"?arn:aws[\w-]*:iam::(\d{12}):", re.ASCII | re.MULTILINE)
_IDS = {
    "ec2 describe-instances": "InstanceId",
    "ec2 describe-security-groups": "GroupId",
    "ec2 describe-snapshots": "SnapshotId",
    "ec2 describe-volumes": "VolumeId",
    "ec2 describe-vpcs": "VpcId",
    "iam list-access-keys": "AccessKeyId",
    "ssm describe-instance-information": "InstanceId",
    "ssm describe-instance-patch-states": "InstanceId",
    _BUCKETS: "Name",
}
"""What AWS gives once and names without an ARN. Others' copies have ids of their own, as those of a snapshot have."""
_SHARED = frozenset({"ec2 describe-security-groups", "ec2 describe-vpcs"})
"""Lists that hold what another account shares, in the same region: two regions of one account never hold the same."""


def owners(at: Mapping[str, str], operation: str, item: Any) -> Iterator[Owner]:
    """The account and region that one item names as its own."""
    if operation in _OF_OTHERS or not isinstance(item, dict | list):
        return
    yield from _within(item, _DEPTH)
    if operation == _REPORT:
        yield from _encoded(item)
    elif operation.startswith(_EVENTS) or operation == _DELIVERED:
        yield from _recorded(item)


def _encoded(report: Any) -> Iterator[Owner]:
    """The accounts in the ARNs of a credential report, which is base64 in `Content` as the CLI prints it."""
    try:
        content = report.get("Content") if isinstance(report, dict) else None
        text = embedded_text(content, "user,") if isinstance(content, str) else ""
    except UnknownFact:
        return  # it is said where it is read
    yield from (Owner("account", account) for account in dict.fromkeys(_ROW.findall(text)))


def _recorded(event: Any) -> Iterator[Owner]:
    """The account whose trail recorded an event; the event itself is JSON in a string."""
    try:
        record = embedded_json(event.get("CloudTrailEvent")) if isinstance(event, dict) else None
    except UnknownFact:
        return
    account = record.get("recipientAccountId") if isinstance(record, dict) else None
    if isinstance(account, str) and _ACCOUNT.fullmatch(account):
        yield Owner("account", account)


def once(at: Mapping[str, str], operation: str, item: Any) -> Iterator[str]:
    """The ids that AWS gives once, of things without an ARN; a bucket's name is one in all accounts."""
    key = _IDS.get(operation, "")
    if key and isinstance(item, dict) and isinstance(item.get(key), str):
        of_account = f"{at['account']} " if operation in _SHARED else ""
        yield f"{key} {of_account}{item[key]}"
    yield from _once_in_body(operation, item)


def _once_in_body(operation: str, body: Any) -> Iterator[str]:
    """The same of calls whose body is read as a whole."""
    if not isinstance(body, dict):
        return
    if operation == "ec2 describe-flow-logs":
        logs = [log for log in as_list(body.get("FlowLogs")) if isinstance(log, dict)]
        yield from (f"FlowLogId {log['FlowLogId']}" for log in logs if isinstance(log.get("FlowLogId"), str))
    elif operation == "guardduty list-detectors":
        yield from (f"DetectorId {id}" for id in as_list(body.get("DetectorIds")) if isinstance(id, str))


def _within(value: Any, depth: int) -> Iterator[Owner]:
    if isinstance(value, list):
        for member in value:
            yield from _within(member, depth)
    elif isinstance(value, dict):
        yield from _of(value)
        for key, member in value.items() if depth else ():
            if isinstance(member, dict | list) and key not in _RELATIVES:
                yield from _within(member, depth - 1)


def _of(thing: Mapping[str, Any]) -> Iterator[Owner]:
    """What the keys of one object say."""
    for key in thing.keys() & _OWN_ARNS:
        match = _ARN.match(thing[key]) if isinstance(thing[key], str) else None
        if match:
            yield Owner("account", match[2])
            if match[1]:
                yield Owner("region", match[1])
    for key in thing.keys() & _ZONES:
        yield from _of_zones(thing[key] if isinstance(thing[key], list) else [thing[key]])
    for key in thing.keys() & _OWNERS:
        if isinstance(thing[key], str) and _ACCOUNT.fullmatch(thing[key]):
            yield Owner("account", thing[key])


def _of_zones(zones: Iterable[Any]) -> Iterator[Owner]:
    for zone in zones:
        match = _ZONE.match(zone) if isinstance(zone, str) else None
        if match:
            yield Owner("region", match[1])


IDENTITY = ScopeIdentity(of=owners, once=once, names={"account": r"\d{12}", "region": r"[a-z]{2,4}(-[a-z]+)+-\d"})
