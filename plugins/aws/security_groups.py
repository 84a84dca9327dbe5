"""EC2: security groups and their rules, also as AWS Config spells them."""

from collections.abc import Iterable, Iterator
from functools import partial
from typing import Any, NamedTuple

from soc2test import Facts, Item, Subject, Unknown, facts, id_text, items_of, listed, number, or_unknown, text
from soc2test_plugins.aws.kinds import SecurityGroup, SecurityGroupRule
from soc2test_plugins.aws.references import network
from soc2test_plugins.aws.source import arn, aws, here, regional
from soc2test_plugins.networks import HIGHEST, Opening, rules_together, weighed

__all__ = ["RULE_FACTS", "Allowance", "allowances", "group_id", "group_rules"]

RULE_FACTS = ("group", "inbound", "protocol", "from_port", "to_port", "peer", "prefix_list", "world")
PROTOCOLS = {"-1": "all", "1": "icmp", "6": "tcp", "17": "udp", "58": "icmpv6"}
_NETWORKS = (("IpRanges", "ipRanges"), ("ipv4Ranges",), ("Ipv6Ranges", "ipv6Ranges"))
_GROUPS = (("UserIdGroupPairs", "userIdGroupPairs"),)
_PREFIXES = (("PrefixListIds", "prefixListIds"),)


class Peer(NamedTuple):
    """Whom a rule allows: its name, the prefix list that it is, and whether it is anybody (None: the list tells)."""

    name: str
    world: bool | Unknown | None
    prefix_list: str | None = None


class Allowance(NamedTuple):
    """What a permission lets one peer in by; ports that can't be read are `Unknown`."""

    protocol: str
    low: Any
    high: Any
    peer: Peer

    @property
    def name(self) -> str:
        """As it stands in the id of a rule: "tcp/22-22/0.0.0.0/0"."""
        ports = "all" if None in (_plain(self.low), _plain(self.high)) else f"{self.low}-{self.high}"
        return f"{self.protocol}/{ports}/{self.peer.name}"


@aws.reads(
    "ec2 describe-security-groups", kind=(SecurityGroupRule, SecurityGroup), items="SecurityGroups", lists=True,
    tells=("name", *RULE_FACTS), references=[network()],
)  # fmt: skip
def security_group(item: Item, at: Subject) -> Iterator[Facts]:
    """The group and each of its rules."""
    here(at, item.or_else("SecurityGroupArn", None), shared=True)  # older CLIs print none
    return group_rules(item, at)


def group_id(at: Subject, name: str) -> str:
    """A security group's ARN."""
    return arn(at, "ec2", f"security-group/{name}")


def group_rules(group: Item, at: Subject) -> Iterator[Facts]:
    """Each permission once for each of its peers, inbound and outbound; then the group itself.

    The group comes last: where one of its rules can't be read it is not told, and nobody takes it for closed.
    """
    name = id_text(group.first("GroupId", "groupId"))
    for inbound, keys in (
        (True, ("IpPermissions", "ipPermissions")),
        (False, ("IpPermissionsEgress", "ipPermissionsEgress")),
    ):
        for permission in items_of(group.first(*keys)):
            yield from _rules(at, name, permission, inbound)
    yield from _together(group_id(at, name), items_of(group.first("IpPermissions", "ipPermissions")))
    yield facts(group_id(at, name), SecurityGroup, name=name)


def _together(group: str, permissions: Iterable[Item]) -> Iterator[Facts]:
    """What its inbound permissions open to the internet between them, though none does alone."""
    openings = [opening for each in permissions for opening in _openings(each)]
    yield from rules_together(
        SecurityGroupRule,
        openings,
        lambda ports: f"{group}/in/{ports}/together",
        group=group,
        peer="together",
        prefix_list=None,
    )


def _openings(permission: Item) -> Iterator[Opening]:
    """What can't be read of a permission is unknown in its own facts."""
    protocol = _protocol(permission)
    low, high = _ports(permission, protocol)
    ranges = [each for each in _networks(permission) if not isinstance(each, Unknown)]
    if not isinstance(low, Unknown) and not isinstance(high, Unknown):
        yield Opening(protocol, low or 0, HIGHEST if high is None else high, ranges)


