"""Incidents of PagerDuty: what somebody was paged for, before anybody declared an incident.

https://developer.pagerduty.com/api-reference (the OpenAPI of PagerDuty/api-schema, listIncidents and Incident).
"""

from typing import Any

from soc2test import (
    Facts,
    Item,
    Page,
    Subject,
    Unknown,
    UnknownFact,
    dig,
    facts,
    item_of,
    meaning,
    number,
    or_unknown,
    text,
)
from soc2test_plugins.pagerduty.source import API, pagerduty, uid

_URGENCIES = {"high": "high", "low": "low"}
"""`urgency`: "The current urgency of the incident"; a service's settings or a person may change it."""
_OVER = {"triggered": False, "acknowledged": False, "resolved": True}
"""`status`: "More status codes may be introduced in the future" (statuses[])."""
_MERGED = "merge_resolve_reason"


@pagerduty.reads(
    "listIncidents",
    kind=Page,
    items="incidents",
    lists=True,
    # without `date_range` the last month alone is listed, and the answer does not say so: an empty one shows nothing
    never_empty=True,
    command=API + 'incidents?date_range=all&limit=100"',
)
def page(item: Item, at: Subject) -> Facts:
    """One incident in whichever status.

    Who was paged and who took it on the list tells while it goes on alone: `assignments` and `acknowledgements` are
    empty once it is resolved.
    """
    return facts(
        uid(at, "incidents", item["id"]),
        name=or_unknown(lambda: str(number(item["incident_number"]))),
        reference=or_unknown(lambda: text(item["id"])),
        title=item["title"],
        urgency=or_unknown(lambda: meaning(item["urgency"], _URGENCIES)),
        priority=or_unknown(lambda: _priority(item["priority"])),
        created_at=or_unknown(lambda: item.time("created_at")),
        resolved_at=or_unknown(lambda: _resolved_at(item)),
        merged_into=or_unknown(lambda: _merged_into(item["resolve_reason"])),
    )


def _priority(value: Any) -> str | None:
    """The name of a priority, which each account chooses; `summary` is the name where it is a reference."""
    if value is None:
        return None
    priority = item_of(value)
    return text(priority.first("name", "summary"))


def _resolved_at(item: Item) -> Any:
    """ "The time the incident became "resolved" or `null` if the incident is not resolved"."""
    if not meaning(item["status"], _OVER):
        return None
    moment = item.time("resolved_at")
    return Unknown("it is resolved, and does not say when", what="resolved_at") if moment is None else moment


def _merged_into(reason: Any) -> str | None:
    """The incident into which this one was merged: "The only reason currently supported is merge" (ResolveReason)."""
    if reason is None:
        return None
    if item_of(reason)["type"] != _MERGED:
        raise UnknownFact("resolve_reason", "it was resolved for a reason that is not known here")
    return text(dig(reason, "incident", "id"))
