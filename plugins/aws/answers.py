"""Answers that evidence may leave open, as values: yes, no, or unknown with the reason.

`any_of` and `all_of` of soc2test raise what is unknown. Here one answer goes into the next, hundreds deep where roles
take on roles, so that an unknown one is handed on, up to the fact that it leaves unknown.
"""

from collections.abc import Iterable

from soc2test import Unknown

__all__ = ["Answer", "all_hold", "one_holds"]

Answer = bool | Unknown


def one_holds(answers: Iterable[Answer]) -> Answer:
    """True where one is true, else the first that is unknown, else False. Asks no further than it must."""
    return _decided_by(True, answers)


def all_hold(answers: Iterable[Answer]) -> Answer:
    """False where one is false, else the first that is unknown, else True. Asks no further than it must."""
    return _decided_by(False, answers)


def _decided_by(decisive: bool, answers: Iterable[Answer]) -> Answer:
    """`decisive` where one answer is, whatever is unknown of the others."""
    unknown: Unknown | None = None
    for answer in answers:
        if answer is decisive:
            return decisive
        if unknown is None and isinstance(answer, Unknown):
            unknown = answer
    return not decisive if unknown is None else unknown
