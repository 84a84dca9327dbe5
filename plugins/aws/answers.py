"""Questions that evidence may leave open: yes, no, or unknown with the reason."""

from collections.abc import Iterable

from soc2test import Unknown

__all__ = ["Answer", "all_of", "any_of"]

Answer = bool | Unknown


def any_of(answers: Iterable[Answer]) -> Answer:
    """True where one is true, else unknown where one is unknown. Asks no further than it must."""
    unknown: Unknown | None = None
    for answer in answers:
        if answer is True:
            return True
        if isinstance(answer, Unknown):
            unknown = answer if unknown is None else unknown
    return False if unknown is None else unknown


def all_of(answers: Iterable[Answer]) -> Answer:
    """False where one is false, else unknown where one is unknown. Asks no further than it must."""
    unknown: Unknown | None = None
    for answer in answers:
        if answer is False:
            return False
        if isinstance(answer, Unknown):
            unknown = answer if unknown is None else unknown
    return True if unknown is None else unknown
