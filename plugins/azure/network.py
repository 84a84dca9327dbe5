"""Network security groups and what their rules allow."""

from collections.abc import Iterator
from typing import Any

from soc2test import (
    Facts,
    Item,
    Said,
    Subject,
    Unknown,
    UnknownFact,
    facts,
    items_of,
    known,
    listed,
    meaning,
    or_unknown,
    skip,
    text,
)
from soc2test_plugins.azure.kinds import AzureFlowLog, AzureSecurityGroup, AzureSecurityRule
from soc2test_plugins.azure.source import anybody_of, arm_id, as_value, azure, inner

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
    for key in ("securityRules", "defaultSecurityRules"):
        for rule in items_of(own[key]):
            if meaning(text(inner(rule)["access"]).lower(), _ALLOWS):
                yield from _allowances(id, rule)
            else:
                yield skip("a rule that denies")


def _allowances(group: str, item: Item) -> Iterator[Facts]:
    """One for each port range of a rule."""
    rule = inner(item)
    inbound = meaning(text(rule["direction"]).lower(), _INBOUND)
    protocol = text(rule["protocol"]).lower()
    world = or_unknown(lambda: _world(rule, "source" if inbound else "destination"))
    for ports in _several(rule, "destinationPortRange"):
        low, high = _range(ports)
        yield facts(
            f"{arm_id(item)}/{ports}",
            AzureSecurityRule,
            group=group,
            inbound=inbound,
            protocol="all" if protocol == "*" else protocol,
            from_port=low,
            to_port=high,
            world=world,
        )


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
    if listed(rule.or_else(f"{side}ApplicationSecurityGroups", None) or []):
        return False
    return anybody_of(_several(rule, f"{side}AddressPrefix"))


def _range(ports: str) -> tuple[Any, Any]:
    if ports == "*":
        return None, None
    low, _, high = ports.partition("-")
    if not low.isdecimal() or not (high or low).isdecimal() or int(low) > int(high or low):
        odd = Unknown("a port range is none", what="destinationPortRange")
        return odd, odd
    return int(low), int(high or low)
