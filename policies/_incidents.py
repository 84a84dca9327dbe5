"""Which incidents are of the window, and what the privacy assessments of the company itself say of them."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from soc2test import Incident, Page, Population, PrivacyAssessment, Ticket, deviation
from soc2test_policies._ages import in_window
from soc2test_policies._told_elsewhere import all_have_rows

__all__ = ["AFFECTING_CUSTOMERS", "customers_told_of", "is_severe", "of_window", "severities_told"]

AFFECTING_CUSTOMERS = ("severe", "as rated")
"""words of a limit: whether what customers suffered is severe, whatever somebody rated it"""

_AT_HIGH_RISK = "high"


def is_severe(incident: Incident, severities: Iterable[str], affecting_customers: str) -> bool:
    """By the severity of its row, or by whom it affected."""
    if incident.severity in severities:
        return True
    return affecting_customers == AFFECTING_CUSTOMERS[0] and incident.customers_affected


def of_window(incident: Incident, days: int, as_of: datetime, *steps: datetime | None) -> bool:
    """It was detected or went on within the last `days`, or one of its `steps` fell into them: was due or done then.

    What was over before was another period's; a step that is None was not taken, and its due day says when it had to
    be. One that was over before it was detected bears a wrong date, and nobody knows of which period it is: it counts.
    """
    if in_window(incident.detected_at, days, as_of):
        return True
    over = incident.resolved_at
    if over is None or in_window(over, days, as_of) or over < incident.detected_at:
        return True
    return any(step is not None and in_window(step, days, as_of) for step in steps)


def customers_told_of(
    incidents: Population[Incident],
    assessments: Population[PrivacyAssessment],
    pages: Population[Page],
    tickets: Population[Ticket],
    limits: Any,
    as_of: datetime,
) -> None:
    """No incident affected no customer by its row, and people by the assessment that the company made of it.

    A company that keeps no such assessments has nothing that contradicts a row. No urgent page and no ticket of an
    incident is without a row.
    """
    all_have_rows(incidents, pages, tickets, limits, as_of)
    for incident in incidents.members:
        due = incident.detected_at + timedelta(hours=limits.notice_hours)
        if not of_window(incident, limits.since_days, as_of, due) or incident.customers_affected:
            continue
        for row in assessments.all("incident", incident.id).hits:
            if _reached_people(row):
                text = (
                    f"by its row {incident.id} affected no customer, and {row.id} tells of people whose data it "
                    "reached: set customers_affected, or exempt the incident where all of them are staff"
                )
                deviation(incident, text)


def severities_told(
    incidents: Population[Incident],
    assessments: Population[PrivacyAssessment],
    pages: Population[Page],
    tickets: Population[Ticket],
    limits: Any,
    as_of: datetime,
) -> None:
    """No incident is left out as not severe, and is a high risk for people by the assessment that the company made.

    No urgent page and no ticket of an incident is without a row.
    """
    all_have_rows(incidents, pages, tickets, limits, as_of)
    for incident in incidents.members:
        over = incident.resolved_at
        due = None if over is None else over + timedelta(days=limits.postmortem_days)
        severe = is_severe(incident, limits.severities, limits.affecting_customers)
        if severe or not of_window(incident, limits.since_days, as_of, due):
            continue
        for row in assessments.all("incident", incident.id).hits:
            if row.risk == _AT_HIGH_RISK:
                text = f"{incident.id} is rated {incident.severity}, and {row.id} tells of a high risk for people"
                deviation(incident, f"{text}: rate it as what it did")


def _reached_people(row: PrivacyAssessment) -> bool:
    """People's data was reached, or the assessment is done and does not say how many there were."""
    people = row.subjects_affected
    return row.assessed_at is not None if people is None else people > 0
