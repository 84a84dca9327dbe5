"""EC2: the rules of security groups, also as AWS Config spells them."""

import ipaddress
from collections.abc import Iterator
from functools import partial
from typing import Any

from soc2test import (
    Facts,
    Item,
    Said,
    Subject,
    Unknown,
    UnknownFact,
    facts,
    id_text,
    items_of,
    listed,
    number,
    or_skip,
    or_unknown,
    text,
)
from soc2test_plugins.aws.kinds import SecurityGroupRule
from soc2test_plugins.aws.source import arn, aws, here

__all__ = ["RULE_FACTS", "group_rules"]

RULE_FACTS = ("group", "inbound", "protocol", "from_port", "to_port", "peer", "world")
PROTOCOLS = {"-1": "all", "1": "icmp", "6": "tcp", "17": "udp", "58": "icmpv6"}
WIDEST = {4: 8, 6: 12}
"""The shortest prefix that a network of somebody has; what is wider is meant for anybody (0.0.0.0/1 too)."""
_NETWORKS = (("IpRanges", "ipRanges"), ("ipv4Ranges",), ("Ipv6Ranges", "ipv6Ranges"))
_GROUPS = (("UserIdGroupPairs", "userIdGroupPairs"),)
_PREFIXES = (("PrefixListIds", "prefixListIds"),)
GLOBAL_V6 = ipaddress.IPv6Network("2000::/3")


@aws.reads("ec2 describe-security-groups", kind=SecurityGroupRule, items="SecurityGroups", lists=True, tells=RULE_FACTS)
def security_group(item: Item, at: Subject) -> Iterator[Said]:
    """Each rule of the group."""
    here(at, item.or_else("SecurityGroupArn", None), shared=True)  # older CLIs print none
    return or_skip(group_rules(item, at), "a group without rules")


def group_rules(group: Item, at: Subject) -> Iterator[Facts]:
    """Each permission once for each of its peers, inbound and outbound."""
    identity = arn(at, "ec2", f"security-group/{id_text(group.first('GroupId', 'groupId'))}")
    for inbound, keys in (
        (True, ("IpPermissions", "ipPermissions")),
        (False, ("IpPermissionsEgress", "ipPermissionsEgress")),
    ):
        for permission in items_of(group.first(*keys)):
            yield from _rules(identity, permission, inbound)


def _rules(group: str, permission: Item, inbound: bool) -> Iterator[Facts]:
    written = id_text(permission.first("IpProtocol", "ipProtocol")).casefold()
    protocol = PROTOCOLS.get(written, written)
    low, high = (_port(permission, protocol, *keys) for keys in (("FromPort", "fromPort"), ("ToPort", "toPort")))
    if isinstance(low, int) and isinstance(high, int) and high < low:
        high = Unknown("the range of ports ends before it begins", what="ToPort")
    ports = "all" if None in (_plain(low), _plain(high)) else f"{low}-{high}"
    for peer, world in _peers(permission):
        yield facts(
            f"{group}/{'in' if inbound else 'out'}/{protocol}/{ports}/{peer}",
            SecurityGroupRule,
            group=group,
            inbound=inbound,
            protocol=protocol,
            from_port=low,
            to_port=high,
            peer=peer,
            world=world,
        )


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


def _peers(permission: Item) -> Iterator[tuple[str, bool | Unknown]]:
    """Who is allowed: address ranges, other groups, prefix lists; and whether that is anybody."""
    lists = (_NETWORKS, _GROUPS, _PREFIXES)
    if not any(_listed(permission, *keys) for each in lists for keys in each):
        yield "unknown", Unknown("a permission names nobody whom it is for", what="world")
    told = list(_networks(permission))
    for network in dict.fromkeys(each for each in told if not isinstance(each, Unknown)):
        yield network, or_unknown(partial(_anybody, network))
    if (unknown := next((each for each in told if isinstance(each, Unknown)), None)) is not None:
        yield "unknown", unknown
    for pair in _listed(permission, "UserIdGroupPairs", "userIdGroupPairs"):
        yield id_text(pair.first("GroupId", "groupId")), False
    for each in _listed(permission, "PrefixListIds", "prefixListIds"):
        name = id_text(each.first("PrefixListId", "prefixListId"))
        yield name, Unknown(f"what prefix list {name} holds is not read", what="world")


def _networks(permission: Item) -> Iterator[str | Unknown]:
    """AWS Config repeats the IPv4 ranges as plain texts."""
    for each in (each for keys in _NETWORKS for each in _listed(permission, *keys)):
        told = each.first("CidrIp", "cidrIp", "CidrIpv6", "cidrIpv6") if isinstance(each, Item) else each
        yield or_unknown(partial(text, told))


def _listed(permission: Item, *keys: str) -> list[Any]:
    """A list that EC2 leaves out or empties where the permission has none of the sort."""
    return next((listed(permission[key]) for key in keys if key in permission), [])


def _anybody(network: str) -> bool:
    try:
        parsed = ipaddress.ip_network(network, strict=False)
    except ValueError:
        raise UnknownFact("world", "a rule's range is no network") from None
    if parsed.prefixlen >= WIDEST[parsed.version]:
        return False
    return isinstance(parsed, ipaddress.IPv4Network) or parsed.overlaps(GLOBAL_V6)
