"""When roles were used last, by the authorisation details of an account."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from aws_reading import ACCOUNT, every, gap_codes, load
from test_aws_administrators import details, role, trusts, user

from soc2test import RoleUse, UnknownFact

USED = {"RoleLastUsed": {"Region": "us-west-2", "LastUsedDate": "2019-11-13T17:30:00Z"}}
TRUST = trusts({"Service": "ec2.amazonaws.com"})


def _use(folder: Path, **more: Any) -> RoleUse:
    body = details([user("ann")], [role("r", TRUST, **more)])
    (found,) = every(load(folder, {"iam.get-account-authorization-details": body}), RoleUse)
    return found


def test_a_role_says_when_it_was_used(tmp_path: Path) -> None:
    found = _use(tmp_path, **USED)
    assert (found.id, found.name, found.own) == (f"arn:aws:iam::{ACCOUNT}:role/r/use", "r", True)
    assert found.last_used_at == datetime(2019, 11, 13, 17, 30, tzinfo=UTC)
    assert found.created_at == datetime(2022, 5, 2, 8, tzinfo=UTC)


def test_a_role_that_was_not_used_in_400_days_says_nothing(tmp_path: Path) -> None:
    assert _use(tmp_path, RoleLastUsed={}).last_used_at is None


@pytest.mark.parametrize("more", [{}, {"RoleLastUsed": None}, {"RoleLastUsed": {"LastUsedDate": None}}])
def test_an_export_without_it_does_not_say_that_it_was_not_used(tmp_path: Path, more: dict[str, Any]) -> None:
    found = _use(tmp_path, **more)
    if more.get("RoleLastUsed"):
        assert found.last_used_at is None  # "null if the role has not been used within the tracking period"
        return
    with pytest.raises(UnknownFact):
        _ = found.last_used_at


def test_roles_that_are_linked_to_a_service_are_not_the_companys(tmp_path: Path) -> None:
    assert not _use(tmp_path, **USED, Path="/aws-service-role/rds.amazonaws.com/").own
    assert _use(tmp_path / "own", **USED, Path="/service-role/").own


def test_a_list_without_roles_was_filtered(tmp_path: Path) -> None:
    inventory = load(tmp_path, {"iam.get-account-authorization-details": details([user("ann")])})
    assert gap_codes(inventory, RoleUse)
