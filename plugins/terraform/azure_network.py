"""Azure: rules of network security groups, which stand in the group or apart."""

from collections.abc import Iterator
from typing import Any

from soc2test import Facts, Item, Unknown, UnknownFact, facts, known, meaning, or_unknown, text
from soc2test_plugins.terraform.documents import Record
from soc2test_plugins.terraform.kinds import TerraformRule
from soc2test_plugins.terraform.values import anybody_of, listed_at, port_range, text_at
from soc2test_plugins.terraform.workspace import Workspace, reader

_ALLOWS = {"allow": True, "deny": False}
_INBOUND = {"inbound": True, "outbound": False}
_ANY = ("*", "internet", "any")


@reader("azurerm_network_security_rule")
def rule(record: Record, workspace: Workspace) -> Iterator[Facts]:
    """A rule apart."""
    group = or_unknown(lambda: text_at(record.values, "network_security_group_name") or "")
    yield from _allowances(workspace.id(record), group, record.values, record.planned)


@reader("azurerm_network_security_group")
def group(record: Record, workspace: Workspace) -> Iterator[Facts]:
    """The rules in a group, unless they stand apart: a group has the one or the other."""
    argument = "network_security_group_name"
    if workspace.left_out(record, "security_rule") and workspace.has(record, argument, "azurerm_network_security_rule"):
        return
    found = or_unknown(lambda: listed_at(record.values, "security_rule"))
    for number, each in enumerate([Item({})] if isinstance(found, Unknown) else found):
        called = each.or_else("name", None)
        name = called if isinstance(called, str) else str(number)
        yield from _allowances(workspace.id(record, name), record.values["name"], each, record.planned)


def _allowances(id: str, group: Any, values: Item, planned: bool) -> Iterator[Facts]:
    """One for each port range of a rule that allows."""
    if or_unknown(lambda: meaning(_word(values, "access"), _ALLOWS)) is False:
        return
    inbound = or_unknown(lambda: meaning(_word(values, "direction"), _INBOUND))
    protocol = or_unknown(lambda: _word(values, "protocol"))
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
            protocol="all" if not isinstance(protocol, Unknown) and protocol == "*" else protocol,
            from_port=low,
            to_port=high,
            world=world,
        )


def _word(values: Item, key: str) -> str:
    return text(values[key]).lower()


def _several(values: Item, one: str, more: str) -> list[str]:
    """Azure takes one value under a key, or several under its plural."""
    single = text_at(values, one) if one in values else None
    found = [single] if single else listed_at(values, more) if more in values else []
    if not found:
        raise UnknownFact(one, f"neither {one} nor {more} is told")
    return [text(each) for each in found]


def _world(values: Item, side: str) -> bool:
    groups = f"{side}_application_security_group_ids"
    if groups in values and listed_at(values, groups):
        return False
    found = _several(values, f"{side}_address_prefix", f"{side}_address_prefixes")
    ranges = [written for written in found if written[:1].isdigit() or ":" in written]
    return any(written.lower() in _ANY for written in found) or anybody_of(ranges)


def _range(ports: Any) -> tuple[Any, Any]:
    if isinstance(ports, Unknown) or ports == "*":
        return (ports, ports) if isinstance(ports, Unknown) else (None, None)
    return port_range(ports)
