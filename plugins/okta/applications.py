"""Applications of the org, and how their users sign in to them."""

from soc2test import Facts, Item, Subject, by_full_page, facts
from soc2test_plugins.okta.kinds import OktaApp
from soc2test_plugins.okta.shapes import translated
from soc2test_plugins.okta.source import API, okta, uid

_FEDERATED = ("SAML_2_0", "SAML_1_1", "OPENID_CONNECT", "WS_FEDERATION")
_STORED = ("AUTO_LOGIN", "BASIC_AUTH", "BOOKMARK", "BROWSER_PLUGIN", "SECURE_PASSWORD_STORE")
_MODES = {**dict.fromkeys(_FEDERATED, True), **dict.fromkeys(_STORED, False)}


@okta.reads(
    "listApplications",
    kind=OktaApp,
    items="",
    lists=True,
    paging=by_full_page(20, 200),
    command=API + 'apps?limit=200"',
)
def application(item: Item, at: Subject) -> Facts:
    """An application; Okta's own (dashboard, admin console) are in the list too and sign in by OIDC."""
    return facts(
        uid(at, "apps", str(item["id"])),
        name=item["label"],
        active=item.then("status", lambda status: status == "ACTIVE"),
        single_sign_on=translated(item["signOnMode"], _MODES),
        sign_on_mode=item["signOnMode"],
    )
