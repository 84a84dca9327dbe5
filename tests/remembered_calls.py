"""What a call told, kept from one reading of a sample company to the next: most tests change one export of hundreds.

A record rests on its exports and on what is the same for a run (`telling/call_reading.py`), so it is taken again where
all of these are what they were. `tests/cases/test_remembered_calls.py` holds that nothing comes out otherwise.
"""

import io
import os
import pickle
from collections import OrderedDict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from typing import Any

import msgspec
import pytest

from soc2test.evidence.content import Content
from soc2test.evidence.read_limits import ReadLimits
from soc2test.evidence.record import Evidence, bodies
from soc2test.evidence.tables import Head
from soc2test.finding import raw_reading
from soc2test.inventory import load as loading
from soc2test.resources.unknown import Unknown
from soc2test.sources.operation import Operation
from soc2test.telling.body_reading import Given
from soc2test.telling.call_reading import read_call
from soc2test.telling.call_record import CallRecord

__all__ = ["remembered_calls"]

_MOST = 4000
"""records that are kept, each some kilobytes"""
_kept: OrderedDict[Any, tuple[bytes, list[dict[str, Any]]]] = OrderedDict()
_parsed: OrderedDict[Any, Any] = OrderedDict()


class _Packing(pickle.Pickler):
    """Evidence and operation are the run's own, and stand in a record as a place."""

    def __init__(self, file: io.BytesIO, operation: Operation, exports: Sequence[Evidence]) -> None:
        super().__init__(file, protocol=5)
        self._own: dict[int, int] = {id(operation): -1}
        self._own.update((id(evidence), place) for place, evidence in enumerate(exports))

    def persistent_id(self, obj: Any) -> int | None:
        return self._own.get(id(obj))

    def reducer_override(self, obj: Any) -> Any:
        """An unknown value refuses every use, to be pickled among them."""
        if type(obj) is Unknown:
            return _unknown, (obj.reason, obj.what, obj.code)
        return NotImplemented


def _unknown(reason: str, what: str, code: str) -> Unknown:
    return Unknown(reason, what=what, code=code)


class _Unpacking(pickle.Unpickler):
    def __init__(self, file: io.BytesIO, operation: Operation, exports: Sequence[Evidence]) -> None:
        super().__init__(file)
        self._own: Sequence[Any] = (*exports, operation)

    def persistent_load(self, pid: Any) -> Any:
        return self._own[pid]


@contextmanager
def remembered_calls(root: Path) -> Iterator[None]:
    """Within, `load_inventory` over the exports of the programme in `root` reads no call twice."""
    around = _around(root)

    def reading(
        given: Given, operation: Operation, exports: Sequence[Evidence], others: Mapping[str, str]
    ) -> CallRecord:
        told_otherwise = tuple((evidence.id, others.get(evidence.id)) for evidence in exports)
        run = (id(given.sources), given.as_of, given.undated, str(given.zone), around)
        before = [_fields(evidence) for evidence in exports]
        key = (run, operation.source, operation.name, told_otherwise, repr(before))
        if (kept := _kept.get(key)) is not None:
            _kept.move_to_end(key)
            for evidence, changes in zip(exports, kept[1], strict=True):
                for name, value in changes.items():
                    setattr(evidence, name, value)
            record: CallRecord = _Unpacking(io.BytesIO(kept[0]), operation, exports).load()
            return record
        record = read_call(given, operation, exports, others)
        _keep(key, record, exports, before)
        return record

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(loading, "read_call", reading)
        patch.setattr(raw_reading, "bodies", _bodies)
        yield


def _bodies(
    content: Content, name: str, file: str, limits: ReadLimits, *, documents: bool = False, head: Head | None = None
) -> Any:
    """The body of a file, which no reader changes, parsed once for the same bytes."""
    if head is not None and head.map is not None:
        return bodies(content, name, file, limits, documents=documents, head=head)
    columns = None if head is None else (head.name, tuple(head.columns))
    key = (content.sha256, name, file, limits, documents, columns)
    if key not in _parsed:
        _parsed[key] = bodies(content, name, file, limits, documents=documents, head=head)
        if len(_parsed) > _MOST:
            _parsed.popitem(last=False)
    return _parsed[key]


def _keep(key: Any, record: CallRecord, exports: Sequence[Evidence], before: Sequence[dict[str, Any]]) -> None:
    packed = io.BytesIO()
    _Packing(packed, record.operation, exports).dump(record)
    after = [_fields(evidence) for evidence in exports]
    changes = [
        {name: value for name, value in now.items() if value != then[name]}
        for now, then in zip(after, before, strict=True)
    ]
    _kept[key] = packed.getvalue(), changes
    if len(_kept) > _MOST:
        _kept.popitem(last=False)


def _fields(evidence: Evidence) -> dict[str, Any]:
    """All but the body, for which the digest of its file stands."""
    fields: dict[str, Any] = msgspec.structs.asdict(evidence)
    del fields["body"]
    return fields


def _around(root: Path) -> tuple[tuple[str, str], ...]:
    """The files in folders beside the exports: documents, which rows name. Those of the programme itself are none."""
    found = []
    for folder, names, files in os.walk(root):
        if folder == str(root):
            names[:] = [name for name in names if name not in ("exports", "soc2-report")]
            continue
        for name in files:
            path = os.path.join(folder, name)
            info = os.stat(path)
            found.append((path, _digest(path, info.st_size, info.st_mtime_ns)))
    return tuple(sorted(found))


@lru_cache(maxsize=4000)
def _digest(path: str, size: int, changed: int) -> str:
    """The content's; size and time of change say when it has to be asked for again."""
    return sha256(Path(path).read_bytes()).hexdigest()
