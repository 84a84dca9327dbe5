"""Tickets, and the incidents that were declared of them."""

from datetime import datetime, timedelta
from typing import Any

from soc2test import Incident, Population, Ticket, TicketProject, control
from soc2test_policies._ages import WINDOW, due_in_window, late
from soc2test_policies._pages import ENTRY_DAYS
from soc2test_policies._second_sources import no_severe_incidents
from soc2test_policies._tickets import (
    INCIDENT_TICKETS,
    LOOSER_TICKETS,
    is_an_incident,
    lists_are_whole,
    raise_if_uncounted,
    ticket_entered,
)


def _of_incidents(ticket: Ticket, limits: Any, as_of: datetime) -> bool:
    """Also what came before the window, where it had to be entered within it."""
    limit = timedelta(days=limits.entry_days)
    lately = due_in_window(ticket.created_at, limit, limits.since_days, as_of)
    return lately and is_an_incident(ticket, limits.incident_tickets)


@control(
    "INC-09",
    criteria=["CC7.3"],
    nature="event",
    dated="created_at",
    supports={"CC7.4": "what was reported in a ticket is led and resolved by the plan once a row says what it was"},
    severity="high",
    operates="per event",
    where=_of_incidents,
    limits={"entry_days": ENTRY_DAYS, **INCIDENT_TICKETS, "since_days": WINDOW},
    looser={"entry_days": "higher", **LOOSER_TICKETS, "since_days": "lower"},
    least={"since_days": 1},
    on_empty="no_occurrences",
    agrees=no_severe_incidents,
    complete=lists_are_whole,
)
def test_tickets_of_incidents_are_in_the_register(
    ticket: Ticket,
    incidents: Population[Incident],
    projects: Population[TicketProject],
    limits: Any,
    as_of: datetime,
) -> None:
    """Every ticket of an incident is named by a row of the register of incidents within the allowed days.

    Which tickets are of incidents is the company's word: those whose type or label is one of `incident_tickets`, which
    has no default. The test is not evaluated until it is set, where no ticket ever bore one of its names, and where
    fewer tickets are listed than the system itself counts in a project, since a list does not say what was searched
    for. A row names the tickets that were of its incident (`tickets`); nothing is matched by time or title. A type or
    label that was taken off a ticket again is not told, and neither is a ticket that was deleted.

    CC7.3: what somebody reported as an incident was judged only where a record says what it was.
    """
    problem = "" if ticket_entered(ticket, incidents) else _not_entered(ticket, limits, as_of)
    assert not problem, f"ticket {ticket.name} ({ticket.title}): {problem}"
    raise_if_uncounted(ticket, projects)


def _not_entered(ticket: Ticket, limits: Any, as_of: datetime) -> str:
    limit = timedelta(days=limits.entry_days)
    return late("entered in the register of incidents", None, ticket.created_at, limit, as_of)
