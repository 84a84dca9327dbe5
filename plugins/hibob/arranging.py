"""What an answer says of each employee by the fields' ids, days as moments, and whether it holds who left."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from soc2test import Context, Unknown
from soc2test_plugins.hibob.fields import ABSENT, FIELDS, TITLE, value_of

__all__ = ["BEGINS_LATER", "LEAVERS_STAY", "arrange"]

BEGINS_LATER, LEAVERS_STAY = "beginsLater", "leaversStay"
"""Keys of an arranged employee that HiBob does not have."""

_DAYS: Mapping[str, bool] = {"work.startDate": False, "internal.terminationDate": True}
"""Fields that are days, and whether the day is meant with its end: who leaves on a day works on it."""
_LEFT = "terminated"
_ONLY_ACTIVE = Unknown(
    "nobody in this answer has left, and one that was asked for without showInactive would look the same",
    what="stays_listed",
)


def arrange(body: Any, context: Context) -> Any:
    """Each employee as {id of a field: value}, and what the whole answer shows of who left."""
    people = body.get("employees") if isinstance(body, dict) else None
    if not isinstance(people, list):
        return body
    told = [_told(person, context) if isinstance(person, dict) else person for person in people]
    left = any(isinstance(person, dict) and person.get("internal.lifecycleStatus") == _LEFT for person in told)
    stays = True if left else _ONLY_ACTIVE
    arranged = [{**person, LEAVERS_STAY: stays} if isinstance(person, dict) else person for person in told]
    return {**body, "employees": arranged}


def _told(person: Mapping[str, Any], context: Context) -> dict[str, Any]:
    values = {field: value_of(person, field) for field in (*FIELDS, TITLE)}
    told = {field: value for field, value in values.items() if value is not ABSENT}
    for field, end in _DAYS.items():
        if field in told:
            told[field] = _moment(told[field], field, context, end=end)
    start = told.get("work.startDate")
    told[BEGINS_LATER] = isinstance(start, datetime) and start > context.moment
    return told


def _moment(value: Any, field: str, context: Context, *, end: bool) -> Any:
    """A day as the moment at which it begins, or ends; None where none stands there."""
    if value is None:
        return None
    try:
        return context.time(value, end=end) if isinstance(value, str) else Unknown(f"{field} is no day", what=field)
    except ValueError:
        return Unknown(f"{field} is no day", what=field)
