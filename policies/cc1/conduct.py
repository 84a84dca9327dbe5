"""The code of conduct and who acknowledged it."""

from datetime import datetime, timedelta
from typing import Any

from soc2test import Person, PolicyDocument, Population, control
from soc2test_policies._ages import day, late, overdue
from soc2test_policies._people import joined_at, left


def _is_due(person: Person, limits: Any, as_of: datetime) -> bool:
    """Who works here, but those who joined a moment ago and have acknowledged nothing since."""
    if left(person, as_of):
        return False
    waits = as_of - person.started_at <= timedelta(days=limits.grace_days)
    return not (waits and _acknowledged(person, limits) is None)


def _acknowledged(person: Person, limits: Any) -> datetime | None:
    """When, for this work: what was more than `early_days` before joining is not."""
    at, early = person.code_of_conduct_at, timedelta(days=limits.early_days)
    return None if at is None or at < joined_at(person, early) - early else at


@control(
    "PPL-01",
    criteria=["CC1.1"],
    nature="state",
    supports={"CC2.2": "an acknowledgement shows that the code reached its reader"},
    severity="medium",
    operates="yearly",
    where=_is_due,
    on_empty="no_occurrences",
    limits={"topic": "code-of-conduct", "grace_days": 30, "early_days": 30, "yearly_days": 365},
    looser={"grace_days": "higher", "early_days": "higher", "yearly_days": "higher"},
)
def test_people_acknowledge_the_code_of_conduct(
    person: Person, documents: Population[PolicyDocument], limits: Any, as_of: datetime
) -> None:
    """Every active person acknowledged the code of conduct in force, soon after joining and each year.

    What was acknowledged more than `early_days` before joining is not for this work. Who joined within `grace_days` and
    has not acknowledged it is not asked yet.
    """
    grace, at = timedelta(days=limits.grace_days), _acknowledged(person, limits)
    if at is None:
        early = person.code_of_conduct_at
        before = f"; it was on {day(early)}, before joining" if early is not None else ""
        problem = late("acknowledged", None, person.started_at, grace, as_of)
        assert not problem, f"the code of conduct is {problem}{before}"
        return
    problem = overdue("last acknowledged", at, limits.yearly_days, as_of)
    assert not problem, f"the code of conduct was {problem}"
    code = _in_force(documents, limits.topic, as_of)
    assert code is not None, f"no approved document of topic {limits.topic} is in force"
    version, since = code
    assert person.code_of_conduct_version == version or as_of - since <= grace, (
        f"acknowledged version {person.code_of_conduct_version}, in force since {day(since)} is {version}"
    )


def _in_force(documents: Population[PolicyDocument], topic: str, as_of: datetime) -> tuple[str, datetime] | None:
    """Version and date of the document approved last."""
    approved = [(each.approved_at, each.version) for each in documents.all("topic", topic)]
    known = [(at, version) for at, version in approved if at is not None and at <= as_of]
    return max(known)[::-1] if known else None
