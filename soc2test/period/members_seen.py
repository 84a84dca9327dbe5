"""The members of the populations of one snapshot: shared by controls that test the same, and kept where none changed.

Hundreds of controls over some hundred snapshots see the same members again and again. What is the same object needs no
second look: `States` and `Listing` compare by identity first.
"""

from collections.abc import Mapping, Sequence
from itertools import compress
from operator import is_, is_not
from typing import Any

import msgspec

from soc2test.controls.control import Control
from soc2test.period.observed import Key
from soc2test.resources.resource import Resource, kind_of_class
from soc2test.verdicts import Exemption

__all__ = ["Members", "MembersSeen", "Sinks", "sink"]


class Sinks:
    """Where the evaluation of one snapshot puts the members of each control."""

    def __init__(self, controls: Sequence[Control], exemptions: Mapping[str, Sequence[Exemption]]) -> None:
        self.of: dict[str, list[Sequence[Resource]]] = {}
        """control -> its members as they went by; of those that apply to all of a kind one list"""
        self.take: dict[str, Any] = {}
        whole: dict[type[Resource], list[Sequence[Resource]]] = {}
        for control in controls:
            everything = control.kind is not None and control.where is None and not exemptions.get(control.id)
            if everything and control.kind in whole:
                self.of[control.id] = whole[control.kind]
                continue
            into: list[Sequence[Resource]] = []
            self.of[control.id] = into
            self.take[control.id] = into.append
            if everything and control.kind is not None:
                whole[control.kind] = into


def sink(into: dict[Key, Resource]) -> Any:
    """What is told of resources as they go by, and keeps them by kind and id."""
    names: dict[type[Resource], str] = {}

    def take(batch: Sequence[Resource]) -> None:
        for resource in batch:
            made_by = type(resource)
            name = names.get(made_by)
            if name is None:
                name = names[made_by] = kind_of_class(made_by).__name__
            into[name, resource.id] = resource

    return take


class Members(msgspec.Struct, frozen=True, kw_only=True):
    """The members of a control in one snapshot."""

    heard: Sequence[Resource]
    """as they went by"""
    by_key: Mapping[Key, Resource]
    sources: Mapping[Key, str]
    """each with its source"""


class MembersSeen:
    """The members of each control in the newest snapshot."""

    def __init__(self) -> None:
        self._of: dict[str, Members] = {}

    def of(self, heard: Mapping[str, Sequence[Sequence[Resource]]]) -> dict[str, Members]:
        """Control -> its members, as they went by; the mappings of the snapshot before where these are the same."""
        made: dict[int, Members] = {}
        for control, batches in heard.items():
            if id(batches) not in made:
                whole = batches[0] if len(batches) == 1 else [resource for batch in batches for resource in batch]
                made[id(batches)] = _members(whole, self._of.get(control))
            self._of[control] = made[id(batches)]
        return {control: self._of[control] for control in heard}


def _members(heard: Sequence[Resource], before: Members | None) -> Members:
    if before is None or len(before.heard) != len(heard):
        return _anew(heard, before)
    if before.heard is heard or all(map(is_, before.heard, heard)):
        return before
    changed = list(compress(zip(before.heard, heard, strict=True), map(is_not, before.heard, heard)))
    if len(before.by_key) != len(heard) or any(type(old) is not type(new) or old.id != new.id for old, new in changed):
        return _anew(heard, before)
    by_key = dict(before.by_key)
    sink(by_key)([new for _, new in changed])
    same = all(old.origin.source == new.origin.source for old, new in changed)
    return Members(heard=heard, by_key=by_key, sources=before.sources if same else _sources(by_key))


def _anew(heard: Sequence[Resource], before: Members | None) -> Members:
    by_key: dict[Key, Resource] = {}
    sink(by_key)(heard)
    sources = _sources(by_key)
    same = before is not None and before.sources == sources
    return Members(heard=heard, by_key=by_key, sources=before.sources if before is not None and same else sources)


def _sources(by_key: Mapping[Key, Resource]) -> dict[Key, str]:
    return {key: resource.origin.source for key, resource in by_key.items()}
