"""Users of the directory, and what the shipped controls say of them."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from workspace_reading import CUSTOMER, every, gap_codes, load, only

from soc2test import UnknownFact
from soc2test.testing import check
from soc2test_plugins.google_workspace.kinds import GoogleCustomer, GoogleUser
from soc2test_policies.cc6.accounts import test_unused_accounts_are_disabled as unused_control
from soc2test_policies.cc6.administrators import test_administrators_are_few as few_control
from soc2test_policies.cc6.sign_in import test_people_sign_in_with_mfa as mfa_control

ANN: dict[str, Any] = {
    "kind": "admin#directory#user", "id": "117", "primaryEmail": "ann@acme.example", "isAdmin": True,
    "isDelegatedAdmin": False, "suspended": False, "archived": False, "isEnrolledIn2Sv": True, "isEnforcedIn2Sv": True,
    "creationTime": "2024-01-02T03:04:05.000Z", "lastLoginTime": "2026-11-19T08:00:00.000Z", "orgUnitPath": "/Web",
    "customerId": CUSTOMER,
}  # fmt: skip
NEVER = "1970-01-01T00:00:00.000Z"


def users(*changes: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"kind": "admin#directory#users", "users": [{**ANN, **each} for each in changes], **more}


def user(folder: Path, drop: str = "", **change: Any) -> GoogleUser:
    told = {key: value for key, value in {**ANN, **change}.items() if key != drop}
    return only(load(folder, {"users.list": {"users": [told]}}), GoogleUser)


def test_a_user(tmp_path: Path) -> None:
    found = user(tmp_path)
    assert found.id == f"google_workspace/{CUSTOMER}/users/117"
    assert (found.name, found.email, found.human, found.root) == ("ann@acme.example", "ann@acme.example", True, False)
    assert (found.active, found.admin, found.mfa, found.mfa_enforced, found.disabled_at) == (
        True,
        True,
        True,
        True,
        None,
    )
    assert found.last_used_at == datetime(2026, 11, 19, 8, tzinfo=UTC)
    for control in (mfa_control, unused_control, few_control):
        assert check(control, found).verdict == "pass"
    with pytest.raises(UnknownFact):
        _ = found.password


@pytest.mark.parametrize("change", [{"suspended": "false"}, {"suspended": None}, {"archived": None}])
def test_a_switch_that_is_none_is_unknown(tmp_path: Path, change: dict[str, Any]) -> None:
    found = user(tmp_path, **change)
    for fact in ("active", "disabled_at"):
        with pytest.raises(UnknownFact):
            getattr(found, fact)


@pytest.mark.parametrize(
    ("change", "control"),
    [({"isEnforcedIn2Sv": False}, mfa_control), ({"lastLoginTime": "2026-01-01T00:00:00.000Z"}, unused_control)],
)
def test_deviating_users(tmp_path: Path, change: dict[str, Any], control: Any) -> None:
    assert check(control, user(tmp_path, **change)).verdict == "fail"


def test_who_is_not_enrolled_may_sign_in_elsewhere(tmp_path: Path) -> None:
    assert check(mfa_control, user(tmp_path, isEnrolledIn2Sv=False)).verdict == "not_evaluated"
    told = {"users.list": {"users": [{**ANN, "isEnrolledIn2Sv": False}]}, "inboundSsoAssignments.list": {}}
    found = only(load(tmp_path / "told", told), GoogleUser)
    assert (found.signed_in_by, check(mfa_control, found).verdict) == ("Google", "fail")


def test_1970_is_never(tmp_path: Path) -> None:
    found = user(tmp_path, lastLoginTime=NEVER)
    assert found.last_used_at is None
    assert check(unused_control, found).verdict == "fail"
    assert (
        check(unused_control, user(tmp_path, lastLoginTime=NEVER, creationTime="2026-11-01T00:00:00.000Z")).verdict
        == "pass"
    )


@pytest.mark.parametrize("change", [{"suspended": True}, {"archived": True}])
def test_a_suspended_user(tmp_path: Path, change: dict[str, Any]) -> None:
    found = user(tmp_path, **change)
    assert found.active is False
    with pytest.raises(UnknownFact, match="since when"):
        _ = found.disabled_at


def test_a_deleted_user(tmp_path: Path) -> None:
    found = user(tmp_path, deletionTime="2026-11-10T00:00:00.000Z")
    assert (found.active, found.disabled_by) == (False, datetime(2026, 11, 10, tzinfo=UTC))
    with pytest.raises(UnknownFact, match="suspended before"):
        _ = found.disabled_at


@pytest.mark.parametrize(
    ("key", "fact"),
    [
        ("isEnrolledIn2Sv", "mfa"), ("isEnforcedIn2Sv", "mfa"), ("isAdmin", "admin"), ("suspended", "active"), ("suspended", "disabled_at"),
        ("lastLoginTime", "last_used_at"), ("creationTime", "created_at"),
    ],
)  # fmt: skip
def test_absent_is_unknown(tmp_path: Path, key: str, fact: str) -> None:
    with pytest.raises(UnknownFact):
        getattr(user(tmp_path, drop=key), fact)


def test_texts_are_no_booleans(tmp_path: Path) -> None:
    assert check(mfa_control, user(tmp_path, isEnrolledIn2Sv="False")).verdict == "not_evaluated"


def customer(folder: Path, body: dict[str, Any]) -> GoogleCustomer:
    return only(load(folder, {"customers.get": {"customerDomain": "acme.example"}, "users.list": body}), GoogleCustomer)


@pytest.mark.parametrize(
    ("second", "required"),
    [({}, True), ({"isEnforcedIn2Sv": False}, False), ({"isEnforcedIn2Sv": False, "suspended": True}, True)],
)
def test_enforcement(tmp_path: Path, second: dict[str, Any], required: bool) -> None:
    assert customer(tmp_path, users({}, {"id": "2", **second})).mfa_required is required


@pytest.mark.parametrize("enforced", [True, False])
def test_who_may_be_in_the_enrollment_period_is_asked_for_nothing_yet(tmp_path: Path, enforced: bool) -> None:
    found = customer(tmp_path, users({"isEnforcedIn2Sv": enforced}, {"id": "2", "isEnrolledIn2Sv": False}))
    if not enforced:
        assert found.mfa_required is False
        return
    with pytest.raises(UnknownFact, match="enrollment period"):
        _ = found.mfa_required


def test_enforcement_over_half_a_list_or_nobody_is_unknown(tmp_path: Path) -> None:
    for body in (users({}, nextPageToken="t"), users({"suspended": True})):  # a page's token
        with pytest.raises(UnknownFact):
            _ = customer(tmp_path, body).mfa_required


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (users({}, nextPageToken="t"), "partial"),  # a page's token
        ({"error": {"code": 403, "message": "Not Authorized"}}, "denied"),
        ({"error": {"code": 403, "status": "PERMISSION_DENIED"}}, "denied"),
        ({"error": {"code": 500}}, "failed"),
        ({"members": []}, "unreadable"),
        ({"users": [{"primaryEmail": "x"}]}, "unreadable"),
        ("", "empty"),
    ],
)
def test_what_is_not_all_is_a_gap(tmp_path: Path, body: Any, code: str) -> None:
    assert gap_codes(load(tmp_path, {"users.list": body}), GoogleUser) == {code}


def test_pages(tmp_path: Path) -> None:
    pages = {
        "users.list.page1": users({}, nextPageToken="t"),  # a page's token
        "users.list.page2": users({"id": "2"}),
    }
    inventory = load(tmp_path, pages)
    assert gap_codes(inventory, GoogleUser) == set()
    assert len(every(inventory, GoogleUser)) == 2
