"""`not_relevant`: criteria that management holds not relevant to the system, each with its reason."""

from collections.abc import Iterable
from datetime import date

from soc2test.criteria import CRITERIA
from soc2test.errors import ProgrammeError
from soc2test.exceptions.approvals import wrong_approval
from soc2test.exceptions.named_people import People
from soc2test.exceptions.records import NotRelevant, Place
from soc2test.nearest import near

__all__ = ["not_relevant_in_force"]


def not_relevant_in_force(
    entries: Iterable[NotRelevant], people: People, today: date
) -> tuple[dict[str, str], list[ProgrammeError]]:
    """Management's reason by criterion, of the entries in force on `today`; and why each of the others is not."""
    good: dict[str, str] = {}
    refused = []
    for entry in entries:
        approval = entry.approval
        wrong = _wrong_criterion(entry.criterion, approval.place) or wrong_approval(approval, people, today)
        if wrong is not None:
            refused.append(wrong)
        else:
            good[entry.criterion] = _reason(entry)
    return good, refused


def _reason(entry: NotRelevant) -> str:
    approval = entry.approval
    days = f"from {approval.since}, to be reviewed by {approval.review_by}"
    return f"{approval.reason} (owner {approval.owner}, approved by {approval.approver} {days})"


def _wrong_criterion(criterion: str, place: Place) -> ProgrammeError | None:
    """What is wrong with a criterion that is to be not relevant."""
    if criterion not in CRITERIA:
        return place.refuse(f"there is no criterion {criterion!r}{near(criterion, CRITERIA)}")
    if CRITERIA[criterion].category == "security":
        return place.refuse(
            "is a criterion of Security, which can't be left out as a whole; a single control is taken out under "
            "not_applicable"
        )
    return None
