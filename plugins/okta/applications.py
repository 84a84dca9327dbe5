"""Applications of the org, how their users sign in to them, and the secrets by which they prove themselves."""

from datetime import datetime
from typing import Any

from soc2test import (
    AppSecret,
    Facts,
    Item,
    Subject,
    UnknownFact,
    by_full_page,
    dig,
    facts,
    id_text,
    items_of,
    meaning,
    or_unknown,
    text,
    translated,
)
from soc2test_plugins.okta.about import APP
from soc2test_plugins.okta.kinds import ClientSecret, OktaApp
from soc2test_plugins.okta.shapes import LIFECYCLE
from soc2test_plugins.okta.source import API, okta, uid

_FEDERATED = ("SAML_2_0", "SAML_1_1", "OPENID_CONNECT", "WS_FEDERATION")
_STORED = ("AUTO_LOGIN", "BASIC_AUTH", "BOOKMARK", "BROWSER_PLUGIN", "SECURE_PASSWORD_STORE")
_MODES = {**dict.fromkeys(_FEDERATED, True), **dict.fromkeys(_STORED, False)}
_STATUSES = {"ACTIVE": True, "INACTIVE": False, "DELETED": False}
_OKTAS_OWN = (
    "okta_access_requests_resource_catalog", "okta_atspoke_sso", "okta_browser_plugin", "okta_enduser", "okta_flow_sso",
    "okta_iga_reviewer", "saasure",
)  # fmt: skip
"""Names of the applications that Okta runs for its customers: identity governance, the browser plugin, the dashboard,
the console of Workflows and the admin console ("saasure"). Okta publishes no list; its Terraform provider leaves out
the browser plugin, the dashboard and the admin console. "flow" (Okta Workflows OAuth) is not among them: its secret is
the company's, which puts it into its connections."""
_BY_SECRET = {
    **dict.fromkeys(("client_secret_basic", "client_secret_jwt", "client_secret_post"), True),
    **dict.fromkeys(("none", "private_key_jwt"), False),
}


@okta.reads(
    "listApplications",
    kind=OktaApp,
    items="",
    lists=True,
    paging=by_full_page(20, 200),
    command=API + 'apps?limit=200"',
)
def application(item: Item, at: Subject) -> Facts:
    """An application; Okta's own (dashboard, admin console) are in the list too and sign in by OIDC.

    `name` is the key of its definition in Okta's catalogue, which nobody edits, `label` what an administrator calls it
    (https://developer.okta.com/docs/api/openapi/okta-management/management/tag/Application/).
    """
    return facts(
        uid(at, "apps", item["id"]),
        app_id=item["id"],
        name=item["label"],
        catalogue_name=item["name"],
        active=translated(item["status"], _STATUSES),
        single_sign_on=translated(item["signOnMode"], _MODES),
        sign_on_mode=item["signOnMode"],
        client_authentication=or_unknown(lambda: _client_authentication(item, item["signOnMode"])),
        access_policy=or_unknown(lambda: _access_policy(item)),
    )


_WITHOUT_VALUES = 'if type == "array" then map(del(.client_secret, .secret_hash)) else . end'  # an error is no array


@okta.reads(
    "listOAuth2ClientSecrets",
    kind=OktaApp,
    subject="app_id",
    about={"app_id": APP},
    command=API + "apps/{app_id}/credentials/secrets\" | jq '" + _WITHOUT_VALUES + "'",
)
def client_secrets(body: Any, at: Subject) -> Facts:
    """When the secrets of one application were made; their values need not be exported."""
    return facts(
        uid(at, "apps", at["app_id"]),
        client_secrets=or_unknown(lambda: tuple(_secret(each) for each in items_of(body))),
    )


@okta.derives(OktaApp, "secrets")
def secrets(app: OktaApp) -> tuple[AppSecret, ...]:
    """The active secrets, where the application proves itself by one; Okta's have no end."""
    if app.client_authentication is None:
        return ()
    if app.client_authentication not in _BY_SECRET:
        raise UnknownFact("client_authentication", "the application proves itself in a way not known here")
    if not _BY_SECRET[app.client_authentication]:
        return ()
    active = [secret for secret in app.client_secrets if secret.active]
    if not active:
        raise UnknownFact("client_secrets", "the export names no active secret, and the application needs one")
    return tuple(AppSecret(made_at=secret.created_at, expires_at=None) for secret in active)


def _access_policy(item: Item) -> str:
    """Its link ends in the policy's id; orgs of the Classic Engine have none."""
    return id_text(text(dig(item, "_links", "accessPolicy", "href")).rpartition("/")[2])


def _client_authentication(item: Item, mode: Any) -> Any:
    meaning(mode, _MODES)  # one that is not known here may have secrets
    if mode != "OPENID_CONNECT" or text(item["name"]) in _OKTAS_OWN:
        return None
    return text(dig(item, "credentials", "oauthClient", "token_endpoint_auth_method"))


def _secret(item: Item) -> ClientSecret:
    active, created = meaning(item["status"], LIFECYCLE), item.time("created")
    if not isinstance(created, datetime):
        raise UnknownFact("client_secrets", "a secret does not say when it was made")
    return ClientSecret(active=active, created_at=created)
