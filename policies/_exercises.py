"""What is wrong with how an exercise of a plan was held and written down."""

import re
from collections.abc import Iterable
from datetime import datetime
from functools import partial

from soc2test import (
    AuditFinding,
    Exercise,
    Person,
    Population,
    Resource,
    UnknownFact,
    is_put_off,
    normal_email,
    says_no,
)
from soc2test_policies._ages import disorder
from soc2test_policies._counted import lacking
from soc2test_policies._documents import of_another, of_other_kind
from soc2test_policies._joins import problems
from soc2test_policies._named import signer_problem
from soc2test_policies._people import named_problem

__all__ = ["exercise_problem"]

_CALLED_OFF = re.compile(
    r"(?:(?:it|this|the exercise|exercise) )?(?:(?:was|is|has been|had to be|be) )*"
    r"(?:cancell?ed|called off|postponed|deferred|put off|skipped|rescheduled|not held|never held"
    r"|did not take place|moved to (?:next|another|the next|q[1-4]|20\d\d)"
    r"|abgesagt|verschoben|ausgefallen|entfallen|annul\u00e9|report\u00e9|cancelado|aplazado)"
    r"(?: (?:to|until|till|for|by|because|due|since|as|on|in|at|again|auf|wegen|year|week|month|quarter)\b.*)?"
)
"""What a scenario is that tells of no exercise: "Postponed to next year". That a contract is cancelled is one."""
_PART = re.compile(r"[,;:.!?()\[\]\n]|\s[\u2013\u2014-]\s")


def exercise_problem(
    exercise: Exercise,
    exercises: Population[Exercise],
    findings: Population[AuditFinding],
    persons: Population[Person],
    texts: Iterable[Resource],
    participants: int,
    as_of: datetime,
) -> str:
    """What is wrong with an exercise; "" where people who worked here held it, with a record that is followed up.

    `exercises` are all there are: the record of one is no record of another. Nor is the text of a plan or policy, which
    `texts` are.
    """
    held = exercise.held_at
    problem = disorder(as_of, ("held", held))
    if problem:
        return f"was {problem}"
    if exercise.document is None:
        return "of it there is no document"
    if exercise.findings is None:
        return "its record does not say what came to light"
    problem = signer_problem("leader", exercise.led_by, held, persons)
    if problem:
        return problem
    others = {normal_email(email) for email in exercise.participants} - {normal_email(exercise.led_by or "")}
    if len(others) < participants:
        return f"{len(others)} took part beside its leader, at least {participants} have to"
    problem = problems(partial(_absent, held, persons), sorted(others))
    problem = problem or lacking(exercise.id, exercise.findings, findings)
    problem = problem or of_other_kind(exercise.document, texts)
    problem = problem or of_another(exercise, exercises, _document, _held)
    if not problem:
        _raise_where_called_off(exercise)
    return problem


def _raise_where_called_off(exercise: Exercise) -> None:
    """Its row says that it was held, and in the place of what was tried that it was not."""
    parts = _PART.split(exercise.scenario.casefold())
    first = " ".join(next((part for part in parts if part.strip()), "").split())
    if _CALLED_OFF.fullmatch(first) or is_put_off(first) or says_no(first):
        text = "its row says when it was held, and its scenario that it was put off or called off: correct one of both"
        raise UnknownFact("scenario", text, code="conflict")


def _document(exercise: Exercise) -> str | None:
    return exercise.document


def _held(exercise: Exercise) -> datetime:
    return exercise.held_at


def _absent(held: datetime, persons: Population[Person], email: str) -> str:
    return named_problem("participant", email, held, persons)
