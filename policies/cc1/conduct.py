"""The code of conduct and who acknowledged it."""

from datetime import datetime, timedelta
from typing import Any

from soc2test import (
    AccessDecision,
    AccessReview,
    AccountEvent,
    Change,
    Identity,
    Person,
    PolicyDocument,
    Population,
    Repository,
    UnknownFact,
    control,
)
from soc2test_policies._ages import day, late, overdue
from soc2test_policies._in_force import in_force
from soc2test_policies._joins import problems
from soc2test_policies._people import joined_at, left
from soc2test_policies._worked_before import AGAINST, Shown, raise_if_worked_before, worked_before


def _is_due(
    person: Person,
    identities: Population[Identity],
    events: Population[AccountEvent],
    reviews: Population[AccessReview],
    decisions: Population[AccessDecision],
    changes: Population[Change],
    repositories: Population[Repository],
    limits: Any,
    as_of: datetime,
) -> bool:
    """Who works here, but those who joined a moment ago, for all that is known, and have acknowledged nothing since."""
    if left(person, as_of):
        return False
    waits = as_of - person.started_at <= timedelta(days=limits.grace_days)
    if not waits or _acknowledged(person, limits) is not None:
        return True
    shown = Shown(
        identities=identities,
        events=events,
        reviews=reviews,
        decisions=decisions,
        changes=changes,
        repositories=repositories,
    )
    return bool(worked_before(person, shown, limits.ready_days))


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
    limits={"topic": "code-of-conduct", "grace_days": 30, "early_days": 30, "ready_days": 30, "yearly_days": 365},
    looser={"grace_days": "higher", "early_days": "higher", "ready_days": "higher", "yearly_days": "higher"},
    against=AGAINST,
    blind_spots={
        "limits.ready_days": "who joined lately and had an account long before is three changes away from what holds",
    },
)
def test_people_acknowledge_the_code_of_conduct(
    person: Person,
    documents: Population[PolicyDocument],
    identities: Population[Identity],
    events: Population[AccountEvent],
    reviews: Population[AccessReview],
    decisions: Population[AccessDecision],
    changes: Population[Change],
    repositories: Population[Repository],
    limits: Any,
    as_of: datetime,
) -> None:
    """Every active person acknowledged the code of conduct in force, soon after joining and each year.

    What was acknowledged more than `early_days` before joining is not for this work. Who joined within `grace_days` and
    has not acknowledged it is not asked yet. The first day is unknown where an account was there more than `ready_days`
    before it.

    CC1.1: people bind themselves to the standards of conduct, and to each new version of them.
    """
    shown = Shown(
        identities=identities,
        events=events,
        reviews=reviews,
        decisions=decisions,
        changes=changes,
        repositories=repositories,
    )

    def acknowledged() -> str:
        return _problem(person, documents, limits, as_of)

    def begun() -> str:
        raise_if_worked_before(person, shown, limits.ready_days)
        return ""

    problem = problems(lambda ask: ask(), (begun, acknowledged))
    assert not problem, problem


def _problem(person: Person, documents: Population[PolicyDocument], limits: Any, as_of: datetime) -> str:
    grace, at = timedelta(days=limits.grace_days), _acknowledged(person, limits)
    if at is None:
        return _not_acknowledged(person, grace, as_of)
    problem = overdue("last acknowledged", at, limits.yearly_days, as_of)
    if problem:
        return f"the code of conduct was {problem}"
    code = _version_in_force(documents, limits.topic, as_of)
    if code is None:
        return f"no approved document of topic {limits.topic} is in force"
    version, since = code
    if person.code_of_conduct_version == version or as_of - since <= grace:
        return ""
    return f"acknowledged version {person.code_of_conduct_version}, in force since {day(since)} is {version}"


def _not_acknowledged(person: Person, grace: timedelta, as_of: datetime) -> str:
    """What is wrong where nothing is acknowledged for this work; who joined a moment ago is here only where that is
    unknown."""
    if as_of - person.started_at <= grace:
        return ""
    early = person.code_of_conduct_at
    before = f"; it was on {day(early)}, before joining" if early is not None else ""
    return f"the code of conduct is {late('acknowledged', None, person.started_at, grace, as_of)}{before}"


def _version_in_force(
    documents: Population[PolicyDocument], topic: str, as_of: datetime
) -> tuple[str, datetime] | None:
    """Version and date of the document approved last. Raises `UnknownFact` where two versions bear that day."""
    latest = in_force(documents, topic, as_of)
    versions = sorted({document.version for document in latest})
    if len(versions) > 1:
        raise UnknownFact("version", f"versions {' and '.join(versions)} of {topic} were approved at one moment")
    return next(((document.version, at) for document in latest if (at := document.approved_at) is not None), None)
