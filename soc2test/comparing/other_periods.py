"""Whether a deviation of one run lies outside of the days of which another one tells."""

from collections.abc import Mapping
from typing import Any

from soc2test.comparing.deviations import Deviation
from soc2test.comparing.sides import Side

__all__ = ["of_another_period"]

_DAY = 10
"""letters of a moment that are its day"""


def of_another_period(before: Side, after: Side, deviation: Deviation) -> bool:
    """True where the newer run could not show it: its days are others, and it was over when they began.

    An event or a performance belongs to its own period for good. A state that was open at the end of the older period
    is closed where later days show it no more.
    """
    old, new = (side.controls.get(deviation.control) for side in (before, after))
    if old is None or new is None:
        return False
    was, now = _days(before, old), _days(after, new)
    if was == now or not (old.get("period") or new.get("period")):
        return False
    if old.get("nature") != "state":
        return True
    if not old.get("period"):
        return not now[0] <= was[0] <= now[1]
    return now[1] <= was[1] or not _is_open(old["period"], deviation)


def _days(side: Side, control: Mapping[str, Any]) -> tuple[str, str]:
    """The first and the last day of which a side tells of a control."""
    period = control.get("period")
    return (period["first"], period["last"]) if period else (side.as_of[:_DAY], side.as_of[:_DAY])


def _is_open(period: Mapping[str, Any], deviation: Deviation) -> bool:
    return any(
        each["ended"] == "open" and (each["kind"], each["resource"]) == (deviation.kind, deviation.resource)
        for each in period["noted"]
    )
