"""The audit log of an organisation."""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from github_reading import every, gap_codes, load, load_folder

from soc2test import AccessGrant, AccountEvent, UnknownFact

AT = 1788192475128
LEFT = {
    "@timestamp": AT, "_document_id": "Yc0aQ7nW", "action": "org.remove_member", "actor": "grace", "created_at": AT,
    "org": "acme", "user": "leo",
}  # fmt: skip


def events(folder: Path, *entries: Any) -> list[AccountEvent]:
    return every(load(folder, {"orgs.get-audit-log": list(entries)}), AccountEvent)


@pytest.mark.parametrize(
    ("action", "means"),
    [
        ("org.remove_member", "disabled"), ("org.remove_outside_collaborator", "disabled"), ("org.add_member", "enabled"),
        ("org.restore_member", "enabled"), ("team.remove_member", None), ("org.block_user", None), ("org.new", None),
    ],
)  # fmt: skip
def test_actions(tmp_path: Path, action: str, means: str | None) -> None:
    found = events(tmp_path, {**LEFT, "action": action})
    assert [event.action for event in found] == ([] if means is None else [means])


def test_an_entry(tmp_path: Path) -> None:
    (event,) = events(tmp_path, LEFT)
    assert (event.id, event.account, event.identity, event.actor) == (
        "github/acme/audit-log/Yc0aQ7nW",
        "leo",
        None,
        "grace",
    )
    assert event.happened_at == datetime(2026, 8, 31, 16, 7, 55, 128000, tzinfo=UTC)


@pytest.mark.parametrize("lacking", ["_document_id", "@timestamp", "created_at", "actor"])
def test_an_export_of_the_console_may_lack(tmp_path: Path, lacking: str) -> None:
    (event,) = events(tmp_path, {key: value for key, value in LEFT.items() if key != lacking})
    assert event.account == "leo"
    assert event.happened_at.year == 2026


@pytest.mark.parametrize(
    "change", [{"user": None}, {"user": 7}, {"action": None}, {"@timestamp": None}, {"@timestamp": "x"}]
)
def test_what_can_t_be_read_is_a_gap(tmp_path: Path, change: dict[str, Any]) -> None:
    inventory = load(tmp_path, {"orgs.get-audit-log": [{**LEFT, **change}]})
    assert every(inventory, AccountEvent) == []
    assert gap_codes(inventory, AccountEvent)


def test_lines_and_full_pages(tmp_path: Path) -> None:
    file = tmp_path / "github/acme/orgs.get-audit-log.ndjson"
    file.parent.mkdir(parents=True)
    file.write_text("\n".join(json.dumps({**LEFT, "_document_id": str(number)}) for number in range(30)))
    inventory = load_folder(tmp_path)
    assert len(every(inventory, AccountEvent)) == 30
    assert gap_codes(inventory, AccountEvent) == {"partial"}


def grants(folder: Path, **change: Any) -> list[AccessGrant]:
    return every(load(folder, {"orgs.get-audit-log": [{**LEFT, **change}]}), AccessGrant)


@pytest.mark.parametrize(
    ("action", "permission", "right"),
    [
        ("org.update_member", "admin", "admin"), ("org.update_member", "read", None), ("org.add_member", "admin", "admin"),
        ("org.add_member", "read", None), ("org.update_member", "galaxy", "galaxy"), ("org.remove_member", "admin", None),
    ],
)  # fmt: skip
def test_who_becomes_an_owner_is_given_a_right(tmp_path: Path, action: str, permission: str, right: str | None) -> None:
    found = grants(tmp_path, action=action, permission=permission)
    assert [each.right for each in found] == ([] if right is None else [right])
    for each in found:
        assert (each.id, each.identity, each.account) == ("github/acme/audit-log/Yc0aQ7nW/right", None, "leo")
        assert each.given_at == datetime(2026, 8, 31, 16, 7, 55, 128000, tzinfo=UTC)
    let_in = events(tmp_path / "again", {**LEFT, "action": action, "permission": permission})
    assert len(let_in) == int(action != "org.update_member")


def test_a_change_that_does_not_say_to_what_may_be_a_right(tmp_path: Path) -> None:
    (grant,) = grants(tmp_path, action="org.update_member")
    with pytest.raises(UnknownFact, match="permission"):
        _ = grant.right
    assert grants(tmp_path / "added", action="org.add_member") == []
