"""What was told of an event and is told otherwise later: moments and severities, which time does not change."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

import msgspec

from soc2test.code_reading.reads import facts_read
from soc2test.controls.control import Control
from soc2test.period.observed import Key, Snapshot
from soc2test.populations.population import Population
from soc2test.resources.resource import Resource, build, kind_of, known_and_unknown

__all__ = ["Edited", "Edits", "Replacing"]

_WORDS = ("severity",)
_MOVES = ("last_", "next_", "updated_", "exported_", "seen_", "expires_", "review_by")
"""how facts begin whose moments go on by themselves"""


class Edited(msgspec.Struct, frozen=True, kw_only=True):
    """A resource as it was told first, and what is told otherwise now."""

    before: Resource
    words: tuple[str, ...]
    """ "severity was high (record 3) and is low" """


class Edits:
    """Learns what one snapshot after the other tells of the events of each control."""

    def __init__(self) -> None:
        self._first: dict[tuple[str, Key], dict[str, tuple[Any, Snapshot]]] = {}

    def learn(self, control: Control, resources: Iterable[Resource], snapshot: Snapshot) -> dict[Key, Edited]:
        """The resources of this snapshot that an earlier one told otherwise."""
        names = [name for name in facts_read(control) if not name.startswith(_MOVES)]
        found: dict[Key, Edited] = {}
        for resource in resources:
            key = kind_of(resource).__name__, resource.id
            edited = self._edited(control, key, resource, names, snapshot)
            if edited is not None:
                found[key] = edited
        return found

    def _edited(
        self, control: Control, key: Key, resource: Resource, names: Sequence[str], snapshot: Snapshot
    ) -> Edited | None:
        known, unknown = known_and_unknown(resource)
        first = self._first.setdefault((control.id, key), {})
        changed: dict[str, Any] = {}
        words = []
        for name in names:
            value = known.get(name)
            if not _stays(name, value):
                continue
            before, by = first.setdefault(name, (value, snapshot))
            if before != value:
                changed[name] = before
                words.append(f"{name} was {_text(before)} ({by.shown}) and is {_text(value)}")
        if not changed:
            return None
        told_first = build(kind_of(resource), resource.id, {**known, **changed}, unknown, resource.origin)
        return Edited(before=told_first, words=tuple(words))


def _stays(name: str, value: Any) -> bool:
    """True of a value that was told and that nothing but an edit changes."""
    return isinstance(value, datetime) or (name in _WORDS and isinstance(value, str))


def _text(value: Any) -> str:
    return f"{value:%Y-%m-%d %H:%M}" if isinstance(value, datetime) else str(value)


class Replacing:
    """The populations of a snapshot with some resources of one kind as they were told first."""

    def __init__(self, kinds: Any, kind: type[Resource], edited: Mapping[Key, Edited]) -> None:
        self._kinds, self._kind, self._edited = kinds, kind, edited

    def __getattr__(self, name: str) -> Any:
        return getattr(self._kinds, name)

    def members(self, kind: type[Resource]) -> Iterable[Resource]:
        """The resources of a kind."""
        members = self._kinds.members(kind)
        return map(self._as_told_first, members) if kind is self._kind else members

    def population(self, kind: type[Resource]) -> Population[Any]:
        """The population in memory."""
        whole: Population[Any] = self._kinds.population(kind)
        if kind is not self._kind:
            return whole
        return Population(kind, tuple(map(self._as_told_first, whole.members)), whole.gaps)

    def _as_told_first(self, resource: Resource) -> Resource:
        edited = self._edited.get((kind_of(resource).__name__, resource.id))
        return resource if edited is None else edited.before
