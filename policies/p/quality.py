"""Whether personal data is right: checks against something that tells it."""

from datetime import datetime
from typing import Any

from soc2test import DataQualityCheck, Person, Population, ProcessingActivity, control
from soc2test_policies._ages import day, disorder, in_window
from soc2test_policies._joins import known, problems
from soc2test_policies._people import named_problem

_ASPECTS = ("accurate", "current", "complete", "relevant")


@control(
    "PRV-26",
    criteria=["P7.1"],
    nature="state",
    severity="medium",
    operates="yearly",
    where=lambda activity: activity.legal_basis != "instructions",
    limits={"check_days": 365, "correct_days": 30, "records": 25, "aspects": _ASPECTS},
    looser={"check_days": "higher", "correct_days": "higher", "records": "lower", "aspects": "fewer"},
    least={"records": 1},
    words={"aspects": _ASPECTS},
)
def test_personal_data_is_held_against_what_is_right(
    activity: ProcessingActivity,
    checks: Population[DataQualityCheck],
    persons: Population[Person],
    limits: Any,
    as_of: datetime,
) -> None:
    """For every purpose of our own, data was held within the year against what is right, and faults were corrected.

    Whether it is accurate, current, complete and still needed was asked of some records, or of all where there are few,
    by a person, against something else than the data itself.

    P7.1: data is right as far as somebody held it against what tells so, and set right what was wrong.
    """
    lately, unknown = known(
        checks.all("activity", activity.id), lambda check: in_window(check.checked_at, limits.check_days, as_of)
    )
    problem = problems(lambda check: _doubtful(check, persons, limits, as_of), lately)
    assert not problem, problem
    asked = {aspect for check in lately for aspect in check.aspects}
    missing = [aspect for aspect in limits.aspects if aspect not in asked]
    if unknown is not None:
        raise unknown
    since = f"in the {limits.check_days} days before {day(as_of)}"
    assert not missing, f"nobody asked {since} whether its data is {', '.join(missing)}"


def _doubtful(check: DataQualityCheck, persons: Population[Person], limits: Any, as_of: datetime) -> str:
    """What keeps a check from showing that data is right."""
    if problem := disorder(as_of, ("checked", check.checked_at)):
        return f"{check.id} was {problem}"
    if problem := named_problem("checker", check.checked_by, check.checked_at, persons):
        return f"{check.id}: {problem}"
    if not check.compared_with:
        return f"{check.id} held the data against nothing"
    if check.records_checked < min(limits.records, check.records_held):
        return f"{check.id} looked at {check.records_checked} of {check.records_held} records, limit {limits.records}"
    if check.faults is None:
        return f"{check.id} counted no faults"
    return _uncorrected(check, limits.correct_days, as_of) if check.faults else ""


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
