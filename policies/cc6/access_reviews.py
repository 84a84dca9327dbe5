"""Reviews of who has access: that they happen, that they went through all accounts, and what came of them."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from soc2test import AccessDecision, AccessReview, Identity, Person, Population, UnknownFact, control
from soc2test_policies._ages import day, disorder, full_quarters, overdue
from soc2test_policies._joins import exists, known, problems, told
from soc2test_policies._people import named_problem
from soc2test_policies._reviews import (
    accounts_named,
    accounts_of,
    begun_at,
    decided_at,
    decider,
    decisions_of,
    finished_at,
    misnamed,
    systems_of,
    was_there,
)
from soc2test_policies._revocations import explained, revocation_problem
from soc2test_policies._self_review import own_account

_FEW = 3
"""How many accounts a message names."""


def _done(review: AccessReview) -> bool:
    return review.completed_at is not None


@control(
    "IAM-13",
    criteria=["CC6.2", "CC6.3"],
    nature="occurrence",
    dated=begun_at,
    severity="high",
    operates="quarterly",
    limits={"review_days": 92, "quarters": 4},
    looser={"review_days": "higher", "quarters": "lower"},
    on_empty="fail",
)
def test_access_is_reviewed_each_quarter(
    reviews: Population[AccessReview], identities: Population[Identity], limits: Any, as_of: datetime
) -> None:
    """The accounts of every source were reviewed in each of the last full quarters, and lately."""
    days, quarters = limits.review_days, full_quarters(as_of, limits.quarters)

    def check(systems: tuple[str, str]) -> str:
        source, tenant = systems
        of_system = [review for system in systems for review in reviews.all("system", system)]
        name = tenant if any(review.system == tenant for review in reviews.members) else source
        accounts = [identity for identity in identities.members if systems_of(identity) == systems]
        missing = [
            label for label, start, end in quarters
            if not exists(of_system, partial(_completed_between, start, end)) and not _came_after(accounts, end)
        ]  # fmt: skip
        texts = [f"no review of {name} completed in {', '.join(missing)}"] if missing else []
        if not exists(of_system, lambda review: not overdue("last completed", review.completed_at, days, as_of)):
            texts.append(f"no review of {name} completed in the {days} days before {day(as_of)}")
        return "; ".join(texts)

    problem = problems(check, sorted({systems_of(identity) for identity in identities.members}))
    assert not problem, problem
    if not len(identities):
        raise UnknownFact("", "no account is known, so nothing says what must be reviewed", code="empty")


def _completed_between(start: datetime, end: datetime, review: AccessReview) -> bool:
    return review.completed_at is not None and start <= review.completed_at < end


def _came_after(accounts: Sequence[Identity], moment: datetime) -> bool:
    """True where each account was made later: the system was not in use yet."""
    return not exists(accounts, lambda account: not told(lambda: account.created_at >= moment, False))


@control(
    "IAM-14",
    criteria=["CC6.2", "CC6.3"],
    nature="occurrence",
    dated=begun_at,
    severity="medium",
    operates="quarterly",
    where=_done,
    limits={"span_days": 31},
    looser={"span_days": "higher"},
)
def test_access_reviews_are_complete(
    review: AccessReview,
    decisions: Population[AccessDecision],
    identities: Population[Identity],
    persons: Population[Person],
    limits: Any,
    as_of: datetime,
) -> None:
    """Every completed review decided, within its time, on all accounts that its system had on that day and no others.

    An account that is listed no more is one that a review revoked or that the register of people names.
    """
    span = timedelta(days=limits.span_days)
    began, ended = begun_at(review), finished_at(review)
    assert ended - began <= span, f"took {(ended - began).days} days, limit {span.days}"
    first = ended - span if review.started_at is None else began
    taken = decisions.all("review", review.id)

    def check(decision: AccessDecision) -> str:
        wrong = disorder(as_of, ("listed", first), ("decided", decided_at(decision, review)), ("completed", ended))
        return f"{decision.account}: {wrong}" if wrong else explained(decision, review, decisions, identities, persons)

    missing, unknown = _undecided(review, taken, identities, persons)
    problem = problems(check, taken)
    wrong = "; ".join(filter(None, [missing, problem]))
    assert not wrong, wrong
    if unknown is not None:
        raise unknown


def _undecided(
    review: AccessReview, taken: Iterable[AccessDecision], identities: Population[Identity], persons: Population[Person]
) -> tuple[str, UnknownFact | None]:
    """Which accounts lack a decision, in words, and what is unknown of that."""
    decided: set[str] = set()
    perhaps: dict[str, str] = {}
    try:
        all_taken = list(taken)
    except UnknownFact as caught:  # one that is not known may be on any account
        return "", caught
    for decision in all_taken:
        sure, unsure = accounts_named(decision.account, review.system, identities)
        decided.update(identity.id for identity in sure)
        perhaps.update((identity.id, decision.account) for identity in unsure)

    def lacks(identity: Identity) -> bool:
        if identity.id in decided or not was_there(identity, review, persons):
            return False
        if identity.id in perhaps:
            raise misnamed(perhaps[identity.id], review.system)
        return bool(identity.name)  # one whose login is unknown may be among those that were decided on

    lacking, unknown = known(accounts_of(review.system, identities), lacks)
    names = sorted(identity.name for identity in lacking)
    more = f" and {len(names) - _FEW} more" if len(names) > _FEW else ""
    text = f"no decision on {len(names)} accounts of {review.system}: {', '.join(names[:_FEW])}{more}"
    return (text.replace("1 accounts", "1 account") if len(names) == 1 else text) if names else "", unknown


@control(
    "IAM-15",
    criteria=["CC6.2", "CC6.3"],
    nature="occurrence",
    dated=begun_at,
    severity="medium",
    operates="quarterly",
    where=_done,
)
def test_nobody_reviews_their_own_access(
    review: AccessReview,
    decisions: Population[AccessDecision],
    identities: Population[Identity],
    persons: Population[Person],
) -> None:
    """Who decided in a completed review worked here then, and decided on no account of their own."""

    def check(decision: AccessDecision | None) -> str:
        if decision is None:
            return named_problem("reviewer", review.reviewer_email, finished_at(review), persons)
        by = decider(decision, review)
        looks = (
            partial(named_problem, "reviewer", by, decided_at(decision, review), persons),
            partial(own_account, decision, by, review.system, identities, persons),
        )
        return problems(lambda look: look(), looks)

    problem = problems(check, [None], decisions_of(review, decisions))
    assert not problem, problem


@control(
    "IAM-16",
    criteria=["CC6.2", "CC6.3"],
    nature="event",
    dated=begun_at,
    severity="high",
    operates="quarterly",
    where=_done,
    limits={"revocation_days": 7},
    looser={"revocation_days": "higher"},
)
def test_revocations_are_carried_out(
    review: AccessReview,
    decisions: Population[AccessDecision],
    identities: Population[Identity],
    limits: Any,
    as_of: datetime,
) -> None:
    """Every account and right that a review took away was gone within the allowed days of the decision.

    Whether an account is gone is told by its system, not by the row of the decision.
    """
    limit = timedelta(days=limits.revocation_days)

    def check(decision: AccessDecision) -> str:
        return revocation_problem(decision, review, identities, limit, as_of)

    problem = problems(check, decisions_of(review, decisions))
    assert not problem, problem
