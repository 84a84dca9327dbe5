"""The members of the populations of one snapshot: shared by controls that test the same, and kept where none changed.

Hundreds of controls over some hundred snapshots see the same members again and again. What is the same object needs no
second look: `States` and `Listing` compare by identity first.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from soc2test.controls.control import Control
from soc2test.period.observed import Key
from soc2test.resources.resource import Resource, kind_of_class
from soc2test.verdicts import Exemption

__all__ = ["MembersSeen", "Sinks"]


class Sinks:
    """Where the evaluation of one snapshot puts the members of each control."""

    def __init__(self, controls: Sequence[Control], exemptions: Mapping[str, Sequence[Exemption]]) -> None:
        self.of: dict[str, dict[Key, Resource]] = {}
        """control -> its members; of those that apply to all of a kind one mapping"""
        self.take: dict[str, Any] = {}
        whole: dict[type[Resource], dict[Key, Resource]] = {}
        for control in controls:
            everything = control.kind is not None and control.where is None and not exemptions.get(control.id)
            if everything and control.kind in whole:
                self.of[control.id] = whole[control.kind]
                continue
            into: dict[Key, Resource] = {}
            self.of[control.id] = into
            self.take[control.id] = sink(into)
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


class MembersSeen:
    """The members of each control in the newest snapshot, with their sources."""

    def __init__(self) -> None:
        self._of: dict[str, dict[Key, str]] = {}

    def sources(self, sinks: Sinks) -> dict[str, dict[Key, str]]:
        """Control -> each of its members with its source; the mapping of the snapshot before where that is the same."""
        made: dict[int, dict[Key, str]] = {}
        for control, members in sinks.of.items():
            if id(members) not in made:
                now = {key: resource.origin.source for key, resource in members.items()}
                before = self._of.get(control)
                made[id(members)] = before if before is not None and before == now else now
            self._of[control] = made[id(members)]
        return {control: self._of[control] for control in sinks.of}
