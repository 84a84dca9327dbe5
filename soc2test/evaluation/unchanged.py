"""Whether two resources, or two populations, are the same in all that a control could read of them."""

from collections.abc import Sequence
from typing import Any

import msgspec

from soc2test.populations.population import Population
from soc2test.resources.resource import Resource, known_and_unknown

__all__ = ["as_before", "same_population"]

_encode = msgspec.json.Encoder().encode


def as_before(before: Sequence[Resource | None], now: Sequence[Resource]) -> tuple[list[Resource], list[Resource]]:
    """The resources, those of `before` at the same places in place of such as are the same, and the others alone."""
    found, others = [*now], []
    for place, (old, new) in enumerate(zip(before, now, strict=True)):
        if old is new:
            continue
        if old is not None and _same(old, new):
            found[place] = old
        else:
            others.append(new)
    return found, others


def same_population(before: Population[Any], now: Population[Any]) -> bool:
    """Whether the members of both are the same in the same order, and what both lack."""
    if before is now:
        return True
    alike = before.kind is now.kind and before.gaps == now.gaps and len(before.members) == len(now.members)
    return alike and all(map(_same, before.members, now.members))


def _same(before: Resource, now: Resource) -> bool:
    """Equal values of other types are others: 1 is not True, and a moment of one offset is none of another."""
    if before is now:
        return True
    if type(before) is not type(now) or before.id != now.id or before.origin != now.origin:
        return False
    told, told_now = known_and_unknown(before), known_and_unknown(now)
    if told != told_now:
        return False
    try:
        return _encode(told) == _encode(told_now)
    except (TypeError, ValueError, msgspec.MsgspecError):  # what can't be written down is looked at again
        return False
