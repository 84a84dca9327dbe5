"""Users: accounts, second factors, directory roles, and what the shipped controls say of them."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from entra_reading import every, gap_codes, load, only, page

from soc2test import UnknownFact
from soc2test.testing import check
from soc2test_plugins.entra.kinds import EntraRoleAssignment, EntraUser
from soc2test_policies.cc6.accounts import test_unused_accounts_are_disabled as unused_control
from soc2test_policies.cc6.administrators import test_administrators_are_few as few_control
from soc2test_policies.cc6.sign_in import test_people_sign_in_with_mfa as mfa_control

GLOBAL = "62e90394-69f5-4237-9190-012177145e10"
ASSIGNED = "roleManagement.directory.roleAssignments"
ELIGIBLE = "roleManagement.directory.roleEligibilityScheduleInstances"
READER = "f2ef992c-3afb-46b9-b7cf-a126ee74c451"
ANN: dict[str, Any] = {
    "id": "u1", "userPrincipalName": "ann@acme.example", "mail": "ann@acme.example", "accountEnabled": True,
    "userType": "Member", "createdDateTime": "2024-01-02T03:04:05Z",
    "signInActivity": {
        "lastSignInDateTime": "2026-11-01T00:00:00Z", "lastNonInteractiveSignInDateTime": "2026-11-18T00:00:00Z",
    },
}  # fmt: skip


def user(
    folder: Path, change: dict[str, Any] | None = None, drop: str = "", files: dict[str, Any] | None = None
) -> EntraUser:
    told = {key: value for key, value in {**ANN, **(change or {})}.items() if key != drop}
    return only(load(folder, {"users": page(told), **(files or {})}), EntraUser)


ASKING: dict[str, Any] = {
    "identity.conditionalAccess.policies": page(
        {
            "id": "p1", "displayName": "MFA for all", "state": "enabled",
            "grantControls": {"operator": "OR", "builtInControls": ["mfa"], "authenticationStrength": None},
            "conditions": {
                "users": {"includeUsers": ["All"], "excludeUsers": [], "excludeGroups": [], "excludeRoles": []},
                "applications": {"includeApplications": ["All"], "excludeApplications": []}, "clientAppTypes": ["all"],
            },
        }
    ),
    "domains": page({"id": "acme.example", "authenticationType": "Managed"}),
}  # fmt: skip
"""One policy that asks everybody; the domain is the tenant's own."""


def registered(**told: bool) -> dict[str, Any]:
    return {**ASKING, "reports.authenticationMethods.userRegistrationDetails": page({"id": "u1", **told})}


def test_a_user(tmp_path: Path) -> None:
    found = user(tmp_path)
    assert (found.id, found.name, found.email) == (
        "entra/acme.example/users/u1",
        "ann@acme.example",
        "ann@acme.example",
    )
    assert (found.human, found.active, found.guest, found.disabled_at) == (True, True, False, None)
    assert found.last_used_at == datetime(2026, 11, 18, tzinfo=UTC)
    assert check(unused_control, found, limits={"unused_days": 90}).verdict == "pass"
    for fact in ("mfa", "admin", "password"):
        with pytest.raises(UnknownFact):
            getattr(found, fact)


@pytest.mark.parametrize(
    ("key", "fact"),
    [
        ("accountEnabled", "active"), ("accountEnabled", "disabled_at"), ("signInActivity", "last_used_at"),
        ("mail", "email"), ("createdDateTime", "created_at"), ("userType", "guest"),
    ],
)  # fmt: skip
def test_what_was_not_selected_is_unknown(tmp_path: Path, key: str, fact: str) -> None:
    with pytest.raises(UnknownFact):
        getattr(user(tmp_path, drop=key), fact)


def test_who_never_signed_in_among_those_who_did(tmp_path: Path) -> None:
    never = {**{key: value for key, value in ANN.items() if key != "signInActivity"}, "id": "u2"}
    found = every(load(tmp_path, {"users": page(ANN, never)}), EntraUser)
    assert [each.last_used_at is None for each in found] == [False, True]
    assert check(unused_control, *found).verdict == "fail"


def test_a_disabled_user(tmp_path: Path) -> None:
    found = user(tmp_path, {"accountEnabled": False})
    assert found.active is False
    with pytest.raises(UnknownFact, match="since when"):
        _ = found.disabled_at


@pytest.mark.parametrize(
    ("change", "email"),
    [
        ({"mail": None}, "ann@acme.example"),
        ({"mail": None, "userPrincipalName": "ann_x.example#EXT#@acme.example", "userType": "Guest"}, None),
        ({"mail": "a.n@acme.example"}, "a.n@acme.example"),
    ],
)
def test_addresses(tmp_path: Path, change: dict[str, Any], email: str | None) -> None:
    assert user(tmp_path, change).email == email


