"""Conditional access, security defaults, applications and their secrets, dialects and samples."""

import json
import shutil
from pathlib import Path, PurePosixPath
from typing import Any

import pytest
from entra_reading import SAMPLES, TENANT, every, gap_codes, load, load_folder, only, page

from soc2test import Claim, ErrorInfo, Export, UnknownFact
from soc2test.testing import check
from soc2test_plugins.entra import soc2_claim
from soc2test_plugins.entra.kinds import (
    EntraAppCredential,
    EntraConditionalAccessPolicy,
    EntraEnterpriseApp,
    EntraServicePrincipal,
    EntraTenant,
    EntraUser,
)
from soc2test_plugins.entra.source import as_graph, error_info
from soc2test_policies.cc6.keys import test_application_secrets_are_renewed as renewed_control
from soc2test_policies.cc6.keys import test_keys_are_rotated as rotated_control
from soc2test_policies.cc6.sign_in import test_applications_use_single_sign_on as sso_control

MFA_STRENGTH = "00000000-0000-0000-0000-000000000004"


def policy(state: str = "enabled", **change: Any) -> dict[str, Any]:
    users = {"includeUsers": ["All"], "excludeUsers": [], "excludeGroups": [], "excludeRoles": []}
    found = {
        "id": "p1", "displayName": "MFA for all", "state": state,
        "grantControls": {"operator": "OR", "builtInControls": ["mfa"], "authenticationStrength": None},
        "conditions": {
            "users": {**users, **change.pop("users", {})}, "clientAppTypes": ["all"], "platforms": None, "locations": None,
            "applications": {"includeApplications": ["All"], "excludeApplications": []},
            "userRiskLevels": [], "signInRiskLevels": [], **change.pop("conditions", {}),
        },
    }  # fmt: skip
    return {**found, **change}


def tenant(folder: Path, *policies: dict[str, Any], defaults: bool = False) -> EntraTenant:
    files = {
        "organization": page({"id": "t", "displayName": "Acme"}),
        "policies.identitySecurityDefaultsEnforcementPolicy": {"id": "d", "isEnabled": defaults},
        "identity.conditionalAccess.policies": page(*policies),
    }
    return only(load(folder, files), EntraTenant)


def test_one_policy_for_all(tmp_path: Path) -> None:
    assert tenant(tmp_path, policy()).mfa_required is True


@pytest.mark.parametrize(
    "grant",
    [
        {"operator": "OR", "builtInControls": [], "authenticationStrength": {"id": MFA_STRENGTH}},
        {"operator": "AND", "builtInControls": ["mfa", "compliantDevice"]},
        {"operator": "OR", "builtInControls": ["block"]},
    ],
)
def test_other_ways_to_ask(tmp_path: Path, grant: dict[str, Any]) -> None:
    assert tenant(tmp_path, policy(grantControls=grant)).mfa_required is True


@pytest.mark.parametrize("state", ["enabledForReportingButNotEnforced", "disabled"])
def test_a_policy_that_is_not_in_force_asks_nobody(tmp_path: Path, state: str) -> None:
    assert tenant(tmp_path, policy(state)).mfa_required is False


@pytest.mark.parametrize(
    "grant",
    [
        {"operator": "OR", "builtInControls": ["mfa", "compliantDevice"]},
        {"operator": "OR", "builtInControls": ["mfa"], "termsOfUse": ["t"]},
        {"operator": "OR", "builtInControls": []},
        None,
    ],
)
def test_what_asks_for_no_second_factor(tmp_path: Path, grant: Any) -> None:
    assert tenant(tmp_path, policy(grantControls=grant)).mfa_required is False


