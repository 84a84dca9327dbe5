"""Audit logs of all sources: what they tell of an account, and that a wrong value tells nothing harmless."""

import copy
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from test_planted_items import load
from test_wrong_values import PLUGINS

from soc2test import AccountEvent, UnknownFact
from soc2test.inventory.load import Loaded

WHEN = "2026-08-31T17:00:00"
OKTA = {
    "actor": {"id": "00u2", "type": "User", "alternateId": "noor@acme.example", "displayName": "Noor"},
    "eventType": "user.lifecycle.suspend", "outcome": {"result": "SUCCESS", "reason": None}, "published": f"{WHEN}.000Z",
    "uuid": "dc9fd3c0-598c-11ef-8478-2b7584bf8d5a",
    "target": [{"id": "00u1", "type": "User", "alternateId": "leo@acme.example", "displayName": "Leo"}],
}  # fmt: skip
ENTRA = {
    "id": "Directory_1", "category": "UserManagement", "result": "success", "activityDisplayName": "Disable account",
    "activityDateTime": f"{WHEN}Z", "initiatedBy": {"app": {"displayName": "HR"}, "user": None},
    "targetResources": [{"id": "00u1", "type": "User", "userPrincipalName": "leo@acme.example"}],
}  # fmt: skip
GOOGLE = {
    "kind": "admin#reports#activity",
    "id": {"time": f"{WHEN}.000Z", "uniqueQualifier": "-5", "applicationName": "admin", "customerId": "C0123abcd"},
    "actor": {"email": "noor@acme.example"},
    "events": [
        {"type": "USER_SETTINGS", "name": "SUSPEND_USER",
         "parameters": [{"name": "USER_EMAIL", "value": "leo@acme.example"}]},
    ],
}  # fmt: skip
AWS = {
    "eventTime": f"{WHEN}Z", "eventSource": "iam.amazonaws.com", "eventName": "DeleteUser", "eventID": "654ccbc0",
    "userIdentity": {"arn": "arn:aws:iam::012345678901:user/noor", "userName": "noor"},
    "requestParameters": {"userName": "leo"}, "recipientAccountId": "012345678901",
}  # fmt: skip
GITHUB = {
    "@timestamp": 1788192475128, "_document_id": "x", "action": "org.remove_member", "actor": "noor", "org": "acme",
    "user": "leo",
}  # fmt: skip


def _looked_up(record: Any) -> Any:
    return {"Events": [{"EventName": "DeleteUser", "CloudTrailEvent": json.dumps(record)}]}


LOGS: dict[str, tuple[str, Any, Any]] = {
    "okta": ("okta/acme/listLogEvents.json", OKTA, lambda event: [event]),
    "entra": ("entra/acme.example/auditLogs.directoryAudits.json", ENTRA, lambda event: {"value": [event]}),
    "google_workspace": (
        "google_workspace/C0123abcd/activities.list.admin.json", GOOGLE, lambda event: {"items": [event]},
    ),
    "aws": ("aws/012345678901/us-east-1/cloudtrail.lookup-events.json", AWS, _looked_up),
    "github": ("github/acme/orgs.get-audit-log.json", GITHUB, lambda event: [event]),
}  # fmt: skip
OFF = {"okta": "disabled", "entra": "disabled", "google_workspace": "disabled", "aws": "removed", "github": "disabled"}
ACCOUNTS = {"aws": "leo", "github": "leo"}
NO_FACTS = {
    "okta": {"reason", "displayName", "type"}, "entra": {"category", "displayName"}, "github": {"actor", "org"},
    "google_workspace": {"kind", "applicationName", "customerId"}, "aws": {"arn"},
}  # fmt: skip
"""Keys that tell nothing of the account."""
ANY_TEXT = (
    "_document_id", "alternateId", "app", "displayName", "email", "eventID", "id", "uniqueQualifier", "user", "userName",
    "uuid",
)  # fmt: skip
"""Ids of events and of who did it: another text there is as good."""


def read(folder: Path, name: str, event: Any) -> Loaded:
    path, _, within = LOGS[name]
    file = folder / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(json.dumps(within(event)))
    return load(folder, PLUGINS[name])


def events(loaded: Loaded) -> list[AccountEvent]:
    return [each for each in loaded.inventory.members(AccountEvent) if isinstance(each, AccountEvent)]


@pytest.mark.parametrize("name", LOGS)
def test_an_account_that_was_switched_off(tmp_path: Path, name: str) -> None:
    (event,) = events(read(tmp_path, name, LOGS[name][1]))
    assert (event.action, event.account) == (OFF[name], ACCOUNTS.get(name, "leo@acme.example"))
    assert f"{event.happened_at:%Y-%m-%d}" == "2026-08-31"
    assert event.actor


def leaves(value: Any, at: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """The way to each value that holds no others."""
    if isinstance(value, dict | list):
        for key, inner in value.items() if isinstance(value, dict) else enumerate(value):
            yield from leaves(inner, (*at, key))
    else:
        yield at


@pytest.mark.parametrize("wrong", [None, 7, {}, [], "", "surprise", "absent"], ids=repr)
@pytest.mark.parametrize("name", LOGS)
def test_a_wrong_value_tells_of_no_account_that_it_was_switched_off(tmp_path: Path, name: str, wrong: Any) -> None:
    for place, steps in enumerate(leaves(LOGS[name][1])):
        if steps[-1] in NO_FACTS[name]:
            continue
        event = copy.deepcopy(LOGS[name][1])
        parent = event
        for step in steps[:-1]:
            parent = parent[step]
        if wrong == "absent" and isinstance(parent, dict):
            del parent[steps[-1]]
        else:
            parent[steps[-1]] = wrong
        told = [each for each in events(read(tmp_path / str(place), name, event)) if _switched_off_then(each, name)]
        assert told == [] or steps[-1] in ANY_TEXT, steps


def _switched_off_then(event: AccountEvent, name: str) -> bool:
    """It still says that leo's account was switched off on that day."""
    try:
        same = event.account == ACCOUNTS.get(name, "leo@acme.example") and event.action == OFF[name]
        return same and f"{event.happened_at:%Y-%m-%d}" == "2026-08-31"
    except UnknownFact:
        return False
