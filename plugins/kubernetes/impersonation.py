"""Constrained impersonation: who may act as somebody else, and what he may do as such.

Two rights make it, of which neither gives anything alone: a verb on whom (`impersonate:user-info` on users) and a verb
on what (`impersonate-on:user-info:create` on pods). What is done so is what both the rule and he who is acted as may do
(https://kubernetes.io/docs/reference/access-authn-authz/user-impersonation/#constrained-impersonation, from 1.35 on).
The older verb `impersonate` gives all that the other may.
"""

from collections.abc import Iterable, Iterator

import msgspec

from soc2test_plugins.kubernetes.rules import EVERY, Rule

__all__ = ["LOGINS", "MODES", "acted", "acts_as", "on_behalf", "only_on_behalf"]

LOGINS = "authentication.k8s.io"
_USERS, _ACCOUNTS = "user-info", "serviceaccount"
_NODES = ("arbitrary-node", "associated-node")
MODES = (_USERS, _ACCOUNTS, *_NODES)
_WHOM = (
    (_USERS, "users"),
    (_USERS, "groups"),
    (_ACCOUNTS, "serviceaccounts"),
    *((mode, "nodes") for mode in _NODES),
)
_AS, _ON = "as:", "on:"


def acts_as(rule: Rule) -> Iterator[str]:
    """Rights such as "as:user-info:users"; one with "?" behind is for some names alone."""
    if not rule.in_group(LOGINS):
        return
    for mode, whom in _WHOM:
        if rule.allows(f"impersonate:{mode}") and rule.has_resource(whom):
            yield f"{_AS}{mode}:{whom}{'?' if rule.names else ''}"


def on_behalf(rule: Rule) -> Iterator[tuple[str, Rule]]:
    """What the rule lets somebody do as another, by mode: the prefix of these rights, and the rule of plain verbs.

    All verbs (`*`) are all plain ones too, so that nothing comes by way of somebody else. RBAC takes a `*` within a
    verb by its letter.
    """
    for mode in MODES:
        start = f"impersonate-on:{mode}:"
        verbs = frozenset(verb.removeprefix(start) for verb in rule.verbs if verb.startswith(start)) - {EVERY}
        if verbs and EVERY not in rule.verbs:
            yield f"{_ON}{mode}:", msgspec.structs.replace(rule, verbs=verbs)


def only_on_behalf(right: str) -> bool:
    """Whether a right is one of these two, and nothing by itself."""
    return right.startswith((_AS, _ON))


def acted(rights: Iterable[str], *, certain: bool) -> set[str]:
    """The rights that are had as somebody else.

    `certain` ones are those as a user or service account of any name: some of them administrate. Else also those as
    a node, or as somebody who is named: what these may do is not followed.
    """
    joined = set(rights)
    modes = [mode for mode in MODES if _any_of(mode, joined) or (not certain and _some_of(mode, joined))]
    starts = [f"{_ON}{mode}:" for mode in modes]
    return {right.removeprefix(start) for start in starts for right in joined if right.startswith(start)}


def _any_of(mode: str, rights: set[str]) -> bool:
    """Groups go with a user; whoever may add any group to one user is in the groups that administrate."""
    if mode == _USERS:
        every, some = f"{_AS}{mode}:users", f"{_AS}{mode}:users?"
        return every in rights or (some in rights and f"{_AS}{mode}:groups" in rights)
    return mode == _ACCOUNTS and f"{_AS}{mode}:serviceaccounts" in rights


def _some_of(mode: str, rights: set[str]) -> bool:
    whom = [resource for known, resource in _WHOM if known == mode and resource != "groups"]
    return any(f"{_AS}{mode}:{resource}{sign}" in rights for resource in whom for sign in ("", "?"))
