"""Cases of tickets of incidents, and of the rows that name them."""

from policy_case import Case, bad, before, made

from soc2test import Incident, Ticket, TicketProject
from soc2test_policies.cc7.tickets import test_tickets_of_incidents_are_in_the_register as entered

PROJECT = made(TicketProject, "p/OPS", name="OPS", tickets=6)
REPORTED = made(
    Ticket, "t/1", name="OPS-1", title="Slow", project="OPS", type="Incident", labels=(), created_at=before(days=9),
)  # fmt: skip
ROW = made(Incident, "I1", tickets=("OPS-1", "OPS-3"))
WISH = made(Ticket, "t/2", name="OPS-2", project="OPS", type="Task", labels=("shop",), created_at=before(days=30))
LABELLED = made(Ticket, "t/3", **REPORTED.but(name="OPS-3", type="Bug", labels=("shop", "SEV")).facts)
LONG_AGO = made(Ticket, "t/4", name="OPS-4", project="OPS", type="Incident", labels=(), created_at=before(days=400))
THIS_WEEK = made(Ticket, "t/5", **REPORTED.but(name="OPS-5", created_at=before(days=7)).facts)
NO_TYPE = made(Ticket, "t/6", name="OPS-6", project="OPS", type=None, labels=(), created_at=before(days=30))

CASES = [
    Case(
        entered,
        [PROJECT, REPORTED, ROW, WISH, LABELLED, LONG_AGO, THIS_WEEK, NO_TYPE],
        [
            bad(ROW.but(tickets=()), deviates=["t/1", "t/3"], says="ticket OPS-1 (Slow): not entered in the register", certain=False),
            bad(ROW.but(tickets=("OPS-3",)), deviates=["t/1"], says="9 days after 2026-11-11, limit 7 days", certain=False),
            bad(
                made(Ticket, "t/2", title="-", **WISH.but(type="incident").facts), deviates=["t/2"], says="not entered",
                certain=False,
            ),
            bad(
                made(Ticket, "t/2", title="-", **WISH.but(labels=("sev",)).facts), deviates=["t/2"], says="not entered",
                certain=False,
            ),
            bad(
                made(Ticket, "t/4", title="-", **LONG_AGO.but(created_at=before(days=370)).facts), deviates=["t/4"],
                says="not entered", certain=False,
            ),
        ],
        # a title is told where something is wrong alone; of its type and its labels one that counts is enough
        spare=frozenset({f"t/{n}.title" for n in (1, 3, 5)} | {"t/1.labels", "t/3.type", "t/5.labels"}),
        limits={"incident_tickets": ("Incident", "SEV")},
    ),
]  # fmt: skip