def _protocol(permission: Item) -> str:
    written = id_text(permission.first("IpProtocol", "ipProtocol")).casefold()
    return PROTOCOLS.get(written, written)


def _ports(permission: Item, protocol: str) -> tuple[Any, Any]:
    low, high = (_port(permission, protocol, *keys) for keys in (("FromPort", "fromPort"), ("ToPort", "toPort")))
    if isinstance(low, int) and isinstance(high, int) and high < low:
        high = Unknown("the range of ports ends before it begins", what="ToPort")
    return low, high


def _rules(at: Subject, name: str, permission: Item, inbound: bool) -> Iterator[Facts]:
    group = group_id(at, name)
    for allowance in allowances(permission, at):
        peer = allowance.peer
        told = {} if peer.world is None else {"world": peer.world}
        yield facts(
            f"{group}/{'in' if inbound else 'out'}/{allowance.name}",
            SecurityGroupRule,
            group=group,
            inbound=inbound,
            protocol=allowance.protocol,
            from_port=allowance.low,
            to_port=allowance.high,
            peer=peer.name,
            prefix_list=peer.prefix_list,
            **told,
        )


def allowances(permission: Item, at: Subject) -> Iterator[Allowance]:
    """A permission of EC2 or AWS Config, once for each of its peers."""
    protocol = _protocol(permission)
    low, high = _ports(permission, protocol)
    for peer in _peers(permission, at):
        yield Allowance(protocol, low, high, peer)


def _plain(port: Any) -> Any:
    return None if isinstance(port, Unknown) else port


def _port(permission: Item, protocol: str, *keys: str) -> Any:
    """A port of TCP or UDP; None where all are meant. ICMP has its types in these fields."""
    if protocol not in ("tcp", "udp"):
        return None
    port = permission.first(*keys)
    if port is None:
        return Unknown("a rule for TCP or UDP gives null for a port", what=keys[0])
    told = or_unknown(lambda: number(port))
    return None if not isinstance(told, Unknown) and told == -1 else told


def _peers(permission: Item, at: Subject) -> Iterator[Peer]:
    """Who is allowed: address ranges, other groups, prefix lists; and whether that is anybody."""
    lists = (_NETWORKS, _GROUPS, _PREFIXES)
    if not any(_listed(permission, *keys) for each in lists for keys in each):
        yield Peer("unknown", Unknown("a permission names nobody whom it is for", what="world"))
    yield from _network_peers(list(_networks(permission)))
    for pair in _listed(permission, "UserIdGroupPairs", "userIdGroupPairs"):
        yield Peer(id_text(pair.first("GroupId", "groupId")), world=False)
    for each in _listed(permission, "PrefixListIds", "prefixListIds"):
        name = id_text(each.first("PrefixListId", "prefixListId"))
        yield Peer(name, world=None, prefix_list=regional(at, name))


def _network_peers(told: list[str | Unknown]) -> Iterator[Peer]:
    """Each network once; one that can't be read leaves the others known."""
    written = list(dict.fromkeys(each for each in told if not isinstance(each, Unknown)))
    for address, world in zip(written, weighed(written), strict=True):
        yield Peer(address, world=world)
    if (unknown := next((each for each in told if isinstance(each, Unknown)), None)) is not None:
        yield Peer("unknown", unknown)


def _networks(permission: Item) -> Iterator[str | Unknown]:
    """AWS Config repeats the IPv4 ranges as plain texts."""
    for each in (each for keys in _NETWORKS for each in _listed(permission, *keys)):
        told = each.first("CidrIp", "cidrIp", "CidrIpv6", "cidrIpv6") if isinstance(each, Item) else each
        yield or_unknown(partial(text, told))


def _listed(permission: Item, *keys: str) -> list[Any]:
    """A list that EC2 leaves out or empties where the permission has none of the sort."""
    return next((listed(permission[key]) for key in keys if key in permission), [])
