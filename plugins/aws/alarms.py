"""CloudWatch: alarms, and whether anybody hears them."""

import re
from collections.abc import Iterator

from soc2test import Facts, Item, Subject, UnknownFact, facts
from soc2test_plugins.aws.kinds import CloudWatchAlarm
from soc2test_plugins.aws.source import attempt, aws, here, known, listed

_NAMED = re.compile(r'\bALARM\(\s*"?([^")]+?)"?\s*\)')
_NOT = re.compile(r"\bNOT\b")


@aws.reads(
    "cloudwatch describe-alarms", kind=CloudWatchAlarm, lists=True,
    command="aws cloudwatch describe-alarms --alarm-types MetricAlarm CompositeAlarm --region {region}",
)  # fmt: skip
def alarms(body: Item, at: Subject) -> Iterator[Facts]:
    """Both sorts of alarms; without --alarm-types CloudWatch names metric alarms alone."""
    composite = listed(body["CompositeAlarms"]) if "CompositeAlarms" in body else None
    for alarm in (*listed(body["MetricAlarms"]), *(composite or ())):
        here(at, alarm["AlarmArn"])
        yield facts(
            known(alarm["AlarmArn"]),
            name=alarm["AlarmName"],
            notifies=attempt(lambda alarm=alarm: _acts(alarm) or _passed_on(alarm, composite)),  # type: ignore[misc]
        )


def _acts(alarm: Item) -> bool:
    return known(alarm["ActionsEnabled"]) is True and bool(listed(alarm["AlarmActions"]))


def _passed_on(alarm: Item, composite: list[Item] | None) -> bool:
    """An alarm without actions of its own may be part of one that has some."""
    if composite is None:
        raise UnknownFact("notifies", "it has no action, and the export does not name the composite alarms around it")
    around = [each for each in composite if _names(each) & {alarm["AlarmName"], alarm["AlarmArn"]} and _acts(each)]
    if around and all(_NOT.search(known(each["AlarmRule"])) for each in around):
        raise UnknownFact("notifies", "it has no action, and the rule of the composite alarm around it negates")
    return bool(around)


def _names(composite: Item) -> set[str]:
    return set(_NAMED.findall(known(composite["AlarmRule"])))
