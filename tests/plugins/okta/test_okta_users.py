"""Users in each status, their factors and their administrator roles."""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from okta_reading import DENIED, SAMPLES, every, gap_codes, load, only

from soc2test import UnknownFact
from soc2test_plugins.okta.kinds import OktaUser

USER: dict[str, Any] = {
    "id": "00u1",
    "status": "ACTIVE",
    "created": "2022-04-04T15:56:05.000Z",
    "activated": None,
    "statusChanged": "2026-08-31T16:00:00.000Z",
    "lastLogin": None,
    "profile": {"login": "ann@acme.example", "email": "Ann@acme.example"},
    "credentials": {"password": {}, "provider": {"type": "OKTA", "name": "OKTA"}},
}


LEFT = {**USER, "id": "00u0", "status": "DEPROVISIONED"}


def user(folder: Path, change: dict[str, Any] | None = None, drop: str = "", **files: Any) -> OktaUser:
    body = {key: value for key, value in {**USER, **(change or {})}.items() if key != drop}
    named = {f"{name}.00u1": file for name, file in files.items()}
    return only(load(folder, {"listUsers": [body], **named}), OktaUser)


def factor(kind: str, status: str = "ACTIVE") -> dict[str, Any]:
    return {"id": f"f-{kind}", "factorType": kind, "provider": "OKTA", "status": status}


def role(kind: str, status: str = "ACTIVE", by: str = "USER") -> dict[str, Any]:
    return {"id": f"r-{kind}", "label": kind, "type": kind, "status": status, "assignmentType": by}


def test_active_user(tmp_path: Path) -> None:
    found = user(tmp_path)
    assert (found.id, found.name, found.email) == ("okta/acme/00u1", "ann@acme.example", "Ann@acme.example")
    assert (found.human, found.root, found.active, found.password, found.status) == (True, False, True, True, "ACTIVE")
    assert (found.last_used_at, found.disabled_at, found.owner) == (None, None, None)
    assert found.created_at == datetime(2022, 4, 4, 15, 56, 5, tzinfo=UTC)
    for fact in ("mfa", "admin", "admin_roles"):
        with pytest.raises(UnknownFact, match="00u1"):
            getattr(found, fact)


@pytest.mark.parametrize(
    ("status", "active", "off"),
    [
        ("STAGED", False, False),
        ("PROVISIONED", True, False),
        ("ACTIVE", True, False),
        ("RECOVERY", True, False),
        ("PASSWORD_EXPIRED", True, False),
        ("LOCKED_OUT", True, False),
        ("SUSPENDED", False, True),
        ("DEPROVISIONED", False, True),
    ],
)
def test_all_eight_statuses(tmp_path: Path, status: str, active: bool, off: bool) -> None:
    found = user(tmp_path, {"status": status})
    assert found.active is active
    assert found.disabled_by == (datetime(2026, 8, 31, 16, tzinfo=UTC) if off else None)


def test_who_is_suspended_was_active_until_then(tmp_path: Path) -> None:
    assert user(tmp_path, {"status": "SUSPENDED"}).disabled_at == datetime(2026, 8, 31, 16, tzinfo=UTC)
    assert user(tmp_path / "on").disabled_at is None


def test_who_is_deactivated_may_have_been_suspended_before(tmp_path: Path) -> None:
    with pytest.raises(UnknownFact, match="suspended before"):
        _ = user(tmp_path, {"status": "DEPROVISIONED"}).disabled_at


def test_a_ninth_status_is_unknown(tmp_path: Path) -> None:
    with pytest.raises(UnknownFact):
        _ = user(tmp_path, {"status": "ASLEEP"}).active


@pytest.mark.parametrize("change", [{"statusChanged": None}, {}])
def test_unknown_moment_of_deactivation_is_not_never(tmp_path: Path, change: dict[str, Any]) -> None:
    found = user(tmp_path, {"status": "DEPROVISIONED", **change}, drop="" if change else "statusChanged")
    for fact in ("disabled_at", "disabled_by"):
        with pytest.raises(UnknownFact):
            getattr(found, fact)


@pytest.mark.parametrize(
    ("credentials", "password"),
    [
        ({"password": {}, "provider": {"type": "OKTA"}}, True),
        ({"password": {}, "provider": {"type": "IMPORT"}}, True),
        ({"provider": {"type": "OKTA"}}, False),
        ({"password": {}, "provider": {"type": "ACTIVE_DIRECTORY"}}, False),
        ({"provider": {"type": "FEDERATION"}}, False),
    ],
)
def test_password(tmp_path: Path, credentials: dict[str, Any], password: bool) -> None:
    assert user(tmp_path, {"credentials": credentials}).password is password


