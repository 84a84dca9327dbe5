"""CloudWatch: alarms, and whether anybody hears them."""

import re
from collections.abc import Iterator, Mapping
from functools import partial
from math import inf

from soc2test import (
    Facts,
    Item,
    Population,
    Subject,
    UnknownFact,
    any_of,
    facts,
    flag,
    id_text,
    known,
    listed,
    or_unknown,
    text,
)
from soc2test_plugins.aws.alarmed_space import goes_off_when_high, goes_off_when_low, space_of
from soc2test_plugins.aws.kinds import CloudWatchAlarm, SnsSubscription
from soc2test_plugins.aws.source import arn, aws, either

_NAMED = re.compile(r'\bALARM\(\s*"?([^")]+?)"?\s*\)')
_NOT_PLAIN = re.compile(r"\b(?:NOT|FALSE)\b")
_TOPIC = re.compile(r"arn:[^:]+:sns:")
_OF_MACHINES = re.compile(r"arn:[^:]+:automate:[^:]*:ec2:|arn:[^:]+:swf:[^:]*:[^:]*:action/actions/AWS_EC2\.")
"""Stops, restarts or moves a machine (CloudWatch API, `PutMetricAlarm`): nobody hears of it."""
_ANSWERS = re.compile(r"arn:[^:]+:(?:ssm:[^:]*:[^:]*:opsitem:|ssm-incidents:|autoscaling:[^:]*:[^:]*:scalingPolicy:)")
"""Opens an item or an incident that people answer, or gives more room."""


@aws.reads(
    "cloudwatch describe-alarms", kind=CloudWatchAlarm, lists=True,
    command="aws cloudwatch describe-alarms --alarm-types MetricAlarm CompositeAlarm LogAlarm --region {region}",
)  # fmt: skip
def alarms(body: Item, at: Subject) -> Iterator[Facts]:
    """All sorts of alarms; without --alarm-types CloudWatch names metric alarms alone, and older CLIs no log alarms."""
    composite = listed(body["CompositeAlarms"]) if "CompositeAlarms" in body else None
    for alarm in (*listed(body["MetricAlarms"]), *(composite or ()), *listed(body.or_else("LogAlarms", []))):
        yield facts(
            known(alarm["AlarmArn"]),
            name=alarm["AlarmName"],
            capacity=or_unknown(lambda alarm=alarm: _is_of_capacity(alarm)),  # type: ignore[misc]
            watches=or_unknown(lambda alarm=alarm: tuple(_watched(alarm, at))),  # type: ignore[misc]
            actions=or_unknown(lambda alarm=alarm: _actions(alarm) or _passed_on(alarm, composite)),  # type: ignore[misc]
            space_of=or_unknown(lambda alarm=alarm: space_of(alarm, at)),  # type: ignore[misc]
        )


_CAPACITY: Mapping[str, frozenset[str]] = {
    "AWS/RDS": frozenset({"CPUUtilization", "DatabaseConnections", "FreeStorageSpace", "FreeableMemory"}),
    "AWS/EC2": frozenset({"CPUUtilization"}),
    "AWS/ES": frozenset({"CPUUtilization", "ClusterUsedSpace", "FreeStorageSpace"}),
    "AWS/Redshift": frozenset({"CPUUtilization", "PercentageDiskSpaceUsed"}),
    "CWAgent": frozenset({"cpu_usage_active", "disk_used_percent", "mem_used_percent"}),
}
"""Namespace -> metrics of how full or busy a resource is (CloudWatch User Guide, "Services that publish metrics")."""
_FREE = frozenset({"FreeStorageSpace", "FreeableMemory"})
"""Those of what is left; the others are of what is used, in percent but for `_COUNTED`."""
_COUNTED = frozenset({"ClusterUsedSpace", "DatabaseConnections"})
_PERCENT = 100
_MEASURED: Mapping[str, tuple[str, str]] = {
    "DBClusterIdentifier": ("rds", "cluster"),
    "DBInstanceIdentifier": ("rds", "db"),
}
_BY_PATH: Mapping[str, tuple[str, str]] = {"DomainName": ("es", "domain"), "InstanceId": ("ec2", "instance")}
"""Dimension -> service and type in the ARN of what it names."""


def _is_of_capacity(alarm: Item) -> bool:
    """It goes off when little is left. One on several metrics, or on other alarms, has no metric of its own."""
    if "Namespace" not in alarm:
        return False
    metric = text(alarm["MetricName"])
    if metric not in _CAPACITY.get(text(alarm["Namespace"]), frozenset()):
        return False
    if metric in _FREE:
        return goes_off_when_low(alarm)
    return goes_off_when_high(alarm, inf if metric in _COUNTED else _PERCENT)


