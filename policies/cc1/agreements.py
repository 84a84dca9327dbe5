"""What people sign when they join."""

from datetime import datetime, timedelta
from typing import Any

from soc2test import (
    AccessDecision,
    AccessReview,
    AccountEvent,
    Change,
    Identity,
    Person,
    Population,
    Repository,
    control,
)
from soc2test_policies._ages import WINDOW, in_window, late, too_early
from soc2test_policies._joins import problems
from soc2test_policies._people import SAME_WORK, joined_at, left
from soc2test_policies._worked_before import AGAINST, Shown, raise_if_worked_before


def _is_asked(person: Person, limits: Any, as_of: datetime) -> bool:
    """Who works here, and who joined within the window and left again; who left before it was due owed none."""
    due = person.started_at + timedelta(days=limits.days)
    if in_window(due, limits.window_days, as_of) and (person.ended_at is None or person.ended_at > due):
        return True
    return not left(person, as_of)


@control(
    "PPL-02",
    criteria=["CC1.1", "C1.1"],
    nature="event",
    dated="started_at",
    severity="medium",
    operates="per event",
    where=_is_asked,
    limits={"days": 7, "early_days": 180, "ready_days": 30, "window_days": WINDOW},
    looser={"days": "higher", "early_days": "higher", "ready_days": "higher", "window_days": "lower"},
    least={"window_days": 1},
    against=AGAINST,
)
def test_people_sign_a_confidentiality_agreement(
    person: Person,
    identities: Population[Identity],
    events: Population[AccountEvent],
    reviews: Population[AccessReview],
    decisions: Population[AccessDecision],
    changes: Population[Change],
    repositories: Population[Repository],
    limits: Any,
    as_of: datetime,
) -> None:
    """Everybody here, and who joined in the year, contractors too, signed a confidentiality agreement on joining.

    Who left before it was due owed none.
    What was signed more than `early_days` before joining was for other work: it is signed with the contract, and notice
    periods last up to half a year. The first day is unknown where an account was there more than `ready_days`
    before it.

    CC1.1: keeping confidences is part of the conduct that everybody is bound to from the start.
    C1.1: whoever gets to see confidential information has promised to protect it.
    """
    shown = Shown(
        identities=identities,
        events=events,
        reviews=reviews,
        decisions=decisions,
        changes=changes,
        repositories=repositories,
    )

    def signed() -> str:
        early = timedelta(days=limits.early_days)
        problem = late("signed", person.nda_signed_at, person.started_at, timedelta(days=limits.days), as_of)
        return problem or too_early("signed", person.nda_signed_at, joined_at(person, SAME_WORK), early)

    def begun() -> str:
        raise_if_worked_before(person, shown, limits.ready_days)
        return ""

    problem = problems(lambda ask: ask(), (signed, begun))
    assert not problem, f"the confidentiality agreement was {problem}"
