"""Roles that administrators gave, by their log."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from workspace_reading import CUSTOMER, every, gap_codes, load

from soc2test import AccessGrant, AccountEvent, UnknownFact

ROLE = {"name": "ROLE_NAME", "value": "_SEED_ADMIN_ROLE"}
USER = {"name": "USER_EMAIL", "value": "ann@acme.example"}


def _activity(*events: dict[str, Any]) -> dict[str, Any]:
    head = {
        "time": "2026-09-07T07:30:00.123Z", "uniqueQualifier": "-3412", "applicationName": "admin", "customerId": CUSTOMER
    }  # fmt: skip
    return {
        "kind": "admin#reports#activity", "id": head, "actor": {"email": "max@acme.example"}, "events": list(events)
    }  # fmt: skip


def _assigned(*parameters: dict[str, Any], **change: Any) -> dict[str, Any]:
    return {"type": "DELEGATED_ADMIN_SETTINGS", "name": "ASSIGN_ROLE", "parameters": list(parameters), **change}


def _load(folder: Path, *events: dict[str, Any]) -> Any:
    body = {"kind": "admin#reports#activities", "items": [_activity(*events)]}
    return load(folder, {"activities.list.admin": body})


def test_a_role_that_was_assigned_is_given(tmp_path: Path) -> None:
    inventory = _load(tmp_path, _assigned({"name": "ORG_UNIT_NAME", "value": "/"}, ROLE, USER))
    (grant,) = every(inventory, AccessGrant)
    assert (grant.identity, grant.account, grant.right) == (None, "ann@acme.example", "_SEED_ADMIN_ROLE")
    assert grant.given_at == datetime(2026, 9, 7, 7, 30, 0, 123000, tzinfo=UTC)
    assert every(inventory, AccountEvent) == []


@pytest.mark.parametrize("change", [{"name": "UNASSIGN_ROLE"}, {"type": "USER_SETTINGS"}, {"name": "CREATE_ROLE"}])
def test_other_events_give_no_role(tmp_path: Path, change: dict[str, Any]) -> None:
    inventory = _load(tmp_path, _assigned(ROLE, USER, **change))
    assert every(inventory, AccessGrant) == []
    assert gap_codes(inventory, AccessGrant) == set()


def test_an_activity_may_make_a_user_and_give_a_role(tmp_path: Path) -> None:
    created = {"type": "USER_SETTINGS", "name": "CREATE_USER", "parameters": [USER]}
    inventory = _load(tmp_path, created, _assigned(ROLE, USER))
    assert len(every(inventory, AccountEvent)) == len(every(inventory, AccessGrant)) == 1


def test_a_role_without_a_name_is_given_all_the_same(tmp_path: Path) -> None:
    (grant,) = every(_load(tmp_path, _assigned(USER)), AccessGrant)
    with pytest.raises(UnknownFact, match="which role"):
        _ = grant.right
    inventory = _load(tmp_path / "nobody", _assigned(ROLE))
    assert every(inventory, AccessGrant) == []
    assert gap_codes(inventory, AccessGrant)
