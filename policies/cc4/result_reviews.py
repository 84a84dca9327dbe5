"""Results of control tests, and who of management looked at them."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from soc2test import AuditFinding, Person, Population, ResultReview, any_of, control
from soc2test_policies._ages import WINDOW, disorder, due_in_window, late
from soc2test_policies._counted import lacking
from soc2test_policies._documents import of_another
from soc2test_policies._named import signer_problem
from soc2test_policies._one_person import are_two


@control(
    "MON-04",
    criteria=["CC4.1"],
    nature="occurrence",
    dated="run_at",
    severity="medium",
    operates="monthly",
    limits={"months": 12},
    looser={"months": "lower"},
    least={"months": 1},
    on_empty="fail",
)
def test_results_are_looked_at_each_month(reviews: Population[ResultReview], limits: Any, as_of: datetime) -> None:
    """Management looked at the results of a run of the control tests of each of the last full months.

    A review is of the month that its run was of.

    CC4.1: tests that run and that nobody reads watch over nothing, month for month.
    """
    missing = [
        f"{start:%Y-%m}"
        for start, end in _full_months(as_of, limits.months)
        if not any_of(reviews, partial(_is_of, start, end))
    ]
    assert not missing, f"nobody looked at a run of {', '.join(missing)}"


def _full_months(as_of: datetime, count: int) -> list[tuple[datetime, datetime]]:
    """The last months that are over, newest first, each with the first moment of the next."""
    end = as_of.replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    months = []
    for _ in range(count):
        start = end.replace(year=end.year - (end.month == 1), month=(end.month - 2) % 12 + 1)
        months.append((start, end))
        end = start
    return months


def _is_of(start: datetime, end: datetime, review: ResultReview) -> bool:
    return start <= review.run_at < end and review.reviewed_at is not None


@control(
    "MON-05",
    criteria=["CC4.1"],
    nature="occurrence",
    dated="run_at",
    supports={"CC4.2": "what tests found is entered as findings, so that somebody closes it"},
    severity="medium",
    operates="monthly",
    where=lambda review, limits, as_of: due_in_window(
        review.run_at, timedelta(days=limits.review_days), limits.window_days, as_of
    ),
    limits={"review_days": 14, "window_days": WINDOW},
    looser={"review_days": "higher", "window_days": "lower"},
    least={"window_days": 1},
    blind_spots={
        "ResultReview.run_at": "an older run was another period's; MON-04 misses each month that has none",
    },
)
def test_results_are_signed_for_by_others_than_who_ran_the_tests(
    review: ResultReview,
    reviews: Population[ResultReview],
    findings: Population[AuditFinding],
    persons: Population[Person],
    limits: Any,
    as_of: datetime,
) -> None:
    """Each look at results came in time, names its run by digest and a decision, and is by somebody else than ran it.

    It is kept as a document, which is that of no run of another day. Two don't name the same run's matrix, and the
    register of findings holds as many of it as tests deviated.

    CC4.1: who looks at results says which ones and what follows, and is not who made them.
    """
    run, looked = review.run_at, review.reviewed_at
    problem = disorder(as_of, ("run", run), ("looked at", looked))
    problem = problem or late("looked at", looked, run, timedelta(days=limits.review_days), as_of)
    assert not problem, f"was {problem}"
    problem = signer_problem("reviewer", review.reviewed_by, looked or as_of, persons)
    assert not problem, problem
    if review.run_by is not None and review.reviewed_by is not None:
        assert are_two(review.run_by, review.reviewed_by, persons), "who ran the tests looked at them alone"
    assert review.decision is not None, "nothing says what was decided"
    assert review.document is not None, "of it there is no document"
    assert review.matrix_sha256 is not None, "does not say by its digest which matrix was looked at"
    same = reviews.all("matrix_sha256", review.matrix_sha256)
    assert not any_of(same, lambda other: other.id != review.id), (
        f"names the very matrix that {_others(same.hits, review)} does"
    )
    problem = of_another(review, reviews, lambda each: each.document, lambda each: each.run_at)
    assert not problem, problem
    problem = lacking(review.id, review.deviations, findings)
    assert not problem, problem


def _others(same: Iterable[ResultReview], review: ResultReview) -> str:
    return ", ".join(sorted(other.id for other in same if other.id != review.id))