@pytest.mark.parametrize("credentials", [{}, {"provider": {"type": "ODD"}}, None])
def test_unknown_password(tmp_path: Path, credentials: Any) -> None:
    with pytest.raises(UnknownFact):
        _ = user(tmp_path, {"credentials": credentials}).password


@pytest.mark.parametrize(
    ("key", "fact"),
    [
        ("status", "active"),
        ("status", "disabled_at"),
        ("profile", "email"),
        ("profile", "name"),
        ("created", "created_at"),
        ("lastLogin", "last_used_at"),
        ("credentials", "password"),
    ],
)
def test_absent_is_unknown(tmp_path: Path, key: str, fact: str) -> None:
    found = user(tmp_path, drop=key)
    with pytest.raises(UnknownFact):
        getattr(found, fact)


@pytest.mark.parametrize(
    ("factors", "mfa"),
    [
        ([], False),
        ([factor("push")], True),
        ([factor("webauthn"), factor("email")], True),
        ([factor("signed_nonce")], True),
        ([factor("token:software:totp", "PENDING_ACTIVATION")], False),
        ([factor("question")], False),
        ([factor("email")], False),
        ([factor("question"), factor("email")], False),
        ([factor("push", "INACTIVE"), factor("question")], False),
        ([factor("something_new"), factor("push")], True),
        ([factor("something_new", "INACTIVE")], False),
    ],
)
def test_second_factor(tmp_path: Path, factors: list[dict[str, Any]], mfa: bool) -> None:
    assert user(tmp_path, listFactors=factors).mfa_enrolled is mfa


@pytest.mark.parametrize(
    "factors",
    [
        [factor("something_new")],
        [factor("push", "ON")],
        [factor("push", "active")],
        [{"factorType": "push"}],
        {},
        DENIED,
    ],
)
def test_unknown_factors(tmp_path: Path, factors: Any) -> None:
    with pytest.raises(UnknownFact):
        _ = user(tmp_path, listFactors=factors).mfa_enrolled


@pytest.mark.parametrize(
    ("roles", "admin", "held"),
    [
        ([], False, ()),
        ([role("SUPER_ADMIN")], True, ("SUPER_ADMIN",)),
        ([role("ORG_ADMIN", by="GROUP")], True, ("ORG_ADMIN",)),
        ([role("READ_ONLY_ADMIN"), role("CUSTOM")], False, ("CUSTOM", "READ_ONLY_ADMIN")),
        ([role("SUPER_ADMIN", "INACTIVE")], False, ()),
    ],
)
def test_roles(tmp_path: Path, roles: list[dict[str, Any]], admin: bool, held: tuple[str, ...]) -> None:
    found = user(tmp_path, listAssignedRolesForUser=roles)
    assert (found.admin, found.admin_roles) == (admin, held)


@pytest.mark.parametrize(
    "roles",
    [
        [role("SUPER_ADMIN", "ON")],
        [{**role("SUPER_ADMIN"), "status": None}],
        [{**role("SUPER_ADMIN"), "type": None}],
        [{"type": "SUPER_ADMIN"}],
        [{"status": "ACTIVE"}],
        DENIED,
    ],
)
def test_unknown_roles(tmp_path: Path, roles: Any) -> None:
    found = user(tmp_path, listAssignedRolesForUser=roles)
    for fact in ("admin", "admin_roles"):
        with pytest.raises(UnknownFact):
            getattr(found, fact)


def test_full_page_of_users_is_partial(tmp_path: Path) -> None:
    inventory = load(tmp_path, {"listUsers": [{**USER, "id": f"00u{number}"} for number in range(200)]})
    assert gap_codes(inventory, OktaUser) == {"partial"}


def test_pages_are_one_list(tmp_path: Path) -> None:
    pages = {
        "listUsers.page1": [{**USER, "id": f"00u{number}"} for number in range(200)],
        "listUsers.page2": [{**USER, "id": "00u200"}, LEFT],
    }
    inventory = load(tmp_path, pages)
    assert gap_codes(inventory, OktaUser) == set()
    assert len(list(inventory.members(OktaUser))) == 201


