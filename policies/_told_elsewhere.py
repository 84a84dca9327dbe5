"""What pages and tickets tell of an incident beside its row: when it was noticed, and whether it goes on."""

from datetime import datetime
from typing import Any

from soc2test import Incident, Page, Population, Ticket
from soc2test_policies._ages import last_of
from soc2test_policies._pages import pages_told
from soc2test_policies._tickets import tickets_told

__all__ = ["all_have_rows", "detected_at", "resolved_at"]


def all_have_rows(
    incidents: Population[Incident], pages: Population[Page], tickets: Population[Ticket], limits: Any, as_of: datetime
) -> None:
    """No urgent page and no ticket of an incident is without a row that names it, once its days are over."""
    pages_told(incidents, pages, limits, as_of)
    tickets_told(incidents, tickets, limits, as_of)


def detected_at(incident: Incident, pages: Population[Page], tickets: Population[Ticket], as_of: datetime) -> datetime:
    """When it was noticed first: by the row, or by a page or ticket that it names and that came before.

    Within a day that the row tells without a time the first of these says when.
    """
    moments = [page.created_at for page in _pages_of(incident, pages)]
    moments += [ticket.created_at for ticket in _tickets_of(incident, tickets)]
    first, written = min(moments, default=None), incident.detected_at
    return first if first is not None and first <= last_of(written, as_of) else written


def resolved_at(
    incident: Incident, pages: Population[Page], tickets: Population[Ticket], as_of: datetime
) -> datetime | None:
    """When it was over by its row, or by a page that it names and that ended later; None while one or a ticket goes on.

    Within a day that the row tells without a time the page says nothing else. A ticket is closed when somebody gets to
    it, and shows no later end.
    """
    written = incident.resolved_at
    ends = [page.resolved_at for page in _pages_of(incident, pages)]
    if written is None or None in ends or any(ticket.closed_at is None for ticket in _tickets_of(incident, tickets)):
        return None
    last = max((end for end in ends if end is not None), default=written)
    return written if last <= last_of(written, as_of) else last


def _pages_of(incident: Incident, pages: Population[Page]) -> list[Page]:
    """The pages that its row names; of those that are told, where not all are.

    Raises `UnknownFact` where of a page that is told it is not known which it is.
    """
    named: list[Page] = []
    if not pages.members:
        return named  # nothing is told that could contradict the row, whatever it names
    for reference in incident.pages:
        found = pages.all("reference", reference)
        named += found if pages.complete else found.hits
    return named


def _tickets_of(incident: Incident, tickets: Population[Ticket]) -> list[Ticket]:
    """The same of tickets."""
    named: list[Ticket] = []
    if not tickets.members:
        return named
    for key in incident.tickets:
        found = tickets.all("name", key)
        named += found if tickets.complete else found.hits
    return named
