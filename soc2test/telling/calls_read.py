"""What the exports of calls told in the snapshots before: the same bytes at the same place tell the same.

Kept is what is whole alone: the one export of a call, without fault, each of whose items told facts or was left out.
It rests on the bytes of the export, on what is known of it but for when it was taken, and on the source's functions,
which must be seen to look at nothing else. Exports that are held against a schema are read each time: what a row may
say can depend on the moment, and on documents that lie beside it. So are the pages of a call: when each was taken
counts.
"""

from collections.abc import Callable, Sequence
from datetime import tzinfo
from typing import Any

import msgspec

from soc2test.evidence.read_limits import ReadLimits
from soc2test.evidence.record import Evidence
from soc2test.sources.operation import Operation
from soc2test.sources.source import Source
from soc2test.telling.body_reading import Given
from soc2test.telling.call_record import CallRecord, Note

__all__ = ["CallsRead"]

_TAKEN_ANEW = frozenset(("body", "collected_at", "dated_up_to", "command", "collector"))
"""what is known of an export and says nothing of what it tells"""
_TOLD_BY_READING = ("records", "skipped", "code", "http")
_Key = tuple[Any, ...]


class _Kept(msgspec.Struct, frozen=True):
    export: _Key
    """as it was before it was read"""
    record: CallRecord
    read: Evidence
    """as it was afterwards"""


class CallsRead:
    """The records of calls, for the next snapshot."""

    def __init__(self, repeatable: Callable[[Callable[..., Any] | None], bool]) -> None:
        """`repeatable` tells of a function whether what it says rests on its arguments alone."""
        self._repeatable = repeatable
        self._now: dict[Operation, list[_Kept]] = {}
        self._before: dict[Operation, list[_Kept]] = {}
        self._read_by: tuple[ReadLimits, tzinfo] | None = None

    def begin(self, limits: ReadLimits, zone: tzinfo) -> None:
        """The exports of one more snapshot are read; of those that it lacks nothing is kept any longer."""
        same = self._read_by == (limits, zone)
        self._before, self._now = self._now if same else {}, {}
        self._read_by = limits, zone

    def of(
        self, given: Given, operation: Operation, exports: Sequence[Evidence], read: Callable[[], CallRecord]
    ) -> CallRecord:
        """What a call tells; `read` is asked where that is not known from before."""
        if len(exports) > 1 or not self._may_be_kept(given.sources[operation.source], operation):
            return read()
        export, wanted = exports[0], _key(exports[0])
        kept = next((kept for kept in self._before.get(operation, ()) if kept.export == wanted), None)
        if kept is None:
            record = read()
            if not _is_whole(record, export):
                return record
            kept = _Kept(export=wanted, record=record, read=export)
        else:
            record = _of_now(kept, given, export)
        self._now.setdefault(operation, []).append(kept)
        return record

    def _may_be_kept(self, source: Source, operation: Operation) -> bool:
        own = (operation.read, operation.paging, operation.whole, operation.type_of, source.error)
        functions: list[Callable[..., Any] | None] = [*own, *(reference.id for reference in operation.references)]
        return operation.taken_as_it_is and all(map(self._repeatable, functions))


def _key(export: Evidence) -> _Key:
    """All that is known of an export before it is read, but for when and how it was taken."""
    known = (getattr(export, name) for name in Evidence.__struct_fields__ if name not in _TAKEN_ANEW)
    return tuple(tuple(sorted(value.items())) if isinstance(value, dict) else value for value in known)


def _is_whole(record: CallRecord, export: Evidence) -> bool:
    """Whether it was told without a fault, of single resources, and by nothing but the export."""
    return export.complete and not (record.of_all or record.unread or record.rests_on_documents)


def _of_now(kept: _Kept, given: Given, export: Evidence) -> CallRecord:
    """The record as if this export had been read, which is the same but for when it was taken."""
    for name in _TOLD_BY_READING:
        setattr(export, name, getattr(kept.read, name))
    when, told = given.moment(export), kept.record
    record = CallRecord(told.operation)
    record.notes = [Note(export, note.code, note.text) for note in told.notes]
    record.words = [word._replace(when=when, evidence=export) for word in told.words]
    record.named = [(mention, export) for mention, _ in told.named]
    record.counted = [(counted, export) for counted, _ in told.counted]
    record.left_out = told.left_out
    return record
