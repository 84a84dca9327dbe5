"""What a role's rules come to: rights over everything, and rights by which somebody can give them to himself.

Who can read everything and change nothing is no administrator here, though he reads secrets.
"""

from collections.abc import Iterable, Iterator, Mapping

from soc2test import Item, UnknownFact
from soc2test_plugins.kubernetes.impersonation import acted, acts_as, on_behalf, only_on_behalf
from soc2test_plugins.kubernetes.rules import EVERY, Rule, rule_of
from soc2test_plugins.kubernetes.unheard import unheard
from soc2test_plugins.kubernetes.ways import BY_NAME, ENOUGH, GRANTING, PAIRED, READ, UNSURE, WAYS, Way

__all__ = ["BUILT_IN", "administrates", "rights_of"]

_ACTED = "rules let it act as others, who may be allowed to give it everything"

BUILT_IN: Mapping[str, tuple[str, ...]] = {
    "cluster-admin": ("everything:*",),
    "admin": ("exec", "impersonate", "pods", "secrets:read", "secrets:write", "token"),
    "edit": ("exec", "impersonate", "pods", "secrets:read", "secrets:write", "token"),
    "view": (),
}
"""Rights of the roles that Kubernetes makes for people in each cluster, where no export holds them."""


def rights_of(rules: list[Item]) -> tuple[str, ...]:
    """The rights of a role that matter, by name; one with "?" behind depends on what its rule names."""
    return tuple(sorted({right for rule in rules for right in _of_rule(rule_of(rule))}))


def _of_rule(rule: Rule) -> Iterator[str]:
    yield from _by_ways(rule, WAYS)
    yield from acts_as(rule)
    yield from unheard(rule)
    for start, plain in on_behalf(rule):
        yield from (start + right for right in _by_ways(plain, (*WAYS, GRANTING)))


def _by_ways(rule: Rule, ways: Iterable[Way]) -> Iterator[str]:
    if EVERY in rule.groups and EVERY in rule.resources and not rule.names:
        yield from (f"everything:{verb}" for verb in rule.verbs)
    for way in ways:
        able = _by_name(way, rule.verbs) if rule.names else rule.verbs
        if not rule.in_group(way.group) or not _reaches(way, rule.resources, able):
            continue
        names = set(rule.names)
        word = BY_NAME[way.name](names) if names and way.name in BY_NAME else not names
        if word is not False:
            name = "aws-auth" if way.name == "config maps" and names else way.name
            yield name if word and name not in UNSURE else f"{name}?"


def _by_name(way: Way, verbs: Iterable[str]) -> set[str]:
    """What a rule for certain names gives: what is made has no name yet when it is asked for, but a part of it has."""
    whole = not any("/" in resource for resource in way.resources)
    every = set(way.verbs) if EVERY in verbs else set(verbs)
    return every - {"create"} if whole else every


def _reaches(way: Way, resources: Iterable[str], verbs: Iterable[str]) -> bool:
    """Whether the rule gives one of the way's verbs on one of its resources."""
    wanted = {verb for verb in way.verbs if EVERY in verbs or verb in verbs}
    if not wanted:
        return False
    if any(resource in resources or f"*/{resource.partition('/')[2]}" in resources for resource in way.resources):
        return True
    # by all resources at once: to read them all is not counted
    return EVERY in resources and (way.name in PAIRED or bool(wanted - set(READ)))


def administrates(rights: Iterable[str]) -> bool:
    """Whether rights, joined, are or give rights over everything. Raises `UnknownFact` where it depends."""
    joined = set(rights)
    own = {right for right in joined if not only_on_behalf(right)}
    if _enough(own | acted(joined, certain=True)):
        return True
    _must_be_sure(own)
    perhaps = acted(joined, certain=False)
    if _enough(own | perhaps) or any(right.endswith("?") for right in perhaps):
        raise UnknownFact("admin", _ACTED)
    return False


def _enough(rights: set[str]) -> bool:
    return any(enough <= rights for enough in ENOUGH)


def _must_be_sure(rights: set[str]) -> None:
    """Raises `UnknownFact` where one of the rights depends on what its rule names, or is none that is known here."""
    unsure = sorted(right.rstrip("?") for right in rights if right.endswith("?"))
    if not unsure:
        return
    kind, _, what = unsure[0].partition(" ")
    if kind == "unheard":
        text = f"a rule gives a right over roles, logins or certificates that is not known here: the {what}"
        raise UnknownFact("admin", text)
    named = f"a rule lets it {unsure[0]} for objects of some names alone; what these are allowed is not followed"
    raise UnknownFact("admin", UNSURE.get(unsure[0], named))
