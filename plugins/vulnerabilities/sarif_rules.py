"""Which rule a result of a SARIF log is of, which level that rule has in the run, and which rules a run turned off.

Source: SARIF 2.1.0, the level of a result (3.27.10) and the overrides of an invocation (3.20.5, 3.51).
"""

from collections.abc import Iterator, Sequence

from soc2test import Item, Missed, Unknown, dig, missed
from soc2test_plugins.vulnerabilities.kinds import CodeWeakness
from soc2test_plugins.vulnerabilities.sarif_descriptors import (
    Place,
    Reference,
    descriptions,
    reference_of,
    rule_reference,
    same,
)
from soc2test_plugins.vulnerabilities.severity import of_score
from soc2test_plugins.vulnerabilities.shapes import items_at, named_as, text_at

__all__ = ["NO_RULE", "RunRules"]

NO_RULE = Unknown("the log does not hold the rule of a result, which would say how severe it is", what="severity")
_LEVELS = ("none", "note", "warning", "error")
_MILD = ("medium", "low")


class RunRules:
    """The rules of one run, and the levels that its invocations give them."""

    def __init__(self, run: Item) -> None:
        """Raises `UnknownFact` where something else stands where a list belongs."""
        self._rules = descriptions(run, "rules")
        self._invocations = items_at(run, "invocations", [])
        self._overrides = [list(_overrides(invocation)) for invocation in self._invocations]
        self._configured: dict[tuple[int, Place | None, str, str, int | None], str] = {}

    def rule_of(self, result: Item) -> Item | Unknown | None:
        """The rule's description; None where the run describes no rules at all, `NO_RULE` where it lacks this one."""
        place = self._rules.find(rule_reference(result))
        if place is not None:
            return self._rules.at(place)
        return NO_RULE if any(self._rules.items) else None

    def level_of(self, result: Item, rule: Item | None) -> str:
        """Its own level; else the worst that the run configured for it, else the rule's, else "warning".

        "none" beside a kind that leaves open whether it is a weakness ("review", "open") is no level.
        """
        own, undecided = text_at(result, "level"), text_at(result, "kind") not in ("", "fail")
        if own and not (own == "none" and undecided):
            return own
        default, reference = _default_level(rule), rule_reference(result)
        configured = [self._level_in(number, reference) or default for number in self._made_by(result)]
        return _worst(configured or [default])

    def _made_by(self, result: Item) -> Sequence[int]:
        """The invocation which made the result, else all: none of them is known to be another's."""
        everyone, which = range(len(self._invocations)), dig(result, "provenance", "invocationIndex")
        return [which] if type(which) is int and which in everyone else everyone

    def _level_in(self, invocation: int, own: Reference) -> str:
        """The level that an invocation gives a rule; "" where it leaves that of the rule."""
        key = (invocation, self._rules.find(own), own.id, own.guid, own.index)
        if key not in self._configured:
            overrides = self._overrides[invocation]
            levels = [level for override, level in overrides if level and same(self._rules, override, own)]
            self._configured[key] = _worst(levels or [""])
        return self._configured[key]

    def turned_off(self) -> Iterator[Missed]:
        """Rules that an invocation turned off, of which there are no results; not those of medium and low weaknesses.

        Which rules a company leaves off is its own choice as long as none finds what has to be fixed soon.
        """
        for invocation in self._invocations:
            for override in items_at(invocation, "ruleConfigurationOverrides", []):
                if dig(override, "configuration", "enabled") is False:
                    yield from self._without(reference_of(override))

    def _without(self, reference: Reference) -> Iterator[Missed]:
        place = self._rules.find(reference)
        rule = None if place is None else self._rules.at(place)
        if rule is not None and _mild(rule):
            return
        name = named_as(reference.id or text_at(rule, "id") or "without an id")
        yield missed(
            f"the run turned off the rule {name} (ruleConfigurationOverrides), so that it has no results, whatever is "
            "there",
            CodeWeakness,
        )


def _overrides(invocation: Item) -> Iterator[tuple[Reference, str]]:
    for override in items_at(invocation, "ruleConfigurationOverrides", []):
        yield reference_of(override), text_at(override, "configuration", "level")


def _default_level(rule: Item | None) -> str:
    return text_at(rule, "defaultConfiguration", "level") or "warning"


def _worst(levels: Sequence[str]) -> str:
    """A word that is not known may be worse than all."""
    return max(levels, key=lambda level: _LEVELS.index(level) if level in _LEVELS else len(_LEVELS))


def _mild(rule: Item) -> bool:
    """Whether what it finds is medium or low at worst, or it is off unless somebody turns it on."""
    rated = of_score(dig(rule, "properties", "security-severity"))
    by_level = _default_level(rule) in ("none", "note", "warning")
    off = dig(rule, "defaultConfiguration", "enabled") is False
    return off or (by_level if rated is None else rated in _MILD)
