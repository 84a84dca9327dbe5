"""Network security groups and what their rules allow."""

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
    item_of,
    known,
    listed,
    meaning,
    missed,
    or_unknown,
    skip,
    text,
)
from soc2test_plugins.azure.addresses import PROTOCOLS, anybody_of, ranges_of
from soc2test_plugins.azure.kinds import AzureFlowLog, AzureSecurityGroup, AzureSecurityRule
from soc2test_plugins.azure.source import arm_id, as_value, azure, inner
from soc2test_plugins.networks import HIGHEST, Opening, rules_together

_ALLOWS = {"allow": True, "deny": False}
_INBOUND = {"inbound": True, "outbound": False}
_TELLS = ("name", "flow_logs", "group", "inbound", "protocol", "from_port", "to_port", "world")


@azure.reads(
    "network nsg list",
    kind=(AzureSecurityGroup, AzureSecurityRule, AzureFlowLog),
    items="value",
    lists=True,
    tells=_TELLS,
    prepare=as_value,
)
def group(item: Item, at: Subject) -> Iterator[Said]:
    """A group, its flow logs by id, and each allowance of its rules, Azure's default ones too."""
    own, id = inner(item), arm_id(item)
    logs = tuple(arm_id(each) for each in listed(own.or_else("flowLogs", None) or []))
    yield facts(id, AzureSecurityGroup, name=item["name"], flow_logs=logs)
    yield from (facts(each, AzureFlowLog) for each in logs)
    allowing: list[Item] = []
    for key in ("securityRules", "defaultSecurityRules"):
        for row in listed(own[key]):
            words = or_unknown(partial(_rule, id, row))
            if isinstance(words, Unknown):  # it costs no other
                yield missed(f"a rule of a security group can't be read: {words.reason}", AzureSecurityRule)
                continue
            yield from words or (skip("a rule that denies"),)
            allowing += [row] if words else []
    yield from _together(id, allowing)


def _rule(group: str, row: Any) -> list[Facts]:
    """What a rule allows; nothing where it denies."""
    rule = item_of(row)
    allows = meaning(text(inner(rule)["access"]).lower(), _ALLOWS)
    return list(_allowances(group, rule)) if allows else []


def _allowances(group: str, item: Item) -> Iterator[Facts]:
    """One for each port range of a rule."""
    rule = inner(item)
    inbound = meaning(text(rule["direction"]).lower(), _INBOUND)
    protocol = or_unknown(lambda: _protocol(rule))
    world = or_unknown(lambda: _world(rule, "source" if inbound else "destination"))
    for ports in _several(rule, "destinationPortRange"):
        low, high = _range(ports)
        yield facts(
            f"{arm_id(item)}/{ports}",
            AzureSecurityRule,
            group=group,
            inbound=inbound,
            protocol=protocol,
            from_port=low,
            to_port=high,
            world=world,
        )


def _protocol(rule: Item) -> str:
    return meaning(text(rule["protocol"]).lower(), PROTOCOLS)


def _together(group: str, rules: list[Item]) -> Iterator[Facts]:
    """What its rules open to the internet between them, though none does alone."""
    told = [or_unknown(partial(_openings, inner(rule))) for rule in rules]
    openings = [opening for each in told if not isinstance(each, Unknown) for opening in each]
    yield from rules_together(AzureSecurityRule, openings, lambda ports: f"{group}/together/{ports}", group=group)


def _openings(rule: Item) -> list[Opening]:
    """What an inbound rule opens to ranges; what can't be read of it is unknown in the rule's own facts."""
    if not meaning(text(rule["direction"]).lower(), _INBOUND) or _of_groups(rule, "source"):
        return []
    ranges = ranges_of(_several(rule, "sourceAddressPrefix"))
    ports = [_range(each) for each in _several(rule, "destinationPortRange")]
    known_ports = [(low or 0, HIGHEST if high is None else high) for low, high in ports if not isinstance(low, Unknown)]
    return [Opening(_protocol(rule), low, high, ranges) for low, high in known_ports]


def _several(rule: Item, key: str) -> list[str]:
    """Azure has one value under a key, or several under its plural."""
    one = rule.or_else(key, None)
    more = listed(rule.or_else(f"{key}es" if key.endswith("x") else f"{key}s", None) or [])
    found = [text(each) for each in ([one] if one else []) + more]
    if not found:
        known(rule[key])
        raise UnknownFact(key, f"the rule names neither {key} nor several of it")
    return found


def _world(rule: Item, side: str) -> bool:
    return not _of_groups(rule, side) and anybody_of(_several(rule, f"{side}AddressPrefix"))


def _of_groups(rule: Item, side: str) -> bool:
    """It is for machines in groups of the company's own."""
    return bool(listed(rule.or_else(f"{side}ApplicationSecurityGroups", None) or []))


def _range(ports: str) -> tuple[Any, Any]:
    if ports == "*":
        return None, None
    low, _, high = ports.partition("-")
    if not low.isdecimal() or not (high or low).isdecimal() or int(low) > int(high or low):
        odd = Unknown("a port range is none", what="destinationPortRange")
        return odd, odd
    return int(low), int(high or low)
