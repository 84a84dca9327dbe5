"""Whether a restore brought its data back, by the system's own record and by what a person compared."""

from datetime import datetime, timedelta

from soc2test import Exercise, Person, Population, RestoreCheck, RestoreTest, any_of
from soc2test_policies._ages import CLOCKS_DIFFER, disorder, late
from soc2test_policies._documents import of_another, of_other_kind
from soc2test_policies._joins import problems
from soc2test_policies._people import named_problem

__all__ = ["data_fault", "failure", "found_right"]


def failure(restore: RestoreTest, checks: Population[RestoreCheck], percent: float) -> str:
    """How a restore went wrong: in itself, or by what was found in it afterwards; "" where nothing says so."""
    if restore.status == "failed":
        return "failed"
    return data_fault(restore, checks, percent)


def data_fault(restore: RestoreTest, checks: Population[RestoreCheck], percent: float) -> str:
    """What was found wrong in the data that a restore brought back; "" where nothing says so.

    What a check of one store found counts for all stores of its restore: they came from one recovery point.
    """
    if restore.validation == "failed":
        return "its validation failed"
    return problems(lambda check: _difference(check, percent), checks.all("restore", restore.id))


def found_right(
    restore: RestoreTest,
    store: str,
    checks: Population[RestoreCheck],
    exercises: Population[Exercise],
    persons: Population[Person],
    asked: tuple[float, float],
    as_of: datetime,
) -> bool:
    """True where a program validated what was restored, or a person counted it and nothing else speaks against it.

    The file of a comparison is the record of no other one, and of no exercise.

    `asked` is in how many days, and by how many percent what is there may differ.
    """
    _, percent = asked
    if restore.status != "completed" or failure(restore, checks, percent):
        return False
    if restore.validation == "passed":
        return True

    def shows(check: RestoreCheck) -> bool:
        if check.store != store or _problem(check, restore, persons, asked, as_of):
            return False
        if of_other_kind(check.document, exercises.members):
            return False
        return not of_another(check, checks, lambda each: each.document, lambda each: each.checked_at)

    return any_of(checks.all("restore", restore.id), shows)


def _problem(
    check: RestoreCheck,
    restore: RestoreTest,
    persons: Population[Person],
    asked: tuple[float, float],
    as_of: datetime,
) -> str:
    """What is wrong with a person's comparison. A day stands for any of its moments.

    The system tells when a restore ended, and a register when it was compared: their days may differ by one.
    """
    done, at = restore.completed_at, check.checked_at
    days, percent = asked
    if done is None or at is None:
        return "it does not say when"
    if check.document is None:
        return "no file shows what was compared"
    if not check.compared:
        return "nothing says what was counted"
    if check.expected_count == 0 or _differs(check, percent):
        return "its counts do not agree"
    steps = disorder(as_of, ("completed", done), ("checked", at), slack=CLOCKS_DIFFER)
    slow = late("checked", at, done, timedelta(days=days), as_of)
    return steps or slow or named_problem("checker", check.checked_by, at, persons)


def _differs(check: RestoreCheck, percent: float) -> bool:
    apart = abs(check.expected_count - check.restored_count)
    return bool(apart * 100 > percent * check.expected_count)


def _difference(check: RestoreCheck, percent: float) -> str:
    if not _differs(check, percent):
        return ""
    return f"{check.id} found {check.restored_count} where {check.expected_count} were expected"