@pytest.mark.parametrize(
    ("told", "mfa", "verdict"),
    [
        ({"isMfaRegistered": True, "isMfaCapable": True}, True, "pass"),
        ({"isMfaRegistered": True, "isMfaCapable": False}, False, "fail"),
        ({"isMfaRegistered": False, "isMfaCapable": False}, False, "fail"),
    ],
)
def test_registration(tmp_path: Path, told: dict[str, bool], mfa: bool, verdict: str) -> None:
    found = user(tmp_path, files=registered(**told))
    assert (found.mfa_enrolled, found.mfa_registered) == (mfa, told["isMfaRegistered"])
    assert check(mfa_control, found).verdict == verdict


def test_registration_that_says_half_is_unknown(tmp_path: Path) -> None:
    assert check(mfa_control, user(tmp_path, files=registered(isMfaRegistered=True))).verdict == "not_evaluated"


@pytest.mark.parametrize(
    ("types", "mfa"),
    [(["password"], False), (["password", "fido2"], True), (["password", "email"], False), (["softwareOath"], True)],
)
def test_methods(tmp_path: Path, types: list[str], mfa: bool) -> None:
    told = page(*({"@odata.type": f"#microsoft.graph.{each}AuthenticationMethod", "id": "m"} for each in types))
    found = user(tmp_path, files={"users.authentication.methods.u1": told})
    assert (found.mfa_enrolled, found.password) == (mfa, "password" in types)


def test_a_method_of_a_new_type_is_unknown(tmp_path: Path) -> None:
    told = page({"@odata.type": "#microsoft.graph.newAuthenticationMethod"})
    with pytest.raises(UnknownFact, match="type"):
        _ = user(tmp_path, files={"users.authentication.methods.u1": told}).mfa_enrolled


def assignment(principal: str, kind: str = "user", role: str = GLOBAL, scope: str = "/") -> dict[str, Any]:
    who = {"@odata.type": f"#microsoft.graph.{kind}", "id": principal}
    return {"principalId": principal, "roleDefinitionId": role, "directoryScopeId": scope, "principal": who}


@pytest.mark.parametrize(
    ("rows", "admin"),
    [
        ([assignment("u1")], True),
        ([assignment("u2")], False),
        ([assignment("u1", role=READER)], False),
        ([assignment("u1", scope="/administrativeUnits/a")], False),
        ([assignment("g1", "group"), assignment("u1")], True),
        ([assignment("s1", "servicePrincipal")], False),
        ([], False),
    ],
)
def test_administrators(tmp_path: Path, rows: list[dict[str, Any]], admin: bool) -> None:
    found = user(tmp_path, files={ASSIGNED: page(*rows), ELIGIBLE: page()})
    assert (found.admin, found.admin_now, found.admin_eligible) == (admin, admin, False)
    assert check(few_control, found, limits={"administrators": 0}).verdict == ("fail" if admin else "pass")


def test_a_group_that_holds_the_role_hides_who_does(tmp_path: Path) -> None:
    rows = page(assignment("g1", "group"))
    with pytest.raises(UnknownFact, match="group"):
        _ = user(tmp_path, files={ASSIGNED: rows, ELIGIBLE: page()}).admin


MAY_ENTER = "identityGovernance.privilegedAccess.group.eligibilityScheduleInstances.g1"
NOBODY_ENTERS = {"groups.owners.g1": page(), MAY_ENTER: page()}
GROUPS = {"groups": page({"id": "g1", "displayName": "Admins"}, {"id": "g2", "displayName": "Operators"})}


@pytest.mark.parametrize(
    ("entering", "admin"),
    [
        ({}, False),
        ({"groups.owners.g1": page({"id": "u1"})}, True),
        ({"groups.owners.g1": page({"id": "u2"})}, False),
        ({MAY_ENTER: page({"groupId": "g1", "principalId": "u1", "accessId": "member"})}, True),
        ({MAY_ENTER: page({"groupId": "g1", "principalId": "u1", "accessId": "owner"})}, True),
        ({MAY_ENTER: page({"groupId": "g1", "principalId": "u2", "accessId": "member"})}, False),
        ({MAY_ENTER: {"error": {"code": "AadPremiumLicenseRequired", "message": "x"}}}, False),
    ],
)
@pytest.mark.parametrize("given", [ASSIGNED, ELIGIBLE])
def test_who_can_enter_a_group_that_has_the_role(tmp_path: Path, given: str, entering: Any, admin: bool) -> None:
    role = {ASSIGNED: page(), ELIGIBLE: page(), given: page(assignment("g1", "group"))}
    files = {**role, **GROUPS, "groups.transitiveMembers.g1": page({"id": "u2"}), **NOBODY_ENTERS, **entering}
    found = user(tmp_path, files=files)
    assert (found.admin, found.admin_now) == (admin, False)


