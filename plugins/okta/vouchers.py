"""Identity providers that vouch for users: what they ask for is told by their own exports."""

from typing import Any

from soc2test import Facts, Item, Subject, UnknownFact, dig, facts, items_of, meaning, or_unknown, text
from soc2test_plugins.issuers import realm_of, source_of
from soc2test_plugins.okta.kinds import OktaUser
from soc2test_plugins.okta.shapes import LIFECYCLE
from soc2test_plugins.okta.source import API, okta, uid

_WELL_KNOWN = {"GOOGLE": "https://accounts.google.com", "MICROSOFT": "https://login.microsoftonline.com"}


@okta.reads("listUserIdentityProviders", kind=OktaUser, subject="user", command=API + 'users/{user}/idps"')
def user_providers(body: Any, at: Subject) -> Facts:
    """The identity providers that one user is linked to; inactive ones vouch for nobody."""
    vouchers = or_unknown(lambda: tuple(_issuer(idp) for idp in items_of(body) if meaning(idp["status"], LIFECYCLE)))
    return facts(uid(at, at["user"]), vouchers=vouchers)


def _issuer(idp: Item) -> str:
    kind = text(idp["type"])
    if kind in _WELL_KNOWN:
        return _WELL_KNOWN[kind]
    trust = dig(idp, "protocol", "credentials", "trust", "issuer")
    return text(trust if isinstance(trust, str) else dig(idp, "protocol", "issuer", "url"))


@okta.derives(OktaUser, "federated_to")
def federated_to(user: OktaUser) -> str | None:
    """The source of the one identity provider that vouches for the user."""
    if user.signs_in_here:
        return None
    sources = {source_of(issuer) for issuer in user.vouchers}
    if len(sources) != 1:
        raise UnknownFact("vouchers", "the export names not exactly one identity provider that vouches for the user")
    return sources.pop()


@okta.derives(OktaUser, "federated_realm")
def federated_realm(user: OktaUser) -> str | None:
    """The directory of that provider, where the issuer names one."""
    realms = {realm_of(issuer) for issuer in user.vouchers}
    return realms.pop() if len(realms) == 1 else None
