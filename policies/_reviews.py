"""Access reviews: which accounts a system had on the day of one, and what it decided on each."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from weakref import WeakKeyDictionary

from soc2test import (
    AccessDecision,
    AccessReview,
    AccountEvent,
    Identity,
    Person,
    Population,
    UnknownFact,
    normal_email,
)
from soc2test_policies._joins import told

__all__ = [
    "Reviewed", "accounts_named", "accounts_of", "begun_at", "decided_at", "decider", "decisions_of", "finished_at",
    "misnamed", "of_system", "off_before", "one_system", "systems_of",
]  # fmt: skip

_own_ids: WeakKeyDictionary[Population[Identity], dict[str, list[Identity]]] = WeakKeyDictionary()
"""Many decisions are looked up in one population, which never changes."""


@dataclass(frozen=True, kw_only=True)
class Reviewed:
    """What reviews decided, of which accounts and people; how long the next review may take to come, and the moment."""

    reviews: Population[AccessReview]
    decisions: Population[AccessDecision]
    identities: Population[Identity]
    persons: Population[Person]
    events: Population[AccountEvent]
    next_within: timedelta
    as_of: datetime


def finished_at(review: AccessReview) -> datetime:
    """When the last decision was taken. Raises `UnknownFact` for a review that is open."""
    if review.completed_at is None:
        raise UnknownFact("completed_at", "the review is open")
    return review.completed_at


def begun_at(review: AccessReview) -> datetime:
    """When its accounts were listed."""
    return finished_at(review) if review.started_at is None else review.started_at


def decisions_of(review: AccessReview, decisions: Population[AccessDecision]) -> Iterator[AccessDecision]:
    """What a review decided; raises `UnknownFact` last where there may be more, or where there is nothing at all."""
    decided = decisions.all("review", review.id)
    yield from decided
    if not decided:
        text = f"no register names a decision of {review.id}: write one for each account in access_decisions"
        raise UnknownFact("review", text, code="empty")


def decider(decision: AccessDecision, review: AccessReview) -> str:
    """E-mail of the person who took a decision."""
    return review.reviewer_email if decision.decider_email is None else decision.decider_email


def decided_at(decision: AccessDecision, review: AccessReview) -> datetime:
    """When a decision was taken."""
    return finished_at(review) if decision.decided_at is None else decision.decided_at


def systems_of(identity: Identity) -> tuple[str, str]:
    """The two names under which a review takes an account in: that of its source, and that with its tenant."""
    return identity.source, f"{identity.source}:{identity.tenant}"


def one_system(one: str, other: str) -> bool:
    """Whether two reviews may have gone through the same accounts: of one tenant, or of all of its source."""
    (source, _, tenant), (of_other, _, other_tenant) = one.partition(":"), other.partition(":")
    return source == of_other and (not tenant or not other_tenant or tenant == other_tenant)


def of_system(system: str, identities: Iterable[Identity]) -> list[Identity]:
    """Those of `identities` that a review of `system` takes in."""
    return [identity for identity in identities if system in systems_of(identity)]


def accounts_of(system: str, identities: Population[Identity]) -> Iterator[Identity]:
    """All accounts of a system; raises `UnknownFact` last where there may be more, or where no list holds any."""
    accounts = of_system(system, identities.members)
    yield from accounts
    for gap in identities.gaps:
        if _concerns(system, gap.source, dict(gap.at)):
            raise UnknownFact("", f"not all accounts of {system} are known: {gap.text}", code=gap.code)
    if not accounts:
        text = f"no export lists accounts of {system}: what a review decided can't be held against any"
        raise UnknownFact("", text, code="empty")


def _concerns(system: str, gap_of: str | None, at: Mapping[str, str]) -> bool:
    """True where accounts of a system may be missing: a gap of another source or tenant holds none of them."""
    source, _, tenant = system.partition(":")
    if gap_of is None:
        return True
    return gap_of == source and (not tenant or not at or tenant in at.values())


def accounts_named(
    account: str, system: str, identities: Population[Identity]
) -> tuple[list[Identity], list[Identity]]:
    """The account of a system that a decision names by id or login, if any; and those that it may mean, where unsure.

    An id is ours or the one that the system gives, which ours ends in. A login that several accounts have, or that
    differs from theirs by case or look, names none for certain: whether case matters is the provider's to say, but for
    logins that are addresses.
    """
    by_id = of_system(system, identities.all("id", account).hits)
    if by_id:
        return by_id, []
    alike = of_system(system, identities.alike("name", account))
    by_name = of_system(system, identities.all("name", account).hits)
    if not by_name:
        by_name = [identity for identity in alike if _same_address(identity.name, account)]
    if not by_name:
        by_own_id = of_system(system, _by_own_id(identities).get(account, ()))
        of_others = [each for each in alike if each not in by_own_id]
        several = by_own_id[1:] or of_others
        return ([], [*by_own_id, *of_others]) if several else (by_own_id, [])
    several = by_name[1:]
    return ([], by_name) if several else (by_name, [])


def _by_own_id(identities: Population[Identity]) -> dict[str, list[Identity]]:
    if identities not in _own_ids:
        found: dict[str, list[Identity]] = {}
        for identity in identities.members:
            found.setdefault(identity.id.rpartition("/")[2], []).append(identity)
        _own_ids[identities] = found
    return _own_ids[identities]


def _same_address(one: str, other: str) -> bool:
    return "@" in one and normal_email(one) == normal_email(other)


def misnamed(account: str, system: str) -> UnknownFact:
    """For a decision that may mean several accounts, or one whose login is written otherwise."""
    text = f"{account} may be one of several accounts of {system}: write its login as {system} does, or its id"
    return UnknownFact("account", text, code="conflict")


def off_before(identity: Identity, moment: datetime) -> bool:
    """True for an account that was off at a moment for certain; one that is off and never was on counts as such."""
    if identity.active:
        return False
    try:
        off = identity.disabled_at
    except UnknownFact:
        used = told(lambda: identity.last_used_at, None)
        if used is not None and used > moment:
            return False
        # some providers tell but the latest moment at which it was off
        latest = identity.disabled_by
        if latest is None or latest > moment:
            raise
        return True
    return off is None or off <= moment
