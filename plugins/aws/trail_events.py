"""Events of CloudTrail that begin or end an account of IAM, or one of its ways in."""

from typing import Any

from soc2test import (
    AccountEvent,
    Facts,
    Item,
    Skip,
    Subject,
    UnknownFact,
    facts,
    id_text,
    item_of,
    skip,
    text,
)
from soc2test_plugins.aws.names import user_id
from soc2test_plugins.aws.source import aws, of_account
from soc2test_plugins.aws.trail_records import LOOK_UP, actor, as_looked_up, more, record_in, refused

__all__ = ["account_event"]

_IAM = "iam.amazonaws.com"
_KEY_STATUS = {"Active": "enabled", "Inactive": "narrowed"}
_ACTIONS = {
    "CreateUser": "enabled",
    "CreateLoginProfile": "enabled",
    "CreateAccessKey": "enabled",
    "UpdateLoginProfile": "enabled",  # a new password, which opens
    "DeleteLoginProfile": "narrowed",
    "DeleteUser": "removed",  # when the last way in was closed before is told by other events
}
"""DeleteAccessKey is none of them: AWS advises to switch a key off first, and a key that was off was no way in."""
_KEY_CHANGED = "UpdateAccessKey"
_OTHER = "it begins and ends no account of IAM"
_EVENTS = (
    "aws cloudtrail lookup-events --lookup-attributes AttributeKey=EventSource,AttributeValue=iam.amazonaws.com "
    "--region us-east-1"
)
"""IAM's events are recorded in one region of the partition."""


@aws.reads(
    LOOK_UP, kind=AccountEvent, items="Events", lists=True, scope=("account",), paging=more, prepare=as_looked_up,
    command=_EVENTS,
)  # fmt: skip
def event(item: Item, at: Subject) -> Facts | Skip:
    """An event of the last 90 days, the record of which stands as text in it; or one in a file of a trail."""
    return account_event(record_in(item), at)


def account_event(record: Item, at: Subject) -> Facts | Skip:
    """What a record tells of an account of IAM."""
    if text(record["eventSource"]) != _IAM:
        return skip(_OTHER)
    action = _action(record)
    if action is None or refused(record):
        return skip(_OTHER)
    of_account(at, text(record["recipientAccountId"]))
    name = _user(record)
    return facts(
        f"{at['account']}/cloudtrail/{id_text(record['eventID'])}",
        account=name,
        identity=user_id(at, name),
        action=action,
        happened_at=record.time("eventTime"),
        actor=actor(record),
        complete_after=action == "removed",  # a user of the same name that is made later is another one
    )


def _action(record: Item) -> str | None:
    """None where it is about something else. Raises `UnknownFact` for a key whose new status is none that is known."""
    name = text(record["eventName"])
    if name != _KEY_CHANGED:
        return _ACTIONS.get(name)
    if refused(record):
        return None
    status = text(_parameters(record)["status"])
    if status not in _KEY_STATUS:
        raise UnknownFact("status", "an access key was given a status that this plugin does not know")
    return _KEY_STATUS[status]


def _parameters(record: Item) -> Item:
    return item_of(record["requestParameters"])


def _user(record: Item) -> str:
    """Who makes a key for himself need not name a user: then it is he."""
    parameters: Any = record["requestParameters"]
    if isinstance(parameters, Item) and "userName" in parameters:
        return text(parameters["userName"])
    return text(item_of(record["userIdentity"])["userName"])
