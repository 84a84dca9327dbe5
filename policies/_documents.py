"""Documents that show an event: one file shows one event, no second one, and is no plan or policy itself."""

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from posixpath import normpath
from typing import TypeVar

from soc2test import (
    BodyMember,
    ContinuityPlan,
    Disposal,
    Exercise,
    Incident,
    PolicyDocument,
    Resource,
    RetentionRule,
)
from soc2test_policies._joins import known

__all__ = ["claimed_by", "of_another", "of_other_kind", "same_file"]

R = TypeVar("R", bound=Resource)

_DAY = timedelta(days=1)


def of_another(
    row: R,
    rows: Iterable[R],
    document: Callable[[R], str | None],
    moment: Callable[[R], datetime | None],
    subject: Callable[[R], object] = lambda _: None,
) -> str:
    """What is wrong where another row of the kind names the document of `row` for another event; "" where none does.

    Rows less than a day apart may be one event that is told twice: a joint meeting of two bodies, a drill of two plans.
    Those of two subjects never are: the talks of one day with two people. All rows have to be given, also those too old
    to be tested: it is last year's file that stands in for this year's. The rest is as for `claimed_by`.
    """
    held, about = moment(row), subject(row)

    def is_one(other: R) -> bool:
        return subject(other) == about and _may_be_one(moment(other), held)

    names = claimed_by(row, rows, document, is_one)
    return f"its document is that of {names} too, and one document shows one event" if names else ""


def claimed_by(row: R, rows: Iterable[R], document: Callable[[R], str | None], may_share: Callable[[R], bool]) -> str:
    """The other rows of the kind that name the document of `row`, but for those that may share it; "" where none does.

    All rows have to be given, also those that are not tested themselves. A copy of a file by another name is another
    file here. Raises `UnknownFact` where another row may name the document.
    """
    own = document(row)
    if own is None:
        return ""  # that there is none is for the control to say

    def claims_it(other: R) -> bool:
        return other.id != row.id and same_file(document(other), own) and not may_share(other)

    claiming, unknown = known(rows, claims_it)
    if unknown is not None and not claiming:
        raise unknown
    return ", ".join(sorted(other.id for other in claiming))


def of_other_kind(file: str | None, *groups: Iterable[Resource]) -> str:
    """What is wrong where a record of an event is the file of a plan, a policy or another thing; "" where it is none.

    Raises `UnknownFact` where a row of `groups` may name the file; one that they lack claims nothing.
    """
    rows = [row for group in groups for row in group]
    claiming, unknown = known(rows, lambda row: same_file(_file_of(row), file))
    if claiming:
        return f"its record is the file of {', '.join(row.id for row in claiming)}"
    if unknown is not None:
        raise unknown
    return ""


def _file_of(row: Resource) -> str | None:
    match row:
        case ContinuityPlan() | Exercise() | PolicyDocument() | RetentionRule():
            return row.document
        case Incident():
            return row.postmortem
        case BodyMember():
            return row.determination
        case Disposal():
            return row.certificate
        case _:
            raise TypeError(type(row).__name__)


def same_file(one: str | None, other: str | None) -> bool:
    """Whether two rows name one file. No file is nobody's."""
    return one is not None and other is not None and _path(one) == _path(other)


def _path(file: str) -> str:
    """A path in one writing of it: on some systems `Minutes.txt` and `./minutes.txt` are one file."""
    return normpath(file.replace("\\", "/")).casefold()


def _may_be_one(one: datetime | None, other: datetime | None) -> bool:
    return one is not None and other is not None and abs(one - other) < _DAY
