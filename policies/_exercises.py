"""What is wrong with how an exercise of a plan was held and written down."""

from collections.abc import Iterable
from datetime import datetime
from functools import partial

from soc2test import AuditFinding, Exercise, Person, Population, Resource, normal_email
from soc2test_policies._ages import disorder
from soc2test_policies._counted import lacking
from soc2test_policies._documents import of_another, of_other_kind
from soc2test_policies._joins import problems
from soc2test_policies._named import signer_problem
from soc2test_policies._people import named_problem

__all__ = ["exercise_problem"]


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
    return problem or of_another(exercise, exercises, _document, _held)


def _document(exercise: Exercise) -> str | None:
    return exercise.document


def _held(exercise: Exercise) -> datetime:
    return exercise.held_at


def _absent(held: datetime, persons: Population[Person], email: str) -> str:
    return named_problem("participant", email, held, persons)
