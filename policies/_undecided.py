"""Accounts on which an access review should have decided, and did not."""

from collections.abc import Iterable

from soc2test import AccessDecision, AccessReview, Identity, UnknownFact
from soc2test_policies._ages import late
from soc2test_policies._joins import known, problems, told
from soc2test_policies._listed_then import came_at, made_during, was_there
from soc2test_policies._reviews import (
    Reviewed,
    accounts_named,
    accounts_of,
    begun_at,
    finished_at,
    misnamed,
    systems_of,
)

__all__ = ["left_to_the_next", "no_decision", "undecided"]

_NAMED = 20
"""How many accounts a message names."""


def undecided(review: AccessReview, reviewed: Reviewed) -> tuple[str, UnknownFact | None]:
    """Which accounts lack a decision, in words, and what is unknown of that."""
    try:
        taken = list(reviewed.decisions.all("review", review.id))
    except UnknownFact as caught:  # one that is not known may be on any account
        return "", caught
    decided, perhaps = _decided_on(taken, review, reviewed)

    def lacks(identity: Identity) -> bool:
        if identity.id in decided or not was_there(identity, review, reviewed):
            return False
        if identity.id in perhaps:
            raise misnamed(perhaps[identity.id], review.system)
        return bool(identity.name)  # one whose login is unknown may be among those that were decided on

    lacking, unknown = known(accounts_of(review.system, reviewed.identities), lacks)
    return no_decision(review, [identity.name for identity in lacking]), unknown


def left_to_the_next(review: AccessReview, reviewed: Reviewed) -> str:
    """What is wrong with accounts that were made while a review went on: this one decides on them, or the next.

    Raises `Pending` while the next is awaited, and `UnknownFact` where nothing tells when an account came.
    """
    decided, perhaps = _decided_on(reviewed.decisions.all("review", review.id).hits, review, reviewed)
    there = accounts_of(review.system, reviewed.identities)
    new, unknown = known(there, lambda identity: identity.id not in decided and made_during(identity, review, reviewed))
    skipped = [identity for identity in new if _skipped_by_the_next(identity, review, reviewed)]
    awaited = [identity for identity in new if _next(identity, review, reviewed) is None]
    names = [identity.name for identity in skipped if identity.id not in perhaps]
    missed = no_decision(review, names, ", made while it went on, nor has the next review")
    if unknown is not None and not missed:
        raise unknown
    for identity in skipped:
        if identity.id in perhaps and not missed:
            raise misnamed(perhaps[identity.id], review.system)

    def waits(identity: Identity) -> str:
        wrong = late("decided on", None, finished_at(review), reviewed.next_within, reviewed.as_of)
        return f"{identity.name}, made while review {review.id} went on, was {wrong}"

    return missed or problems(waits, awaited)


def _decided_on(
    taken: Iterable[AccessDecision], review: AccessReview, reviewed: Reviewed
) -> tuple[set[str], dict[str, str]]:
    """The ids of accounts that decisions name, and those that one may name, with its words."""
    decided: set[str] = set()
    perhaps: dict[str, str] = {}
    for decision in taken:
        sure, unsure = accounts_named(decision.account, review.system, reviewed.identities)
        decided.update(identity.id for identity in sure)
        perhaps.update((identity.id, decision.account) for identity in unsure)
    return decided, perhaps


def _skipped_by_the_next(identity: Identity, review: AccessReview, reviewed: Reviewed) -> bool:
    """One that the next review listed too early for, and did not decide on; what it had to list it is asked itself."""
    following = _next(identity, review, reviewed)
    if following is None or came_at(identity, begun_at(review), reviewed) <= begun_at(following):
        return False
    decided, _ = _decided_on(reviewed.decisions.all("review", following.id).hits, following, reviewed)
    return identity.id not in decided


def _next(identity: Identity, review: AccessReview, reviewed: Reviewed) -> AccessReview | None:
    """The review of the account's system that was completed next."""

    def follows(other: AccessReview) -> bool:
        done = told(lambda: other.completed_at, None)
        return done is not None and done > finished_at(review) and other.system in systems_of(identity)

    return min(filter(follows, reviewed.reviews.members), key=finished_at, default=None)


def no_decision(review: AccessReview, names: list[str], more: str = "") -> str:
    """Which accounts lack a decision, in words; "" where none does."""
    if not names:
        return ""
    count = f"{len(names)} accounts" if names[1:] else "1 account"
    listed = ", ".join(sorted(names)[:_NAMED])
    others = f" and {len(names) - _NAMED} more" if len(names) > _NAMED else ""
    return f"review {review.id} has no decision on {count} of {review.system}: {listed}{others}{more}"