def test_a_deactivated_user_may_be_on_any_page(tmp_path: Path) -> None:
    first = [LEFT, *({**USER, "id": f"00u{number}"} for number in range(1, 200))]
    pages = {"listUsers.page1": first, "listUsers.page2": [{**USER, "id": "00u200"}]}
    assert gap_codes(load(tmp_path, pages), OktaUser) == set()
    without = {"listUsers.page1": [{**USER, "id": f"00u{number}"} for number in range(200)], "listUsers.page2": [USER]}
    assert gap_codes(load(tmp_path / "2", without), OktaUser) == {"partial"}


def test_the_default_list_is_not_taken_for_that_of_all_users(tmp_path: Path) -> None:
    inventory = load(tmp_path, {"listUsers": [USER]})
    (gap,) = inventory.gaps(OktaUser)
    assert gap.code == "partial"
    assert "DEPROVISIONED" in gap.text
    assert "users?search=status%20pr" in gap.text
    assert '"complete": true' in gap.text
    assert gap_codes(load(tmp_path, {"listUsers": [USER, LEFT]}), OktaUser) == set()


def test_a_record_says_that_nobody_ever_left(tmp_path: Path) -> None:
    head = {"soc2test": "evidence/1", "source": "okta", "operation": "listUsers", "subject": {"org": "acme"}}
    record = {**head, "collected_at": "2026-11-20T08:00:00Z", "status": "ok", "complete": True, "body": [USER]}
    assert gap_codes(load(tmp_path, {"listUsers": record}), OktaUser) == set()


def test_a_user_alone(tmp_path: Path) -> None:
    body = json.loads((SAMPLES / "getUser.GetUserExample.json").read_text())
    found = load(tmp_path, {"listUsers": [{"id": body["id"]}, LEFT], f"getUser.{body['id']}": body})
    (isaac,) = (each for each in every(found, OktaUser) if each.id.endswith(body["id"]))
    assert (isaac.name, isaac.active, isaac.password) == ("isaac.brock@example.com", True, True)


def test_factors_of_a_user_that_the_list_leaves_out(tmp_path: Path) -> None:
    inventory = load(tmp_path, {"listUsers": [USER, LEFT], "listFactors.00u9": []})
    assert gap_codes(inventory, OktaUser) == {"unnamed"}


def test_denied_list(tmp_path: Path) -> None:
    assert gap_codes(load(tmp_path, {"listUsers": DENIED}), OktaUser) == {"denied"}


def test_unknown_status_list_asks_for_all_statuses(tmp_path: Path) -> None:
    (gap,) = load(tmp_path, {"getOrgSettings": {"subdomain": "acme"}}).gaps(OktaUser)
    assert "search=status%20pr" in gap.text


FEDERATED = {"credentials": {"provider": {"type": "FEDERATION", "name": "FEDERATION"}}}


def voucher(
    kind: str = "SAML2", issuer: str = "https://sts.windows.net/7f1b/", status: str = "ACTIVE"
) -> dict[str, Any]:
    trust = {"credentials": {"trust": {"issuer": issuer}}}
    return {"id": "0oa9", "type": kind, "name": kind, "status": status, "protocol": trust if kind == "SAML2" else {}}


@pytest.mark.parametrize(
    ("vouchers", "source"),
    [
        ([voucher()], "entra"),
        ([voucher("GOOGLE")], "google_workspace"),
        ([voucher("MICROSOFT"), voucher()], "entra"),
        ([voucher(), voucher("GOOGLE", status="INACTIVE")], "entra"),
    ],
)
def test_who_vouches_for_a_user(tmp_path: Path, vouchers: list[dict[str, Any]], source: str) -> None:
    assert user(tmp_path, FEDERATED, listUserIdentityProviders=vouchers).federated_to == source
    assert user(tmp_path / "here", listUserIdentityProviders=vouchers).federated_to is None


@pytest.mark.parametrize(
    "vouchers",
    [
        None,
        [],
        [voucher(), voucher("GOOGLE")],
        [voucher(issuer="https://idp.acme.example")],
        [voucher("FACEBOOK")],
        DENIED,
    ],
)
def test_vouchers_that_tell_no_source(tmp_path: Path, vouchers: Any) -> None:
    files = {} if vouchers is None else {"listUserIdentityProviders": vouchers}
    with pytest.raises(UnknownFact):
        _ = user(tmp_path, FEDERATED, **files).federated_to


def test_an_administrator_role_of_a_new_type_is_unknown(tmp_path: Path) -> None:
    with pytest.raises(UnknownFact, match="type"):
        _ = user(tmp_path, listAssignedRolesForUser=[role("GALAXY_ADMIN")]).admin
