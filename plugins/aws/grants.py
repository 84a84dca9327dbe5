"""What the statements of an identity's policies say of the actions by which rights grow; conditions are weighed.

How IAM decides: what is allowed by one statement and denied by none is allowed, within the permissions boundary.
https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import msgspec

from soc2test import Unknown, UnknownFact, as_list
from soc2test_plugins.aws.answers import Answer, all_hold, one_holds
from soc2test_plugins.aws.documents import allows, statements, texts
from soc2test_plugins.aws.escalation import ACTIONS, MAKE, PASS_ROLE
from soc2test_plugins.aws.patterns import matches, names_action

__all__ = ["Asked", "Grant", "Policy", "conditions_of", "grants_of", "his_to_meet", "within"]

_ANYBODYS_TO_MEET = frozenset(
    ("aws:multifactorauthpresent", "aws:multifactorauthage", "aws:securetransport", "aws:useragent", "aws:referer")
)
_HIS_TO_MEET = _ANYBODYS_TO_MEET | {"aws:sourceip", "aws:sourcevpc", "aws:sourcevpce", "aws:vpcsourceip"}
"""What one of the company can see to himself: an administrator with a second factor, at his desk, is one."""
_PASSED_TO = "iam:passedtoservice"
_BOUNDARY = "iam:permissionsboundary"
_EQUAL = ("stringequals", "stringlike", "stringequalsifexists", "stringlikeifexists", "stringequalsignorecase")
_DIFFER = ("stringnotequals", "stringnotlike", "stringnotequalsignorecase")
_WEIGH = Unknown("a policy grants or denies rights under a condition that only AWS can weigh", what="admin")


class Asked(msgspec.Struct, frozen=True):
    """A question: may `action` be done to `resource`; to pass a role it says to which service."""

    action: str
    resource: str
    service: str = ""
    variables: Mapping[str, str] = msgspec.field(default_factory=dict)
    """of who asks: "aws:username" """


class Grant(msgspec.Struct, frozen=True):
    """One statement, as far as it is about the actions that are asked for."""

    allow: bool
    actions: frozenset[str]
    by_name: bool
    """lists what it is about, rather than all but a few"""
    spelt: frozenset[str]
    """those of the actions whose service it names, rather than takes in by a star"""
    resources: Sequence[str]
    spared: Sequence[str]
    """resources that `NotResource` takes out"""
    conditions: Sequence[tuple[str, str, Sequence[Any]]]
    """operator and key in lower case, values"""

    def covers(self, asked: Asked) -> Answer:
        """Whether it speaks of the action and the resource, whatever its conditions."""
        if asked.action not in self.actions:
            return False
        if self.spared:
            spared = one_holds(matches(each, asked.resource, asked.variables) for each in self.spared)
            return spared if isinstance(spared, Unknown) else not spared
        return one_holds(matches(each, asked.resource, asked.variables) for each in self.resources)

    def applies(self, asked: Asked) -> Answer:
        """Whether its conditions hold: one that is his to meet is met where it allows, and avoided where it denies."""
        return all_hold(self._holds(operator, key, values, asked) for operator, key, values in self.conditions)

    def _holds(self, operator: str, key: str, values: Sequence[Any], asked: Asked) -> Answer:
        if his_to_meet(key):
            return self.allow
        if key == _PASSED_TO and asked.action == PASS_ROLE and asked.service:
            named = any(names_action(str(value), asked.service) for value in values)
            if operator in _EQUAL:
                return named
            if operator in _DIFFER:
                return not named
        if key == _BOUNDARY and asked.action in MAKE.values() and (unbound := _unbound(operator, values)) is not None:
            return unbound
        return _WEIGH


def _unbound(operator: str, values: Sequence[Any]) -> bool | None:
    """Whether a test of the boundary holds for what is made without one; what has one never holds all rights by it."""
    plain = operator.removesuffix("ifexists")
    if plain in (*_EQUAL, "arnequals", "arnlike"):
        return operator != plain  # a key that is not there meets IfExists alone
    if plain in (*_DIFFER, "arnnotequals", "arnnotlike"):
        return True
    if plain == "null" and len(values) == 1:
        return str(values[0]).casefold() == "true"
    return None


Policy = Sequence[Grant] | Unknown
"""The grants of a document; unknown where it can't be read."""


def his_to_meet(key: str, *, stranger: bool = False) -> bool:
    """Whether whoever acts can see to it that a condition on `key` holds, or does not; also a `stranger`."""
    return key in (_ANYBODYS_TO_MEET if stranger else _HIS_TO_MEET)


def grants_of(document: Any) -> Policy:
    """The grants of a policy document that are about the actions asked for; most hold none."""
    try:
        grants = [_grant(statement) for statement in statements(document)]
    except UnknownFact as error:
        return Unknown(error.reason, what="admin", code=error.code)
    return tuple(grant for grant in grants if grant.actions)


def _grant(statement: Mapping[str, Any]) -> Grant:
    _must_be_whole(statement)
    return Grant(
        allow=allows(statement),
        actions=_actions(statement),
        by_name="NotAction" not in statement,
        spelt=_named(each for each in texts(statement.get("Action")) if "*" not in each.partition(":")[0]),
        resources=texts(statement.get("Resource")),
        spared=texts(statement.get("NotResource")),
        conditions=tuple(conditions_of(statement.get("Condition"))),
    )


def _must_be_whole(statement: Mapping[str, Any]) -> None:
    """IAM takes no statement without actions and resources: one was cut, and what it allowed is not known."""
    for one, other in (("Action", "NotAction"), ("Resource", "NotResource")):
        if not texts(statement.get(one)) and not texts(statement.get(other)):
            raise UnknownFact("policy", f"a statement names no {one}, which IAM refuses: the export was cut or changed")


def _actions(statement: Mapping[str, Any]) -> frozenset[str]:
    if "NotAction" in statement:
        return ACTIONS - _named(texts(statement["NotAction"]))
    return _named(texts(statement.get("Action")))


def _named(patterns: Iterable[str]) -> frozenset[str]:
    plain = [pattern.casefold() for pattern in patterns]
    named = {pattern for pattern in plain if pattern in ACTIONS}
    wild = [pattern for pattern in plain if "*" in pattern or "?" in pattern]
    return frozenset(named | {action for action in ACTIONS if any(names_action(each, action) for each in wild)})


def conditions_of(condition: Any) -> Iterable[tuple[str, str, Sequence[Any]]]:
    """Each test of a statement's conditions: operator and key in lower case, values."""
    if condition is None:
        return
    if not isinstance(condition, Mapping):
        raise UnknownFact("policy", "a condition is no object")
    for operator, tests in condition.items():
        if not isinstance(tests, Mapping):
            raise UnknownFact("policy", "a condition names no keys")
        for key, values in tests.items():
            yield operator.casefold(), key.casefold(), as_list(values)


def within(policies: Iterable[Policy], asked: Asked) -> Answer:
    """Whether policies that hold together allow what is asked."""
    read = list(policies)
    grants = [grant for policy in read if not isinstance(policy, Unknown) for grant in policy]
    unread = [policy for policy in read if isinstance(policy, Unknown)]
    allowed = one_holds([*(_speaks(grant, asked) for grant in grants if grant.allow), *unread])
    if allowed is False:
        return False
    denied = one_holds(_speaks(grant, asked) for grant in grants if not grant.allow)
    free = denied if isinstance(denied, Unknown) else not denied
    return all_hold([allowed, free])


def _speaks(grant: Grant, asked: Asked) -> Answer:
    return all_hold(question(asked) for question in (grant.covers, grant.applies))
