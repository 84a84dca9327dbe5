"""What a list of employees says together: days as moments, managers by address, and whether it holds who left."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from soc2test import Context, Unknown
from soc2test_plugins.bamboohr.words import ACTIVE

__all__ = ["BEGINS_LATER", "DAYS", "LEAVERS_STAY", "MANAGER", "arrange"]

DAYS: Mapping[str, bool] = {"hireDate": False, "originalHireDate": False, "terminationDate": True}
"""Fields that are days, "yyyy-mm-dd" (List of field names), and whether the day is meant with its end: who was let go
on a day worked on it."""
MANAGER, BEGINS_LATER, LEAVERS_STAY = "managerEmail", "beginsLater", "leaversStay"
"""Keys of an arranged employee that BambooHR does not have."""

_NO_DAY = ("", "0000-00-00")
"""What stands where no day does (faros-ai/airbyte-connectors, 592: `terminationDate === '0000-00-00'`)."""
_ONLY_ACTIVE = Unknown(
    "nobody in this list has left, and a list of active people alone would look the same",
    what="stays_listed",
)


def arrange(body: Any, context: Context) -> Any:
    """Each employee with moments for days, the manager's address, and what the whole list shows of who left."""
    people = body.get("data") if isinstance(body, dict) else None
    if not isinstance(people, list):
        return body
    moments = [_with_moments(person, context) if isinstance(person, dict) else person for person in people]
    employees = [person for person in moments if isinstance(person, dict)]
    addresses = {str(person["employeeId"]): person.get("workEmail") for person in employees if "employeeId" in person}
    stays = True if any(_has_left(person) for person in employees) else _ONLY_ACTIVE
    arranged = [_arranged(person, addresses, stays) if isinstance(person, dict) else person for person in moments]
    return {**body, "data": arranged}


def _with_moments(person: Mapping[str, Any], context: Context) -> dict[str, Any]:
    told = dict(person)
    for key, end in DAYS.items():
        if key in told:
            told[key] = _moment(told[key], key, context, end=end)
    hired = told.get("hireDate")
    told[BEGINS_LATER] = isinstance(hired, datetime) and hired > context.moment
    return told


def _moment(value: Any, key: str, context: Context, *, end: bool) -> Any:
    """A day as the moment at which it begins, or ends; None where none stands there."""
    if value is None or value in _NO_DAY:
        return None
    if not isinstance(value, str):
        return Unknown(f"{key} is no day", what=key)
    try:
        return context.time(value, end=end)
    except ValueError:
        return Unknown(f"{key} is no day", what=key)


def _has_left(person: Mapping[str, Any]) -> bool:
    """Who is inactive and was hired; "future hires have a status of `Inactive`" (get-data-from-dataset-v1)."""
    status = person.get("status")
    return isinstance(status, str) and ACTIVE.get(status) is False and not person[BEGINS_LATER]


def _arranged(person: Mapping[str, Any], addresses: Mapping[str, Any], stays: Any) -> dict[str, Any]:
    told = {**person, LEAVERS_STAY: stays}
    manager = person.get("reportsToId")
    if manager is not None:
        told[MANAGER] = _address_of(str(manager), addresses)
    return told


def _address_of(manager: str, addresses: Mapping[str, Any]) -> Any:
    address = addresses.get(manager)
    if isinstance(address, str) and address.strip():
        return address.strip()
    text = "has no work email" if manager in addresses else "is in none of the employees of this page"
    return Unknown(f"the manager, employee {manager}, {text}", what="manager_email")
