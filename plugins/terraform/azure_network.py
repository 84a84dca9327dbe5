"""Azure: rules of network security groups, which stand in the group or apart."""

from collections.abc import Iterator
from functools import partial
from typing import Any

from soc2test import Facts, Item, Unknown, UnknownFact, facts, known, meaning, or_unknown, text
from soc2test_plugins.azure.addresses import PROTOCOLS, anybody_of, ranges_of
from soc2test_plugins.networks import HIGHEST, Opening, rules_together
from soc2test_plugins.terraform.documents import Record
from soc2test_plugins.terraform.kinds import TerraformRule
from soc2test_plugins.terraform.values import listed_at, port_range, text_at
from soc2test_plugins.terraform.workspace import Workspace, reader

_RULE = "azurerm_network_security_rule"
_GROUP = "network_security_group_name"
_ALLOWS = {"allow": True, "deny": False}
_INBOUND = {"inbound": True, "outbound": False}


@reader(_RULE)
def rule(record: Record, workspace: Workspace) -> Iterator[Facts]:
    """A rule apart."""
    group = or_unknown(lambda: text_at(record.values, _GROUP) or "")
    yield from _allowances(workspace.id(record), group, record.values, record.planned)
    if not isinstance(group, Unknown):
        others = workspace.naming(_GROUP, group, _RULE)
        if others[0] is record:  # told once for a group
            yield from _together(workspace.id(record), group, [each.values for each in others], record.planned)


@reader("azurerm_network_security_group")
def group(record: Record, workspace: Workspace) -> Iterator[Facts]:
    """The rules in a group, unless they stand apart: a group has the one or the other."""
    if workspace.left_out(record, "security_rule") and workspace.has(record, _GROUP, _RULE):
        return
    found = or_unknown(lambda: listed_at(record.values, "security_rule"))
    rules = [Item({})] if isinstance(found, Unknown) else found
    yield from _together(workspace.id(record), record.values["name"], rules, record.planned)
    for number, each in enumerate(rules):
        called = each.or_else("name", None)
        name = called if isinstance(called, str) else str(number)
        yield from _allowances(workspace.id(record, name), record.values["name"], each, record.planned)


def _allowances(id: str, group: Any, values: Item, planned: bool) -> Iterator[Facts]:
    """One for each port range of a rule that allows."""
    if or_unknown(lambda: meaning(_word(values, "access"), _ALLOWS)) is False:
        return
    inbound = or_unknown(lambda: meaning(_word(values, "direction"), _INBOUND))
    protocol = or_unknown(lambda: _protocol(values))
    world = or_unknown(lambda: _world(values, "source" if known(inbound) else "destination"))
    ports = or_unknown(lambda: _several(values, "destination_port_range", "destination_port_ranges"))
    for each in [ports] if isinstance(ports, Unknown) else ports:
        low, high = _range(each)
        yield facts(
            f"{id}/{'?' if isinstance(each, Unknown) else each}",
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
    """What rules of a group open to the internet between them, though none does alone."""
    told = [or_unknown(partial(_openings, rule)) for rule in rules]
    openings = [opening for each in told if not isinstance(each, Unknown) for opening in each]
    yield from rules_together(
        TerraformRule,
        openings,
        lambda ports: f"{id}/together/{ports}",
        planned=planned,
        group=group,
    )


def _openings(values: Item) -> list[Opening]:
    """What an inbound rule opens to ranges; what can't be read of it is unknown in the rule's own facts."""
    allows, inbound = meaning(_word(values, "access"), _ALLOWS), meaning(_word(values, "direction"), _INBOUND)
    if not allows or not inbound or _of_groups(values, "source"):
        return []
    ranges = ranges_of(_several(values, "source_address_prefix", "source_address_prefixes"))
    ports = [_range(each) for each in _several(values, "destination_port_range", "destination_port_ranges")]
    told = [(low or 0, HIGHEST if high is None else high) for low, high in ports if not isinstance(low, Unknown)]
    return [Opening(_protocol(values), low, high, ranges) for low, high in told]


def _word(values: Item, key: str) -> str:
    return text(values[key]).lower()


def _protocol(values: Item) -> str:
    return meaning(_word(values, "protocol"), PROTOCOLS)


def _several(values: Item, one: str, more: str) -> list[str]:
    """Azure takes one value under a key, or several under its plural."""
    single = text_at(values, one) if one in values else None
    found = [single] if single else listed_at(values, more) if more in values else []
    if not found:
        raise UnknownFact(one, f"neither {one} nor {more} is told")
    return [text(each) for each in found]


def _world(values: Item, side: str) -> bool:
    prefixes = f"{side}_address_prefix", f"{side}_address_prefixes"
    return not _of_groups(values, side) and anybody_of(_several(values, *prefixes))


def _of_groups(values: Item, side: str) -> bool:
    """It is for machines in groups of the company's own."""
    groups = f"{side}_application_security_group_ids"
    return groups in values and bool(listed_at(values, groups))


def _range(ports: Any) -> tuple[Any, Any]:
    if isinstance(ports, Unknown) or ports == "*":
        return (ports, ports) if isinstance(ports, Unknown) else (None, None)
    return port_range(ports)
