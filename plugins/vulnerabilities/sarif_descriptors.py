"""Which description a reference of a SARIF log means: of a rule, or of a kind of notification.

A reference names it by an index, a guid or an id, which may be hierarchical ("CA1000/1" is of the rule "CA1000"), in
the driver or in an extension of the tool, which is named by index, guid or name. Source: SARIF 2.1.0, the objects
reportingDescriptorReference (3.52) and toolComponentReference (3.54).
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import msgspec

from soc2test import Item, dig
from soc2test_plugins.vulnerabilities.shapes import items_at, text_at

__all__ = ["Descriptions", "Place", "Reference", "descriptions", "leading", "reference_of", "rule_reference", "same"]

Place = tuple[int, int]
"""Where a description stands: the component (0 is the driver) and its number there."""


class Reference(msgspec.Struct, frozen=True, kw_only=True):
    """What a log names a description by; an empty text and None where it does not."""

    id: str
    guid: str
    index: int | None
    component: Any


def reference_of(holder: Any) -> Reference:
    """The reference `descriptor` of an override or notification."""
    return _reference(dig(holder, "descriptor"), "", None)


def rule_reference(result: Item) -> Reference:
    """That of a result, part of which may stand in `ruleId` and `ruleIndex`."""
    return _reference(dig(result, "rule"), text_at(result, "ruleId"), dig(result, "ruleIndex"))


def _reference(given: Any, id: str, index: Any) -> Reference:
    if not isinstance(given, Item):
        return Reference(id=id, guid="", index=_number(index), component=None)
    number = _number(index)
    return Reference(
        id=id or text_at(given, "id"),
        guid=text_at(given, "guid"),
        index=_number(dig(given, "index")) if number is None else number,
        component=dig(given, "toolComponent"),
    )


def _number(value: Any) -> int | None:
    """An index; -1 stands for none."""
    return value if type(value) is int and value >= 0 else None


class Descriptions(msgspec.Struct, frozen=True, kw_only=True):
    """All descriptions of one sort in a run, the driver's first; in tables, since each result looks one up."""

    components: Sequence[Item]
    items: Sequence[Sequence[Item]]
    by_id: Mapping[str, Sequence[Place]]
    by_guid: Mapping[str, Sequence[Place]]

    def at(self, place: Place) -> Item:
        """The description itself."""
        return self.items[place[0]][place[1]]

    def find(self, reference: Reference) -> Place | None:
        """Where that stands which a reference means; None where the run does not hold it."""
        named = self._named(reference.component)
        by_index = self._by_index(named, reference)
        if by_index is not None:
            return by_index
        if reference.guid:
            return self._first(self.by_guid.get(reference.guid, ()), named)
        found = (self._first(self.by_id.get(id, ()), named) for id in leading(reference.id))
        return next((place for place in found if place is not None), None)

    def _first(self, places: Sequence[Place], named: Sequence[int]) -> Place | None:
        return next((place for place in places if place[0] in named), None)

    def _by_index(self, named: Sequence[int], reference: Reference) -> Place | None:
        """By its number, where no name beside it contradicts. Without an id and a component it is the driver's."""
        if reference.index is None:
            return None
        anywhere = reference.id != "" or isinstance(reference.component, Item)
        for component in named if anywhere else named[:1]:
            listed = self.items[component]
            if reference.index < len(listed) and _fits(listed[reference.index], reference):
                return component, reference.index
        return None

    def _named(self, reference: Any) -> Sequence[int]:
        """The components that a reference may mean; none where it names one that is not there."""
        everywhere = range(len(self.components))
        if not isinstance(reference, Item):
            return everywhere
        index = _number(dig(reference, "index"))
        if index is not None:
            return everywhere[index + 1 : index + 2]
        guid, name = text_at(reference, "guid"), text_at(reference, "name")
        for key, wanted in (("guid", guid), ("name", name)):
            alike = [number for number in everywhere if wanted and text_at(self.components[number], key) == wanted]
            if alike:
                return alike[:1]
        return [] if guid or name else everywhere


def _fits(item: Item, reference: Reference) -> bool:
    id, guid = text_at(item, "id"), text_at(item, "guid")
    same_guid = not guid or not reference.guid or guid == reference.guid
    return same_guid and (not id or not reference.id or id in leading(reference.id))


def descriptions(run: Item, key: str) -> Descriptions:
    """Those at `key` ("rules", "notifications") of the driver and of the extensions."""
    components = list(_components(run))
    items = [items_at(component, key, []) for component in components]
    by_id: dict[str, list[Place]] = {}
    by_guid: dict[str, list[Place]] = {}
    for component, listed in enumerate(items):
        for number, item in enumerate(listed):
            by_id.setdefault(text_at(item, "id"), []).append((component, number))
            by_guid.setdefault(text_at(item, "guid"), []).append((component, number))
    return Descriptions(components=components, items=items, by_id=by_id, by_guid=by_guid)


def _components(run: Item) -> Iterator[Item]:
    tool = dig(run, "tool")
    driver = dig(tool, "driver")
    if isinstance(tool, Item) and isinstance(driver, Item):
        yield driver
        yield from items_at(tool, "extensions", [])


def leading(id: str) -> list[str]:
    """A hierarchical id and what it begins with, the whole first."""
    parts = id.split("/") if id else []
    return ["/".join(parts[:count]) for count in range(len(parts), 0, -1)]


def same(known: Descriptions, override: Reference, own: Reference) -> bool:
    """Whether an override is of what `own` means. One of a part of a hierarchical id is of that part alone."""
    places = known.find(override), known.find(own)
    if None not in places:
        of_another_part = override.id != "" and own.id != "" and override.id not in leading(own.id)
        return places[0] == places[1] and not of_another_part
    named_alike = override.id in leading(own.id) or (override.guid != "" and override.guid == own.guid)
    return named_alike or (not override.id and override.index is not None and override.index == own.index)
