"""Pages: which of them ask for an incident, and which of those a row of the register names."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from soc2test import Incident, Page, Population, UnknownFact, any_of, deviation, or_unknown
from soc2test_policies._ages import CLOCKS_DIFFER, day, in_window, last_of
from soc2test_policies._joins import known, worded

__all__ = [
    "ENTRY_DAYS",
    "MINOR",
    "asks_for_an_incident",
    "entered",
    "pages_reach_back",
    "pages_told",
    "raise_if_pages_may_lack",
]

ENTRY_DAYS = 7
"""Days in which whoever was paged enters it in the register, where the company does not say otherwise."""
MINOR = ("P3", "P4", "P5")
"""Names of priorities that alone ask for no incident: each company names its own, so that others do."""


def asks_for_an_incident(page: Page, minor: Sequence[str]) -> bool:
    """It is of any other urgency than low, or of a priority that is not one of `minor`."""
    urgent = or_unknown(lambda: page.urgency != "low")
    weighty = or_unknown(lambda: page.priority is not None and page.priority not in minor)
    return any_of([urgent, weighty])


def entered(page: Page, incidents: Population[Incident], as_of: datetime) -> bool:
    """A row of an incident that was not over yet names it, or the page into which it was merged.

    A page of after the end is that of another incident, whatever row names it. Raises `UnknownFact` where a row may be
    missing.
    """

    def was_on(incident: Incident) -> bool:
        over = incident.resolved_at
        return over is None or page.created_at <= last_of(over, as_of) + CLOCKS_DIFFER

    if any_of(incidents.all("pages", page.reference), was_on):
        return True
    other = page.merged_into
    return other is not None and any_of(incidents.all("pages", other), was_on)


def pages_told(incidents: Population[Incident], pages: Population[Page], limits: Any, as_of: datetime) -> None:
    """No page of high urgency of the window is without a row that names it, once its days are over.

    A company that keeps no such pages, or does not tell all of them, has nothing that contradicts its register.
    """
    if not incidents.complete:
        return
    missed, _ = known(pages.members, lambda page: _is_missed(page, incidents, limits.since_days, as_of))
    for page in missed:
        called = worded(partial(_called, page), page.id)
        deviation(page, f"{called} was urgent, and no row of the register names it (INC-08)")


def _called(page: Page) -> str:
    return f"page {page.name} of {day(page.created_at)}"


def _is_missed(page: Page, incidents: Population[Incident], days: int, as_of: datetime) -> bool:
    lately = in_window(page.created_at, days, as_of)
    is_due = page.created_at + timedelta(days=ENTRY_DAYS) < as_of
    return lately and is_due and asks_for_an_incident(page, MINOR) and not entered(page, incidents, as_of)


def pages_reach_back(pages: Population[Page], limits: Any, as_of: datetime) -> None:
    """The list of each account goes back beyond the window: it holds a page of before.

    PagerDuty lists the last month unless it is asked for all, and its answer does not say what it was asked.
    """
    raise_if_pages_may_lack(pages, limits.since_days, as_of)


def raise_if_pages_may_lack(pages: Population[Page], days: int, as_of: datetime) -> None:
    """Raises `UnknownFact` where no page is told, or where the oldest one of an account is of the last `days`."""
    if not pages.members:
        raise UnknownFact("", "no page is told at all")
    oldest: dict[str, datetime] = {}
    for page in pages.members:
        created = page.created_at
        oldest[page.tenant] = min(created, oldest.get(page.tenant, created))
    for account, first in sorted(oldest.items()):
        if in_window(first, days, as_of):
            unsure = f"whether the list goes back {days} days is not known"
            raise UnknownFact("", f"the oldest page of {account} is of {day(first)}, and {unsure}: export all of it")
