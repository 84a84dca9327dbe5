"""Which source an identity provider's exports belong to, by the issuer that it calls itself in SAML and OpenID Connect.

The issuers are those of the vendors' documentation: Okta's "Issuer" of a SAML application (http://www.okta.com/exk...),
Microsoft's and Google's OpenID Connect discovery documents, Entra's federation metadata.
"""

import re
from urllib.parse import urlsplit

from soc2test import UnknownFact

__all__ = ["realm_of", "source_of"]

_HOSTS = (
    ("okta", re.compile(r"([\w-]+\.)?(okta|oktapreview|okta-emea|okta-gov)\.com")),
    ("entra", re.compile(r"sts\.windows\.net|login\.microsoftonline\.(com|us)|login\.partner\.microsoftonline\.cn")),
    ("google_workspace", re.compile(r"accounts\.google\.com")),
)


_TENANT = re.compile(r"[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}", re.ASCII)


def source_of(issuer: str) -> str:
    """The name of the source. Raises `UnknownFact` for an issuer that is none of the three, or a name of one's own."""
    host = _host(issuer)
    for source, pattern in _HOSTS:
        if pattern.fullmatch(host):
            return source
    raise UnknownFact("federated_to", "accounts sign in at an identity provider whose exports no plugin here reads")


def realm_of(issuer: str) -> str | None:
    """Which directory of a source an address names: Okta's by its host, Entra's by its tenant's id.

    None where it names none: Okta's issuers of SAML are all of `www.okta.com`.
    """
    host = _host(issuer)
    if _HOSTS[0][1].fullmatch(host):
        name, _, domain = host.partition(".")
        return None if name == "www" or not _HOSTS[0][1].fullmatch(f"x.{domain}") else _without_console(name, domain)
    if _HOSTS[1][1].fullmatch(host):
        tenant = _TENANT.search(issuer)
        return tenant[0].lower() if tenant else None
    return None


def _without_console(name: str, domain: str) -> str:
    """The console of an org, acme-admin.okta.com, is that of acme.okta.com."""
    return f"{name.removesuffix('-admin')}.{domain}"


def _host(issuer: str) -> str:
    """The host that an address names; issuers may be any text, which no parser has to like."""
    try:
        return urlsplit(issuer).hostname or ""
    except ValueError:
        return ""
