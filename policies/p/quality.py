"""Whether personal data is right: checks against something that tells it."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from soc2test import (
    CollectionPoint,
    Consent,
    DataQualityCheck,
    Person,
    Population,
    ProcessingActivity,
    RetentionCheck,
    SystemCount,
    UnknownFact,
    any_of,
    control,
)
from soc2test_policies._ages import day, disorder, in_window
from soc2test_policies._consents import is_told_to_ask
from soc2test_policies._joins import known, problems
from soc2test_policies._newest import newest
from soc2test_policies._people import named_problem

_ASPECTS = ("accurate", "current", "complete", "relevant")


def _is_ours(
    activity: ProcessingActivity,
    points: Population[CollectionPoint],
    consents: Population[Consent],
    counts: Population[SystemCount],
) -> bool:
    """Data is held for a purpose of our own: its row says so, or people consent to it with us all the same."""
    if activity.legal_basis != "instructions":
        return True
    return any_of(points.all("activities", activity.id), lambda point: is_told_to_ask(point, consents, counts))


@control(
    "PRV-26",
    criteria=["P7.1"],
    nature="state",
    severity="medium",
    operates="yearly",
    where=_is_ours,
    limits={"check_days": 365, "correct_days": 30, "records": 25, "fault_percent": 10, "aspects": _ASPECTS},
    looser={
        "check_days": "higher",
        "correct_days": "higher",
        "records": "lower",
        "fault_percent": "higher",
        "aspects": "fewer",
    },
    least={"records": 1},
    words={"aspects": _ASPECTS},
)
def test_personal_data_is_held_against_what_is_right(
    activity: ProcessingActivity,
    checks: Population[DataQualityCheck],
    answers: Population[RetentionCheck],
    points: Population[CollectionPoint],
    consents: Population[Consent],
    counts: Population[SystemCount],
    persons: Population[Person],
    limits: Any,
    as_of: datetime,
) -> None:
    """For every purpose of our own, data was held within the year against what is right, and faults were corrected.

    Whether it is accurate, current, complete and still needed was asked of some records, or of all where there are few,
    by a person, against something else than the data itself. How many there are the check says, and the stores that
    were asked how long they keep it: there are at least as many as the smallest of these answered last. Where more than
    `fault_percent` of the records were wrong, all were looked at, or more of them once more with fewer faults.

    A purpose is our own where its row does not say "instructions", or where people consent to it with us.

    P7.1: data is right as far as somebody held it against what tells so, and set right what was wrong.
    """
    lately, unknown = known(
        checks.all("activity", activity.id), lambda check: in_window(check.checked_at, limits.check_days, as_of)
    )
    problem = problems(lambda check: _doubtful(check, lately, answers, persons, limits, as_of), lately)
    assert not problem, problem
    asked = {aspect for check in lately for aspect in check.aspects}
    missing = [aspect for aspect in limits.aspects if aspect not in asked]
    if unknown is not None:
        raise unknown
    since = f"in the {limits.check_days} days before {day(as_of)}"
    assert not missing, f"nobody asked {since} whether its data is {', '.join(missing)}"


def _doubtful(
    check: DataQualityCheck,
    checks: Sequence[DataQualityCheck],
    answers: Population[RetentionCheck],
    persons: Population[Person],
    limits: Any,
    as_of: datetime,
) -> str:
    """What keeps a check from showing that data is right."""
    if problem := disorder(as_of, ("checked", check.checked_at)):
        return f"{check.id} was {problem}"
    if problem := named_problem("checker", check.checked_by, check.checked_at, persons):
        return f"{check.id}: {problem}"
    if not check.compared_with:
        return f"{check.id} held the data against nothing"
    if check.faults is None:
        return f"{check.id} counted no faults"
    if check.faults and (problem := _uncorrected(check, limits.correct_days, as_of)):
        return problem
    if problem := _too_few(check, check.records_held, limits.records):
        return problem
    kept = _kept(check, answers)
    return _too_few(check, kept, limits.records) or _too_many_faults(check, checks, kept, limits.fault_percent)


def _too_many_faults(check: DataQualityCheck, checks: Sequence[DataQualityCheck], kept: int, percent: int) -> str:
    """What is wrong where so many of some records were wrong that the others are as well."""
    faults, checked = check.faults or 0, check.records_checked
    if faults > checked:
        text = f"{check.id} counted {faults} faults in {checked} records: count the records with a fault"
        raise UnknownFact("faults", text)
    looked_at_all = checked >= max(check.records_held, kept)
    if looked_at_all or not _is_above(check, percent):
        return ""

    def made_good(other: DataQualityCheck) -> bool:
        follows = other.checked_at > check.checked_at and other.records_checked > checked
        return follows and not _is_above(other, percent)

    if any_of(checks, made_good):
        return ""
    return f"{check.id} found {faults} of {checked} records wrong, limit {percent} %, and no larger check followed"


def _is_above(check: DataQualityCheck, percent: int) -> bool:
    return (check.faults or 0) * 100 > percent * check.records_checked


def _too_few(check: DataQualityCheck, held: int, wanted: int) -> str:
    few = check.records_checked < min(wanted, held)
    return f"{check.id} looked at {check.records_checked} of {held} records, limit {wanted}" if few else ""


def _kept(check: DataQualityCheck, answers: Population[RetentionCheck]) -> int:
    """How many records of the purpose the smallest of its stores told of when it was asked last; 0 where none was.

    Of several answers of one moment that of the most records counts.
    """
    by_store: dict[str, list[RetentionCheck]] = {}
    for answer in answers.all("activity", check.activity):
        by_store.setdefault(answer.store, []).append(answer)
    last = [newest(own, lambda answer: answer.measured_at) for own in by_store.values()]
    return min((max(answer.records for answer in own) for own in last), default=0)


def _uncorrected(check: DataQualityCheck, limit: int, as_of: datetime) -> str:
    found, done = check.checked_at, check.corrected_at
    if problem := disorder(as_of, ("checked", found), ("corrected", done)):
        return f"{check.id}: {problem}"
    took = ((done or as_of) - found).days
    if took <= limit:
        return ""
    return (
        f"{check.id}: {check.faults} faults {'not ' if done is None else ''}corrected after {took} days, limit {limit}"
    )
