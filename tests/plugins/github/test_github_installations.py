"""GitHub Apps of an organisation."""

from pathlib import Path
from typing import Any

import pytest
from github_reading import every, gap_codes, load, only

from soc2test import UnknownFact
from soc2test_plugins.github.kinds import AppInstallation

FILE = "orgs.list-app-installations"
APP: dict[str, Any] = {
    "id": 1, "app_slug": "cursor", "app_id": 7, "repository_selection": "all", "suspended_at": None,
    "permissions": {"metadata": "read", "contents": "write"}, "events": ["push"],
}  # fmt: skip


def apps(*items: dict[str, Any], total: Any = None) -> dict[str, Any]:
    return {"total_count": len(items) if total is None else total, "installations": list(items)}


def test_an_app_and_its_rights(tmp_path: Path) -> None:
    found = only(load(tmp_path, {FILE: apps(APP)}), AppInstallation)
    assert found.id == "github/acme/installations/1"
    assert (found.name, found.active, found.rights) == ("cursor", True, ("contents:write", "metadata:read"))


def test_an_app_that_is_suspended_acts_no_more(tmp_path: Path) -> None:
    suspended = APP | {"suspended_at": "2026-11-01T00:00:00Z"}
    assert only(load(tmp_path, {FILE: apps(suspended)}), AppInstallation).active is False


def test_no_permissions_are_no_rights(tmp_path: Path) -> None:
    assert only(load(tmp_path, {FILE: apps(APP | {"permissions": {}})}), AppInstallation).rights == ()


@pytest.mark.parametrize("permissions", [None, [], {"contents": None}, {"contents": {"level": "write"}}])
def test_permissions_of_another_form_are_unknown(tmp_path: Path, permissions: Any) -> None:
    found = only(load(tmp_path, {FILE: apps(APP | {"permissions": permissions})}), AppInstallation)
    with pytest.raises(UnknownFact):
        _ = found.rights


def test_whether_an_app_is_suspended_may_be_left_out(tmp_path: Path) -> None:
    silent = {key: value for key, value in APP.items() if key != "suspended_at"}
    found = only(load(tmp_path, {FILE: apps(silent)}), AppInstallation)
    with pytest.raises(UnknownFact):
        _ = found.active


@pytest.mark.parametrize("body", [apps(APP, total=2), {"installations": [APP]}])
def test_a_list_that_is_not_all_leaves_a_gap(tmp_path: Path, body: Any) -> None:
    assert gap_codes(load(tmp_path, {FILE: body}), AppInstallation)


def test_none_is_none(tmp_path: Path) -> None:
    inventory = load(tmp_path, {FILE: apps()})
    assert (every(inventory, AppInstallation), gap_codes(inventory, AppInstallation)) == ([], set())