def _watched(alarm: Item, at: Subject) -> Iterator[str]:
    for dimension in listed(alarm.or_else("Dimensions", [])):
        name, value = text(dimension["Name"]), id_text(dimension["Value"])
        if name in _MEASURED:
            service, type_ = _MEASURED[name]
            yield arn(at, service, f"{type_}:{value}")
        elif name in _BY_PATH:
            service, type_ = _BY_PATH[name]
            yield arn(at, service, f"{type_}/{value}")


def _actions(alarm: Item) -> tuple[str, ...]:
    """What acts when it goes off; nothing where its actions are switched off.

    Raises `UnknownFact` while another alarm suppresses them (CloudWatch API, `ActionsSuppressedBy`).
    """
    if text(alarm.or_else("ActionsSuppressedBy", None) or ""):
        raise UnknownFact("actions", "its actions are suppressed by another alarm: nothing acts as long as that stands")
    on = flag(alarm["ActionsEnabled"])
    return tuple(id_text(each) for each in listed(alarm["AlarmActions"])) if on else ()


def _passed_on(alarm: Item, composite: list[Item] | None) -> tuple[str, ...]:
    """An alarm without actions of its own may be part of one that has some."""
    if composite is None:
        raise UnknownFact("actions", "it has no action, and the export does not name the composite alarms around it")
    around = [each for each in composite if _names(each) & {alarm["AlarmName"], alarm["AlarmArn"]} and _actions(each)]
    plain = [each for each in around if not _NOT_PLAIN.search(_unquoted(each))]
    if around and not plain:
        text = "it has no action, and the rule of the composite alarm around it negates, or can't be met"
        raise UnknownFact("actions", text)
    return tuple(dict.fromkeys(action for each in plain for action in _actions(each)))


def _names(composite: Item) -> set[str]:
    return set(_NAMED.findall(known(composite["AlarmRule"])))


def _unquoted(composite: Item) -> str:
    """The rule without the names of alarms in it."""
    return re.sub(r'"[^"]*"', "", text(composite["AlarmRule"]))


@aws.derives(CloudWatchAlarm, "notifies", joins=SnsSubscription)
def notifies(alarm: CloudWatchAlarm, subscriptions: Population[SnsSubscription]) -> bool:
    """Something acts, or a topic is told that somebody hears.

    CIS asks for the subscriptions too: a topic without a confirmed one tells nobody.
    """
    topics = [each for each in alarm.actions if _TOPIC.match(each)]
    if len(topics) < len(alarm.actions):
        return True
    return either(*(partial(_heard, alarm, each, subscriptions) for each in topics))


@aws.derives(CloudWatchAlarm, "answered", joins=SnsSubscription)
def answered(alarm: CloudWatchAlarm, subscriptions: Population[SnsSubscription]) -> bool:
    """Somebody hears, an incident is opened, or room is added; that a machine is restarted is none of these."""
    acting = [each for each in alarm.actions if not _OF_MACHINES.match(each)]
    if any(_ANSWERS.match(each) for each in acting):
        return True
    topics = [each for each in acting if _TOPIC.match(each)]
    heard = either(*(partial(_heard, alarm, each, subscriptions) for each in topics))
    if not heard and len(topics) < len(acting):
        raise UnknownFact("answered", "what its action does, a function or another one, is not told")
    return heard


@aws.derives(CloudWatchAlarm, "told_by_mail", joins=SnsSubscription)
def told_by_mail(alarm: CloudWatchAlarm, subscriptions: Population[SnsSubscription]) -> tuple[str, ...]:
    """The addresses behind its topics, unless something else acts, or hears one of them."""
    if not alarm.notifies or not all(_TOPIC.match(each) for each in alarm.actions):
        return ()
    heard = [subscriptions.all("topic", topic) for topic in alarm.actions]
    if any(any_of(own, lambda subscription: subscription.mail is None) for own in heard):
        return ()
    for topic in alarm.actions:
        _heard(alarm, topic, subscriptions)  # raises where one of another account may be heard otherwise
    addresses = [subscription.mail for own in heard for subscription in own]
    return tuple(sorted({address for address in addresses if address is not None}))


def _heard(alarm: CloudWatchAlarm, topic: str, subscriptions: Population[SnsSubscription]) -> bool:
    """The account that owns a topic may be another one; its subscriptions stand there."""
    if subscriptions.all("topic", topic):
        return True
    if topic.split(":")[3:5] != alarm.id.split(":")[3:5]:
        text = f"who hears {topic}, which is of another account or region, is not told here"
        raise UnknownFact("notifies", text)
    return False
