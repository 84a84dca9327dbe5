"""Incidents, from detection to what was learnt."""

from datetime import datetime, timedelta
from typing import Any

from soc2test import Incident, Person, Population, control
from soc2test_policies._ages import disorder, in_hours, late
from soc2test_policies._joins import allowed
from soc2test_policies._people import named_problem
from soc2test_policies._second_sources import no_alerts

_SEVERITIES = ("critical", "high", "medium", "low")


@control(
    "INC-01",
    criteria=["CC7.3"],
    nature="event",
    dated="detected_at",
    severity="high",
    operates="per event",
    limits={"critical_hours": 1, "high_hours": 4, "medium_hours": 24, "low_hours": 72},
    looser={"critical_hours": "higher", "high_hours": "higher", "medium_hours": "higher", "low_hours": "higher"},
    on_empty="no_occurrences",
    agrees=no_alerts,
)
def test_incidents_are_acknowledged_in_time(incident: Incident, limits: Any, as_of: datetime) -> None:
    """Somebody takes on every incident within the hours that its severity allows.

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
    steps = ("detected", incident.detected_at), ("acknowledged", incident.acknowledged_at)
    problem = in_hours(*steps, timedelta(hours=hours), as_of)
    assert not problem, f"{incident.severity}, {problem}"


@control(
    "INC-02",
    criteria=["CC7.4"],
    nature="event",
    dated="detected_at",
    severity="medium",
    operates="per event",
    on_empty="no_occurrences",
    agrees=no_alerts,
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
    limits={"resolution_days": 30},
    looser={"resolution_days": "higher"},
    on_empty="no_occurrences",
    agrees=no_alerts,
)
def test_incidents_are_resolved_with_their_cause(incident: Incident, limits: Any, as_of: datetime) -> None:
    """Every incident is resolved within the allowed days, and one that is resolved names its root cause.

    CC7.4: a response ends when the damage is over and its cause is known, so that it does not come back.
    """
    limit = timedelta(days=limits.resolution_days)
    detected, done = incident.detected_at, incident.resolved_at
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
    where=lambda incident, limits: incident.resolved_at is not None and incident.severity in limits.severities,
    limits={"severities": ("critical", "high"), "postmortem_days": 14},
    looser={"severities": "fewer", "postmortem_days": "higher"},
    words={"severities": ("critical", "high", "medium", "low")},
    on_empty="no_occurrences",
    agrees=no_alerts,
    blind_spots={
        "Incident.resolved_at": "what is not over has no postmortem yet; INC-03 tests how long it may take",
    },
)
def test_severe_incidents_are_learnt_from(incident: Incident, limits: Any, as_of: datetime) -> None:
    """A postmortem of every severe incident is held within the allowed days after it is resolved.

    CC7.5: what a recovery teaches reaches the plan by a postmortem that is held while people remember.
    """
    resolved = incident.resolved_at
    assert resolved is not None
    problem = disorder(as_of, ("resolved", resolved), ("reviewed", incident.postmortem_at))
    limit = timedelta(days=limits.postmortem_days)
    problem = problem or late("reviewed", incident.postmortem_at, resolved, limit, as_of)
    assert not problem, f"{incident.severity}, {problem}"


@control(
    "INC-05",
    criteria=["CC2.3", "CC7.4"],
    nature="event",
    dated="detected_at",
    severity="high",
    operates="per event",
    where=lambda incident: incident.customers_affected,
    limits={"notice_hours": 72},
    looser={"notice_hours": "higher"},
    on_empty="no_occurrences",
    agrees=no_alerts,
)
def test_customers_are_told_of_incidents(incident: Incident, limits: Any, as_of: datetime) -> None:
    """Customers whom an incident affects are told within the allowed hours after it was detected.

    CC2.3: customers are outside of the company and have to hear from it what concerns them.
    CC7.4: telling those who are affected is a step of the response, with a deadline of its own.
    """
    limit = timedelta(hours=limits.notice_hours)
    problem = in_hours(("detected", incident.detected_at), ("told", incident.notified_at), limit, as_of)
    assert not problem, f"customers were {problem}"
