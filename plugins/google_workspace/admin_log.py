"""The log of what administrators did: when users were switched on and off, and given a role."""

from collections.abc import Iterator

from soc2test import (
    AccessGrant,
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
_GIVES_A_ROLE = ("DELEGATED_ADMIN_SETTINGS", "ASSIGN_ROLE")
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
    kind=(AccountEvent, AccessGrant),
    items="items",
    lists=True,
    tells=(
        "account",
        "identity",
        "action",
        "happened_at",
        "actor",
        "complete_after",
        "right",
        "given_at",
    ),
    command=REPORTS + 'activity/users/all/applications/admin?customerId={customer}&maxResults=1000"',
)
def activity(item: Item, at: Subject) -> Iterator[Said]:
    """An activity, which may hold several events. Google keeps six months of them."""
    yield from or_skip(_events(item, at), "it switches no user on or off, and gives no role")


def _events(item: Item, at: Subject) -> Iterator[Facts]:
    for number, event in enumerate(items_of(item["events"])):
        name, kind = text(event["name"]), text(event["type"])
        if (kind, name) == _GIVES_A_ROLE:
            yield _grant(event, number, item_of(item["id"]), at)
            continue
        if kind != _USER_SETTINGS or name not in _ACTIONS:
            continue
        head = item_of(item["id"])
        yield facts(
            uid(at, "activities", text(head["time"]), id_text(head["uniqueQualifier"]), number),
            AccountEvent,
            account=_user(event),
            identity=None,
            action=_ACTIONS[name],
            happened_at=head.time("time"),
            actor=or_unknown(lambda: text(item_of(item["actor"])["email"])),
            complete_after=False,  # Google promises no order, and a deleted user may come back
        )


def _grant(event: Item, number: int, head: Item, at: Subject) -> Facts:
    """Google's own roles begin with "_": _SEED_ADMIN_ROLE is the super administrator's."""
    return facts(
        uid(at, "activities", text(head["time"]), id_text(head["uniqueQualifier"]), number, "right"),
        AccessGrant,
        identity=None,
        account=_user(event),
        right=or_unknown(lambda: _parameter(event, "ROLE_NAME", "which role it gives")),
        given_at=head.time("time"),
    )


def _user(event: Item) -> str:
    return _parameter(event, "USER_EMAIL", "which user it is about")


def _parameter(event: Item, name: str, what: str) -> str:
    for parameter in items_of(event["parameters"]):
        if text(parameter["name"]) == name:
            return text(parameter["value"])
    raise UnknownFact(name, f"the event of the log does not say {what}")
