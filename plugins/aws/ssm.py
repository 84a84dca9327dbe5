"""Systems Manager: which machines it reaches, and which patches these lack.

Machines outside of EC2 (ids that begin with "mi-") are no members of a list that is read here, and are left out.
"""

from datetime import datetime

from soc2test import (
    Facts,
    Item,
    Several,
    Skip,
    Subject,
    facts,
    id_text,
    meaning,
    number,
    or_unknown,
    skip,
    translated,
)
from soc2test_plugins.aws.kinds import Ec2Instance
from soc2test_plugins.aws.source import arn, aws

PATCH_STATES = (  # the call takes 50 ids; what fails on the way must not look like a list
    "ids=$(aws ssm describe-instance-information --region {region} "
    "--query 'InstanceInformationList[].InstanceId' --output text)"
    ' && states=$(echo "$ids" | xargs -n 50 aws ssm describe-instance-patch-states --region {region} --instance-ids)'
    " && printf %s \"$states\" | jq -s '{{InstancePatchStates: map(.InstancePatchStates[])}}'"
)
_PATCH_STATES_OF_SOME = Several(
    ids="aws ssm describe-instance-information --region {region} "
    "--query 'InstanceInformationList[].InstanceId' --output text",
    one="aws ssm describe-instance-patch-states --region {region} --instance-ids {ids}",
    together="jq -s '{InstancePatchStates: map(.InstancePatchStates[])}'",
    at_once=50,
)
_ANSWERS = {"Online": True, "ConnectionLost": False, "Inactive": False}
PENDING = ("MissingCount", "FailedCount", "InstalledPendingRebootCount")
NOT_COMPLIANT = ("CriticalNonCompliantCount", "SecurityNonCompliantCount", "OtherNonCompliantCount")
"""Of patches that these count, some may be among `PENDING`, and among each other: AWS's own sample adds up to more."""
_OPERATIONS = {"Scan": False, "Install": True}
HELD_BACK = "AvailableSecurityUpdateCount"
"""Security updates of Windows that the baseline has not approved (yet): those of other machines have no such key."""


def _instance(item: Item, at: Subject) -> str | None:
    name = id_text(item["InstanceId"])
    return arn(at, "ec2", f"instance/{name}") if name.startswith("i-") else None


@aws.reads(
    "ssm describe-instance-information", kind=Ec2Instance, items="InstanceInformationList", others={"managed": False}
)
def information(item: Item, at: Subject) -> Facts | Skip:
    """Every machine with an agent, but for stopped and terminated ones; who is not named has none that reports."""
    instance = _instance(item, at)
    if instance is None:
        return skip("a machine that is no EC2 instance")
    return facts(instance, managed=translated(item["PingStatus"], _ANSWERS))


@aws.reads(
    "ssm describe-instance-patch-states", kind=Ec2Instance, items="InstancePatchStates",
    command=PATCH_STATES, several=_PATCH_STATES_OF_SOME,
)  # fmt: skip
def patch_state(item: Item, at: Subject) -> Facts | Skip:
    """The last scan or installation. The call is about 50 named machines at most (further ones are its page2, page3);
    who is not named was not asked for, or never scanned: both is unknown."""
    instance = _instance(item, at)
    if instance is None:
        return skip("a machine that is no EC2 instance")
    return facts(
        instance,
        missing_patches=or_unknown(lambda: _missing(item)),
        untried_patches=item["MissingCount"],
        patched_at=or_unknown(lambda: _installed(item)),
        patch_scan_at=or_unknown(lambda: item.time("OperationEndTime")),
    )


def _installed(item: Item) -> datetime | None:
    """An installation that may restart the machine is told while it is the last operation, the other kind always."""
    ends = [item.time("LastNoRebootInstallOperationTime")] if "LastNoRebootInstallOperationTime" in item else []
    if meaning(item["Operation"], _OPERATIONS):
        ends.append(item.time("OperationEndTime"))
    return max((end for end in ends if end is not None), default=None)


def _missing(item: Item) -> int:
    """What is pending, or the largest count of what does not comply where that is more; and what is held back."""
    pending = sum(number(item[each]) for each in PENDING)
    return max(pending, *(number(item.or_else(each, 0)) for each in NOT_COMPLIANT)) + number(item.or_else(HELD_BACK, 0))
