"""Which rule a result of a SARIF log is of, and which level that rule has in the run.

A result names its rule by an index, a guid or an id, which may be hierarchical ("CA1000/1" is of the rule "CA1000"), in
the driver or in an extension of the tool, which is named by index, guid or name (SARIF 2.1.0, reportingDescriptor-
Reference and toolComponentReference).
"""

from collections.abc import Iterator

from soc2test import Item, Unknown, dig
from soc2test_plugins.vulnerabilities.shapes import items_at, text_at

__all__ = ["NO_RULE", "level_of", "rule_of"]

NO_RULE = Unknown("the log does not hold the rule of a result, which would say how severe it is", what="severity")
_LEVELS = ("none", "note", "warning", "error")


def rule_of(run: Item, result: Item) -> Item | Unknown | None:
    """The rule's description; None where the run describes no rules at all, `NO_RULE` where it lacks this one."""
    tool = dig(run, "tool")
    components = _components(tool) if isinstance(tool, Item) else []
    described = [component for component in components if items_at(component, "rules", [])]
    if not described:
        return None
    named = _named(components, dig(result, "rule", "toolComponent"))
    if named is None:
        return NO_RULE
    for component in named:
        if (rule := _in(component, result)) is not None:
            return rule
    return NO_RULE


def level_of(run: Item, result: Item, rule: Item | None) -> str:
    """Its own level; else the worst that the run is configured with for the rule, else the rule's, else "warning"."""
    if own := text_at(result, "level"):
        return own
    default = text_at(rule, "defaultConfiguration", "level") or "warning"
    overrides = [level for invocation in _invocations(run, result) for level in _overrides(invocation, result, rule)]
    return max([*overrides] or [default], key=_worst)


def _worst(level: str) -> int:
    """A word that is not known may be worse than all."""
    return _LEVELS.index(level) if level in _LEVELS else len(_LEVELS)


def _components(tool: Item) -> list[Item]:
    driver = dig(tool, "driver")
    return [*([driver] if isinstance(driver, Item) else []), *items_at(tool, "extensions", [])]


def _named(components: list[Item], reference: object) -> list[Item] | None:
    """The components that a reference may mean, the driver first; None where it names one that is not there."""
    if not isinstance(reference, Item):
        return components
    index, extensions = dig(reference, "index"), components[1:]
    if type(index) is int and index >= 0:
        return [extensions[index]] if index < len(extensions) else None
    for key in ("guid", "name"):
        if wanted := text_at(reference, key):
            found = [component for component in components if text_at(component, key) == wanted]
            if found:
                return found[:1]
    return None if text_at(reference, "guid") or text_at(reference, "name") else components


def _own_id(result: Item) -> str:
    return text_at(result, "ruleId") or text_at(result, "rule", "id")


def _in(component: Item, result: Item) -> Item | None:
    rules, own = items_at(component, "rules", []), _own_id(result)
    for index in (dig(result, "ruleIndex"), dig(result, "rule", "index")):
        if type(index) is int and 0 <= index < len(rules) and _fits(text_at(rules[index], "id"), own):
            return rules[index]
    if guid := text_at(result, "rule", "guid"):
        return next((rule for rule in rules if text_at(rule, "guid") == guid), None)
    for id in _leading(own):
        for rule in rules:
            if text_at(rule, "id") == id:
                return rule
    return None


def _fits(id: str, own: str) -> bool:
    return not own or not id or id in _leading(own)


def _leading(id: str) -> list[str]:
    """A hierarchical id and what it begins with, the whole first."""
    parts = id.split("/") if id else []
    return ["/".join(parts[:count]) for count in range(len(parts), 0, -1)]


def _invocations(run: Item, result: Item) -> list[Item]:
    """That which made the result, else all: none of them is known to be another's."""
    invocations, which = items_at(run, "invocations", []), dig(result, "provenance", "invocationIndex")
    return [invocations[which]] if type(which) is int and 0 <= which < len(invocations) else invocations


def _overrides(invocation: Item, result: Item, rule: Item | None) -> Iterator[str]:
    """Levels that an invocation gives the rule of a result."""
    own = {*_leading(_own_id(result)), text_at(rule, "id")} - {""}
    guid = text_at(rule, "guid")
    for override in items_at(invocation, "ruleConfigurationOverrides", []):
        id = text_at(override, "descriptor", "id")
        same_guid = bool(guid) and text_at(override, "descriptor", "guid") == guid
        if (id in own if id else same_guid or _same_index(override, result)) and (
            level := text_at(override, "configuration", "level")
        ):
            yield level


def _same_index(override: Item, result: Item) -> bool:
    index = dig(override, "descriptor", "index")
    component = dig(override, "descriptor", "toolComponent", "index")
    own = dig(result, "ruleIndex") if type(dig(result, "ruleIndex")) is int else dig(result, "rule", "index")
    own_component = dig(result, "rule", "toolComponent", "index")
    places = [component if type(component) is int else -1, own_component if type(own_component) is int else -1]
    return type(index) is int and index == own and places[0] == places[1]
