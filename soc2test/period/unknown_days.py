"""On which days of a period nobody could tell how a resource is: that it holds on others says nothing of these."""

from collections.abc import Collection
from datetime import date

import msgspec

from soc2test.period.observed import Key

__all__ = ["UnknownDays"]


class _Span(msgspec.Struct):
    """Snapshots that follow one on another, in which it is unknown."""

    last: int
    """the place of the newest among the snapshots"""
    from_day: date
    to_day: date


class _Unknown(msgspec.Struct):
    from_its_first: bool
    """the first snapshot that shows it does not tell of it"""
    spans: list[_Span] = msgspec.field(default_factory=list)


class UnknownDays:
    """Takes the snapshots of the period of one control, oldest first."""

    def __init__(self) -> None:
        self._of: dict[Key, _Unknown] = {}
        self._place = 0

    def take(self, day: date, unsure: Collection[Key], met: Collection[Key]) -> None:
        """One more snapshot: what is `unsure` in it, and which resources were met before."""
        self._place += 1
        for key in unsure:
            unknown = self._of.get(key)
            if unknown is None:
                unknown = self._of[key] = _Unknown(from_its_first=key not in met)
            if unknown.spans and unknown.spans[-1].last == self._place - 1:
                unknown.spans[-1].last, unknown.spans[-1].to_day = self._place, day
            else:
                unknown.spans.append(_Span(last=self._place, from_day=day, to_day=day))

    def marks(self) -> dict[Key, tuple[str, str]]:
        """Of each that was unknown how its outcome says so where it holds, and from when to when it was."""
        return {key: (_mark(unknown), _when(unknown)) for key, unknown in self._of.items()}


def _mark(unknown: _Unknown) -> str:
    if unknown.from_its_first and len(unknown.spans) == 1:
        return f"unknown to {unknown.spans[0].to_day}"
    return "unknown on some days"


def _when(unknown: _Unknown) -> str:
    return "; ".join(f"unknown from {span.from_day} to {span.to_day}" for span in unknown.spans)
