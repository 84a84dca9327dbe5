"""Which source an identity provider's exports belong to, by the issuer that it calls itself in SAML and OpenID Connect.

The issuers are those of the vendors' documentation: Okta's "Issuer" of a SAML application (http://www.okta.com/exk...),
Microsoft's and Google's OpenID Connect discovery documents, Entra's federation metadata.
"""

import re
from urllib.parse import urlsplit

from soc2test import UnknownFact

__all__ = ["source_of"]

_HOSTS = (
    ("okta", re.compile(r"([\w-]+\.)?(okta|oktapreview|okta-emea|okta-gov)\.com")),
    ("entra", re.compile(r"sts\.windows\.net|login\.microsoftonline\.(com|us)|login\.partner\.microsoftonline\.cn")),
    ("google_workspace", re.compile(r"accounts\.google\.com")),
)


def source_of(issuer: str) -> str:
    """The name of the source. Raises `UnknownFact` for an issuer that is none of the three, or a name of one's own."""
    host = _host(issuer)
    for source, pattern in _HOSTS:
        if pattern.fullmatch(host):
            return source
    raise UnknownFact("federated_to", "accounts sign in at an identity provider whose exports no plugin here reads")


def _host(issuer: str) -> str:
    """The host that an address names; issuers may be any text, which no parser has to like."""
    try:
        return urlsplit(issuer).hostname or ""
    except ValueError:
        return ""
