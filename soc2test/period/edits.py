"""What was told of an event and is told otherwise later: moments and severities, which time does not change."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

import msgspec

from soc2test.code_reading.reads import facts_read
from soc2test.controls.control import Control
from soc2test.period.observed import Key, Snapshot
from soc2test.period.open_after import Looks, OpenFacts
from soc2test.populations.population import Population
from soc2test.resources.resource import Resource, build, kind_of, known_and_unknown

__all__ = ["Edited", "Edits", "Replacing"]

_WORDS = ("severity",)
_MOVES = ("last_", "next_", "updated_", "exported_", "seen_", "expires_", "review_by")
"""how facts begin whose moments go on by themselves"""


class Edited(msgspec.Struct, frozen=True, kw_only=True):
    """A resource as earlier snapshots told it, each version that is not the one of now, and what was changed."""

    before: tuple[Resource, ...]
    words: tuple[str, ...]
    """ "severity was high (record 3) and is low" """


class _Told(msgspec.Struct):
    """What was told of an event: each version, and in words each change."""

    versions: list[dict[str, Any]] = msgspec.field(default_factory=list)
    words: list[str] = msgspec.field(default_factory=list)
    last: Snapshot | None = None
    open: OpenFacts = msgspec.field(default_factory=OpenFacts)


class Edits:
    """Learns what one snapshot after the other tells of the events of each control."""

    def __init__(self) -> None:
        self._told: dict[tuple[str, Key], _Told] = {}
        self._looks: dict[str, Looks] = {}
        self.open_after: dict[Key, str] = {}
        """of the newest snapshot that was learned, what tells a moment after which an earlier one showed it open"""

    def learn(
        self, control: Control, resources: Iterable[Resource], snapshot: Snapshot, at: datetime | None = None
    ) -> dict[Key, Edited]:
        """The resources of this snapshot of which an earlier one told something else.

        `at` is the moment of its oldest export; None where one has none.
        """
        self.open_after = {}
        looks = self._looks.setdefault(control.id, Looks())
        looks.take(snapshot, at)
        names = [name for name in facts_read(control) if not name.startswith(_MOVES)]
        found: dict[Key, Edited] = {}
        for resource in resources:
            key = kind_of(resource).__name__, resource.id
            told = self._told.setdefault((control.id, key), _Told())
            if text := told.open.take(known_and_unknown(resource)[0], names, looks):
                self.open_after[key] = text
            edited = self._edited(told, resource, names, snapshot)
            if edited is not None:
                found[key] = edited
        return found

    def _edited(self, told: _Told, resource: Resource, names: Sequence[str], snapshot: Snapshot) -> Edited | None:
        known, unknown = known_and_unknown(resource)
        now = {name: known[name] for name in names if _stays(name, known.get(name))}
        last = {name: value for version in told.versions for name, value in version.items()}
        others = {name for name, value in now.items() if name in last and last[name] != value}
        kept = _kept(known)
        changed = [name for name in now if name in others and last[name] not in kept]
        told.words += [
            f"{name} was {_text(last[name])} ({told.last.shown}) and is {_text(now[name])}"
            for name in changed
            if told.last is not None
        ]
        if not told.versions or others or now.keys() - last.keys():
            told.versions.append(now)
        told.last = snapshot
        versions = [version for version in told.versions if _differs(version, now, kept)]
        if not versions:
            return None
        kind = kind_of(resource)
        before = []
        for version in versions:
            why = {name: each for name, each in unknown.items() if name not in version}
            before.append(build(kind, resource.id, {**known, **version}, why, resource.origin))
        return Edited(before=tuple(before), words=tuple(told.words))


def _differs(version: Mapping[str, Any], now: Mapping[str, Any], kept: Collection[Any]) -> bool:
    return any(now.get(name, value) != value and value not in kept for name, value in version.items())


def _kept(known: Mapping[str, Any]) -> set[datetime]:
    """The moments in the lists of records that it holds: who leaves a second time has left the first time still."""
    lists = [value for value in known.values() if isinstance(value, tuple)]
    records = [each for value in lists for each in value if isinstance(each, msgspec.Struct)]
    told = [getattr(each, name) for each in records for name in each.__struct_fields__]
    return {moment for moment in told if isinstance(moment, datetime)}


def _stays(name: str, value: Any) -> bool:
    """True of a value that was told and that nothing but an edit changes."""
    return isinstance(value, datetime) or (name in _WORDS and isinstance(value, str))


def _text(value: Any) -> str:
    return f"{value:%Y-%m-%d %H:%M}" if isinstance(value, datetime) else str(value)


class Replacing:
    """The populations of a snapshot with some resources of one kind as they were told before."""

    def __init__(self, kinds: Any, kind: type[Resource], before: Mapping[Key, Resource]) -> None:
        self._kinds, self._kind, self._before = kinds, kind, before

    def __getattr__(self, name: str) -> Any:
        return getattr(self._kinds, name)

    def members(self, kind: type[Resource]) -> Iterable[Resource]:
        """The resources of a kind."""
        members = self._kinds.members(kind)
        return map(self._as_told_before, members) if kind is self._kind else members

    def population(self, kind: type[Resource]) -> Population[Any]:
        """The population in memory."""
        whole: Population[Any] = self._kinds.population(kind)
        if kind is not self._kind:
            return whole
        return Population(kind, tuple(map(self._as_told_before, whole.members)), whole.gaps)

    def _as_told_before(self, resource: Resource) -> Resource:
        return self._before.get((kind_of(resource).__name__, resource.id), resource)
