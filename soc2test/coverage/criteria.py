"""The status of each criterion: the worst of the controls that test it directly."""

from collections.abc import Iterable

from soc2test.criteria import CRITERIA
from soc2test.run import CriterionRow
from soc2test.verdicts import ControlResult, Verdict

__all__ = ["STATUSES", "criteria_rows"]

STATUSES = (
    "deviation",
    "not_evaluated",
    "accepted_deviation",
    "statement_only",
    "no_occurrences",
    "no_deviations",
    "no_control",
    "out_of_scope",
)
"""From worst to best of what controls can give; then where no control tests, and what the programme leaves out."""

_STATUS_OF = {
    Verdict.FAIL: "deviation",
    Verdict.ERROR: "not_evaluated",
    Verdict.NOT_EVALUATED: "not_evaluated",
    Verdict.ACCEPTED: "accepted_deviation",
    Verdict.NO_OCCURRENCES: "no_occurrences",
    Verdict.PASS: "no_deviations",
}


def criteria_rows(results: Iterable[ControlResult], categories: Iterable[str]) -> tuple[CriterionRow, ...]:
    """All 61 rows. Controls that are not applicable raise nothing and lower nothing; supports never raise a status.

    `categories` are those in scope; the rows of others are out of scope even where a control tests them.
    """
    results = sorted(results, key=lambda result: result.id)
    scope = {"security", *categories}
    rows = []
    for id, criterion in CRITERIA.items():
        direct = [result for result in results if id in result.criteria]
        statuses = [_STATUS_OF[result.verdict] for result in direct if result.verdict in _STATUS_OF]
        status = min(statuses, key=STATUSES.index, default="no_control")
        rows.append(
            CriterionRow(
                id,
                criterion.category,
                status if criterion.category in scope else "out_of_scope",
                tuple(result.id for result in direct),
                tuple(result.id for result in results if id in result.supports),
            )
        )
    return tuple(rows)
