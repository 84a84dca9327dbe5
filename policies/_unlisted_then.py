"""Accounts that no list holds any more, and that a system had when a review went through it: they lack a decision too.

That one was there shows in what came before (a review kept it, its log let it in) and what came after (its log tells
that it was switched off, a later review decided on it).
"""

from collections.abc import Iterator
from datetime import datetime

from soc2test import AccessDecision, AccessReview, AccountEvent, Population, UnknownFact, normal_email
from soc2test_policies._gone import unlisted_by_place
from soc2test_policies._joins import told
from soc2test_policies._newest import newest
from soc2test_policies._reviews import Reviewed, accounts_named, begun_at, finished_at, one_system
from soc2test_policies._undecided import no_decision

__all__ = ["undecided_and_gone"]

_ENDS = ("disabled", "removed")


def undecided_and_gone(
    review: AccessReview, reviewed: Reviewed, events: Population[AccountEvent]
) -> tuple[str, UnknownFact | None]:
    """Which accounts that are listed no more lack a decision, in words, and which may."""
    sure, perhaps = [], []
    for account in sorted(_others(review, reviewed, events)):
        own = [event for place in unlisted_by_place(account, review.system, events) for event in place]
        if any(accounts_named(account, review.system, reviewed.identities)) or _is_off(own, finished_at(review)):
            continue
        before, after = _decided_before(account, review, reviewed), _decided_after(account, review, reviewed)
        let_in = any(event.action == "enabled" and event.happened_at <= begun_at(review) for event in own)
        switched_off = any(event.action == "disabled" and event.happened_at > finished_at(review) for event in own)
        if switched_off and (before or let_in):
            sure.append(account)
        elif after and (before or let_in):
            perhaps.append(account)
    more = ", listed no more"
    unknown = UnknownFact("account", no_decision(review, perhaps, f"{more}, and those before and after have one"))
    return no_decision(review, sure, more), unknown if perhaps else None


def _others(review: AccessReview, reviewed: Reviewed, events: Population[AccountEvent]) -> set[str]:
    """Accounts of the system of which other reviews or logs tell, and this review doesn't."""
    source, _, tenant = review.system.partition(":")
    decided = {normal_email(decision.account) for decision in reviewed.decisions.all("review", review.id).hits}
    named = {decision.account for other in _same_system(review, reviewed) for decision in _of(other, reviewed)}
    named |= {
        account
        for event in events.members
        if event.source == source and tenant in ("", event.tenant) and (account := told(lambda: event.account, ""))  # noqa: B023
    }
    return {account for account in named if normal_email(account) not in decided}


def _same_system(review: AccessReview, reviewed: Reviewed) -> Iterator[AccessReview]:
    for other in reviewed.reviews.members:
        done = told(lambda other=other: other.completed_at, None)  # type: ignore[misc]
        if done is not None and other.id != review.id and one_system(other.system, review.system):
            yield other


def _of(review: AccessReview, reviewed: Reviewed) -> tuple[AccessDecision, ...]:
    return reviewed.decisions.all("review", review.id).hits


def _decided_before(account: str, review: AccessReview, reviewed: Reviewed) -> bool:
    """The last review before that decided on it kept it."""
    earlier = [other for other in _same_system(review, reviewed) if finished_at(other) <= begun_at(review)]
    for other in sorted(earlier, key=finished_at, reverse=True):
        for decision in _of(other, reviewed):
            if normal_email(decision.account) == normal_email(account):
                return decision.decision in ("keep", "change")
    return False


def _decided_after(account: str, review: AccessReview, reviewed: Reviewed) -> bool:
    later = [other for other in _same_system(review, reviewed) if begun_at(other) >= finished_at(review)]
    decisions = [decision for other in later for decision in _of(other, reviewed)]
    return any(normal_email(decision.account) == normal_email(account) for decision in decisions)


def _is_off(own: list[AccountEvent], moment: datetime) -> bool:
    """By its log it was off at a moment."""
    until = [event for event in own if event.happened_at <= moment and event.action in ("enabled", *_ENDS)]
    last = newest(until, lambda event: event.happened_at)
    return bool(last) and all(event.action in _ENDS for event in last)
