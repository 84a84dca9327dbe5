"""What a control says beside its asserts: `deviation(resource, message)` over a population, `pending(text, until)`."""

from contextvars import ContextVar
from datetime import UTC, datetime
from typing import NoReturn

from soc2test.errors import Pending, Soc2Error
from soc2test.resources.resource import Resource

__all__ = ["WAY_OUT", "collecting", "deviation", "pending"]

WAY_OUT = "write pending(text, until=start + timedelta(hours=limits.hours)), with a moment that has a time zone"
"""What to write where `until` is missing or none."""
collecting: ContextVar[list[tuple[Resource, str]] | None] = ContextVar("soc2test_deviations", default=None)


def deviation(resource: Resource, message: str = "") -> None:
    """Name `resource` as a deviation of the control that runs now, and go on.

    For controls over a population; a control on a single resource asserts instead.
    Raises `Soc2Error` outside of an evaluation.
    """
    found = collecting.get()
    if found is None:
        raise Soc2Error("deviation() was called outside of a control's evaluation")
    found.append((resource, message))


def pending(text: str, *, until: datetime | None = None) -> NoReturn:
    """Say that the limit of the event under test is still open: it neither passes nor deviates, and is counted apart.

    `text` says what is awaited ("not disabled 11 hours after 2026-11-20, limit 24 hours"), `until` when the limit ends:
    an aware moment that has not passed, which every report prints. What has no end would wait for ever.
    For events and occurrences; a state holds or not at each moment. For controls on a single resource; over a
    population nothing is pending as a whole. All else is an error of the control.

    Raises `Soc2Error` where `until` is no such moment.
    """
    if not isinstance(until, datetime):
        raise Soc2Error(f"pending() does not say when its limit ends; {WAY_OUT}")
    try:
        moment = until.astimezone(UTC) if until.utcoffset() is not None else None
    except (OverflowError, ValueError):  # no moment of any calendar
        moment = None
    if moment is None:
        raise Soc2Error(f"pending(until=...) is a moment without a time zone, or none at all; {WAY_OUT}")
    raise Pending(text, moment)
