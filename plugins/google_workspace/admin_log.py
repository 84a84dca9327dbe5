"""The log of what administrators did: when users were switched on and off."""

from collections.abc import Iterator

from soc2test import (
    AccountEvent,
    Facts,
    Item,
    Said,
    Subject,
    UnknownFact,
    facts,
    id_text,
    item_of,
    items_of,
    or_skip,
    or_unknown,
    text,
)
from soc2test_plugins.google_workspace.source import REPORTS, google_workspace, uid

_USER_SETTINGS = "USER_SETTINGS"
_ACTIONS = {
    "CREATE_USER": "enabled",
    "UNARCHIVE_USER": "enabled",
    "UNDELETE_USER": "enabled",
    "UNSUSPEND_USER": "enabled",
    "ARCHIVE_USER": "disabled",
    "SUSPEND_USER": "disabled",
    "DELETE_USER": "removed",  # the suspended too
}
"""Of the events of user settings those that begin or end an account: a new password does neither."""


@google_workspace.reads(
    "activities list admin",
    kind=AccountEvent,
    items="items",
    lists=True,
    command=REPORTS + 'activity/users/all/applications/admin?customerId={customer}&maxResults=1000"',
)
def activity(item: Item, at: Subject) -> Iterator[Said]:
    """An activity, which may hold several events. Google keeps six months of them."""
    yield from or_skip(_events(item, at), "it switches no user on or off")


def _events(item: Item, at: Subject) -> Iterator[Facts]:
    for number, event in enumerate(items_of(item["events"])):
        name = text(event["name"])
        if text(event["type"]) != _USER_SETTINGS or name not in _ACTIONS:
            continue
        head = item_of(item["id"])
        yield facts(
            uid(at, "activities", text(head["time"]), id_text(head["uniqueQualifier"]), number),
            account=_user(event),
            identity=None,
            action=_ACTIONS[name],
            happened_at=head.time("time"),
            actor=or_unknown(lambda: text(item_of(item["actor"])["email"])),
            complete_after=False,  # Google promises no order, and a deleted user may come back
        )


def _user(event: Item) -> str:
    for parameter in items_of(event["parameters"]):
        if text(parameter["name"]) == "USER_EMAIL":
            return text(parameter["value"])
    raise UnknownFact("USER_EMAIL", "the event of the log does not say which user it is about")
