"""Which places of a body a reading function looks at, seen by letting it read one that takes notes."""

from collections.abc import Sequence
from typing import Any

import msgspec

from soc2test.evidence.record import Evidence
from soc2test.proving.words.paths import Entries, Path
from soc2test.sources.operation import Operation
from soc2test.telling.body_reading import Given
from soc2test.telling.call_reading import read_call

__all__ = ["Places", "places_read"]


class Places(msgspec.Struct, kw_only=True):
    """The places that reading an export came by, also those that are absent."""

    asked: set[Path] = msgspec.field(default_factory=set)
    """by name"""
    passed: set[Path] = msgspec.field(default_factory=set)
    """among all that stands in an object: where a body is made anew before it is read, nobody sees what is asked"""


def places_read(given: Given, operation: Operation, evidence: Evidence, kinds: Sequence[str] = ()) -> Places:
    """The places that reading the export comes by.

    `kinds` are the keys that tell entries of one list apart ("assetType"), whose places then are places of their own.
    """
    seen = Places()
    watched = _watched(evidence.body, (), seen, kinds)
    read_call(given, operation, [msgspec.structs.replace(evidence, body=watched)])
    return seen


class _Watched(dict[str, Any]):
    """An object that notes which of its keys are asked for."""

    __slots__ = ("_path", "_seen")

    def __init__(self, values: dict[str, Any], path: Path, seen: Places) -> None:
        super().__init__(values)
        self._path, self._seen = path, seen

    def __getitem__(self, key: str) -> Any:
        self._seen.asked.add((*self._path, key))
        return super().__getitem__(key)

    def __contains__(self, key: object) -> bool:
        if isinstance(key, str):
            self._seen.asked.add((*self._path, key))
        return super().__contains__(key)

    def get(self, key: str, default: Any = None) -> Any:
        self._seen.asked.add((*self._path, key))
        return super().get(key, default)

    def items(self) -> Any:
        self._all()
        return super().items()

    def values(self) -> Any:
        self._all()
        return super().values()

    def _all(self) -> None:
        self._seen.passed.update((*self._path, key) for key in self)


def _watched(value: Any, path: Path, seen: Places, kinds: Sequence[str]) -> Any:
    if isinstance(value, dict):
        return _Watched({key: _watched(inner, (*path, key), seen, kinds) for key, inner in value.items()}, path, seen)
    if isinstance(value, list):
        return [_watched(entry, (*path, _entries(entry, kinds)), seen, kinds) for entry in value]
    return value


def _entries(entry: Any, kinds: Sequence[str]) -> Entries:
    if isinstance(entry, dict):
        for key in kinds:
            if isinstance(entry.get(key), str):
                return Entries(key, entry[key])
    return Entries()
