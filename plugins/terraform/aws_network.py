"""Security groups, whose rules stand in them or apart, and listeners of load balancers."""

from collections.abc import Iterator
from functools import partial
from typing import Any

from soc2test import Facts, Item, Unknown, UnknownFact, facts, id_text, known, meaning, number, or_unknown, text
from soc2test_plugins.aws.elbv2 import TO_HTTPS, min_tls
from soc2test_plugins.networks import HIGHEST, Opening, rules_together, weighed
from soc2test_plugins.terraform.documents import Record
from soc2test_plugins.terraform.kinds import TerraformEndpoint, TerraformRule
from soc2test_plugins.terraform.values import blocks, flag_at, listed_at, text_at
from soc2test_plugins.terraform.workspace import READERS, Workspace, reader

__all__ = ["APART", "GROUPS", "rules_of"]

GROUPS = ("aws_security_group", "aws_default_security_group")
APART = ("aws_security_group_rule", "aws_vpc_security_group_ingress_rule", "aws_vpc_security_group_egress_rule")
_NEWER = {"aws_vpc_security_group_ingress_rule": True, "aws_vpc_security_group_egress_rule": False}
_DIRECTIONS = {"ingress": True, "egress": False}
_BALANCERS = ("aws_lb", "aws_alb")
_PROTOCOLS = {"-1": "all", "1": "icmp", "6": "tcp", "17": "udp", "58": "icmpv6"}
_RANGES = ("cidr_blocks", "ipv6_cidr_blocks", "cidr_ipv4", "cidr_ipv6")
_PREFIXES = ("prefix_list_ids", "prefix_list_id")
_LATER = Unknown("whom it lets in is known only after apply: a group without rules says `ingress = []`", what="world")
_OTHERS = ("security_groups", "source_security_group_id", "referenced_security_group_id")


@reader(*GROUPS)
def group(record: Record, workspace: Workspace) -> Iterator[Facts]:
    """The rules in a group, unless they stand apart: a group has the one or the other."""
    id, apart = workspace.id(record), workspace.certain(record, "security_group_id", *APART)
    own: list[Item] = []
    for key, inbound in (("ingress", True), ("egress", False)):
        if workspace.left_out(record, key) and any(_inbound(each) is inbound for each in apart):
            continue
        found = or_unknown(partial(listed_at, record.values, key))
        rules = [Item({})] if isinstance(found, Unknown) else found
        own += rules if inbound else []
        for rule in rules:
            yield from _rules(id, id, rule, inbound, record.planned)
    beside = [each.values for each in apart if _inbound(each) is True]
    yield from _together(id, id, [*own, *beside], record.planned)


@reader(*APART)
def rule(record: Record, workspace: Workspace) -> Iterator[Facts]:
    """A rule apart."""
    yield from _apart(record, workspace)


def _inbound(record: Record) -> bool | Unknown:
    """Which way a rule apart leads; those of the newer sort say it by their type."""
    if record.type in _NEWER:
        return _NEWER[record.type]
    return or_unknown(lambda: meaning(text_at(record.values, "type"), _DIRECTIONS))


def _apart(record: Record, workspace: Workspace) -> Iterator[Facts]:
    """In a state the group shows it too: both give it the same id."""
    owner = or_unknown(lambda: workspace.target(record, "security_group_id", *GROUPS))
    if isinstance(owner, Record):
        yield from _rules(workspace.id(owner), workspace.id(owner), record.values, _inbound(record), record.planned)
        return
    named = record.values["security_group_id"]
    yield from _rules(workspace.id(record), named, record.values, _inbound(record), record.planned)
    others = [each for each in workspace.naming("security_group_id", named, *APART) if _inbound(each) is True]
    if others and others[0] is record:  # told once for a group that is made elsewhere
        yield from _together(workspace.id(record), named, [each.values for each in others], record.planned)


def rules_of(group_record: Record, workspace: Workspace) -> Iterator[Facts]:
    """The rules of a group, in it and apart. Raises `UnknownFact` last where there may be more."""
    for said in group(group_record, workspace):
        if isinstance(said, Facts):
            yield said
    for each in workspace.attached(group_record, "security_group_id", *APART):
        for said in READERS[each.type](each, workspace):
            if isinstance(said, Facts):
                yield said


def _rules(id: str, group: Any, values: Item, inbound: Any, planned: bool) -> Iterator[Facts]:
    """One for each peer."""
    protocol = or_unknown(lambda: _protocol(values))
    low, high = (or_unknown(partial(_port, values, protocol, key)) for key in ("from_port", "to_port"))
    side = "?" if isinstance(inbound, Unknown) else "in" if inbound else "out"
    ports = "?" if any(isinstance(each, Unknown) for each in (low, high)) else "all" if low is None else f"{low}-{high}"
    for peer, world in _peers(values):
        yield facts(
            f"{id}/{side}/{'?' if isinstance(protocol, Unknown) else protocol}/{ports}/{peer}",
            TerraformRule,
            planned=planned,
            group=group,
            inbound=inbound,
            protocol=protocol,
            from_port=low,
            to_port=high,
            world=world,
        )


