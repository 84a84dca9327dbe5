"""Compute Engine: machines, firewall rules and firewall policies."""

from collections.abc import Iterator
from functools import partial
from typing import Any

from soc2test import (
    Facts,
    Item,
    Said,
    Unknown,
    UnknownFact,
    facts,
    flag,
    id_text,
    item_of,
    items_of,
    known,
    listed,
    meaning,
    missed,
    number,
    or_unknown,
    skip,
    translated,
)
from soc2test_plugins.gcp.kinds import GcpFirewallRule, GcpInstance
from soc2test_plugins.gcp.shapes import Asset, reader
from soc2test_plugins.networks import HIGHEST, Opening, lets_in_world, rules_together

__all__: list[str] = []

_PROTOCOLS = {"1": "icmp", "6": "tcp", "17": "udp", "58": "icmpv6"}
_INBOUND = {"INGRESS": True, "EGRESS": False}
_ALLOWS = {"allow": True, "apply_security_profile_group": True, "deny": False, "goto_next": False}
_STATUSES = (
    "DEPROVISIONING", "PENDING", "PENDING_STOP", "PROVISIONING", "REPAIRING", "STAGING", "STOPPED", "STOPPING",
    "SUSPENDED", "SUSPENDING", "TERMINATED",
)  # fmt: skip
_RUNNING = {"RUNNING": True, **dict.fromkeys(_STATUSES, False)}
_OTHER_PEERS = ("SecureTags", "Fqdns", "Networks")
_CROWDS = ("AddressGroups", "RegionCodes", "ThreatIntelligences")
"""Peers of which nobody tells how many they are: a group of addresses, a country, a list of Google's such as that of
all customers of public clouds."""
_CONTEXTS = {"UNSPECIFIED": True, "INTERNET": True, "NON_INTERNET": False, "INTRA_VPC": False, "VPC_NETWORKS": False}
"""Where traffic comes from, of the addresses that a rule names; older exports call it a type."""


@reader("compute.googleapis.com/Firewall")
def firewall(asset: Asset) -> Iterator[Said]:
    """What a VPC firewall rule allows; nothing where it is switched off, or denies.

    One that leaves its direction out is for what comes in ("The default is INGRESS",
    https://cloud.google.com/compute/docs/reference/rest/v1/firewalls); of the rules of policies nobody says so.
    """
    data = asset.data
    if flag(data.or_else("disabled", False)):
        yield skip("a firewall rule that is switched off")
        return
    inbound = meaning(data.or_else("direction", "INGRESS"), _INBOUND)
    world = or_unknown(lambda: _world(data, inbound))
    rules = listed(data.or_else("allowed", []))
    if not rules and not listed(data.or_else("denied", [])):
        yield missed("a firewall rule that neither allows nor denies anything, as far as it is read", GcpFirewallRule)
    for allowed in rules:
        protocol = known(allowed.first("IPProtocol", "ipProtocol"))
        yield from _allowances(asset.name, protocol, allowed, inbound=inbound, world=world)


def _world(data: Item, inbound: bool) -> bool:
    """Without any source Compute Engine takes all addresses; ranges and tags add up."""
    ranges = listed(data.or_else("sourceRanges" if inbound else "destinationRanges", []))
    if not ranges:
        return not any(listed(data.or_else(key, [])) for key in ("sourceTags", "sourceServiceAccounts"))
    return lets_in_world(ranges)


@reader("compute.googleapis.com/FirewallPolicy", "compute.googleapis.com/NetworkFirewallPolicy")
def firewall_policy(asset: Asset) -> Iterator[Said]:
    """What the rules of a firewall policy allow, those with inspection (a security profile) too."""
    if "rules" not in asset.data:
        yield missed("a firewall policy whose rules are not told", GcpFirewallRule)
        return
    openings: list[Opening] = []
    for row in listed(asset.data["rules"]):
        rule = or_unknown(partial(_rule, asset.name, row))
        if isinstance(rule, Unknown):  # it costs no other
            yield missed(f"a rule of a firewall policy can't be read: {rule.reason}", GcpFirewallRule)
            continue
        yield from rule[0]
        openings += rule[1]
    yield from _together(asset.name, openings)