@pytest.mark.parametrize(
    "change",
    [
        {"users": {"includeUsers": ["u1"]}},
        {"users": {"excludeUsers": ["breakglass"]}},
        {"users": {"excludeGroups": ["g"]}},
        {"users": {"excludeRoles": ["r"]}},
        {"users": {"excludeGuestsOrExternalUsers": {"guestOrExternalUserTypes": "b2bCollaborationGuest"}}},
        {"conditions": {"clientAppTypes": ["browser"]}},
        {"conditions": {"locations": {"includeLocations": ["All"], "excludeLocations": ["AllTrusted"]}}},
        {"conditions": {"signInRiskLevels": ["high"]}},
        {"conditions": {"platforms": {"includePlatforms": ["android"]}}},
        {"conditions": {"applications": {"includeApplications": ["a"], "excludeApplications": []}}},
        {"conditions": {"applications": {"includeApplications": ["All"], "excludeApplications": ["a"]}}},
    ],
)
def test_a_policy_with_a_hole_is_never_enough(tmp_path: Path, change: dict[str, Any]) -> None:
    with pytest.raises(UnknownFact, match="everybody"):
        _ = tenant(tmp_path, policy(**change)).mfa_required


def test_exclusions_are_named(tmp_path: Path) -> None:
    body = page(policy(users={"excludeUsers": ["u9"], "excludeGroups": ["g"]}))
    found = only(load(tmp_path, {"identity.conditionalAccess.policies": body}), EntraConditionalAccessPolicy)
    assert found.excluded == ("g", "u9")
    assert (found.everybody, found.everything, found.asks_mfa) == (True, True, True)


def test_security_defaults_and_own_strengths_are_not_enough_to_know(tmp_path: Path) -> None:
    with pytest.raises(UnknownFact, match="necessary"):
        _ = tenant(tmp_path, defaults=True).mfa_required
    own = policy(grantControls={"operator": "OR", "builtInControls": [], "authenticationStrength": {"id": "own"}})
    with pytest.raises(UnknownFact, match="strength"):
        _ = tenant(tmp_path, own).mfa_required
    assert tenant(tmp_path).mfa_required is False


@pytest.mark.parametrize("key", ["grantControls", "conditions", "state"])
def test_a_cut_policy_is_unknown(tmp_path: Path, key: str) -> None:
    cut = {name: value for name, value in policy().items() if name != key}
    with pytest.raises(UnknownFact):
        _ = tenant(tmp_path, cut).mfa_required


def test_the_dialect_of_powershell(tmp_path: Path) -> None:
    def pascal(value: Any) -> Any:
        if isinstance(value, dict):
            return {key[:1].upper() + key[1:]: pascal(each) for key, each in value.items()}
        return [pascal(each) for each in value] if isinstance(value, list) else value

    empty = {"GuestOrExternalUserTypes": None, "ExternalTenants": {"MembershipKind": None}}
    told = pascal(policy(users={"excludeGuestsOrExternalUsers": empty}))
    files = {"organization": page({"displayName": "Acme"}), "identity.conditionalAccess.policies": [told]}
    assert only(load(tmp_path, files), EntraTenant).mfa_required is True


PRINCIPAL: dict[str, Any] = {
    "id": "s1", "appId": "a1", "displayName": "Payroll", "accountEnabled": True, "owners": [{"mail": "ann@acme.example"}],
    "tags": ["WindowsAzureActiveDirectoryIntegratedApp"], "preferredSingleSignOnMode": "saml",
}  # fmt: skip


@pytest.mark.parametrize(("mode", "verdict"), [("saml", "pass"), ("password", "fail"), (None, "not_evaluated")])
def test_applications(tmp_path: Path, mode: str | None, verdict: str) -> None:
    body = page({**PRINCIPAL, "preferredSingleSignOnMode": mode})
    found = only(load(tmp_path, {"servicePrincipals": body}), EntraEnterpriseApp)
    assert (found.name, found.sign_on_mode) == ("Payroll", mode)
    assert check(sso_control, found).verdict == verdict


def test_service_principals(tmp_path: Path) -> None:
    microsoft = {**PRINCIPAL, "id": "s2", "appOwnerOrganizationId": "f8cdef31-a31e-4b4a-93e4-5f571e91255a"}
    bare = {key: value for key, value in {**PRINCIPAL, "id": "s3", "tags": []}.items() if key != "owners"}
    own, other = every(load(tmp_path, {"servicePrincipals": page(PRINCIPAL, microsoft, bare)}), EntraServicePrincipal)
    assert (own.human, own.active, own.owner, own.email) == (False, True, "ann@acme.example", None)
    with pytest.raises(UnknownFact):
        _ = other.owner


