"""The audit log of the directory: when accounts were switched on and off."""

import re
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
    known,
    meaning,
    or_skip,
    or_unknown,
    text,
)
from soc2test_plugins.entra.source import COUNT, GRAPH, as_graph, entra, uid

_ACTIONS = {
    "Add user": "enabled",
    "Enable account": "enabled",
    "Restore user": "enabled",
    "Disable account": "disabled",
    "Delete user": "removed",  # the disabled too
    "Hard Delete user": "removed",
}
"""Of the activities of the category UserManagement those that begin or end an account; all others leave it as it was,
or tell it a second time: "Update user" stands beside "Disable account"."""
_RESULTS = {"success": True, "failure": False, "timeout": False}
_OF_A_DELETED_USER = re.compile(r"[0-9a-f]{32}")
_LOG = GRAPH + "auditLogs/directoryAudits?\\$filter=category%20eq%20'UserManagement'&\\$top=500\""


@entra.reads(
    "auditLogs directoryAudits", kind=AccountEvent, items="value", total=COUNT, lists=True, prepare=as_graph,
    command=_LOG,
)  # fmt: skip
def event(item: Item, at: Subject) -> Iterator[Said]:
    """An activity. Entra keeps 30 days of them, and 7 without a licence of its own."""
    yield from or_skip(_events(item, at), "it switches no account on or off")


def _events(item: Item, at: Subject) -> Iterator[Facts]:
    activity = text(item["activityDisplayName"])
    if activity not in _ACTIONS or not meaning(item["result"], _RESULTS):
        return
    users = [target for target in items_of(item["targetResources"]) if text(target["type"]).lower() == "user"]
    if not users:
        raise UnknownFact("targetResources", "the activity names no user that it is about")
    for user in users:
        yield _event_of(user, item, at)


def _event_of(user: Item, item: Item, at: Subject) -> Facts:
    id, activity = id_text(user["id"]), text(item["activityDisplayName"])
    return facts(
        uid(at, "directoryAudits", id_text(item["id"]), id),
        account=or_unknown(lambda: _login(user, id)),
        identity=uid(at, "users", id),
        action=_ACTIONS[activity],
        happened_at=item.time("activityDateTime"),
        actor=or_unknown(lambda: _actor(item)),
        complete_after=activity == "Hard Delete user",  # Graph promises no order
    )


def _login(user: Item, id: str) -> str:
    """A deleted user's sign-in name begins with its id without hyphens, so that the name is free for another."""
    name = text(user["userPrincipalName"])
    prefix = id.replace("-", "").lower()
    deleted = _OF_A_DELETED_USER.fullmatch(prefix) and name.lower().startswith(prefix)
    return name[len(prefix) :] if deleted else name


def _actor(item: Item) -> str:
    """A person by sign-in name, an application by its name."""
    by = item_of(item["initiatedBy"])
    user = known(by.or_else("user", None))
    if user is not None:
        return text(item_of(user)["userPrincipalName"])
    return text(item_of(by["app"])["displayName"])
