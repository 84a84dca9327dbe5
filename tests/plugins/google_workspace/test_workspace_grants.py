"""What users let applications of others do with their accounts."""

from pathlib import Path
from typing import Any

import pytest
from workspace_reading import CUSTOMER, every, gap_codes, load, only

from soc2test import UnknownFact
from soc2test_plugins.google_workspace.kinds import GoogleGrant

USERS = {"users.list": {"users": [{"id": "117", "primaryEmail": "ann@acme.example"}]}}
FILE = "tokens.list.ann@acme.example"
READS = "https://www.googleapis.com/auth/drive.readonly"
TOKEN: dict[str, Any] = {
    "kind": "admin#directory#token", "clientId": "123-abc.apps.googleusercontent.com", "displayText": "ChatGPT",
    "scopes": ["openid", READS], "anonymous": False, "nativeApp": False, "userKey": "117",
}  # fmt: skip


def tokens(*items: dict[str, Any]) -> dict[str, Any]:
    return {"kind": "admin#directory#tokenList", "items": list(items)}


def test_a_grant(tmp_path: Path) -> None:
    inventory = load(tmp_path, {**USERS, FILE: tokens(TOKEN)})
    found = only(inventory, GoogleGrant)
    assert found.id == f"google_workspace/{CUSTOMER}/tokens/ann@acme.example/123-abc.apps.googleusercontent.com"
    assert (found.name, found.active, found.rights) == ("ChatGPT", True, (READS, "openid"))
    assert gap_codes(inventory, GoogleGrant) == set()


def test_who_let_nobody_in_has_no_list(tmp_path: Path) -> None:
    inventory = load(tmp_path, {**USERS, FILE: {"kind": "admin#directory#tokenList", "etag": "x"}})
    assert (every(inventory, GoogleGrant), gap_codes(inventory, GoogleGrant)) == ([], set())


@pytest.mark.parametrize("body", [{}, {"kind": "admin#directory#users"}])
def test_what_is_no_list_of_grants_is_a_gap(tmp_path: Path, body: Any) -> None:
    assert gap_codes(load(tmp_path, {**USERS, FILE: body}), GoogleGrant)


def test_each_user_is_asked_for(tmp_path: Path) -> None:
    assert gap_codes(load(tmp_path, USERS), GoogleGrant)


@pytest.mark.parametrize("scopes", [None, "openid", [None], [{}]])
def test_rights_of_another_form_are_unknown(tmp_path: Path, scopes: Any) -> None:
    found = only(load(tmp_path, {**USERS, FILE: tokens(TOKEN | {"scopes": scopes})}), GoogleGrant)
    with pytest.raises(UnknownFact):
        _ = found.rights
