"""The day of an event, where anything tells it."""

from collections.abc import Sequence
from datetime import date, tzinfo

from soc2test.controls.control import Control
from soc2test.controls.dated import days_of_event
from soc2test.errors import UnknownFact
from soc2test.evaluation.outside import by_signal
from soc2test.resources.resource import Resource

__all__ = ["day_within", "known_day", "known_days"]


def known_day(control: Control, resource: Resource, zone: tzinfo) -> date | None:
    """The company's day on which it happened first; None where nothing tells, or the control's own `dated=` raises."""
    return next(iter(known_days(control, resource, zone)), None)


def day_within(days: Sequence[date], first: date, last: date) -> date | None:
    """The day by which one of several days is dated: the first from `first` to `last`, else the first at all."""
    return next((day for day in days if first <= day <= last), days[0] if days else None)


def known_days(control: Control, resource: Resource, zone: tzinfo) -> tuple[date, ...]:
    """The company's days on which it happened, oldest first; none where nothing tells, or `dated=` itself raises.

    What has no day may be of any period, and counts. What a signal handler raises comes out.
    """
    try:
        return days_of_event(control, resource, zone)
    except UnknownFact:
        return ()
    except Exception as error:  # a programme's own function: what it raises dates nothing
        if by_signal(error):
            raise
        return ()
