"""Alerts of Opsgenie: what somebody was called for, before anybody declared an incident, and how many there are.

https://docs.opsgenie.com/docs/alert-api (the OpenAPI document of opsgenie/opsgenie-python-sdk at 384be2699fdc,
listAlerts, countAlerts, BaseAlert).
"""

from collections.abc import Iterator
from typing import Any

from soc2test import (
    Counted,
    Facts,
    Item,
    Missed,
    Page,
    Subject,
    Unknown,
    counted,
    facts,
    item_of,
    meaning,
    missed,
    number,
    or_unknown,
    text,
)
from soc2test_plugins.opsgenie.source import ALERTS, API, COUNT, opsgenie, uid

_DEFAULT = Unknown(
    "P3 is what Opsgenie gives an alert of which nobody said how weighty it is, and it calls it neither high nor low",
    what="priority",
)
_URGENCIES: dict[str, str | Unknown] = {"P1": "high", "P2": "high", "P3": _DEFAULT, "P4": "low", "P5": "low"}
"""Opsgenie knows no urgency beside the priority: "P5 - Informational, P4 - Low, P3 - Moderate, P2 - High, P1 -
Critical" (support.atlassian.com, What are alert priorities), and "the default priority value P3"
(docs.opsgenie.com, Priority Field)."""
_OVER = {"open": False, "closed": True}
"""`status`: "Current status of the alert", open or closed (api-evangelist/opsgenie, json-schema/opsgenie-alert)."""
_NO_MOMENT = Unknown(
    "it is closed, and Opsgenie says how long that took (report.closeTime) in a unit that no document names",
    what="closeTime",
)


@opsgenie.reads(
    ALERTS,
    kind=Page,
    items="data",
    lists=True,
    # an answer does not say what it was asked for: an empty one may be of a search
    never_empty=True,
    command=API + 'alerts?limit=100&sort=createdAt&order=asc"',
)
def alert(item: Item, at: Subject) -> Facts:
    """One alert, open or closed. Further occurrences are counted in it (`count`): none is merged into another."""
    return facts(
        uid(at, "alerts", item["id"]),
        name=or_unknown(lambda: text(item["tinyId"])),
        reference=or_unknown(lambda: text(item["id"])),
        title=or_unknown(lambda: text(item["message"])),
        urgency=or_unknown(lambda: meaning(item["priority"], _URGENCIES)),
        priority=or_unknown(lambda: text(item["priority"])),
        created_at=or_unknown(lambda: item.time("createdAt")),
        resolved_at=or_unknown(lambda: _NO_MOMENT if meaning(item["status"], _OVER) else None),
        merged_into=None,
    )


@opsgenie.reads(COUNT, kind=Page, command=API + 'alerts/count"')
def count(body: Any, at: Subject) -> Iterator[Counted | Missed]:
    """How many alerts there are: the list says neither that nor what it was asked for."""
    told = or_unknown(lambda: number(item_of(item_of(body)["data"])["count"]))
    if isinstance(told, int):
        yield counted(told, Page)
    else:
        yield missed("what may be in none of its lists: the count of alerts is not told (data.count)", Page)
