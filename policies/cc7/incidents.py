"""Incidents, from detection to what was learnt."""

from datetime import datetime, timedelta
from typing import Any

from soc2test import Incident, Page, Person, Population, Ticket, UnknownFact, control
from soc2test_policies._ages import WINDOW, disorder, in_hours, last_of, late
from soc2test_policies._documents import of_another
from soc2test_policies._incidents import AFFECTING_CUSTOMERS, customers_told_of, is_severe, of_window, severities_told
from soc2test_policies._joins import allowed, told
from soc2test_policies._people import named_problem
from soc2test_policies._second_sources import no_alerts
from soc2test_policies._tickets import INCIDENT_TICKETS, LOOSER_TICKETS, UNSEEN_TICKETS
from soc2test_policies._told_elsewhere import all_have_rows, detected_at, resolved_at

_SEVERITIES = ("critical", "high", "medium", "low")
_BESIDE = {
    "pages": "pages can but contradict a row; that each urgent one is named by a row is tested by INC-08",
    "tickets": "tickets can but contradict a row; that each of an incident is named by a row is tested by INC-09",
    **UNSEEN_TICKETS,
}


def _lately(incident: Incident, limits: Any, as_of: datetime) -> bool:
    return of_window(incident, limits.since_days, as_of)


def _to_be_acknowledged(incident: Incident, limits: Any, as_of: datetime) -> bool:
    """Also what was over before the window, where somebody had to take it on, or did, within it."""
    # by its severity it may have been due earlier: who took it on in time deviates in neither window
    longest = max(limits.critical_hours, limits.high_hours, limits.medium_hours, limits.low_hours)
    due = incident.detected_at + timedelta(hours=longest)
    return of_window(incident, limits.since_days, as_of, due, incident.acknowledged_at)


def _severe(incident: Incident, limits: Any, as_of: datetime) -> bool:
    """Also what was over before the window, where its postmortem fell due or was held within it."""
    resolved = incident.resolved_at
    if resolved is None or not is_severe(incident, limits.severities, limits.affecting_customers):
        return False
    due = resolved + timedelta(days=limits.postmortem_days)
    return of_window(incident, limits.since_days, as_of, due, incident.postmortem_at)


def _of_customers(incident: Incident, limits: Any, as_of: datetime) -> bool:
    """Also what was over before the window, where customers had to be told or were told within it."""
    due = incident.detected_at + timedelta(hours=limits.notice_hours)
    lately = of_window(incident, limits.since_days, as_of, due, incident.notified_at)
    return lately and incident.customers_affected


@control(
    "INC-01",
    criteria=["CC7.3"],
    nature="event",
    dated="detected_at",
    severity="high",
    operates="per event",
    where=_to_be_acknowledged,
    limits={"critical_hours": 1, "high_hours": 4, "medium_hours": 24, "low_hours": 72, **INCIDENT_TICKETS,
            "since_days": WINDOW},
    looser={
        "critical_hours": "higher", "high_hours": "higher", "medium_hours": "higher", "low_hours": "higher",
        **LOOSER_TICKETS, "since_days": "lower",
    },
    least={"since_days": 1},
    against=["pages", "tickets"],
    blind_spots=_BESIDE,
    on_empty="no_occurrences",
    agrees=no_alerts,
    complete=all_have_rows,
)  # fmt: skip
def test_incidents_are_acknowledged_in_time(
    incident: Incident, pages: Population[Page], tickets: Population[Ticket], limits: Any, as_of: datetime
) -> None:
    """Somebody takes on every incident within the hours that its severity allows.

    The hours begin when it was noticed by its row, or when somebody was paged for it or opened a ticket of it
    where that was earlier.

    CC7.3: until somebody takes an incident on, nobody has judged what it is and what it does.
    """
    hours = allowed(
        "severity",
        incident.severity,
        {
            "critical": limits.critical_hours,
            "high": limits.high_hours,
            "medium": limits.medium_hours,
            "low": limits.low_hours,
        },
    )
    steps = ("detected", detected_at(incident, pages, tickets, as_of)), ("acknowledged", incident.acknowledged_at)
    problem = in_hours(*steps, timedelta(hours=hours), as_of)
    assert not problem, f"{incident.severity}, {problem}"
    _raise_if_over_before(incident, as_of)


def _raise_if_over_before(incident: Incident, as_of: datetime) -> None:
    """Raises `UnknownFact` where nobody had taken on what was over by its row: one of the two moments is wrong."""
    taken, over = incident.acknowledged_at, told(lambda: incident.resolved_at, otherwise=None)
    if taken is not None and over is not None and taken > last_of(over, as_of):
        text = f"was acknowledged on {taken:%Y-%m-%d %H:%M}, and was resolved on {over:%Y-%m-%d %H:%M}, before that"
        raise UnknownFact("acknowledged_at", text, code="conflict")


@control(
    "INC-02",
    criteria=["CC7.4"],
    nature="event",
    dated="detected_at",
    severity="medium",
    operates="per event",
    where=_lately,
    limits={**INCIDENT_TICKETS, "since_days": WINDOW},
    looser={**LOOSER_TICKETS, "since_days": "lower"},
    least={"since_days": 1},
    blind_spots=UNSEEN_TICKETS,
    on_empty="no_occurrences",
    agrees=no_alerts,
    complete=all_have_rows,
)
def test_incidents_are_rated_and_led(incident: Incident, persons: Population[Person]) -> None:
    """Every incident has a severity, and a commander who worked here when it was detected.

    CC7.4: a response needs somebody who leads it, and a severity that says how urgent it is.
    """
    assert incident.severity in _SEVERITIES, f"its severity is none of {', '.join(_SEVERITIES)}"
    assert incident.commander_email is not None, "nobody led the response"
    problem = named_problem("commander", incident.commander_email, incident.detected_at, persons)
    assert not problem, problem


