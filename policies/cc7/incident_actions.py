"""What postmortems decided on."""

from datetime import datetime, timedelta
from typing import Any

from soc2test import Incident, control
from soc2test_policies._ages import WINDOW, disorder, in_window, late
from soc2test_policies._incidents import AFFECTING_CUSTOMERS, is_severe, of_window
from soc2test_policies._second_sources import no_alerts
from soc2test_policies._tickets import INCIDENT_TICKETS, LOOSER_TICKETS, UNSEEN_TICKETS
from soc2test_policies._told_elsewhere import all_have_rows


def _learnt_from(incident: Incident, limits: Any, as_of: datetime) -> bool:
    held = incident.postmortem_at
    if held is None or not is_severe(incident, limits.severities, limits.affecting_customers):
        return False
    lately = of_window(incident, limits.since_days, as_of) or in_window(held, limits.since_days, as_of)
    return lately or _went_on(incident, limits, as_of)


def _went_on(incident: Incident, limits: Any, as_of: datetime) -> bool:
    """Something was to be done, and it is open, or was done within the window."""
    return incident.actions != 0 and in_window(incident.actions_closed_at, limits.since_days, as_of)


@control(
    "INC-06",
    criteria=["CC7.5"],
    nature="event",
    dated="detected_at",
    severity="medium",
    operates="per event",
    where=_learnt_from,
    limits={
        "severities": ("critical", "high"),
        "affecting_customers": "severe",
        "action_days": 90,
        **INCIDENT_TICKETS,
        "since_days": WINDOW,
    },
    looser={
        "severities": "fewer",
        "affecting_customers": "higher",
        "action_days": "higher",
        **LOOSER_TICKETS,
        "since_days": "lower",
    },
    least={"since_days": 1},
    words={"severities": ("critical", "high", "medium", "low"), "affecting_customers": AFFECTING_CUSTOMERS},
    on_empty="no_occurrences",
    agrees=no_alerts,
    complete=all_have_rows,
    blind_spots={
        "Incident.postmortem_at": "without a postmortem nothing was decided; INC-04 tests that one was held",
        **UNSEEN_TICKETS,
    },
)
def test_what_postmortems_decide_is_done(incident: Incident, limits: Any, as_of: datetime) -> None:
    """Every action that the postmortem of a severe incident decided on is done within the allowed days after it.

    One that affected customers is severe, as in INC-04. What was done while the incident went on, or before anybody met
    to look back on it, is done as well.

    CC7.5: a recovery is over when what was decided against a repetition is done, not when it is written down.
    """
    held, actions = incident.postmortem_at, incident.actions
    assert held is not None
    assert actions is not None, "its postmortem does not say what is to be done"
    if actions == 0:
        return
    limit = timedelta(days=limits.action_days)
    closed = incident.actions_closed_at
    problem = disorder(as_of, ("detected", incident.detected_at), ("done", closed))
    problem = problem or late("done", closed, held, limit, as_of)
    assert not problem, f"{actions} actions were {problem}"
