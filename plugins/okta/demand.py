"""Whether what is in force asks a user for a second factor: the rules of policies, gone through as Okta does.

Of the policies and of their rules the first that fits decides ("each policy ... is considered in turn, in the order
indicated by the policy priority"; Okta's management API, Policies). A rule may be for some networks, devices or risks
only, so each kind of sign-in that the conditions tell apart is looked at by itself.
"""

from collections.abc import Iterable, Iterator, Sequence
from enum import Enum
from functools import lru_cache

import msgspec

from soc2test import UnknownFact
from soc2test_plugins.okta.kinds import Condition, OktaSignOnPolicy, OktaUser, People, SignOnRule
from soc2test_plugins.okta.sign_ins import SignIn, certain_sets, every, respects_of

__all__ = ["Layer", "Step", "Verdict", "everybody_in", "judge", "layer_of"]


class Verdict(Enum):
    """What a sign-in is asked for."""

    ASKS = "a second factor is asked for, or the sign-in is refused"
    OPEN = "a sign-in gets by with one factor"
    UNKNOWN = "can't be told"


class Step(msgspec.Struct, frozen=True, kw_only=True):
    """A rule for one user: what it does, and for which sign-ins; not `certain` where it may not be for the user."""

    asks: bool
    certain: bool
    conditions: tuple[Condition, ...]


class _Who(msgspec.Struct, frozen=True, kw_only=True):
    """A user, and the groups that everybody is in: those that Okta's own policies are for."""

    user: OktaUser
    everybody: frozenset[str]


Layer = tuple[Step, ...] | None
"""The rules for one user in their order; None: they are not known."""


def everybody_in(policies: Iterable[OktaSignOnPolicy]) -> frozenset[str]:
    """The groups that each user is in: Okta's own policies are for them. One of which that is unknown names none."""
    return frozenset(group for policy in policies for group in _of_everybody(policy))


def _of_everybody(policy: OktaSignOnPolicy) -> Sequence[str]:
    try:
        return policy.people.groups if policy.system else ()
    except UnknownFact:
        return ()


def layer_of(user: OktaUser, policies: Iterable[OktaSignOnPolicy], everybody: frozenset[str]) -> Layer:
    """The rules of active policies that are, or may be, for a user. None where something of them is unknown.

    `everybody` names groups that each user is in.
    """
    try:
        active = [policy for policy in policies if policy.active]
        rules = [(policy, rule) for policy in _in_order(active) for rule in _rules(policy)]
        return tuple(_steps(_Who(user=user, everybody=everybody), rules))
    except UnknownFact:
        return None


def _in_order(policies: Sequence[OktaSignOnPolicy]) -> Sequence[OktaSignOnPolicy]:
    _must_differ([policy.priority for policy in policies])
    return sorted(policies, key=lambda policy: policy.priority or 0)


def _rules(policy: OktaSignOnPolicy) -> Sequence[SignOnRule]:
    rules = [rule for rule in policy.rules if rule.active]
    asking = [rule.second_factor or not rule.allows for rule in rules]
    if all(asking) or not any(asking):
        return rules  # all do the same: their order does not matter
    _must_differ([rule.priority for rule in rules])
    return sorted(rules, key=lambda rule: rule.priority or 0)


def _must_differ(priorities: Sequence[int | None]) -> None:
    alone = len(priorities) == 1
    if not alone and (None in priorities or len(set(priorities)) < len(priorities)):
        raise UnknownFact("priority", "the export does not say which policy or rule comes first")


def _steps(who: _Who, rules: Iterable[tuple[OktaSignOnPolicy, SignOnRule]]) -> Iterator[Step]:
    for policy, rule in rules:
        both = (_is_for(who, policy, policy.people), _is_for(who, policy, rule.people))
        if False in both:
            continue
        certain = None not in both and policy.readable and rule.readable
        asks = rule.second_factor or not rule.allows
        yield Step(asks=asks, certain=certain, conditions=rule.conditions)


def _is_for(who: _Who, policy: OktaSignOnPolicy, people: People) -> bool | None:
    """Whether a user is among those that are named; None where no export tells."""
    left_out = _among(who, policy, people.not_users, people.not_groups)
    kept_out = _of_type(who, people.not_types)
    if left_out or kept_out:
        return False
    named = people.users or people.groups
    included = _among(who, policy, people.users, people.groups) if named else True
    typed = _of_type(who, people.types) if people.types else True
    if included is False or typed is False:
        return False
    return None if None in (left_out, kept_out, included, typed) else True


def _among(who: _Who, policy: OktaSignOnPolicy, users: Sequence[str], groups: Sequence[str]) -> bool | None:
    answers = [_in_group(who, policy, group) for group in groups]
    if who.user.user in users or True in answers:
        return True
    return None if None in answers else False


def _in_group(who: _Who, policy: OktaSignOnPolicy, group: str) -> bool | None:
    if group in who.everybody:
        return True
    for told in policy.group_members:
        if told.group == group:
            return told.everybody or who.user.user in told.members
    try:
        return group in who.user.groups
    except UnknownFact:
        return None


def _of_type(who: _Who, types: Sequence[str]) -> bool | None:
    if not types:
        return False
    try:
        return who.user.user_type in types
    except UnknownFact:
        return None


@lru_cache(maxsize=4096)
def judge(layers: tuple[Layer, ...]) -> Verdict:
    """What a sign-in is asked for that passes all layers (the session, then the application); one that asks is enough.

    One that is let in, and perhaps never occurs (from two zones at once), leaves it unknown.
    """
    told = (step for layer in layers for step in layer or ())
    respects = respects_of(condition for step in told for condition in step.conditions)
    if respects is None:
        return Verdict.UNKNOWN
    met = {each: _meets(layers, dict(zip(respects, each, strict=True))) for each in every(respects)}
    if all(verdict is Verdict.ASKS for verdict in met.values()):
        return Verdict.ASKS
    certain = any(all(met[each] is Verdict.OPEN for each in some) for some in certain_sets(respects))
    return Verdict.OPEN if certain else Verdict.UNKNOWN


def _meets(layers: Sequence[Layer], sign_in: SignIn) -> Verdict:
    answers = [Verdict.UNKNOWN if layer is None else _first_that_fits(layer, sign_in) for layer in layers]
    if Verdict.ASKS in answers:
        return Verdict.ASKS
    return Verdict.UNKNOWN if Verdict.UNKNOWN in answers else Verdict.OPEN


def _first_that_fits(layer: Sequence[Step], sign_in: SignIn) -> Verdict:
    """Where no rule fits, Okta refuses. One that may not be for the user leaves both ways open."""
    possible: set[bool] = set()
    for step in layer:
        if all(_holds(condition, sign_in) for condition in step.conditions):
            possible.add(step.asks)
            if step.certain:
                break
    else:
        possible.add(True)
    if possible == {True}:
        return Verdict.ASKS
    return Verdict.OPEN if possible == {False} else Verdict.UNKNOWN


def _holds(condition: Condition, sign_in: SignIn) -> bool:
    return bool(sign_in[condition.respect] & set(condition.values)) is not condition.other_than
