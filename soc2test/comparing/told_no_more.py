"""What a newer run over a period can't tell any more, since its evidence is there no more: that closes nothing."""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import Any

from soc2test.comparing.deviations import Deviation
from soc2test.comparing.sides import Side

__all__ = ["is_told_no_more"]

_DAY = 10
"""letters of a moment that are its day"""


def is_told_no_more(before: Side, after: Side, deviation: Deviation) -> bool:
    """True of a deviation that a record showed whose evidence was pruned since, or that may be what its run noted.

    So it is where days of which the older run told are not evidenced any more: nobody looks at what was so then.
    """
    new = _period(after, deviation.control)
    if new is None:
        return False
    old = _period(before, deviation.control) or {}
    first, last = (old["first"], old["last"]) if old else (before.as_of[:_DAY], before.as_of[:_DAY])
    unseen = set(_unseen(new)) - set(_unseen(old))
    if _records(new) - _records(old) or any(first <= day <= last for day in unseen):
        return True
    noted = [each for each in old.get("noted", ()) if (each["kind"], each["resource"]) == _name(deviation)]
    return any(each["record"] in after.pruned for each in noted)


def _name(deviation: Deviation) -> tuple[str, str]:
    return deviation.kind, deviation.resource


def _period(side: Side, control: str) -> Mapping[str, Any] | None:
    """What a side tells of a control over its period; None where it is about a moment."""
    line = side.controls.get(control)
    return None if line is None else line.get("period")


def _records(period: Mapping[str, Any]) -> set[int]:
    """Those whose evidence was pruned and whose runs noted a deviation; earlier versions told of none."""
    return {each["record"] for each in period.get("pruned", ())}


def _unseen(period: Mapping[str, Any]) -> Iterator[str]:
    """The days that are not evidenced."""
    for stretch in period.get("not_evidenced", ()):
        first = date.fromisoformat(stretch["first"])
        yield from ((first + timedelta(days=number)).isoformat() for number in range(stretch["days"]))
