"""Are the exports of one call all of it? Paging rules, numbers of pages, and the counts that bodies state."""

from collections.abc import Iterator, Sequence
from typing import Any

from soc2test.errors import PluginError, UnknownFact
from soc2test.evidence.record import Evidence
from soc2test.finding.suggested import command
from soc2test.telling.body_reading import Given, broken
from soc2test.telling.call_record import TOGETHER, CallRecord
from soc2test.telling.counts import miscounted
from soc2test.telling.pages import NOTHING, last_pages

__all__ = ["check_pages", "counted_right"]

Bodies = Sequence[tuple[Evidence, Any]]


def check_pages(given: Given, record: CallRecord, bodies: Bodies) -> None:
    """Note of each export whether it is whole, and whether all pages are there."""
    numbers = sorted(each.page for each, _ in bodies if each.page is not None)
    for evidence, text in _numbering(given, [each for each, _ in bodies], numbers):
        record.fail(evidence, "partial", text)
    for evidence, body in last_pages(bodies, numbers):
        if body is not NOTHING:
            _ask_paging(record, evidence, body)
    _together(record, [(each, body) for each, body in bodies if isinstance(body, list)])
    for evidence, _ in bodies:
        if evidence.declared_complete is False:
            record.fail(evidence, "partial", "its record or manifest says that it is not complete")
    for evidence, body in bodies:
        if body is not NOTHING and evidence.complete:
            record.note(evidence)


def counted_right(record: CallRecord, bodies: Bodies) -> bool:
    """Hold the counts that the bodies state against their items; equals taken at one time are no pages."""
    read = [(each, body) for each, body in bodies if body is not NOTHING]
    paged = [(each, body) for each, body in read if each.page is not None]
    for group in [paged] if paged else [[one] for one in read]:
        wrong = miscounted(record.operation, [(body, each.records) for each, body in group])
        if wrong is not None:
            _fail(record, group[0][0], wrong)
            return False
    return True


def _ask_paging(record: CallRecord, evidence: Evidence, body: Any) -> None:
    try:
        more = record.operation.more(body)
    except (PluginError, UnknownFact) as error:
        broken(record, evidence, error)
        return
    # a record or the manifest may vouch for a bare array, but not against a token that stands in the body
    vouched = (evidence.declared_complete or evidence.followed) and isinstance(body, list)
    if more is not None and not vouched:
        _fail(record, evidence, more)


def _together(record: CallRecord, arrays: Sequence[tuple[Evidence, list[Any]]]) -> None:
    """All pages of a bare array together, unless a record vouches that they are all."""
    if not arrays or any(each.declared_complete for each, _ in arrays):
        return
    first = arrays[0][0]
    try:
        short = record.operation.short([item for _, body in arrays for item in body])
    except (PluginError, UnknownFact) as error:
        broken(record, first, error)
        return
    if short is not None:
        _fail(record, first, short)


def _fail(record: CallRecord, evidence: Evidence, text: str) -> None:
    again = command(record.operation, evidence.subject)
    record.fail(evidence, "partial", f"{text}: export all pages of `{again}`")


def _numbering(given: Given, pages: Sequence[Evidence], numbers: Sequence[int]) -> Iterator[tuple[Evidence, str]]:
    """What is wrong with the numbered pages of a call, if any are."""
    if not numbers:
        return
    first = next(each for each in pages if each.page == numbers[0])
    if list(numbers) != list(range(numbers[0], numbers[0] + len(numbers))) or numbers[0] > 1:
        yield first, "a page is missing or there twice among the numbered pages of this call"
    if (beside := next((each for each in pages if each.page is None), None)) is not None:
        yield beside, "lies beside numbered pages of the same call: number it, or take the pages away"
    dates = [when for each in pages if each.page is not None and (when := given.moment(each)) is not None]
    if dates and max(dates) - min(dates) > TOGETHER:  # a page of last week ends no list of today
        yield first, "its pages were taken on different days, and are no one list: export them all again"
