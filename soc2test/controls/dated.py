"""When the event happened that a test is about, as `@control(dated=...)` tells it.

Some resources stand for several events of which one test tells at once: somebody who left, came back and left again.
Their `dated=` gives a tuple, and the first dates them.
"""

from datetime import date, datetime, tzinfo

from soc2test.controls.control import Control
from soc2test.errors import UnknownFact

__all__ = ["day_of_event", "days_of_event"]


def day_of_event(control: Control, resource: object, zone: tzinfo) -> date:
    """The company's day on which it happened first. Raises `UnknownFact` where nothing tells."""
    return days_of_event(control, resource, zone)[0]


def days_of_event(control: Control, resource: object, zone: tzinfo) -> tuple[date, ...]:
    """The company's days on which it happened, oldest first. Raises `UnknownFact` where nothing tells of one."""
    dated = control.dated
    if dated is None:
        raise UnknownFact("", f"{control.id} does not say when its events happen, `@control(dated=...)`")
    if not isinstance(resource, control.kinds[0]):
        raise UnknownFact("", f"{control.id} dates each {control.kinds[0].__name__}, and nothing else")
    told = getattr(resource, dated) if isinstance(dated, str) else dated(resource)
    moments = told if isinstance(told, tuple) else (told,)
    days = {moment.astimezone(zone).date() for moment in moments if isinstance(moment, datetime)}
    if not days:
        raise UnknownFact(dated if isinstance(dated, str) else "", "no date of it is told")
    return tuple(sorted(days))
