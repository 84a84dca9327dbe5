"""From the parsed exports of one call to what they tell: error bodies, pages, items, the plugin's function over each.

It rests on nothing but its exports and what is the same for the whole run (`Given`), and gives one `CallRecord`.
"""

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any

from soc2test.evidence.record import Evidence
from soc2test.finding.not_an_export import other_list
from soc2test.finding.suggested import command
from soc2test.sources.operation import Operation
from soc2test.telling.body_items import items_of
from soc2test.telling.body_reading import Given, body_of
from soc2test.telling.call_record import OF_ANOTHER, CallRecord
from soc2test.telling.item_reading import ItemReading
from soc2test.telling.page_checks import check_pages, counted_right
from soc2test.telling.pages import NOTHING, as_one

__all__ = ["read_call"]

_NOBODY: Mapping[str, str] = MappingProxyType({})


def read_call(
    given: Given, operation: Operation, exports: Sequence[Evidence], others: Mapping[str, str] = _NOBODY
) -> CallRecord:
    """The evidence of one call: one export, its pages, or equals that were taken at the same time.

    `others` says by evidence id why an export is about another subject than its place: what it tells is unknown, also
    where another export tells it too.
    """
    record = CallRecord(operation)
    for each in exports:
        if each.id in others:
            each.complete, each.gap = False, (OF_ANOTHER, others[each.id])
            record.note(each, OF_ANOTHER, f"{each.id} {others[each.id]}")
    bodies = [(each, body_of(given, record, each)) for each in exports]
    check_pages(given, record, bodies)
    read = as_one(bodies) if operation.items is None else bodies
    listed: set[str] = set()
    whole = True
    for evidence, body in read:
        if body is not NOTHING:
            whole &= _items(given, record, evidence, body, listed, others.get(evidence.id))
        whole &= evidence.complete
    whole &= counted_right(record, read)
    if operation.never_empty and whole and not listed:
        text = f"lists nothing, which can't be all of {operation.source}: check the scope and rights of the export"
        record.fail(exports[0], "empty", text)
        whole = False
    if operation.others and whole:
        for kind in operation.kinds:
            record.tell_all(exports[0], given.moment(exports[0]), kind, operation.others, frozenset(listed))
    return record


def _items(
    given: Given, record: CallRecord, evidence: Evidence, body: Any, listed: set[str], other: str | None
) -> bool:
    """Read the items of a body; whether all of them could be."""
    operation = record.operation
    try:
        items = list(items_of(operation, body))
    except LookupError as missing:
        again = command(operation, evidence.subject)
        text = other_list(operation, body, str(missing.args[0]), again, evidence.path)
        record.fail(evidence, "unreadable", text)
        return False
    reading = ItemReading(given, record, evidence, listed, None if other is None else f"{evidence.id} {other}")
    for place, item in items:
        reading.item(place, item)
    reading.end()
    evidence.records = len(items)
    if evidence.expected is None or evidence.expected == len(items):
        return reading.whole
    evidence.ties_out = False
    record.fail(evidence, "partial", f"holds {len(items)} items where its manifest says {evidence.expected}")
    return False
