"""Records of CloudTrail, as `lookup-events` answers them and as a trail delivers them."""

from typing import Any

from soc2test import Item, by_token, embedded_json, item_of, known, or_unknown, text
from soc2test.sources.item import wrap

__all__ = ["LOOK_UP", "actor", "as_looked_up", "more", "record_in", "refused"]

LOOK_UP = "cloudtrail lookup-events"
_DELIVERED = "delivered"
_by_token = by_token("NextToken")


def as_looked_up(body: Any) -> Any:
    """A file that a trail delivered, in the shape of the call's answer: it holds the records as they are."""
    records = body.get("Records") if isinstance(body, dict) else None
    if not isinstance(records, list):
        return body
    return {"Events": [{"CloudTrailEvent": record} for record in records], _DELIVERED: True}


def more(body: Any) -> str | None:
    """Why an answer or a file does not hold all events."""
    if isinstance(body, dict) and body.get(_DELIVERED):
        return "is a file of a trail, which holds the events of some minutes"
    return _by_token(body)


def record_in(event: Item) -> Item:
    """The record of an event that was looked up, which stands as text in it."""
    return item_of(wrap(embedded_json(known(event["CloudTrailEvent"]), "CloudTrailEvent")))


def refused(record: Item) -> bool:
    """What was tried and refused changed nothing; CloudTrail then tells the error, and often not what was asked for."""
    return known(record.or_else("errorCode", None)) is not None


def actor(record: Item) -> Any:
    """Who did it, by ARN; `Unknown` where it names nobody so."""
    return or_unknown(lambda: text(item_of(record["userIdentity"])["arn"]))
