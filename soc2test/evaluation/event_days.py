"""The day of an event, where anything tells it."""

from datetime import date, tzinfo

from soc2test.controls.control import Control
from soc2test.controls.dated import day_of_event
from soc2test.errors import UnknownFact
from soc2test.evaluation.outside import by_signal
from soc2test.resources.resource import Resource

__all__ = ["known_day"]


def known_day(control: Control, resource: Resource, zone: tzinfo) -> date | None:
    """The company's day on which it happened; None where nothing tells, or the control's own `dated=` raises.

    What has no day may be of any period, and counts. What a signal handler raises comes out.
    """
    try:
        return day_of_event(control, resource, zone)
    except UnknownFact:
        return None
    except Exception as error:  # a programme's own function: what it raises dates nothing
        if by_signal(error):
            raise
        return None
