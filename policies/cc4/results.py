"""Management's look at the results of the tests of controls."""

from datetime import datetime, timedelta
from typing import Any

from soc2test import Person, Population, ResultReview, any_of, control, deviation
from soc2test_policies._ages import disorder
from soc2test_policies._joins import problems
from soc2test_policies._named import signer_problem
from soc2test_policies._signed_off import somebody_else


def _months(as_of: datetime, count: int) -> list[tuple[str, datetime]]:
    """The last months that are over, newest first: their names, and their last moments."""
    first = as_of.replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    months = []
    for _ in range(count):
        before = first - timedelta(days=1)
        months.append((f"{before:%Y-%m}", first))
        first = before.replace(day=1)
    return months


@control(
    "MON-03",
    criteria=["CC4.1"],
    nature="occurrence",
    dated="reviewed_at",
    severity="medium",
    operates="monthly",
    limits={"months": 3, "days": 31},
    looser={"months": "lower", "days": "higher"},
    least={"months": 1},
    on_empty="fail",
)
def test_management_looks_at_results_each_month(
    reviews: Population[ResultReview], persons: Population[Person], limits: Any, as_of: datetime
) -> None:
    """Management signed off the results of the tests of each of the last months, and decided what follows.

    Who did worked here then and does not run the tests; the results are told by their digest. A month counts once
    `days` have gone by since its end.

    CC4.1: tests that run by themselves monitor nothing until somebody looks at what they found, and acts.
    """

    def wrong(review: ResultReview, end: datetime) -> str:
        reviewed = review.reviewed_at
        if reviewed is None:
            return "is open"
        problem = disorder(as_of, ("over", end), ("reviewed", reviewed))
        if problem:
            return f"was {problem}"
        if reviewed - end > timedelta(days=limits.days):
            return f"was reviewed {(reviewed - end).days} days after the month, limit {limits.days}"
        if review.results_digest is None or review.decision is None or review.document is None:
            return "names no results, no decision or no record of it"
        problem = signer_problem("reviewer", review.reviewer_email, reviewed, persons)
        return problem or somebody_else("reviewer", review.reviewer_email, review.ran_by, persons)

    def missing(month: tuple[str, datetime]) -> str:
        name, end = month
        if as_of - end <= timedelta(days=limits.days) and not reviews.all("month", name):
            return ""
        of_month = [*reviews.all("month", name)]
        if any_of(of_month, lambda review: not wrong(review, end)):
            return ""
        for review in of_month:
            deviation(review, wrong(review, end))
        return f"nobody signed off the results of {name}"

    problem = problems(missing, _months(as_of, limits.months))
    assert not problem, problem
