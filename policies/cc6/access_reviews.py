"""Reviews of who has access: that they happen, that they went through all accounts, and what came of them."""

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime, timedelta
from functools import partial
from itertools import pairwise
from typing import Any

from soc2test import (
    AccessDecision,
    AccessReview,
    AccountEvent,
    Change,
    Identity,
    Person,
    Population,
    UnknownFact,
    all_of,
    any_of,
    control,
)
from soc2test_policies._ages import day, disorder, full_quarters, overdue
from soc2test_policies._gone import Telling
from soc2test_policies._joins import known, problems, told
from soc2test_policies._people import named_problem
from soc2test_policies._reviews import (
    Reviewed,
    begun_at,
    decided_at,
    decider,
    decisions_of,
    finished_at,
    systems_of,
)
from soc2test_policies._revocations import revocation_problem
from soc2test_policies._self_review import own_account
from soc2test_policies._there_then import explained
from soc2test_policies._undecided import left_to_the_next, undecided
from soc2test_policies._unlisted_then import undecided_and_gone


def _done(review: AccessReview) -> bool:
    return review.completed_at is not None


@control(
    "IAM-13",
    criteria=["CC6.2", "CC6.3"],
    nature="occurrence",
    dated=begun_at,
    severity="high",
    operates="quarterly",
    limits={"review_days": 92, "quarters": 4, "gap_days": 184},
    looser={"review_days": "higher", "quarters": "lower", "gap_days": "higher"},
    on_empty="fail",
)
def test_access_is_reviewed_each_quarter(
    reviews: Population[AccessReview], identities: Population[Identity], limits: Any, as_of: datetime
) -> None:
    """The accounts of every source were reviewed in each of the last full quarters, and lately.

    A review is of the quarter in which it was completed. `gap_days` may lie between two that follow each other: its
    default is what one in each quarter allows (the first day of one, the last day of the next), and a policy may ask
    for less.

    CC6.2: accounts that should have been removed and were forgotten come to light when all are gone through.
    CC6.3: whether rights still fit the work that people do is asked again, at the promised pace.
    """
    days, quarters = limits.review_days, full_quarters(as_of, limits.quarters)

    def check(systems: tuple[str, str]) -> str:
        source, tenant = systems
        of_system = [review for system in systems for review in reviews.all("system", system)]
        name = tenant if any(review.system == tenant for review in reviews.members) else source
        accounts = [identity for identity in identities.members if systems_of(identity) == systems]
        missing = [
            label for label, start, end in quarters
            if not any_of(of_system, partial(_completed_between, start, end)) and not _came_after(accounts, end)
        ]  # fmt: skip
        texts = [f"no review of {name} completed in {', '.join(missing)}"] if missing else []
        if not missing:
            texts += _too_far_apart(name, of_system, quarters[-1][1] if quarters else as_of, limits.gap_days)
        if not any_of(of_system, lambda review: not overdue("last completed", review.completed_at, days, as_of)):
            texts.append(f"no review of {name} completed in the {days} days before {day(as_of)}")
        return "; ".join(texts)

    problem = problems(check, sorted({systems_of(identity) for identity in identities.members}))
    assert not problem, problem
    if not len(identities):
        raise UnknownFact("", "no account is known, so nothing says what must be reviewed", code="empty")


def _completed_between(start: datetime, end: datetime, review: AccessReview) -> bool:
    return review.completed_at is not None and start <= review.completed_at < end


def _too_far_apart(name: str, reviews: Iterable[AccessReview], since: datetime, days: int) -> list[str]:
    """Reviews that follow each other with too many days between.

    Raises `UnknownFact` where one whose day is not known may lie between them.
    """
    completed, unknown = known(reviews, lambda review: review.completed_at is not None)
    moments = sorted(moment for review in completed if (moment := finished_at(review)) >= since)
    texts = [
        f"{(after - before).days} days without a review of {name} from {day(before)} to {day(after)}, limit {days}"
        for before, after in pairwise(moments)
        if (after - before).days > days
    ]
    if texts and unknown is not None:
        raise unknown
    return texts


def _came_after(accounts: Sequence[Identity], moment: datetime) -> bool:
    """True where each account was made later: the system was not in use yet."""
    return all_of(accounts, lambda account: told(lambda: account.created_at >= moment, False))