def _together(id: str, group: Any, rules: list[Item], planned: bool) -> Iterator[Facts]:
    """What inbound rules of a group open to the internet between them, though none does alone."""
    openings = (opening for rule in rules for opening in _openings(rule))
    yield from rules_together(
        TerraformRule,
        openings,
        lambda ports: f"{id}/in/{ports}/together",
        planned=planned,
        group=group,
    )


def _openings(values: Item) -> Iterator[Opening]:
    """What can't be read of a rule is unknown in its own facts."""
    protocol = or_unknown(lambda: _protocol(values))
    low, high = (or_unknown(partial(_port, values, protocol, key)) for key in ("from_port", "to_port"))
    if not any(isinstance(each, Unknown) for each in (protocol, low, high)):
        told = [each for key in _RANGES for each in _several(values, key) if not isinstance(each, Unknown)]
        yield Opening(known(protocol), known(low) or 0, HIGHEST if high is None else known(high), told)


def _protocol(values: Item) -> str:
    written = id_text(values.first("ip_protocol", "protocol")).lower()
    return _PROTOCOLS.get(written, written)


def _port(values: Item, protocol: Any, key: str) -> int | None:
    """A port of TCP or UDP; None where all are meant. ICMP has its types in these fields."""
    if known(protocol) not in ("tcp", "udp"):
        return None
    port = known(values[key])
    if key == "to_port" and port is not None and number(port) < number(values["from_port"]):
        raise UnknownFact(key, "its range of ports ends before it begins")
    return None if port is None or number(port) == -1 else number(port)


def _peers(values: Item) -> Iterator[tuple[str, bool | Unknown]]:
    """Whom a rule lets in, and whether that is anybody; "?" for whoever is not known yet."""
    peers = [(key, each) for key in (*_RANGES, *_PREFIXES, *_OTHERS) for each in _several(values, key)]
    told = [(key, text(each)) for key, each in peers if not isinstance(each, Unknown)]
    unsure = [(key, each) for key, each in peers if isinstance(each, Unknown)]
    ranges = [peer for key, peer in told if key in _RANGES]
    yield from zip(ranges, weighed(ranges), strict=True)
    yield from ((peer, _world(key, peer)) for key, peer in told if key not in _RANGES)
    itself = or_unknown(lambda: flag_at(values, "self", default=False)) if "self" in values else False
    if itself is True:
        yield "self", False
    later = [each for key, each in unsure if key not in _OTHERS]
    if later or not any(key in values for key in (*_RANGES, *_PREFIXES, *_OTHERS)):
        yield "?", later[0] if later else _LATER
    elif unsure and not told and itself is False:
        yield "?", False  # another group, whichever it is, is not everybody
    elif not told and itself is not True:
        yield (
            "?",
            itself if isinstance(itself, Unknown) else Unknown("the rule names nobody that it lets in", what="world"),
        )


def _several(values: Item, key: str) -> list[Any]:
    found = values.or_else(key, None)
    if isinstance(found, Unknown):
        return [found]
    return found if isinstance(found, list) else [] if found in (None, "") else [found]


def _world(key: str, peer: str) -> bool | Unknown:
    return Unknown(f"what prefix list {peer} holds is not read", what="world") if key in _PREFIXES else False


@reader("aws_lb_listener", "aws_alb_listener")
def listener(record: Record, workspace: Workspace) -> Iterator[Facts]:
    """A port of a load balancer."""
    values = record.values
    protocol = or_unknown(lambda: text(values["protocol"]).upper())
    secure = not isinstance(protocol, Unknown) and protocol in ("HTTPS", "TLS")
    policy = values["ssl_policy"] if secure else None
    yield facts(
        workspace.id(record),
        TerraformEndpoint,
        planned=record.planned,
        name=record.address,
        public=or_unknown(lambda: _public(record, workspace)),
        tls=or_unknown(lambda: _tls(record, workspace, known(protocol))),
        tls_policy=policy,
        min_tls=or_unknown(lambda: min_tls(text(policy))) if secure else or_unknown(lambda: _none(known(protocol))),
    )


def _none(protocol: str) -> None:
    """Plain protocols have no lowest version of TLS."""


def _public(record: Record, workspace: Workspace) -> bool:
    balancer = workspace.target(record, "load_balancer_arn", *_BALANCERS)
    if balancer is None:
        raise UnknownFact("public", "its load balancer is not made in this workspace")
    return workspace.left_out(balancer, "internal") or not flag_at(balancer.values, "internal", default=False)


def _tls(record: Record, workspace: Workspace, protocol: str) -> bool:
    """It speaks TLS, or plain HTTP only to send everybody to HTTPS."""
    if protocol in ("HTTPS", "TLS"):
        return True
    if protocol != "HTTP":
        raise UnknownFact("tls", f"a {protocol} listener passes on what it gets; whether that is TLS is not told")
    if not _redirects(blocks(record.values, "default_action")):
        return False
    rules = workspace.attached(record, "listener_arn", "aws_lb_listener_rule", "aws_alb_listener_rule")
    if not all(_redirects(blocks(each.values, "action")) for each in rules):
        return False
    if not record.created:
        raise UnknownFact("tls", "another workspace may have given it rules that do not redirect")
    return True


def _redirects(actions: list[Item]) -> bool:
    found = [each for action in actions for each in blocks(action, "redirect")]
    return bool(found) and all(meaning(text_at(each, "protocol") or "#{protocol}", TO_HTTPS) for each in found)
