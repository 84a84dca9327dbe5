"""Background checks."""

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
from soc2test_policies._ages import WINDOW, day, in_window, too_early
from soc2test_policies._people import SAME_WORK, joined_at, left
from soc2test_policies._worked_before import AGAINST, Shown, raise_if_worked_before


def _is_asked(person: Person, limits: Any, as_of: datetime) -> bool:
    """Who works here, and who joined within the window and left again: a sample of those who were hired holds both."""
    if person.started_at > as_of:
        return False
    return in_window(person.started_at, limits.window_days, as_of) or not left(person, as_of)


@control(
    "PPL-03",
    criteria=["CC1.4"],
    nature="event",
    dated="started_at",
    severity="medium",
    operates="per event",
    where=_is_asked,
    limits={"early_days": 365, "ready_days": 30, "window_days": WINDOW},
    looser={"early_days": "higher", "ready_days": "higher", "window_days": "lower"},
    least={"window_days": 1},
    against=AGAINST,
    blind_spots={
        "Person.started_at": "who has not started yet is not here: the check is due by the first day",
    },
)
def test_people_are_checked_by_their_first_day(
    person: Person,
    identities: Population[Identity],
    events: Population[AccountEvent],
    reviews: Population[AccessReview],
    decisions: Population[AccessDecision],
    changes: Population[Change],
    repositories: Population[Repository],
    limits: Any,
) -> None:
    """Everybody who works here, or joined within the year, was checked by the first day, and for that work.

    Who joined within `window_days` and left again is asked for too.

    What was checked more than `early_days` before joining was for other work: a check comes before the offer, and up to
    half a year of notice after it. The first day is unknown where an account was there more than `ready_days`
    before it.

    CC1.4: whether somebody is fit for the work is looked at before they are trusted with it.
    """
    checked, started = person.background_check_at, person.started_at
    assert checked is not None, f"started on {day(started)} without a background check"
    assert checked <= started, f"checked on {day(checked)}, after the start on {day(started)}"
    early = too_early("checked", checked, joined_at(person, SAME_WORK), timedelta(days=limits.early_days))
    assert not early, early
    shown = Shown(
        identities=identities,
        events=events,
        reviews=reviews,
        decisions=decisions,
        changes=changes,
        repositories=repositories,
    )
    raise_if_worked_before(person, shown, limits.ready_days)
