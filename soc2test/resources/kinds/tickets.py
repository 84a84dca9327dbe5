"""Tickets: what people asked for, reported or planned, in a system that numbers it and tells its times."""

from datetime import datetime

from soc2test.resources.resource import Resource

__all__ = ["Ticket", "TicketProject"]


class Ticket(Resource, frozen=True, gc=False, kw_only=True):
    """One ticket in whichever state. What it is of, an incident or a wish, is the company's own word for its types."""

    name: str
    """its key, as people call it ("OPS-12"), which a row of the register of incidents names"""
    title: str
    project: str
    """`name` of the `TicketProject` that it is in"""
    type: str | None
    """the name that the company gave its type ("Incident"); None: its system has no types"""
    labels: tuple[str, ...]
    """names that people put on it; empty: none"""
    created_at: datetime
    """when it was opened, by the system's own clock"""
    closed_at: datetime | None
    """when it came to an end the last time, by the system's own clock; None: it goes on"""


class TicketProject(Resource, frozen=True, gc=False, kw_only=True):
    """Where tickets of one kind of work are kept, with how many the system itself counts there.

    A list of tickets does not say what it was asked for: one that a search narrowed looks like all of them.
    """

    name: str
    """its key, with which the keys of its tickets begin ("OPS")"""
    tickets: int
    """how many it holds, in whichever state"""
