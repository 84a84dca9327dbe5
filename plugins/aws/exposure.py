"""Whether the internet reaches a store: by its address, and by the rules of the security groups before it."""

from collections.abc import Iterator
from functools import partial

from soc2test import Population, UnknownFact
from soc2test_plugins.aws.kinds import ReachedStore, SecurityGroup, SecurityGroupRule
from soc2test_plugins.aws.source import aws, either

_HIGHEST = 65_535
_OTHERS = ("udp", "icmp", "icmpv6")


@aws.derives(ReachedStore, "public", joins=SecurityGroup)
def public(store: ReachedStore, groups: Population[SecurityGroup]) -> bool:
    """A public address is exposure only where one of its security groups lets anybody in at its port.

    Whether its subnets have a way to the internet is not weighed: that changes without the store.
    """
    if not store.public_address:
        return False
    if not store.security_groups:
        raise UnknownFact("public", "it has a public address, and no security group of its network is named")
    return either(*(partial(_lets_in, name, store.port, groups) for name in store.security_groups))


def _lets_in(name: str, port: int, groups: Population[SecurityGroup]) -> bool:
    group = groups.one("id", name)
    if group is None:
        raise UnknownFact("public", f"its security group {name} is in no list that was exported")
    if _covered(port, group.open_ports):
        return True
    if _covered(port, group.unsure_ports):
        raise UnknownFact("public", f"whom {name} lets in at port {port} is not known: see the rules of the group")
    return False


def _covered(port: int, ranges: tuple[str, ...]) -> bool:
    return any(low <= port <= high for low, high in map(_range, ranges))


def _range(written: str) -> tuple[int, int]:
    low, _, high = written.partition("-")
    return int(low), int(high)


@aws.derives(SecurityGroup, "open_ports", joins=SecurityGroupRule)
def open_ports(group: SecurityGroup, rules: Population[SecurityGroupRule]) -> tuple[str, ...]:
    """What its rules certainly open."""
    return tuple(sorted({ports for ports, world in _inbound(group, rules) if world}))


@aws.derives(SecurityGroup, "unsure_ports", joins=SecurityGroupRule)
def unsure_ports(group: SecurityGroup, rules: Population[SecurityGroupRule]) -> tuple[str, ...]:
    """What they may open."""
    return tuple(sorted({ports for ports, world in _inbound(group, rules) if world is None}))


def _inbound(group: SecurityGroup, rules: Population[SecurityGroupRule]) -> Iterator[tuple[str, bool | None]]:
    """Ranges of TCP ports with whether anybody may come in there; None: it is not known.

    The rules of a group stand in one entry with it: where it is known, they all are.
    """
    for rule in rules.all("group", group.id).hits:
        if rule.inbound and not _apart_from_tcp(rule.protocol):
            yield _ports(rule)


def _apart_from_tcp(protocol: str) -> bool:
    """Another protocol for certain; a word that is not known here may mean all of them."""
    return protocol in _OTHERS or (protocol.isascii() and protocol.isdecimal())


def _ports(rule: SecurityGroupRule) -> tuple[str, bool | None]:
    try:
        world: bool | None = rule.world
    except UnknownFact:
        world = None
    try:
        low, high = rule.from_port, rule.to_port
    except UnknownFact:
        return f"0-{_HIGHEST}", None if world is not False else False
    return f"{low or 0}-{_HIGHEST if high is None else high}", world