@control(
    "IAM-14",
    criteria=["CC6.2", "CC6.3"],
    nature="occurrence",
    dated=begun_at,
    severity="medium",
    operates="quarterly",
    where=_done,
    limits={"span_days": 31, "next_days": 122},
    looser={"span_days": "higher", "next_days": "higher"},
    beside=["events"],
    blind_spots={
        "Identity.created_at": "the day an account was made can but contradict a decision that was taken on it",
        "limits.next_days": "an account that was made while a review went on is three changes away from what holds",
    },
)
def test_access_reviews_are_complete(
    review: AccessReview,
    reviews: Population[AccessReview],
    decisions: Population[AccessDecision],
    identities: Population[Identity],
    persons: Population[Person],
    events: Population[AccountEvent],
    limits: Any,
    as_of: datetime,
) -> None:
    """Every completed review decided, within its time, on all accounts that its system had on that day and no others.

    None had ended before its list was made, by its log, or was made or let in after the decision. One that is listed no
    more is one that this review or a later one revoked, or whose holder by the register of people worked here then;
    where a log or other reviews tell that it was there, it has a decision too. One that was made while a review went
    on is decided on in it or in the next, which comes within `next_days`.

    CC6.2: a review that leaves accounts out says nothing of those, and they may be nobody's any more.
    CC6.3: a right that nobody decided on was not taken away, whether it was needed or not.
    """
    span = timedelta(days=limits.span_days)
    began, ended = begun_at(review), finished_at(review)
    assert ended - began <= span, f"took {(ended - began).days} days, limit {span.days}"
    first = ended - span if review.started_at is None else began
    taken = decisions.all("review", review.id)

    def check(decision: AccessDecision) -> str:
        wrong = disorder(as_of, ("listed", first), ("decided", decided_at(decision, review)), ("completed", ended))
        return f"{decision.account}: {wrong}" if wrong else explained(decision, review, reviewed, first)

    reviewed = Reviewed(
        reviews=reviews, decisions=decisions, identities=identities, persons=persons, events=events,
        next_within=timedelta(days=limits.next_days), as_of=as_of,
    )  # fmt: skip
    looks: tuple[Callable[[], str], ...] = (
        lambda: _certain(undecided(review, reviewed)),
        lambda: _certain(undecided_and_gone(review, reviewed, events)),
        lambda: problems(check, taken),
    )
    problem = problems(lambda look: look(), looks)
    assert not problem, problem
    skipped = left_to_the_next(review, reviewed)
    assert not skipped, skipped


def _certain(found: tuple[str, UnknownFact | None]) -> str:
    wrong, unknown = found
    if unknown is not None and not wrong:
        raise unknown
    return wrong


@control(
    "IAM-15",
    criteria=["CC6.2", "CC6.3"],
    nature="occurrence",
    dated=begun_at,
    severity="medium",
    operates="quarterly",
    where=_done,
    beside=["changes"],
    blind_spots={
        "Identity.owner": "whom the register of people names answers for a program's account, whatever its tags say",
    },
)
def test_nobody_reviews_their_own_access(
    review: AccessReview,
    decisions: Population[AccessDecision],
    identities: Population[Identity],
    persons: Population[Person],
    changes: Population[Change],
) -> None:
    """Who decided in a completed review worked here then, and decided on no account of their own.

    An account whose commits bear another's address than that of who is said to have it is nobody's for certain.

    CC6.2: that an account is still needed is confirmed by somebody else than its holder.
    CC6.3: who decides on rights and holds them has two duties that are to be held apart.
    """

    def check(decision: AccessDecision | None) -> str:
        if decision is None:
            return named_problem("reviewer", review.reviewer_email, finished_at(review), persons)
        by = decider(decision, review)
        looks = (
            partial(named_problem, "reviewer", by, decided_at(decision, review), persons),
            partial(own_account, decision, by, review.system, identities, persons, changes),
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
    beside=["events"],
)
def test_revocations_are_carried_out(
    review: AccessReview,
    reviews: Population[AccessReview],
    decisions: Population[AccessDecision],
    identities: Population[Identity],
    events: Population[AccountEvent],
    limits: Any,
    as_of: datetime,
) -> None:
    """Every account and right that a review took away was gone within the allowed days of the decision.

    Whether an account is gone is told by its system, and since when by its list or an audit log. The row of the
    decision tells only what these leave open, and nothing that they contradict.

    CC6.2: a decision removes nothing: the accounts that a review revoked have to be off in their systems.
    CC6.3: rights that were found to be too many are gone from the system, not from the list alone.
    """
    limit = timedelta(days=limits.revocation_days)
    telling = Telling(
        identities=identities, events=events, reviews=reviews, decisions=decisions, limit=limit, as_of=as_of
    )
    problem = problems(lambda decision: revocation_problem(decision, review, telling), decisions_of(review, decisions))
    assert not problem, problem
