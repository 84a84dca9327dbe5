"""Where the findings of Amazon Inspector and Security Hub are from: the region and partition that their ARNs name.

Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html. Accounts are not held against the folder:
an administrator's list holds the findings of all members.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from soc2test import Owner, ScopeIdentity

__all__ = ["INSPECTOR_PLACES", "SECURITY_HUB_PLACES"]

_REGION = r"[a-z]{2,4}(-[a-z]+)+-\d"
_ARN = re.compile(r"arn:([\w-]+):[\w-]+:([a-z0-9-]+):", re.ASCII)
_PARTITIONS = {
    "cn": "aws-cn",
    "eu-isoe": "aws-iso-e",
    "eusc": "aws-eusc",
    "us-gov": "aws-us-gov",
    "us-iso": "aws-iso",
    "us-isob": "aws-iso-b",
    "us-isof": "aws-iso-f",
}
"""What the names of the regions of a partition begin with; all others are of the partition `aws`."""


def _inspector(at: Mapping[str, str], operation: str, item: Any) -> Iterator[Owner]:
    """The region in a finding's ARN, and in that of a covered image or function; an instance has an id alone."""
    if not isinstance(item, dict):
        return
    for key in ("findingArn", "resourceId"):
        if (match := _arn(item.get(key))) is not None:
            yield Owner("region", _region(match))


def _security_hub(at: Mapping[str, str], operation: str, item: Any) -> Iterator[Owner]:
    """The partition alone: a region that aggregates lists the findings of others, and no partition has another's."""
    match = _arn(item.get("ProductArn")) if isinstance(item, dict) else None
    if match is not None and match[1] != _partition(at.get("region", "")):
        yield Owner("region", _region(match))


def _arn(value: Any) -> re.Match[str] | None:
    return _ARN.match(value) if isinstance(value, str) else None


def _region(arn: re.Match[str]) -> str:
    """The region; beside a partition that is not its own it is no region that there is."""
    return arn[2] if arn[1] == _partition(arn[2]) else f"{arn[2]} of {arn[1]}"


def _partition(region: str) -> str:
    names = region.split("-")
    return _PARTITIONS.get("-".join(names[:2])) or _PARTITIONS.get(names[0], "aws")


INSPECTOR_PLACES = ScopeIdentity(of=_inspector, names={"region": _REGION})
SECURITY_HUB_PLACES = ScopeIdentity(of=_security_hub, names={"region": _REGION})