def _rule(policy: str, row: Any) -> tuple[list[Facts], list[Opening]]:
    """What a rule of a policy allows, and what of it is open to ranges from outside."""
    rule = item_of(row)
    if not meaning(rule["action"], _ALLOWS) or flag(rule.or_else("disabled", False)):
        return [], []
    inbound, match = meaning(rule["direction"], _INBOUND), item_of(rule["match"])
    world = or_unknown(partial(_policy_world, match, "src" if inbound else "dest"))
    group = f"{policy}/{number(rule['priority'])}"
    allowed: list[Facts] = []
    openings: list[Opening] = []
    for layer in items_of(match["layer4Configs"]):
        protocol = known(layer["ipProtocol"])
        openings += _openings(match, protocol, layer) if inbound else []
        allowed += _allowances(group, protocol, layer, inbound=inbound, world=world)
    return allowed, openings


def _openings(match: Item, written: Any, layer: Item) -> Iterator[Opening]:
    """What a rule opens to ranges; what can't be read of it is unknown in its own facts."""
    ranges = or_unknown(lambda: listed(match.or_else("srcIpRanges", [])) if _from_internet(match, "src") else [])
    for ports in listed(layer.or_else("ports", [])) or [None]:
        low, high = (0, HIGHEST) if ports is None else _range(id_text(ports))
        if not isinstance(ranges, Unknown) and not isinstance(low, Unknown):
            yield Opening(_protocol(written), low, high, ranges)


def _together(group: str, openings: list[Opening]) -> Iterator[Facts]:
    """What the rules of a policy open to the internet between them, though none does alone."""
    yield from rules_together(GcpFirewallRule, openings, lambda ports: f"{group}/together/{ports}", group=group)


def _policy_world(match: Item, side: str) -> bool:
    if not _from_internet(match, side):
        return False
    ranges = listed(match.or_else(f"{side}IpRanges", []))
    if lets_in_world(ranges):
        return True
    if any(listed(match.or_else(side + crowd, [])) for crowd in _CROWDS):
        raise UnknownFact("world", "what an address group, a country or a list of Google's holds is not read")
    return not ranges and not any(listed(match.or_else(side + peer, [])) for peer in _OTHER_PEERS)


def _from_internet(match: Item, side: str) -> bool:
    told = [match.or_else(f"{side}Network{key}", None) for key in ("Context", "Type", "Scope")]
    return all(meaning(word, _CONTEXTS) for word in told if word is not None)


def _allowances(group: str, written: Any, item: Item, *, inbound: bool, world: Any) -> Iterator[Facts]:
    """One for each port range of a protocol; without ports all are meant."""
    protocol = _protocol(written)
    for ports in listed(item.or_else("ports", [])) or [None]:
        low, high = (None, None) if ports is None else _range(id_text(ports))
        yield facts(
            f"{group}/{protocol}/{'all' if ports is None else ports}",
            GcpFirewallRule,
            group=group,
            inbound=inbound,
            protocol=protocol,
            from_port=low,
            to_port=high,
            world=world,
        )


def _protocol(written: Any) -> str:
    return _PROTOCOLS.get(id_text(written), id_text(written).lower())


def _range(ports: str) -> tuple[Any, Any]:
    low, _, high = ports.partition("-")
    if not low.isdecimal() or not (high or low).isdecimal() or int(low) > int(high or low):
        odd = Unknown("a port range is none", what="ports")
        return odd, odd
    return int(low), int(high or low)


@reader("compute.googleapis.com/Instance")
def machine(asset: Asset) -> Iterator[Facts]:
    """A virtual machine."""
    yield facts(
        asset.name,
        GcpInstance,
        name=asset.data["name"],
        running=translated(asset.data["status"], _RUNNING),
        public_address=or_unknown(lambda: _public(asset.data["networkInterfaces"])),
        metadata_token_required=True,  # by a header, see the kind
    )


def _public(interfaces: Any) -> bool:
    keys = ("accessConfigs", "ipv6AccessConfigs")
    if not listed(interfaces):
        raise UnknownFact("networkInterfaces", "the machine has no network interface, and each has one at least")
    return any(listed(each.or_else(key, [])) for each in items_of(interfaces) for key in keys)
