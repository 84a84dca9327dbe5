"""Gaps in the order of a population: numbers that its ids leave out, and its longest time without an event."""

import re
from collections.abc import Iterator
from contextlib import suppress
from datetime import date
from itertools import pairwise

__all__ = ["Sequences"]

_NUMBERED = re.compile(r"(.*?)([0-9]{1,9})")
_FEW = 5
"""numbers of one form make no sequence"""
_DENSE = 2
"""in a sequence at least each second number is taken"""
_NAMED = 20
_MOST = 1_000_000
"""ids that are looked at: what has more is told as not looked at"""


class Sequences:
    """Learns of ids and days, and tells what is missing between them."""

    def __init__(self) -> None:
        self._numbers: dict[str, set[int]] = {}
        self._days: set[date] = set()
        self._seen = 0

    def take(self, id: str, day: str) -> None:
        """One more member, with the day of its event, "" where it has none."""
        self._seen += 1
        if self._seen > _MOST:
            return
        if (found := _NUMBERED.fullmatch(id)) is not None:
            self._numbers.setdefault(found[1], set()).add(int(found[2]))
        with suppress(ValueError):  # of unknown date
            self._days.add(date.fromisoformat(day))

    def told(self) -> Iterator[str]:
        """What is missing, in words."""
        if self._seen > _MOST:
            yield f"not looked for: more than {_MOST:,} members"
            return
        for form, numbers in sorted(self._numbers.items()):
            yield from _left_out(form, numbers)
        days = sorted(self._days)
        if len(days) > 1:
            longest, first, last = max((later - earlier, earlier, later) for earlier, later in pairwise(days))
            yield f"longest time without an event: {longest.days} days, from {first} to {last}"


def _left_out(form: str, numbers: set[int]) -> Iterator[str]:
    first, last = min(numbers), max(numbers)
    if len(numbers) < _FEW or last - first + 1 > _DENSE * len(numbers):
        return
    missing = [number for number in range(first, last + 1) if number not in numbers]
    span = f"{form}{first} to {form}{last}"
    if not missing:
        yield f"{span}: no number is left out"
        return
    named = ", ".join(f"{form}{number}" for number in missing[:_NAMED])
    more = f" and {len(missing) - _NAMED} more" if len(missing) > _NAMED else ""
    yield f"{span}: {len(missing)} numbers are not in the population: {named}{more}"
