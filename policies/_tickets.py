"""Tickets of incidents: which the company calls so, which a row of the register names, and whether all are listed."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from soc2test import Incident, Population, Ticket, TicketProject, UnknownFact, any_of, deviation, or_unknown
from soc2test_policies._ages import day, in_window
from soc2test_policies._joins import known, told, worded
from soc2test_policies._pages import ENTRY_DAYS

__all__ = [
    "INCIDENT_TICKETS",
    "LOOSER_TICKETS",
    "UNSEEN_TICKETS",
    "is_an_incident",
    "lists_are_whole",
    "raise_if_uncounted",
    "ticket_entered",
    "tickets_told",
]

INCIDENT_TICKETS: dict[str, int | float | str | tuple[str, ...]] = {"incident_tickets": ()}
"""limit: names of the types and labels whose tickets are incidents. Each company gives its own, and no name says by
itself what it means, so that none counts until it is set"""
LOOSER_TICKETS = {"incident_tickets": "fewer"}
UNSEEN_TICKETS = {
    "limits.incident_tickets": "which tickets must have a row is asked before any row is judged; INC-09 tests it",
}


def is_an_incident(ticket: Ticket, names: Sequence[str]) -> bool:
    """Its type or one of its labels is one of `names`, in whatever case."""
    wanted = {name.casefold() for name in names}
    by_type = or_unknown(lambda: ticket.type is not None and ticket.type.casefold() in wanted)
    by_label = or_unknown(lambda: any(label.casefold() in wanted for label in ticket.labels))
    return any_of([by_type, by_label])


def ticket_entered(ticket: Ticket, incidents: Population[Incident]) -> bool:
    """A row names it. Raises `UnknownFact` where a row may be missing."""
    return bool(incidents.all("tickets", ticket.name))


def tickets_told(incidents: Population[Incident], tickets: Population[Ticket], limits: Any, as_of: datetime) -> None:
    """No ticket of the window that the company calls an incident lacks a row that names it, once its days are over.

    A company that tells of no tickets has nothing that contradicts its register. Raises `UnknownFact` where rows name
    tickets and no limit says which of them are incidents: others may lack a row.
    """
    if not incidents.complete or not tickets.members:
        return
    if not limits.incident_tickets:
        _raise_if_rows_name_some(incidents)
        return
    missed, _ = known(tickets.members, lambda ticket: _is_missed(ticket, incidents, limits, as_of))
    for ticket in missed:
        called = worded(partial(_called, ticket), ticket.id)
        deviation(ticket, f"{called} is of an incident, and no row of the register names it (INC-09)")


def _raise_if_rows_name_some(incidents: Population[Incident]) -> None:
    for incident in incidents.members:
        if told(partial(_names_some, incident), otherwise=False):
            text = "and no limit says which types and labels of tickets are incidents: set incident_tickets"
            raise UnknownFact("", f"{incident.id} names tickets, {text}")


def _names_some(incident: Incident) -> bool:
    return bool(incident.tickets)


def _called(ticket: Ticket) -> str:
    return f"ticket {ticket.name} of {day(ticket.created_at)}"


def _is_missed(ticket: Ticket, incidents: Population[Incident], limits: Any, as_of: datetime) -> bool:
    lately = in_window(ticket.created_at, limits.since_days, as_of)
    is_due = ticket.created_at + timedelta(days=ENTRY_DAYS) < as_of
    return (
        lately and is_due and is_an_incident(ticket, limits.incident_tickets) and not ticket_entered(ticket, incidents)
    )


def lists_are_whole(tickets: Population[Ticket], projects: Population[TicketProject], limits: Any) -> None:
    """Which tickets are incidents is named, some ticket bears each name, and all tickets of each project are listed.

    No list says what it was asked for: the count of the system itself shows that none is missing.
    """
    names = limits.incident_tickets
    if not names:
        raise UnknownFact("", "no limit says which types and labels of tickets are incidents: set incident_tickets")
    for project in projects.members:
        project.tickets  # noqa: B018  # raises where the count is not told
    keys: set[str] = set()
    for ticket in tickets:
        raise_if_uncounted(ticket, projects)
        if ticket.name in keys:
            raise UnknownFact("", f"two tickets are called {ticket.name}: a row does not say which of them it names")
        keys.add(ticket.name)
    for name in names:
        if not any_of(tickets, partial(_bears, name=name)):
            raise UnknownFact(
                "", f"no ticket ever bore the type or label {name!r} of incident_tickets: look how it is spelt"
            )


def raise_if_uncounted(ticket: Ticket, projects: Population[TicketProject]) -> None:
    """Raises `UnknownFact` where no count tells how many tickets its project holds."""
    if ticket.project not in [project.name for project in projects.members]:
        raise UnknownFact("", f"no count tells how many tickets {ticket.project} holds, so whether all are listed")


def _bears(ticket: Ticket, name: str) -> bool:
    return is_an_incident(ticket, (name,))
