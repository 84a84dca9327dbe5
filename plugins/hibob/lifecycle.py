"""When somebody worked here before: the table of lifecycle statuses.

https://apidocs.hibob.com/reference/get_bulk-people-lifecycle ("a list of historical lifecycle entries from the
lifecycle table for all employees"); an entry has `status` and `effectiveDate`, the day from which it holds (OpenAPI,
LifeCycleEntry). Who may not view histories is answered with the current entry of each employee only.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from soc2test import Context, Facts, Item, Person, Population, Spell, Subject, Unknown, UnknownFact, facts, known
from soc2test_plugins.hibob.kinds import HibobEmployee
from soc2test_plugins.hibob.source import API, LIFECYCLE, hibob, uid

_EARLIER = "earlier"
_EMPLOYED, _HIRED, _TERMINATED = "employed", "hired", "terminated"
_ONLY_CURRENT = Unknown(
    "no employee has more than one entry: a service user who may not view the histories of lifecycles gets the current "
    "entries alone",
    what=_EARLIER,
)
_RESTRICTED = Unknown("the service user may not view all of the histories of lifecycles", what=_EARLIER, code="denied")
_NO_TABLE = Unknown("the entries are none that say a status and since when", what=_EARLIER)


def arrange(body: Any, context: Context) -> Any:
    """Each employee with the times of work that ended, as far as the answer holds histories at all."""
    results = body.get("results") if isinstance(body, dict) else None
    if not isinstance(results, list):
        return body
    holds_histories = any(len(_entries(employee) or ()) > 1 for employee in results)
    return {**body, "results": [_with_times(employee, context, whole=holds_histories) for employee in results]}


def _entries(employee: Any) -> list[Any] | None:
    """`values`: the entries, or an object with them and `restricted_columns` (changelog, Employee Tables)."""
    values = employee.get("values") if isinstance(employee, dict) else None
    if isinstance(values, list) and len(values) == 1 and isinstance(values[0], dict) and "values" in values[0]:
        values = values[0]["values"]
    return values if isinstance(values, list) else None


def _is_restricted(employee: Mapping[str, Any]) -> bool:
    values = employee.get("values")
    wrapped = values[0] if isinstance(values, list) and values and isinstance(values[0], dict) else {}
    return bool(employee.get("restricted_columns") or wrapped.get("restricted_columns"))


def _with_times(employee: Any, context: Context, *, whole: bool) -> Any:
    if not isinstance(employee, dict):
        return employee
    entries = _entries(employee)
    if _is_restricted(employee):
        times: Any = _RESTRICTED
    elif not whole:
        times = _ONLY_CURRENT
    else:
        times = _NO_TABLE if entries is None else _ended(entries, context)
    return {**employee, _EARLIER: times}


def _ended(entries: Iterable[Any], context: Context) -> Any:
    """Times of work that ended until the moment of the answer. A leave is within one: who is on leave is employed."""
    try:
        dated = sorted((context.time(entry["effectiveDate"]), entry["status"], entry) for entry in entries)
    except (KeyError, TypeError, ValueError):
        return _NO_TABLE
    spells: list[Spell] = []
    began: datetime | None = None
    for since, status, entry in dated:
        if not isinstance(status, str):
            return _NO_TABLE
        if since > context.moment:
            break
        if status == _TERMINATED and began is not None:
            spells.append(Spell(started_at=began, ended_at=context.time(entry["effectiveDate"], end=True)))
            began = None
        elif began is None and status not in (_HIRED, _TERMINATED):
            if status != _EMPLOYED:
                return Unknown("a time of work begins with a status that is not known here", what=_EARLIER)
            began = since
    return tuple(spells)


@hibob.reads(
    LIFECYCLE,
    kind=HibobEmployee,
    items="results",
    next="response_metadata.next_cursor",
    arrange=arrange,
    command=API + 'bulk/people/lifecycle?limit=200"',
)
def times(item: Item, at: Subject) -> Facts:
    """The times of work of one employee that ended."""
    return facts(uid(at, "employees", item["employeeId"]), earlier=item[_EARLIER])


@hibob.derives(Person, "spells", joins=HibobEmployee)
def spells(person: Person, employees: Population[HibobEmployee]) -> tuple[Spell, ...]:
    """The times that ended before the last one began, and that one by the record of the employee."""
    last = Spell(started_at=person.started_at, ended_at=person.ended_at)
    found = list(employees.all("email", person.email))
    if len(found) != 1:
        raise UnknownFact("spells", "no one employee of HiBob has the address, so that no time of work before is known")
    earlier = tuple(spell for spell in known(found[0].earlier) if spell.started_at < last.started_at)
    if any(spell.ended_at > last.started_at for spell in earlier):
        text = "a time of work by the table of lifecycle statuses goes beyond the start of the last one"
        raise UnknownFact("spells", text, code="conflict")
    return (*earlier, last)
