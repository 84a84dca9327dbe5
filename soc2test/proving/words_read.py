"""Which places of a body a reading function looks at, seen by letting it read one that takes notes."""

from collections.abc import Callable, Sequence
from typing import Any

import msgspec

from soc2test.evidence.record import Evidence
from soc2test.proving.words_paths import Entries, Path
from soc2test.sources.operation import Operation
from soc2test.telling.body_reading import Given
from soc2test.telling.call_reading import read_call

__all__ = ["paths_read"]

Kinds = Sequence[str]
"""Keys by which an entry of a list says what it is: `assetType`."""


def paths_read(given: Given, operation: Operation, evidence: Evidence, kinds: Kinds = ()) -> set[Path]:
    """The places that reading the export asks for, also those that are absent.

    `kinds` are the keys that tell entries of one list apart, whose places then are places of their own.
    """
    seen: set[Path] = set()
    watched = _watched(evidence.body, (), seen.add, kinds)
    read_call(given, operation, [msgspec.structs.replace(evidence, body=watched)])
    return seen


class _Watched(dict[str, Any]):
    """An object that notes which of its keys are asked for."""

    __slots__ = ("_note", "_path")

    def __init__(self, values: dict[str, Any], path: Path, note: Callable[[Path], None]) -> None:
        super().__init__(values)
        self._path, self._note = path, note

    def __getitem__(self, key: str) -> Any:
        self._note((*self._path, key))
        return super().__getitem__(key)

    def __contains__(self, key: object) -> bool:
        if isinstance(key, str):
            self._note((*self._path, key))
        return super().__contains__(key)

    def get(self, key: str, default: Any = None) -> Any:
        self._note((*self._path, key))
        return super().get(key, default)

    def items(self) -> Any:
        self._all()
        return super().items()

    def values(self) -> Any:
        self._all()
        return super().values()

    def _all(self) -> None:
        for key in self:
            self._note((*self._path, key))


def _watched(value: Any, path: Path, note: Callable[[Path], None], kinds: Kinds) -> Any:
    if isinstance(value, dict):
        return _Watched({key: _watched(inner, (*path, key), note, kinds) for key, inner in value.items()}, path, note)
    if isinstance(value, list):
        return [_watched(entry, (*path, _entries(entry, kinds)), note, kinds) for entry in value]
    return value


def _entries(entry: Any, kinds: Kinds) -> Entries:
    if isinstance(entry, dict):
        for key in kinds:
            if isinstance(entry.get(key), str):
                return Entries(key, entry[key])
    return Entries()
