"""When the event happened that a test is about, as `@control(dated=...)` tells it."""

from datetime import date, datetime, tzinfo

from soc2test.controls.control import Control
from soc2test.errors import UnknownFact

__all__ = ["day_of_event"]


def day_of_event(control: Control, resource: object, zone: tzinfo) -> date:
    """The company's day on which it happened. Raises `UnknownFact` where nothing tells."""
    dated = control.dated
    if dated is None:
        raise UnknownFact("", f"{control.id} does not say when its events happen, `@control(dated=...)`")
    if not isinstance(resource, control.kinds[0]):
        raise UnknownFact("", f"{control.id} dates each {control.kinds[0].__name__}, and nothing else")
    moment = getattr(resource, dated) if isinstance(dated, str) else dated(resource)
    if not isinstance(moment, datetime):
        raise UnknownFact(dated if isinstance(dated, str) else "", "no date of it is told")
    return moment.astimezone(zone).date()
