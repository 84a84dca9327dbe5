"""Second populations: what a test asks whether members of its own population are missing, and who told them.

What the population's own exports tell agrees with itself and shows nothing; what nobody exported shows nothing either.
Both are named apart from what is independent.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Protocol

import msgspec

from soc2test.controls.control import Control
from soc2test.inventory.inventory import FRAMEWORK
from soc2test.populations.population import Population
from soc2test.populations.teller import Teller
from soc2test.reports.text import markdown_code, markdown_text
from soc2test.resources.resource import Resource

__all__ = ["Second", "Seconds", "ToldBy", "second_lines", "seconds_of"]


class ToldBy(msgspec.Struct, frozen=True, kw_only=True):
    """A call whose exports told members."""

    source: str
    operation: str
    members: int | None
    """None of a stream, which is not read once more to count it"""


class Second(msgspec.Struct, frozen=True, kw_only=True):
    """Members of a kind that a test asks beside its own population."""

    kind: str
    members: int | None
    """None where they can't be counted without reading everything again"""
    told_by: tuple[ToldBy, ...]
    """those that told members, and no others; of streams those that were exported"""
    record: int | None
    """the record of the evidence store that shows them, of a period; None where the run is about a moment"""


class Seconds(msgspec.Struct, frozen=True, kw_only=True):
    """The second populations of one test."""

    independent: tuple[Second, ...] = ()
    by_own_exports: tuple[Second, ...] = ()
    """what exports tell that tell the population itself, or copies of these kept by hand"""
    not_exported: tuple[str, ...] = ()
    """kinds that no export tells"""


class Kinds(Protocol):
    """What is asked of the inventory."""

    def population(self, kind: type[Resource]) -> Population[Any]:
        """The whole population of a kind."""
        ...

    def streams(self, kind: type[Resource]) -> bool:
        """True where members of the kind are read from streamed exports."""
        ...

    def tellers(self, kind: type[Resource]) -> frozenset[Teller]:
        """The exports that list a kind."""
        ...

    def calls(self) -> Mapping[str, Teller]:
        """Evidence id -> the call that each export is of."""
        ...


def seconds_of(control: Control, kinds: Kinds, record: int | None) -> Seconds:
    """The second populations of a control, as `kinds` tell them; of a period `record` is theirs."""
    own = kinds.tellers(control.kinds[0])
    independent, by_own, not_exported = [], [], []
    for kind in dict.fromkeys((*control.seconds, *control.completing)):
        counted = _counted(kind, kinds, own)
        of_own = {call: count for call, count in counted.items() if _is_own(call, own)}
        of_others = {call: count for call, count in counted.items() if call not in of_own}
        if of_others:
            independent.append(_second(kind, of_others, record))
        if of_own and (not of_others or any(count != 0 for count in of_own.values())):
            by_own.append(_second(kind, of_own, record))
        if not counted:
            not_exported.append(kind.__name__)
    return Seconds(independent=tuple(independent), by_own_exports=tuple(by_own), not_exported=tuple(not_exported))


def _is_own(call: Teller, own: Iterable[Teller]) -> bool:
    return any(call.is_one_with(each) for each in own)


def _counted(kind: type[Resource], kinds: Kinds, own: frozenset[Teller]) -> Mapping[Teller, int | None]:
    """Each export that lists the kind, or names members of it -> how many; a member is counted once."""
    listing = kinds.tellers(kind)
    if kinds.streams(kind):
        return dict.fromkeys(listing)
    calls = kinds.calls()
    counts = Counter(_teller(member, calls, listing, own) for member in kinds.population(kind).members)
    return {**dict.fromkeys(listing, 0), **counts}


def _teller(
    member: Resource, calls: Mapping[str, Teller], listing: frozenset[Teller], own: frozenset[Teller]
) -> Teller:
    """The export that told it: one that lists its kind before one that only names it, another before an own one."""
    told = [calls[id] for id in member.origin.evidence if id in calls]
    if told:
        return min(told, key=lambda call: (call not in listing, _is_own(call, own)))
    made = (call for call in listing if call.source == FRAMEWORK)  # of soc2.yaml and the exports, by none of them
    return next(made, Teller(member.origin.source, ""))


def _second(kind: type[Resource], counted: Mapping[Teller, int | None], record: int | None) -> Second:
    members: dict[tuple[str, str], int | None] = {}
    for call, count in counted.items():  # exports of one call for several accounts are one line
        before = members.get((call.source, call.operation), 0)
        members[call.source, call.operation] = None if count is None or before is None else before + count
    told_by = tuple(
        ToldBy(source=source, operation=operation, members=count)
        for (source, operation), count in sorted(members.items())
        if count != 0
    )
    counts = [each.members for each in told_by if each.members is not None]
    return Second(
        kind=kind.__name__,
        members=sum(counts) if len(counts) == len(told_by) else None,
        told_by=told_by,
        record=record,
    )


def second_lines(seconds: Seconds) -> Iterator[str]:
    """What a sheet says of them, a line each."""
    for each in seconds.independent:
        yield f"- Second population that the test asks: {_text(each)}"
    for each in seconds.by_own_exports:
        yield f"- Asked too, and told by the population's own exports, so that it agrees with itself: {_text(each)}"
    for kind in seconds.not_exported:
        yield f"- Asked too, and shows nothing, since no export tells it: {markdown_code(kind)}"
    if not seconds.independent:
        asked = seconds.by_own_exports or seconds.not_exported
        why = "what the test asks is told by no other export" if asked else "the test asks no second source"
        yield f"- No independent count: {why} whether members are missing."


def _text(second: Second) -> str:
    count = "a stream, not counted once more" if second.members is None else f"{second.members:,} members"
    kind = f"{markdown_code(second.kind)}, {count}"
    if not second.told_by:
        return f"{kind}: what was exported of it tells none{_in_record(second)}"
    return f"{kind}: {_calls_text(second.told_by)}{_in_record(second)}"


def _calls_text(told_by: Sequence[ToldBy]) -> str:
    return ", ".join(_call_text(each) for each in told_by)


def _call_text(each: ToldBy) -> str:
    call = markdown_text(" ".join(filter(None, (each.source, each.operation))))
    return f"from {call}" if each.members is None else f"{each.members:,} from {call}"


def _in_record(second: Second) -> str:
    return "" if second.record is None else f", as record {second.record} shows it"
