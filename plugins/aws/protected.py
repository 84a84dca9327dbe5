"""AWS Backup: the resources that it holds recovery points of, also those that no other list names."""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from typing import Any

from soc2test import (
    EVERY,
    Context,
    Facts,
    Item,
    Said,
    Subject,
    Types,
    UnknownFact,
    facts,
    items_of,
    or_unknown,
    text,
)
from soc2test_plugins.aws.kinds import AwsStore, DynamoTable, EbsVolume, RdsInstance, RedshiftCluster, S3Bucket
from soc2test_plugins.aws.source import arn, aws

_DATABASE = ":db:"
_AGE = "soc2test.age"
_YOUNG, _AGED, _UNTOLD = "young", "old", "untold"
_OLDEST = timedelta(days=35)
"""A recovery point from before is of another month: the call lists what was ever backed up, also what no plan takes in
any more (AWS Backup API, ListProtectedResources)."""


def _with_age(body: Any, context: Context) -> Any:
    """The body with a mark on each resource: whether its last recovery point is young, old, or of no known time."""
    results = body.get("Results") if isinstance(body, dict) else None
    if not isinstance(results, list):
        return body
    return {**body, "Results": [_marked(each, context) for each in results]}


def _marked(resource: Any, context: Context) -> Any:
    if not isinstance(resource, dict):
        return resource
    return {**resource, _AGE: _age(or_unknown(lambda: Item(resource).time("LastBackupTime")), context)}


def _age(when: Any, context: Context) -> str:
    if not isinstance(when, datetime):
        return _UNTOLD
    return _AGED if context.as_of - when > _OLDEST else _YOUNG


@aws.reads(
    "backup list-protected-resources", kind=(AwsStore, RdsInstance, DynamoTable, EbsVolume, RedshiftCluster, S3Bucket),
    tells=["recovery_points", "undated_points"], arrange=_with_age,
)  # fmt: skip
def protected_resources(body: Item, at: Subject) -> Iterator[Said]:
    """What AWS Backup holds a recovery point of, in the region. A store that it names is one of its list: where the
    list does not name it, the list is not all."""
    found = items_of(body["Results"])
    yield facts(EVERY, AwsStore, recovery_points=_of_age(found, _YOUNG), undated_points=_of_age(found, _UNTOLD))
    for each in found:
        yield from _named(text(each["ResourceType"]), text(each["ResourceArn"]), at)


def _of_age(resources: list[Item], age: str) -> tuple[str, ...]:
    return tuple(sorted(text(resource["ResourceArn"]) for resource in resources if resource[_AGE] == age))


def _named(kind: str, name: str, at: Subject) -> Iterator[Said]:
    unread = TYPES.judge(kind)
    if unread is not None:
        yield unread
    elif kind != "RDS" or _DATABASE in name:  # a Multi-AZ cluster is told by its instances
        yield _READERS[kind](name, at)


def _last(name: str) -> str:
    """What comes after the account in an ARN."""
    parts = name.split(":", 5)
    if len(parts) != len(["arn", "partition", "service", "region", "account", "resource"]):
        raise UnknownFact("id", "a protected resource has no ARN")
    return parts[5]


def _table(name: str, at: Subject) -> Facts:
    return facts(arn(at, "dynamodb", _last(name)), DynamoTable)


def _volume(name: str, at: Subject) -> Facts:
    return facts(arn(at, "ec2", _last(name)), EbsVolume)


def _cluster(name: str, at: Subject) -> Facts:
    return facts(arn(at, "redshift", _last(name)), RedshiftCluster)


_READERS: dict[str, Callable[[str, Subject], Facts]] = {
    "DynamoDB": _table,
    "EBS": _volume,
    "RDS": lambda name, at: facts(name, RdsInstance),
    "Redshift": _cluster,
    "S3": lambda name, at: facts(name, S3Bucket),
}
_CLUSTER = "`aws rds describe-db-clusters` lists it"
_STORE = (AwsStore,)

TYPES = Types(
    read=_READERS,
    others=lambda: {
        # https://docs.aws.amazon.com/aws-backup/latest/devguide/backup-feature-availability.html
        "Aurora": _CLUSTER,
        "Aurora DSQL": _STORE,
        "CloudFormation": "a stack: what is in it is listed by itself",
        "DocumentDB": _CLUSTER,
        "EC2": "machines come and go, and what was saved of them stays: `aws ec2 describe-instances` lists them",
        "EFS": _STORE,
        "EKS": "a cluster's settings; its volumes are listed by themselves",
        "FSx": _STORE,
        "Neptune": _CLUSTER,
        "Redshift Serverless": _STORE,
        "SAP HANA on Amazon EC2": _STORE,
        "Storage Gateway": _STORE,
        "Timestream": _STORE,
        "VirtualMachine": "a machine outside of AWS",
    },
)
