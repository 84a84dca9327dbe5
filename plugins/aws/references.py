"""What exports of AWS name beside what they are about, and whose list must hold it.

Ids of EC2 are made of the place of an export, as its lists make them. Of a key, or a group of logs, the ARN names the
account: another account's stands in no list of this one.
"""

import re

from soc2test import Reference, Resource, Subject
from soc2test_plugins.aws.kinds import EbsVolume, Ec2Instance, KmsKey, LogGroup, SecurityGroup, SecurityGroupRule, Vpc
from soc2test_plugins.aws.source import arn

__all__ = ["attached_to", "disk", "encrypted_by", "group", "logged_in", "logged_to", "network"]

_LOGS = re.compile(r"(arn:[\w-]+:logs:[^:]*:[^:]*:log-group:[^:]+)(?::\*)?", re.ASCII)
_REGION, _ACCOUNT = 3, 4
"""parts of an ARN"""


def network(at: str = "VpcId") -> Reference:
    """The network that something lies in."""
    return Reference(at=at, of=Vpc, id=lambda scope, name: arn(scope, "ec2", f"vpc/{name}"))


def group(at: str) -> Reference:
    """A security group before something."""
    kinds: tuple[type[Resource], ...] = (SecurityGroup, SecurityGroupRule)
    return Reference(
        at=at, of=SecurityGroup, id=lambda scope, name: arn(scope, "ec2", f"security-group/{name}"), kinds=kinds
    )


def disk(at: str, since: str) -> Reference:
    """A disk of a machine."""
    return Reference(at=at, of=EbsVolume, id=lambda scope, name: arn(scope, "ec2", f"volume/{name}"), since=since)


def attached_to(at: str, since: str) -> Reference:
    """The machine of a disk."""
    return Reference(at=at, of=Ec2Instance, id=lambda scope, name: arn(scope, "ec2", f"instance/{name}"), since=since)


def encrypted_by(at: str = "KmsKeyId") -> Reference:
    """A key of this account and region, where it is named by its ARN."""
    return Reference(at=at, of=KmsKey, id=_key)


def logged_in(at: str) -> Reference:
    """A group of CloudWatch Logs of this account and region, by its name."""
    return Reference(at=at, of=LogGroup, id=_log_group)


def logged_to(at: str) -> Reference:
    """The same by its ARN, to whose end CloudTrail adds `:*`."""
    return Reference(at=at, of=LogGroup, id=_log_group_of_arn)


def _key(scope: Subject, name: str) -> str | None:
    return name if ":key/" in name and _is_own(scope, name) else None


def _log_group(scope: Subject, name: str) -> str | None:
    return arn(scope, "logs", f"log-group:{name}") if scope["account"].isdigit() else None


def _log_group_of_arn(scope: Subject, name: str) -> str | None:
    match = _LOGS.fullmatch(name)
    return match[1] if match is not None and _is_own(scope, name) else None


def _is_own(scope: Subject, name: str) -> bool:
    """True where an ARN is of the account and region of the export; a folder may bear a name in place of a number."""
    parts = name.split(":")
    return len(parts) > _ACCOUNT and (parts[_REGION], parts[_ACCOUNT]) == (scope["region"], scope["account"])
