"""A rule of a role: verbs on resources of API groups, of all names or of some."""

import msgspec

from soc2test import Item, text
from soc2test_plugins.kubernetes.shapes import listed_at

__all__ = ["EVERY", "Rule", "rule_of"]

EVERY = "*"


class Rule(msgspec.Struct, frozen=True, kw_only=True):
    """One rule, as it is written; `names` is empty where it is for objects of all names."""

    groups: frozenset[str]
    resources: frozenset[str]
    verbs: frozenset[str]
    names: frozenset[str]

    def in_group(self, group: str) -> bool:
        """Whether it is for resources of an API group."""
        return EVERY in self.groups or group in self.groups

    def has_resource(self, resource: str) -> bool:
        """Whether it is for a resource, by its name or by all."""
        return EVERY in self.resources or resource in self.resources

    def allows(self, verb: str) -> bool:
        """Whether it gives a verb, by its name or by all."""
        return EVERY in self.verbs or verb in self.verbs


def rule_of(item: Item) -> Rule:
    """The rule. Raises `UnknownFact` where one of its parts is no list of texts."""
    return Rule(
        groups=_words(item, "apiGroups"),
        resources=_words(item, "resources"),
        verbs=_words(item, "verbs"),
        names=_words(item, "resourceNames"),
    )


def _words(item: Item, key: str) -> frozenset[str]:
    return frozenset(text(word) for word in listed_at(item, key))
