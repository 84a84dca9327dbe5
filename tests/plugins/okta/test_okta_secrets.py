"""API tokens, the secrets of applications, and what Okta's support may do."""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from okta_reading import DENIED, SAMPLES, gap_codes, load, only

from soc2test import UnknownFact
from soc2test_plugins.okta.kinds import OktaApiToken, OktaApp, OktaOrg

TOKEN: dict[str, Any] = {
    "id": "00T1",
    "name": "export",
    "userId": "00u1",
    "tokenWindow": "P30D",
    "created": "2026-10-02T13:05:27.000Z",
    "expiresAt": "2026-12-20T08:00:00.000Z",
}
APP: dict[str, Any] = {
    "id": "0oa1",
    "name": "oidc_client",
    "label": "Back office",
    "status": "ACTIVE",
    "signOnMode": "OPENID_CONNECT",
    "credentials": {"oauthClient": {"token_endpoint_auth_method": "client_secret_basic"}},
}


def token(folder: Path, **change: Any) -> OktaApiToken:
    return only(load(folder, {"listApiTokens": [{**TOKEN, **change}]}), OktaApiToken)


def test_a_token(tmp_path: Path) -> None:
    found = token(tmp_path)
    assert (found.identity, found.category, found.active, found.root) == ("okta/acme/00u1", "token", True, False)
    assert found.created_at == datetime(2026, 10, 2, 13, 5, 27, tzinfo=UTC)
    assert found.last_used_at == datetime(2026, 11, 20, 8, tzinfo=UTC)


def test_a_token_that_was_never_used(tmp_path: Path) -> None:
    assert token(tmp_path, expiresAt="2026-11-01T13:05:27.000Z").last_used_at is None


@pytest.mark.parametrize(
    "change",
    [
        {"tokenWindow": "P1M"},
        {"tokenWindow": "P"},
        {"tokenWindow": None},
        {"expiresAt": None},
        {"expiresAt": "2026-10-20T00:00:00Z"},
    ],
)
def test_a_token_that_does_not_tell_its_use(tmp_path: Path, change: dict[str, Any]) -> None:
    with pytest.raises(UnknownFact):
        _ = token(tmp_path, **change).last_used_at


@pytest.mark.parametrize(("body", "gaps"), [([], set()), (DENIED, {"denied"}), ([TOKEN] * 200, {"partial"})])
def test_the_list_of_tokens(tmp_path: Path, body: Any, gaps: set[str]) -> None:
    assert gap_codes(load(tmp_path, {"listApiTokens": body}), OktaApiToken) == gaps


def app(folder: Path, secrets: Any = None, **change: Any) -> OktaApp:
    files = {} if secrets is None else {"listOAuth2ClientSecrets.0oa1": secrets}
    return only(load(folder, {"listApplications": [{**APP, **change}], **files}), OktaApp)


def method(name: Any) -> dict[str, Any]:
    return {"oauthClient": {"token_endpoint_auth_method": name}}


def test_active_secrets_count(tmp_path: Path) -> None:
    text = (SAMPLES / "listOAuth2ClientSecrets.OAuthClientSecretListResponseExample.json").read_text()
    sample = json.loads(text.replace("0oa1nkheCuDn82XVI0g4", "0oa1"))
    assert [each.made_at for each in app(tmp_path, sample).secrets] == [datetime(2023, 4, 6, 21, 32, 33, tzinfo=UTC)]
    sample[0]["status"] = "ACTIVE"
    assert min(each.made_at for each in app(tmp_path, sample).secrets) == datetime(2023, 2, 21, 20, 8, 24, tzinfo=UTC)


@pytest.mark.parametrize(
    "change",
    [
        {"signOnMode": "SAML_2_0", "credentials": {}},
        *(
            {"name": name, "credentials": {}}
            for name in ("saasure", "okta_enduser", "okta_browser_plugin", "okta_flow_sso")
        ),
        {"credentials": method("private_key_jwt")},
        {"credentials": method("none")},
    ],
)
def test_applications_without_a_secret(tmp_path: Path, change: dict[str, Any]) -> None:
    assert app(tmp_path, **change).secrets == ()


@pytest.mark.parametrize(
    ("secrets", "change"),
    [
        (None, {}),
        ([], {}),
        (DENIED, {}),
        ([{"id": "s", "status": "INACTIVE", "created": "2023-04-06T21:32:33.000Z"}], {}),
        ([{"id": "s", "status": "ACTIVE"}], {}),
        ([{"id": "s", "created": "2023-04-06T21:32:33.000Z"}], {}),
        ([], {"credentials": {}}),
        ([], {"credentials": method("tls_client_auth")}),
        ([], {"name": "somebodys", "credentials": {}}),
        ([], {"credentials": method(None)}),
        ([], {"signOnMode": "OPENID_CONNECT_2"}),
        ([], {"signOnMode": None}),
        ([], {"name": None}),
        ([], {"name": "flow", "credentials": {}}),  # of Okta Workflows, with a secret that the company holds
        ([{"id": "s", "status": "PAUSED", "created": "2023-04-06T21:32:33.000Z"}], {}),
    ],
)
def test_secrets_that_nothing_tells(tmp_path: Path, secrets: Any, change: dict[str, Any]) -> None:
    with pytest.raises(UnknownFact):
        _ = app(tmp_path, secrets, **change).secrets


def test_a_missing_export_of_secrets_is_asked_for_by_the_id(tmp_path: Path) -> None:
    with pytest.raises(UnknownFact, match="apps/0oa1/credentials/secrets"):
        _ = app(tmp_path).secrets


def org(folder: Path, support: Any) -> OktaOrg:
    files = {"getOrgSettings": {"subdomain": "acme"}, "getOrgOktaSupportSettings": support}
    return only(load(folder, files), OktaOrg)


def test_access_of_oktas_support(tmp_path: Path) -> None:
    sample = json.loads((SAMPLES / "getOrgOktaSupportSettings.OktaSupportWithCaseNumberEx.json").read_text())
    assert org(tmp_path, sample).support_access_until == datetime(2024, 1, 24, 11, 13, 14, tzinfo=UTC)
    assert org(tmp_path, {"support": "DISABLED", "expiration": None}).support_access_until is None


@pytest.mark.parametrize("body", [{"support": "ENABLED", "expiration": None}, {"support": "MAYBE"}, {}, DENIED])
def test_unknown_access_of_oktas_support(tmp_path: Path, body: Any) -> None:
    with pytest.raises(UnknownFact):
        _ = org(tmp_path, body).support_access_until
