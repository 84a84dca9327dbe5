"""Reviews of who has access."""

from datetime import datetime, timedelta
from typing import Any

from soc2test import AccessReview, Identity, Population, UnknownFact, control
from soc2test_policies._ages import day, late, overdue
from soc2test_policies._joins import exists, problems


def _done(review: AccessReview) -> bool:
    return review.completed_at is not None


@control(
    "IAM-13",
    criteria=["CC6.2", "CC6.3"],
    nature="occurrence",
    severity="high",
    operates="quarterly",
    limits={"review_days": 92},
    looser={"review_days": "higher"},
    on_empty="fail",
)
def test_access_is_reviewed_each_quarter(
    reviews: Population[AccessReview], identities: Population[Identity], limits: Any, as_of: datetime
) -> None:
    """The accounts of every source were reviewed within the quarter."""
    days = limits.review_days

    def check(source: str) -> str:
        of_source = reviews.all("system", source)
        done = exists(of_source, lambda each: not overdue("last completed", each.completed_at, days, as_of))
        return "" if done else f"no review of {source} completed in the {days} days before {day(as_of)}"

    problem = problems(check, sorted({identity.source for identity in identities.members}))
    assert not problem, problem
    if not len(identities):
        raise UnknownFact("", "no account is known, so nothing says what must be reviewed", code="empty")


@control(
    "IAM-14", criteria=["CC6.2", "CC6.3"], nature="occurrence", severity="medium", operates="quarterly", where=_done
)
def test_access_reviews_are_complete(review: AccessReview) -> None:
    """Every completed review decided on all accounts of its day."""
    assert review.accounts_total > 0, "no account was there to review"
    assert review.accounts_reviewed == review.accounts_total, (
        f"{review.accounts_reviewed} of {review.accounts_total} accounts were reviewed"
    )


@control(
    "IAM-15", criteria=["CC6.2", "CC6.3"], nature="occurrence", severity="medium", operates="quarterly", where=_done
)
def test_nobody_reviews_their_own_access(review: AccessReview) -> None:
    """In no completed review did the reviewer decide on an account of their own."""
    assert not review.self_reviewed, f"{review.reviewer_email} decided on an account of their own"


@control(
    "IAM-16",
    criteria=["CC6.2", "CC6.3"],
    nature="event",
    severity="high",
    operates="quarterly",
    where=_done,
    limits={"revocation_days": 7},
    looser={"revocation_days": "higher"},
)
def test_revocations_are_carried_out(review: AccessReview, limits: Any, as_of: datetime) -> None:
    """Every right that a review took away was removed within the allowed days."""
    assert review.revocations_done <= review.revocations, (
        f"{review.revocations_done} of {review.revocations} revocations were done, which can't be"
    )
    if review.revocations_done < review.revocations and review.completed_at is not None:
        problem = late("done", None, review.completed_at, timedelta(days=limits.revocation_days), as_of)
        open_ones = review.revocations - review.revocations_done
        assert not problem, f"{open_ones} of {review.revocations} revocations {problem}"
