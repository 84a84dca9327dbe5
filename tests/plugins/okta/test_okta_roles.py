"""Administrator roles: since when each is assigned, and whose list is not there."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from okta_reading import every, gap_codes, load
from test_okta_users import USER

from soc2test import AccessGrant, UnknownFact

ROLE: dict[str, Any] = {
    "id": "ra1",
    "label": "Organization Administrator",
    "type": "ORG_ADMIN",
    "status": "ACTIVE",
    "created": "2026-09-07T07:30:00.000Z",
    "assignmentType": "USER",
}
LEFT = {**USER, "id": "00u0", "status": "DEPROVISIONED"}


def grants(folder: Path, *roles: dict[str, Any]) -> list[AccessGrant]:
    files = {"listUsers": [USER], "listAssignedRolesForUser.00u1": list(roles)}
    return every(load(folder, files), AccessGrant)


def test_a_role_says_since_when_it_is_assigned(tmp_path: Path) -> None:
    (grant,) = grants(tmp_path, ROLE)
    assert (grant.id, grant.identity, grant.account) == ("okta/acme/00u1/roles/ra1", "okta/acme/00u1", None)
    assert (grant.right, grant.given_at) == ("ORG_ADMIN", datetime(2026, 9, 7, 7, 30, tzinfo=UTC))


def test_a_role_of_ones_own_goes_by_its_label(tmp_path: Path) -> None:
    (grant,) = grants(tmp_path, {**ROLE, "type": "CUSTOM", "label": "Reads reports"})
    assert grant.right == "Reads reports"


@pytest.mark.parametrize("change", [{"assignmentType": "GROUP"}, {"assignmentType": "MOON"}, {"created": None}])
def test_when_a_group_brought_it_is_not_told(tmp_path: Path, change: dict[str, Any]) -> None:
    (grant,) = grants(tmp_path, {**ROLE, **change})
    assert grant.right == "ORG_ADMIN"
    with pytest.raises(UnknownFact):
        _ = grant.given_at.year


def test_the_roles_of_each_user_have_to_be_there(tmp_path: Path) -> None:
    files = {"listUsers": [USER, LEFT], "listAssignedRolesForUser.00u1": []}
    assert gap_codes(load(tmp_path, files), AccessGrant) == {"missing"}
    files["listAssignedRolesForUser.00u0"] = []
    assert gap_codes(load(tmp_path, files), AccessGrant) == set()
