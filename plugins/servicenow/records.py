"""Incidents and change requests, each table of an instance by itself, and how many records ServiceNow counts there.

https://docs.servicenow.com, Table API (GET /now/table/{tableName}): without `sysparm_display_value` an answer holds the
"actual values from the database", in which "all times are stored in Coordinated Universal Time (UTC)" (Time zones).
Aggregate API (GET /now/stats/{tableName}): who may not read each record of a table is refused the count.
"""

import re
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from soc2test import (
    Counted,
    Facts,
    Item,
    Subject,
    Ticket,
    TicketProject,
    Unknown,
    UnknownFact,
    counted,
    facts,
    item_of,
    meaning,
    or_unknown,
    text,
)
from soc2test_plugins.servicenow.source import API, COUNT, RECORDS, servicenow, uid

_FIELDS = "sys_id,number,short_description,sys_class_name,sys_created_on,closed_at,active,opened_by"
_ACTIVE = {"true": True, "false": False}
"""`active`: "Determines whether the task is active. Useful for filtering out tasks which are complete" (Task Table)."""
_ELSEWHERE = Unknown("tags of a record are kept in another table (label_entry), which is not read", what="labels")
_CLASS = re.compile("[a-z][a-z0-9_]*", re.ASCII)
_NUMBER = re.compile("[0-9]{1,12}", re.ASCII)


@servicenow.reads(
    RECORDS,
    kind=Ticket,
    items="result",
    lists=True,
    # who may read none gets an empty list
    never_empty=True,
    command=API + f'table/{{table}}?sysparm_limit=1000&sysparm_query=ORDERBYsys_id&sysparm_fields={_FIELDS}"',
)
def record(item: Item, at: Subject) -> Facts:
    """One record, open or closed. Its project is the table; its type is the class that the record is of."""
    return facts(
        uid(at, item["sys_id"]),
        name=or_unknown(lambda: text(item["number"])),
        title=or_unknown(lambda: text(item["short_description"])),
        project=at["table"],
        type=or_unknown(lambda: _class_of(item)),
        labels=_ELSEWHERE,
        created_at=or_unknown(lambda: _moment(item, "sys_created_on")),
        closed_at=or_unknown(lambda: _closed_at(item)),
    )


def _class_of(item: Item) -> str:
    """`sys_class_name` as the database has it. "Incident" is what people are shown, and so are the times beside it."""
    name = text(item["sys_class_name"])
    if not _CLASS.fullmatch(name):
        raise UnknownFact("sys_class_name", "values are shown as to people: export without sysparm_display_value")
    return name


def _moment(item: Item, key: str) -> datetime:
    """A time in UTC. Raises `UnknownFact` where the times are those of somebody's own time zone."""
    _class_of(item)
    moment = item.time(key)
    if not isinstance(moment, datetime):
        raise UnknownFact(key, f"{key} is no time")
    return moment


def _closed_at(item: Item) -> datetime | None:
    """When it was closed; the last time, since a record that is opened again is active."""
    return None if meaning(item["active"], _ACTIVE) else _moment(item, "closed_at")


@servicenow.reads(COUNT, kind=TicketProject, lists=True, command=API + 'stats/{table}?sysparm_count=true"')
def table(body: Any, at: Subject) -> Iterator[Facts | Counted]:
    """The table, with how many records it holds: `{"result": {"stats": {"count": "6"}}}`."""
    count = or_unknown(lambda: _count(body))
    yield facts("/".join(("servicenow", at["instance"], at["table"])), name=at["table"], tickets=count)
    if isinstance(count, int):
        yield counted(count, Ticket)


def _count(body: Any) -> int:
    """The number, which ServiceNow writes as a text. A list of results counts part by part, as it was grouped."""
    told = text(item_of(item_of(item_of(body)["result"])["stats"])["count"])
    if not _NUMBER.fullmatch(told):
        raise UnknownFact("count", "the count is no number")
    return int(told)