@pytest.mark.parametrize("holder", ["s1", "u1"])
def test_a_service_principal_that_administers(tmp_path: Path, holder: str) -> None:
    row = {"principalId": holder, "roleDefinitionId": "62e90394-69f5-4237-9190-012177145e10", "directoryScopeId": "/"}
    who = {"principal": {"@odata.type": "#microsoft.graph.user"}}
    given = "roleManagement.directory."
    files = {"servicePrincipals": page(PRINCIPAL), f"{given}roleAssignments": page({**row, **who})}
    files[f"{given}roleEligibilityScheduleInstances"] = page()
    assert only(load(tmp_path, files), EntraServicePrincipal).admin is (holder == "s1")


def test_secrets_of_applications(tmp_path: Path) -> None:
    secret = {
        "keyId": "k1",
        "startDateTime": "2026-10-01T00:00:00Z",
        "endDateTime": None,
        "hint": "abc",
        "secretText": "hush",
    }
    certificate = {"keyId": "k2", "startDateTime": "2025-01-01T00:00:00Z", "endDateTime": "2027-01-01T00:00:00Z"}
    app = {"id": "o1", "appId": "a1", "passwordCredentials": [secret], "keyCredentials": [certificate]}
    inventory = load(tmp_path, {"applications": page(app), "servicePrincipals": page(PRINCIPAL)})
    new, old = every(inventory, EntraAppCredential)
    assert (new.category, new.identity, new.expires_at) == ("token", "entra/acme.example/servicePrincipals/s1", None)
    assert (check(rotated_control, new).verdict, check(rotated_control, old).verdict) == ("pass", "fail")
    assert "hush" not in repr([getattr(new, fact) for fact in ("id", "category", "created_at", "app_id")])


def secrets(folder: Path, *keys: dict[str, Any]) -> EntraEnterpriseApp:
    app = {"id": "o1", "appId": "a1", "passwordCredentials": list(keys), "keyCredentials": []}
    return only(load(folder, {"applications": page(app), "servicePrincipals": page(PRINCIPAL)}), EntraEnterpriseApp)


def test_the_oldest_secret_of_an_application(tmp_path: Path) -> None:
    old = {"keyId": "k1", "startDateTime": "2025-01-01T00:00:00Z", "endDateTime": None}
    new = {"keyId": "k2", "startDateTime": "2026-10-01T00:00:00Z", "endDateTime": None}
    assert check(renewed_control, secrets(tmp_path / "new", new)).verdict == "pass"
    assert check(renewed_control, secrets(tmp_path / "both", new, old)).verdict == "fail"
    assert secrets(tmp_path / "none").secrets == ()
    ended = {**old, "endDateTime": "2026-11-19T00:00:00Z"}
    assert check(renewed_control, secrets(tmp_path / "ended", new, ended)).verdict == "pass"
    later = {**old, "endDateTime": "2026-11-21T00:00:00Z"}
    assert check(renewed_control, secrets(tmp_path / "later", new, later)).verdict == "fail"


def test_one_odd_secret_costs_no_other(tmp_path: Path) -> None:
    good = {"keyId": "k1", "startDateTime": "2026-10-01T00:00:00Z", "endDateTime": None}
    app = {"id": "o1", "appId": "a1", "passwordCredentials": [{"keyId": None}, good, "odd"], "keyCredentials": []}
    inventory = load(tmp_path, {"applications": page(app), "servicePrincipals": page(PRINCIPAL)})
    assert [each.id.rpartition("/")[2] for each in every(inventory, EntraAppCredential)] == ["k1"]
    assert len(inventory.gaps(EntraAppCredential)) == 1


