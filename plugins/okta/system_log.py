"""The system log: when users were switched on and off."""

from collections.abc import Iterator

from soc2test import (
    AccountEvent,
    Facts,
    Item,
    Said,
    Subject,
    UnknownFact,
    by_full_page,
    facts,
    id_text,
    items_of,
    or_skip,
    or_unknown,
    text,
    translated,
)
from soc2test_plugins.okta.shapes import was_done
from soc2test_plugins.okta.source import API, okta, uid

_LIFECYCLE = "user.lifecycle."
_ACTIONS = {
    "user.lifecycle.create": "enabled",
    "user.lifecycle.activate": "enabled",
    "user.lifecycle.reactivate": "enabled",
    "user.lifecycle.unsuspend": "enabled",
    "user.lifecycle.suspend": "disabled",  # Okta suspends active users only
    "user.lifecycle.deactivate": "removed",  # from any status, the suspended too
    "user.lifecycle.delete.initiated": "removed",
    "user.lifecycle.delete.completed": "removed",
}
_CHANGES_NO_STATUS = ("user.lifecycle.jit.error.read_only",)
_LOG = (
    API
    + 'logs?since=2000-01-01T00:00:00Z&sortOrder=DESCENDING&filter=eventType%20sw%20%22user.lifecycle%22&limit=1000"'
)


@okta.reads(
    "listLogEvents",
    kind=AccountEvent,
    items="",
    lists=True,
    paging=by_full_page(100, 1000),
    command=_LOG,
)
def event(item: Item, at: Subject) -> Iterator[Said]:
    """An event of the log, of which Okta keeps 90 days. Being locked out, or an expired password, ends no account."""
    yield from or_skip(_events(item, at), "it switches no user on or off")


def _events(item: Item, at: Subject) -> Iterator[Facts]:
    kind = text(item["eventType"])
    if not kind.startswith(_LIFECYCLE) or kind in _CHANGES_NO_STATUS or not was_done(item):
        return
    users = [target for target in items_of(item["target"]) if text(target["type"]) == "User"]
    if not users:
        raise UnknownFact("target", "the event of the log names no user that it is about")
    for user in users:
        id = id_text(user["id"])
        yield facts(
            uid(at, "logs", id_text(item["uuid"]), id),
            account=text(user["alternateId"]),
            identity=uid(at, id),
            action=translated(kind, _ACTIONS),  # a new word may well switch a user on
            happened_at=item.time("published"),
            actor=or_unknown(lambda: text(item["actor"]["alternateId"])),
            complete_after=kind
            == "user.lifecycle.delete.completed",  # Okta lists the oldest first, if not asked otherwise
        )