@pytest.mark.parametrize(
    ("principal", "files"),
    [("g2", GROUPS), ("u2", {}), ("g3", {"groups": {**GROUPS["groups"], "@odata.nextLink": "x"}})],
)
def test_a_group_that_may_enter_the_group_hides_who_can(tmp_path: Path, principal: str, files: dict[str, Any]) -> None:
    may = {MAY_ENTER: page({"groupId": "g1", "principalId": principal, "accessId": "member"})}
    role = {ASSIGNED: page(assignment("g1", "group")), ELIGIBLE: page(), "groups.transitiveMembers.g1": page()}
    with pytest.raises(UnknownFact, match=r"a group may enter|EntraGroup"):
        _ = user(tmp_path, files={**role, **NOBODY_ENTERS, **may, **files}).admin
    owner = {"groups.owners.g1": page({"id": "u1"})}
    assert user(tmp_path, files={**role, **NOBODY_ENTERS, **may, **files, **owner}).admin is True


@pytest.mark.parametrize("lacking", NOBODY_ENTERS)
def test_who_can_enter_the_group_has_to_be_told(tmp_path: Path, lacking: str) -> None:
    told = {name: body for name, body in NOBODY_ENTERS.items() if name != lacking}
    files = {ASSIGNED: page(assignment("g1", "group")), ELIGIBLE: page(), "groups.transitiveMembers.g1": page(), **told}
    with pytest.raises(UnknownFact, match="export"):
        _ = user(tmp_path, files=files).admin


@pytest.mark.parametrize(
    ("members", "admin"),
    [
        ({"groups.transitiveMembers.g1": page({"id": "u1"})}, True),
        ({"groups.transitiveMembers.g1": page({"id": "u2"})}, False),
        ({"groups.members.g1": page({"@odata.type": "#microsoft.graph.user", "id": "u1"})}, True),
        ({"groups.members.g1": page()}, False),
    ],
)
def test_members_of_a_group_that_holds_the_role(tmp_path: Path, members: dict[str, Any], admin: bool) -> None:
    files = {ASSIGNED: page(assignment("g1", "group")), ELIGIBLE: page(), **NOBODY_ENTERS, **members}
    assert user(tmp_path, files=files).admin is admin


def test_a_group_in_the_group_hides_who_is_in_it(tmp_path: Path) -> None:
    nested = page({"@odata.type": "#microsoft.graph.group", "id": "g2"})
    files = {ASSIGNED: page(assignment("g1", "group")), ELIGIBLE: page(), "groups.members.g1": nested}
    with pytest.raises(UnknownFact, match="transitiveMembers"):
        _ = user(tmp_path, files=files).admin


def test_who_may_activate_the_role_counts_and_is_told_apart(tmp_path: Path) -> None:
    found = user(tmp_path, files={ASSIGNED: page(), ELIGIBLE: page(assignment("u1"))})
    assert (found.admin, found.admin_now, found.admin_eligible) == (True, False, True)


def test_whether_somebody_may_activate_the_role_must_be_exported(tmp_path: Path) -> None:
    with pytest.raises(UnknownFact, match="roleEligibilityScheduleInstances"):
        _ = user(tmp_path, files={ASSIGNED: page()}).admin


def test_without_the_licence_nobody_may_activate_a_role(tmp_path: Path) -> None:
    refused = {"error": {"code": "AadPremiumLicenseRequired", "message": "m"}}
    assert user(tmp_path, files={ASSIGNED: page(), ELIGIBLE: refused}).admin is False


@pytest.mark.parametrize("role", ["e8611ab8-c189-46e8-94e1-60213ab1f814", "7be44c8a-adaf-4e2a-84d6-ab2649e08a13"])
def test_who_can_give_himself_everything_administers(tmp_path: Path, role: str) -> None:
    assert user(tmp_path, files={ASSIGNED: page(assignment("u1", role=role)), ELIGIBLE: page()}).admin is True


def test_members_of_directory_roles(tmp_path: Path) -> None:
    roles = page(
        *(
            {"id": f"r{number}", "roleTemplateId": each, "displayName": "x"}
            for number, each in enumerate((GLOBAL, READER))
        )
    )
    members = page({"@odata.type": "#microsoft.graph.user", "id": "u1"})
    half = {"users": page(ANN), "directoryRoles": roles, f"directoryRoles.members.{GLOBAL}": members}
    assert gap_codes(load(tmp_path / "half", half), EntraRoleAssignment) == {"missing"}
    whole = load(tmp_path / "whole", {**half, f"directoryRoles.members.{READER}": page()})
    assert gap_codes(whole, EntraRoleAssignment) == set()
    assert only(whole, EntraUser).admin is True