def test_without_the_registrations_no_secret_is_known_to_be_none(tmp_path: Path) -> None:
    found = only(load(tmp_path, {"servicePrincipals": page(PRINCIPAL)}), EntraEnterpriseApp)
    with pytest.raises(UnknownFact, match="applications"):
        _ = found.secrets


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (page({"id": "u1"}, **{"@odata.nextLink": "https://graph.microsoft.com/next"}), "partial"),
        ({"error": {"code": "Authorization_RequestDenied", "message": "m"}}, "denied"),
        ({"error": {"code": "Request_BadRequest", "message": "m"}}, "failed"),
        (page({"userPrincipalName": "ann"}), "unreadable"),
        ({"id": "u1", "userPrincipalName": "ann"}, "unreadable"),
        ("", "empty"),
    ],
)
def test_what_is_not_all_is_a_gap(tmp_path: Path, body: Any, code: str) -> None:
    assert gap_codes(load(tmp_path, {"users": body}), EntraUser) == {code}


def test_errors_and_spellings() -> None:
    text = 'ERROR: Forbidden({"error":{"code":"Authorization_RequestDenied","message":"x"}})'
    assert error_info(text) == ErrorInfo("Authorization_RequestDenied")
    assert error_info("ERROR: x") is None
    assert as_graph([{"account_enabled": True, "@odata.type": "x"}]) == {
        "value": [{"accountEnabled": True, "@odata.type": "x"}]
    }


def test_the_count_that_graph_states_is_held_against_the_rows(tmp_path: Path) -> None:
    body = {"users": page({"id": "u1"}, **{"@odata.count": 2})}
    assert gap_codes(load(tmp_path, body), EntraUser) == {"partial"}
    assert gap_codes(load(tmp_path / "all", {"users": page({"id": "u1"}, **{"@odata.count": 1})}), EntraUser) == set()


@pytest.mark.parametrize(
    ("context", "operation"),
    [("users(id,mail)", "users"), ("users/$entity", None), ("identity/conditionalAccess/policies", "identity conditionalAccess policies"),
     ("groups", "groups"), ("devices", None)],
)  # fmt: skip
def test_claims(context: str, operation: str | None) -> None:
    body = json.dumps({"@odata.context": f"https://graph.microsoft.com/v1.0/$metadata#{context}", "value": []})
    claim = soc2_claim(Export(PurePosixPath("x.json"), 1, body.encode))
    assert claim == (None if operation is None else Claim("entra", operation))


@pytest.mark.parametrize("name", ["AccessControls", "Apps", "Conditions", "SessionControls", "Users"])
def test_parts_of_a_policy_are_no_policy(tmp_path: Path, name: str) -> None:
    shutil.copy(SAMPLES / f"{name}.json", tmp_path / f"{name}.json")
    assert [each.path for each in load_folder(tmp_path).unclaimed] == [f"{name}.json"]
    files = {"identity.conditionalAccess.policies": (SAMPLES / f"{name}.json").read_text()}
    inventory = load(tmp_path / "named", files)
    assert gap_codes(inventory, EntraConditionalAccessPolicy) == {"unreadable"}


@pytest.mark.parametrize(
    ("sample", "operation", "kind", "count"),
    [
        ("applications.mock_service_principals_dict", "servicePrincipals", EntraServicePrincipal, 2),
        ("applications.mock_entra_applications_dict", "applications", EntraAppCredential, 0),
    ],
)
def test_samples_in_an_sdk_s_spelling(tmp_path: Path, sample: str, operation: str, kind: Any, count: int) -> None:
    inventory = load(tmp_path, {operation: (SAMPLES / f"{sample}.json").read_text()})
    found = every(inventory, kind)
    assert len(found) == count
    assert gap_codes(inventory, kind) == (set() if count else {"unreadable"})  # the dump leaves credentials out


def test_ids_hold_the_tenant(tmp_path: Path) -> None:
    found = only(load(tmp_path, {"organization": page({"displayName": "Acme"})}), EntraTenant)
    assert found.id == f"entra/{TENANT}"
