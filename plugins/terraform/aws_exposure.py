"""Whether the internet reaches a database: by its address, and by the rules of the security groups before it."""

from collections.abc import Iterator
from functools import partial

from soc2test import Unknown, UnknownFact, any_of, known, number, or_unknown, text
from soc2test_plugins.aws.source import either
from soc2test_plugins.terraform.aws_network import GROUPS, rules_of
from soc2test_plugins.terraform.documents import Record
from soc2test_plugins.terraform.values import flag_at, listed_at, text_at
from soc2test_plugins.terraform.workspace import Workspace

__all__ = ["world_reaches"]

_ARGUMENT = "vpc_security_group_ids"
_HIGHEST = 65_535
_OTHERS = ("udp", "icmp", "icmpv6")
_PORTS = {
    "postgres": 5432, "aurora-postgresql": 5432, "mysql": 3306, "aurora-mysql": 3306, "aurora": 3306, "mariadb": 3306,
}  # fmt: skip
"""What a database listens on where nobody says otherwise."""


def world_reaches(reached: Record, database: Record, workspace: Workspace) -> bool:
    """A public address is exposure only where a security group lets anybody in at the database's port.

    `reached` has the address, `database` the port and the groups: of a cluster these are two. Raises `UnknownFact`
    where the rules of a group are not told here.
    """
    if not flag_at(reached.values, "publicly_accessible", default=False):
        return False
    port = _port(database, workspace)
    groups = list(_groups(database, workspace))
    if not groups:
        raise UnknownFact("public", "it has a public address, and no security group of this workspace before it")
    return either(*(partial(_lets_in, group, port, workspace) for group in groups))


def _port(database: Record, workspace: Workspace) -> int:
    if workspace.left_out(database, "port"):
        engine = text_at(database.values, "engine") or ""
        if engine in _PORTS:
            return _PORTS[engine]
    return number(known(database.values["port"]))


def _groups(database: Record, workspace: Workspace) -> Iterator[Record]:
    """The security groups before it. Raises `UnknownFact` where one is not made in this workspace."""
    several = or_unknown(lambda: listed_at(database.values, _ARGUMENT))
    values = [database.values[_ARGUMENT]] if isinstance(several, Unknown) else several
    for value in values:
        group = workspace.target(database, _ARGUMENT, *GROUPS, value=value)
        if group is None:
            raise UnknownFact("public", "a security group before it is not made in this workspace")
        yield group


def _lets_in(group: Record, port: int, workspace: Workspace) -> bool:
    return any_of(rules_of(group, workspace), lambda rule: _opens(rule.told, port))


def _opens(rule: dict[str, object], port: int) -> bool:
    if not known(rule["inbound"]):
        return False
    protocol = text(rule["protocol"])  # a word that is not known here may mean all of them
    if protocol in _OTHERS or (protocol.isascii() and protocol.isdecimal()):
        return False
    return _covers(rule, port) and bool(known(rule["world"]))


def _covers(rule: dict[str, object], port: int) -> bool:
    low, high = known(rule["from_port"]), known(rule["to_port"])
    return (low or 0) <= port <= (_HIGHEST if high is None else high)