@control(
    "INC-03",
    criteria=["CC7.4"],
    nature="event",
    dated="detected_at",
    severity="medium",
    operates="per event",
    where=_lately,
    limits={"resolution_days": 30, **INCIDENT_TICKETS, "since_days": WINDOW},
    looser={"resolution_days": "higher", **LOOSER_TICKETS, "since_days": "lower"},
    least={"since_days": 1},
    against=["pages", "tickets"],
    blind_spots=_BESIDE,
    on_empty="no_occurrences",
    agrees=no_alerts,
    complete=all_have_rows,
)
def test_incidents_are_resolved_with_their_cause(
    incident: Incident, pages: Population[Page], tickets: Population[Ticket], limits: Any, as_of: datetime
) -> None:
    """Every incident is over by its row and its pages within the allowed days, and one that is names its root cause.

    It goes on while a page or a ticket goes on that its row names, and ends no sooner than such a page, whatever the
    row says. That a cause is told is asked, not whether it is one.

    CC7.4: a response ends when the damage is over and its cause is known, so that it does not come back.
    """
    limit = timedelta(days=limits.resolution_days)
    detected, done = incident.detected_at, resolved_at(incident, pages, tickets, as_of)
    problem = disorder(as_of, ("detected", detected), ("resolved", done))
    problem = problem or late("resolved", done, detected, limit, as_of)
    assert not problem, problem
    if incident.resolved_at is not None:
        assert incident.root_cause, "was resolved without a root cause"


@control(
    "INC-04",
    criteria=["CC7.5"],
    nature="event",
    dated="detected_at",
    supports={"CC7.4": "the response is judged afterwards"},
    severity="medium",
    operates="per event",
    where=_severe,
    limits={
        "severities": ("critical", "high"),
        "affecting_customers": "severe",
        "postmortem_days": 14,
        **INCIDENT_TICKETS,
        "since_days": WINDOW,
    },
    looser={
        "severities": "fewer",
        "affecting_customers": "higher",
        "postmortem_days": "higher",
        **LOOSER_TICKETS,
        "since_days": "lower",
    },
    least={"since_days": 1},
    words={"severities": ("critical", "high", "medium", "low"), "affecting_customers": AFFECTING_CUSTOMERS},
    on_empty="no_occurrences",
    agrees=no_alerts,
    complete=severities_told,
    blind_spots={
        "Incident.resolved_at": "what is not over has no postmortem yet; INC-03 tests how long it may take",
        **UNSEEN_TICKETS,
    },
)
def test_severe_incidents_are_learnt_from(
    incident: Incident, incidents: Population[Incident], limits: Any, as_of: datetime
) -> None:
    """A postmortem of every severe incident is held within the allowed days after it is resolved.

    Where a file of it is named, it is that of no postmortem of another day.

    One that affected customers is severe, whatever its row rates it, unless `affecting_customers` is "as rated". How
    severe it was else, and whom it affected, is its row's word: the test is not evaluated where the company's own
    assessment tells of a high risk for people, and the row does not make it severe.

    CC7.5: what a recovery teaches reaches the plan by a postmortem that is held while people remember.
    """
    resolved = incident.resolved_at
    assert resolved is not None
    problem = disorder(as_of, ("resolved", resolved), ("reviewed", incident.postmortem_at))
    limit = timedelta(days=limits.postmortem_days)
    problem = problem or late("reviewed", incident.postmortem_at, resolved, limit, as_of)
    assert not problem, f"{incident.severity}, {problem}"
    problem = of_another(incident, incidents, lambda each: each.postmortem, lambda each: each.postmortem_at)
    assert not problem, problem


@control(
    "INC-05",
    criteria=["CC2.3", "CC7.4"],
    nature="event",
    dated="detected_at",
    severity="high",
    operates="per event",
    where=_of_customers,
    limits={"notice_hours": 72, **INCIDENT_TICKETS, "since_days": WINDOW},
    looser={"notice_hours": "higher", **LOOSER_TICKETS, "since_days": "lower"},
    least={"since_days": 1},
    against=["pages", "tickets"],
    blind_spots=_BESIDE,
    on_empty="no_occurrences",
    agrees=no_alerts,
    complete=customers_told_of,
)
def test_customers_are_told_of_incidents(
    incident: Incident, pages: Population[Page], tickets: Population[Ticket], limits: Any, as_of: datetime
) -> None:
    """Customers whom an incident affects are told within the allowed hours after it was detected.

    The hours begin when it was noticed by its row, or when somebody was paged for it or opened a ticket of it
    where that was earlier.

    Whom it affects is its row's word: the test is not evaluated where the row says that it affected no customer, and
    the company's own assessment tells of people whose data it reached.

    CC2.3: customers are outside of the company and have to hear from it what concerns them.
    CC7.4: telling those who are affected is a step of the response, with a deadline of its own.
    """
    limit = timedelta(hours=limits.notice_hours)
    steps = ("detected", detected_at(incident, pages, tickets, as_of)), ("told", incident.notified_at)
    problem = in_hours(*steps, limit, as_of)
    assert not problem, f"customers were {problem}"
