"""Significant changes, and the risks that they bring."""

from datetime import datetime, timedelta
from typing import Any

from soc2test import Person, Population, Risk, SignificantChange, UnknownFact, Vendor, any_of, control, deviation
from soc2test_policies._ages import WINDOW, day, disorder, due_in_window, in_window, late
from soc2test_policies._joins import known
from soc2test_policies._named import signer_problem
from soc2test_policies._one_person import are_two


def _lately(change: SignificantChange, limits: Any, as_of: datetime) -> bool:
    return in_window(change.happened_at, limits.since_days, as_of)


def _no_vendors(vendors: Population[Vendor], limits: Any, as_of: datetime) -> None:
    """A vendor that was taken on in the window would have been a change. What else changed no export tells."""
    begun, _ = known(vendors, lambda vendor: in_window(vendor.onboarded_at, limits.since_days, as_of))
    assert not begun, f"{len(begun)} vendors were taken on in the window, such as {begun[0].id}"
    raise UnknownFact("", "only a list that somebody else keeps would show that nothing changed, and none is read")


def _vendors_are_listed(
    vendors: Population[Vendor], changes: Population[SignificantChange], limits: Any, as_of: datetime
) -> None:
    """Each vendor that was taken on in the window is a change of the list, which is whole by more than its own word.

    The change is one of these days: a row of another year that names the vendor was about something else.
    """
    for vendor in vendors:
        taken_on = in_window(vendor.onboarded_at, limits.since_days, as_of) and vendor.onboarded_at <= as_of
        if taken_on and not _is_listed(vendor, changes, limits):
            text = f"was taken on on {day(vendor.onboarded_at)}, and no change of the register concerns it"
            deviation(vendor, f"{text} that happened within {limits.days} days of that")


def _is_listed(vendor: Vendor, changes: Population[SignificantChange], limits: Any) -> bool:
    around, began = timedelta(days=limits.days), vendor.onboarded_at
    return any_of(changes.all("concerns", vendor.id), lambda change: abs(change.happened_at - began) <= around)


def _to_be_looked_at(change: SignificantChange, limits: Any, as_of: datetime) -> bool:
    return due_in_window(change.happened_at, timedelta(days=limits.days), limits.since_days, as_of)


@control(
    "RSK-07",
    criteria=["CC3.4"],
    nature="event",
    dated="happened_at",
    severity="medium",
    operates="per event",
    where=_to_be_looked_at,
    limits={"since_days": WINDOW, "days": 45},
    looser={"since_days": "lower", "days": "higher"},
    least={"since_days": 1},
    on_empty="no_occurrences",
    agrees=_no_vendors,
    complete=_vendors_are_listed,
    blind_spots={
        "SignificantChange.happened_at": "a change before the window was another period's",
    },
)
def test_significant_changes_lead_to_a_look_at_risks(
    change: SignificantChange, risks: Population[Risk], limits: Any, as_of: datetime
) -> None:
    """Every significant change of the last year is named by a risk that was made or reviewed soon after it.

    Of several things that a change concerns one is enough by which a risk names it.

    A risk tells its last review alone. Where that was a later one, the change names the day of the review that it led
    to, and a risk that names the change was reviewed on that day or since.

    The list of changes has one for each vendor that was taken on in the year, which happened within `days` of that.

    CC3.4: a change brings risks that nobody looked at before; who names and reviews them afterwards has looked.
    """
    assert change.concerns, "says of nothing by which a risk could name it"
    problem = disorder(as_of, ("made", change.happened_at))
    assert not problem, f"was {problem}"
    naming = [risk for name in change.concerns for risk in risks.all("concerns", name)]
    after, unknown = known(naming, lambda risk: risk.reviewed_at is not None and risk.reviewed_at >= change.happened_at)
    if unknown is not None and not after:
        raise unknown
    first = min((risk.reviewed_at for risk in after if risk.reviewed_at is not None), default=None)
    limit = timedelta(days=limits.days)
    if first is not None and first - change.happened_at > limit:
        first = _earlier_look(change, first, as_of)
    problem = late("looked at among the risks", first, change.happened_at, limit, as_of)
    assert not problem, f"{problem}; {len(naming)} risks name it"


def _earlier_look(change: SignificantChange, last: datetime, as_of: datetime) -> datetime:
    """The review that the change led to, by its own row, where that of a risk that came last overwrote it."""
    told = change.risks_reviewed_at
    if told is None or told > last:
        return last
    problem = disorder(as_of, ("made", change.happened_at), ("looked at", told))
    assert not problem, f"was {problem}"
    return told


@control(
    "RSK-08",
    criteria=["CC3.4"],
    nature="event",
    dated="happened_at",
    severity="low",
    operates="per event",
    where=_lately,
    limits={"since_days": WINDOW},
    looser={"since_days": "lower"},
    least={"since_days": 1},
    blind_spots={"SignificantChange.happened_at": "a change before the window was another period's"},
)
def test_changes_are_told_by_others_than_owners_of_risks(
    change: SignificantChange, risks: Population[Risk], persons: Population[Person], as_of: datetime
) -> None:
    """Every significant change was entered by somebody who worked here then and owns none of the risks that name it.

    CC3.4: a list that the owners of risks keep themselves holds the changes that they thought of.
    """
    problem = signer_problem("entry", change.told_by, change.happened_at, persons)
    assert not problem, problem
    for name in change.concerns:
        for risk in risks.all("concerns", name):
            told, owner = change.told_by, risk.owner_email
            assert told is None or owner is None or are_two(told, owner, persons), (
                f"was entered by {told}, who owns {risk.id}, on {day(change.happened_at)}"
            )
