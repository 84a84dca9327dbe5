"""Layouts of AWS exports beside the usual one: folders by account, region and call, and files that AWS writes."""

import re
from pathlib import PurePosixPath
from urllib.parse import unquote

from soc2test import Claim, Export
from soc2test.sources.operation import Operation
from soc2test_plugins.aws.config_snapshot import OPERATION as SNAPSHOT
from soc2test_plugins.aws.source import aws
from soc2test_plugins.aws.trail_files import DELIVERED
from soc2test_plugins.aws.unread import UNREAD

__all__ = ["claim"]

_REGION = re.compile(r"[a-z]{2,4}(-[a-z]+){1,2}-\d", re.ASCII)
_SNAPSHOT = re.compile(
    r"(\d{12})_Config_([a-z0-9-]+)_ConfigSnapshot_\d{8}T\d{6}Z_[0-9a-f-]{36}\.json(?:\.gz)?", re.ASCII
)
_LOG_FILE = re.compile(r"(\d{12})_CloudTrail_[a-z0-9-]+_\d{8}T\d{4}Z_\w{1,40}\.json(?:\.gz)?", re.ASCII)
_NUMBERED = re.compile(r"(.+?)(?:\.\d+)?\.json", re.ASCII)
_REPORT = b"user,arn,user_creation_time,password_enabled,"
_ACCOUNT = re.compile(rb"arn:aws[a-z-]*:iam::(\d{12}):", re.ASCII)
_BOTO_NAMES = {"s3": "s3api", "config": "configservice", "accessanalzyer": "accessanalyzer"}


def claim(export: Export) -> Claim | None:
    """What an AWS file is that lies elsewhere than in aws/<account>/<region>/; None where no call that is known fits.

    A call that is known and not read is named as well: no source declares it, and the file stays unclaimed as that.
    """
    path = export.path
    if match := _SNAPSHOT.fullmatch(path.name):
        return Claim(aws.name, SNAPSHOT, {"account": match[1], "region": match[2]})
    if match := _LOG_FILE.fullmatch(path.name):
        return Claim(aws.name, DELIVERED, {"account": match[1]})
    if path.suffix.lower() == ".csv":
        return _report(export)
    return _by_call(path) or _by_subject(path) or _unread(path)


def _report(export: Export) -> Claim | None:
    """A credential report as the console saves it, by its header; each row names the account."""
    head = export.head().removeprefix(b"\xef\xbb\xbf")
    account = _ACCOUNT.search(head)
    if not head.startswith(_REPORT) or account is None:
        return None
    return Claim(aws.name, "iam get-credential-report", {"account": account[1].decode()})


def _by_call(path: PurePosixPath) -> Claim | None:
    """`<account>/<region>/<service>-<operation>.json`; without these folders it tells no scope."""
    match = _NUMBERED.fullmatch(path.name)
    operation = _operation(match[1]) if match else None
    return Claim(aws.name, operation.name, _scope(path.parts[:-1])) if operation else None


def _by_subject(path: PurePosixPath) -> Claim | None:
    """`<account>/<region>/<service>-<operation>/<subject, URL-encoded>`; of several parts one folder each."""
    for place, part in enumerate(path.parts[:-1]):
        operation = _operation(part)
        subject = path.parts[place + 1 :]
        if operation is not None and len(subject) == len(operation.subject):
            named = {name: unquote(value) for name, value in zip(operation.subject, subject, strict=True)}
            return Claim(aws.name, operation.name, {**_scope(path.parts[:place]), **named})
    return None


def _unread(path: PurePosixPath) -> Claim | None:
    match = _NUMBERED.fullmatch(path.name)
    names = (*((match[1],) if match else ()), *path.parts[:-1])
    return next((Claim(aws.name, name) for name in map(_name, names) if name in UNREAD), None)


def _operation(text: str) -> Operation | None:
    return aws.operations.get(_name(text))


def _name(text: str) -> str:
    """The CLI's name of a call, from "<service>-<call>" as the CLI or boto names the service."""
    service, _, call = text.partition("-")
    return f"{_BOTO_NAMES.get(service, service)} {call}"


def _scope(folders: tuple[str, ...]) -> dict[str, str]:
    if len(folders) > 1 and _REGION.fullmatch(folders[-1]):
        return {"account": unquote(folders[-2]), "region": folders[-1]}
    return {}
