"""Employees of HiBob, who left among them.

https://apidocs.hibob.com/reference/post_people-search and https://apidocs.hibob.com/docs/people-read-api-contract:
`showInactive` is false unless asked for, so that who left is not in an answer ("active employees only"). Lifecycle
statuses: https://help.hibob.com/en/articles/1593405-employee-life-cycle-statuses; who comes back keeps the record, gets
a new start date, and "the previous start and termination dates are stored in the Lifecycle status table"
(https://help.hibob.com/employee-profiles/employee-statuses/rehiring).

How somebody is employed nothing says: types of contracts are each company's own list.
"""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from soc2test import (
    Facts,
    Item,
    Person,
    Skip,
    Subject,
    Unknown,
    UnknownFact,
    facts,
    flag,
    item_of,
    known,
    meaning,
    or_unknown,
    skip,
    text,
)
from soc2test_plugins.hibob.arranging import BEGINS_LATER, LEAVERS_STAY, arrange
from soc2test_plugins.hibob.fields import TITLE
from soc2test_plugins.hibob.kinds import HibobEmployee
from soc2test_plugins.hibob.source import PEOPLE, hibob, uid

_STATUS, _START, _END = "internal.lifecycleStatus", "work.startDate", "internal.terminationDate"
_HIRED = "hired"
_GARDEN_LEAVE = Unknown(
    "is on garden leave: the last day at work is over, and employment ends with the termination date", what="active"
)
_WORKS_HERE: dict[str, bool | Unknown] = {
    _HIRED: False,  # "employees whose start date is in the future"
    "employed": True,
    "terminated": False,
    "garden leave": _GARDEN_LEAVE,
}
"""`internal.lifecycleStatus`. Statuses of leave are each company's own, and may leave somebody active or not ("not
triggered if Remain active is selected", apidocs.hibob.com, Employee inactivated): what they are is not known."""
_CUSTOM = Unknown("types of employment are each company's own list in HiBob", what="employment")


@hibob.reads(
    PEOPLE,
    kind=(Person, HibobEmployee),
    items="employees",
    lists=True,
    never_empty=True,  # a company has somebody; a service user without access to anybody gets an empty list
    arrange=arrange,
)
def employee(item: Item, at: Subject) -> Iterator[Facts | Skip]:
    """Somebody who works here or did, by the address; by HiBob's id where there is none.

    Whoever has no address can't be matched to accounts: what is asked of them is unknown.
    """
    email = _email(item)
    yield facts(uid(at, "employees", item["root.id"]), HibobEmployee, email=email)
    id = email.lower() if isinstance(email, str) else uid(at, "people", item["root.id"])
    active = or_unknown(lambda: meaning(item[_STATUS], _WORKS_HERE))
    if _only_begins_later(item):
        yield skip("has not begun to work here", id)
        return
    yield facts(
        id,
        Person,
        name=or_unknown(lambda: f"{text(item['root.firstName'])} {text(item['root.surname'])}"),
        email=email,
        employment=_CUSTOM,
        active=active,
        role=or_unknown(lambda: _role(item)),
        manager_email=or_unknown(lambda: _manager(item)),
        started_at=or_unknown(lambda: _started_at(item)),
        ended_at=or_unknown(lambda: _ended_at(item, active)),
        stays_listed=item[LEAVERS_STAY],
    )


def _email(item: Item) -> Any:
    """`root.email`, "Employee's email address", by which a company knows its people in HiBob."""
    address = item["root.email"]
    if isinstance(address, Unknown):
        return address
    if isinstance(address, str) and "@" in address.strip():
        return address.strip()
    return Unknown("no address stands there, so that no account can be found", what="root.email")


def _role(item: Item) -> str:
    """The title of the job in words. One with a comma would be read as two roles."""
    title = text(item[TITLE])
    if "," in title:
        raise UnknownFact("work.title", "the title has a comma, which parts two roles")
    return title


def _manager(item: Item) -> str | None:
    """The address of whom somebody reports to; null where there is nobody."""
    manager = known(item["work.reportsTo"])
    return None if manager is None else text(item_of(manager)["email"])


def _only_begins_later(item: Item) -> bool:
    """Nobody yet: hired, with a start that lies ahead, and without an end of work before."""
    begins_later = flag(item[BEGINS_LATER]) and item[_STATUS] == _HIRED
    return begins_later and _END in item and item[_END] is None


def _started_at(item: Item) -> datetime:
    """The first day of the last time of work that has begun: "the newest start date" (Rehire a terminated employee)."""
    start: datetime | None = known(item[_START])
    if start is None:
        raise UnknownFact(_START, "HiBob has no start date")
    if flag(item[BEGINS_LATER]):
        raise UnknownFact(_START, "the start date lies ahead, and nothing says when the work before it began")
    return start


def _ended_at(item: Item, active: bool | Unknown) -> datetime | None:
    """The end of that time of work, also one that lies ahead; None while none is told of who works here."""
    end: datetime | None = known(item[_END])
    start: datetime | None = known(item[_START])
    came_back = end is not None and start is not None and end < start
    if known(active):
        return None if came_back else end
    if end is None or came_back:
        raise UnknownFact(_END, "does not work here, and no termination date says since when")
    return end
