"""Documents that show an event: one file shows one event, and no second one."""

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from posixpath import normpath
from typing import TypeVar

from soc2test import Resource
from soc2test_policies._joins import known

__all__ = ["of_another", "same_file"]

R = TypeVar("R", bound=Resource)

_DAY = timedelta(days=1)


def of_another(
    row: R,
    rows: Iterable[R],
    document: Callable[[R], str | None],
    moment: Callable[[R], datetime | None],
) -> str:
    """What is wrong where another row of the kind names the document of `row` for another event; "" where none does.

    Rows less than a day apart may be one event that is told twice: a joint meeting of two bodies, a drill of two plans.
    All rows have to be given, also those too old to be tested: it is last year's file that stands in for this year's.
    A copy of a file by another name is another file here. Raises `UnknownFact` where another row may name the document.
    """
    own, held = document(row), moment(row)
    if own is None:
        return ""  # that there is none is for the control to say

    def claims_it(other: R) -> bool:
        return other.id != row.id and same_file(document(other), own) and not _may_be_one(moment(other), held)

    claiming, unknown = known(rows, claims_it)
    if claiming:
        names = ", ".join(sorted(other.id for other in claiming))
        return f"its document is that of {names} too, and one document shows one event"
    if unknown is not None:
        raise unknown
    return ""


def same_file(one: str | None, other: str | None) -> bool:
    """Whether two rows name one file. No file is nobody's."""
    return one is not None and other is not None and _path(one) == _path(other)


def _path(file: str) -> str:
    """A path in one writing of it: on some systems `Minutes.txt` and `./minutes.txt` are one file."""
    return normpath(file.replace("\\", "/")).casefold()


def _may_be_one(one: datetime | None, other: datetime | None) -> bool:
    return one is not None and other is not None and abs(one - other) < _DAY
