"""Files that a trail delivered: the events of all services in some minutes, of which several calls have a list each."""

from collections.abc import Iterator

from soc2test import AccountEvent, Item, Said, Subject, text
from soc2test_plugins.aws.kinds import AuthorizedRule, ModifiedRule, RevokedRule
from soc2test_plugins.aws.opened_rules import OPENING, READERS, REVOKING, rules_told
from soc2test_plugins.aws.source import aws
from soc2test_plugins.aws.trail_events import account_event
from soc2test_plugins.aws.trail_records import as_looked_up, more, record_in

__all__ = ["DELIVERED"]

DELIVERED = "cloudtrail delivered-file"
_ACCOUNT = ("account", "identity", "action", "happened_at", "complete_after")


@aws.reads(
    DELIVERED, kind=(AccountEvent, AuthorizedRule, ModifiedRule, RevokedRule), items="Events", lists=True,
    scope=("account",), paging=more, prepare=as_looked_up,
    tells=tuple(dict.fromkeys((*_ACCOUNT, *OPENING, *REVOKING))),
    command="aws s3 cp <s3://bucket of the trail>/AWSLogs/{account}/CloudTrail/<region, day and file> .",
)  # fmt: skip
def delivered(item: Item, at: Subject) -> Iterator[Said]:
    """A record of a file. It adds to what `lookup-events` tells, and can't stand for it: no file holds all events."""
    record = record_in(item)
    if text(record["eventName"]) in READERS:
        yield from rules_told(record, at)
    else:
        yield account_event(record, at)
