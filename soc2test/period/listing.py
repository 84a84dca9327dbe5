"""The members of a population over a period, for its list: each with the newest that was told of it, and by what."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from types import MappingProxyType

import msgspec

from soc2test.period.observed import WHOLE, Key, Observed, Snapshot
from soc2test.resources.resource import Resource

__all__ = ["Listing", "Member", "together"]


class Member(msgspec.Struct, frozen=True, kw_only=True):
    """A member of the population."""

    key: Key
    resource: Resource | None
    """as the newest snapshot shows it that does; None of a performance that was due, and of what none shows"""
    first: Snapshot | None
    """the first and the newest snapshot that show it"""
    last: Snapshot | None
    exempt: bool = False
    untold: bool = False
    """it may be what a run noted whose evidence was pruned, or what a control would have found that broke"""
    mark: str = ""
    """what stands beside its outcome where it holds: "first seen late", "unknown to 2026-03-03\""""
    when: str = ""
    """the same with records or days"""


class Listing:
    """Takes the snapshots of one control, oldest first; keeps of each member the newest that is told of it."""

    def __init__(self) -> None:
        self._first: dict[Key, Snapshot] = {}
        self._gone: dict[Key, tuple[Resource, Snapshot]] = {}
        self._now: Mapping[Key, Resource] = {}
        self._keys: object = None
        self._snapshot: Snapshot | None = None

    def take(self, seen: Observed) -> None:
        """One more snapshot."""
        others = seen.members is not self._keys or len(seen.resources) != len(self._now)
        if self._snapshot is not None and others:
            for key in self._now.keys() - seen.resources.keys():
                self._gone[key] = (self._now[key], self._snapshot)
        if others:
            for key in seen.resources.keys() - self._first.keys():
                self._first[key] = seen.snapshot
        self._keys = seen.members if len(seen.resources) == len(seen.members) else None
        self._now, self._snapshot = seen.resources, seen.snapshot

    def members(
        self,
        keys: Iterable[Key],
        exempt: Iterable[Key],
        untold: Collection[Key] = frozenset(),
        marks: Mapping[Key, tuple[str, str]] = MappingProxyType({}),
    ) -> list[Member]:
        """The members with these keys, by kind and id; `marks` stand beside some outcomes, in a word and in words."""
        keys = set(keys)
        found = [*self._found(keys, exempt=False), *self._found(set(exempt) - keys, exempt=True)]
        return sorted((_told(each, untold, marks) for each in found), key=lambda member: member.key)

    def _found(self, keys: set[Key], *, exempt: bool) -> Iterator[Member]:
        for key in keys - {WHOLE}:
            resource, last = self._gone.get(key, (None, None))
            if key in self._now:
                resource, last = self._now[key], self._snapshot
            yield Member(key=key, resource=resource, first=self._first.get(key), last=last, exempt=exempt)


def together(*of_marks: Mapping[Key, tuple[str, str]]) -> dict[Key, tuple[str, str]]:
    """Several marks, one after the other where a row has more than one."""
    found: dict[Key, tuple[str, str]] = {}
    for marks in of_marks:
        for key, (mark, when) in marks.items():
            before = found.get(key, ("", ""))
            found[key] = ", ".join(filter(None, (before[0], mark))), "; ".join(filter(None, (before[1], when)))
    return found


def _told(member: Member, untold: Collection[Key], marks: Mapping[Key, tuple[str, str]]) -> Member:
    if member.key not in untold and member.key not in marks:
        return member
    mark, when = marks.get(member.key, ("", ""))
    return msgspec.structs.replace(member, untold=member.key in untold, mark=mark, when=when)
