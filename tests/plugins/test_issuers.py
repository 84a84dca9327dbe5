"""Whose exports tell of an identity provider, by its issuer."""

import pytest

from soc2test import UnknownFact
from soc2test_plugins.issuers import realm_of, source_of


@pytest.mark.parametrize(
    ("issuer", "source"),
    [
        ("http://www.okta.com/exk1abcd", "okta"),
        ("https://acme.okta.com/app/office365/exk1/sso/wsfed/passive", "okta"),
        ("https://acme.oktapreview.com", "okta"),
        ("https://sts.windows.net/7f1b1c4e/", "entra"),
        ("https://login.microsoftonline.com/7f1b1c4e/v2.0", "entra"),
        ("https://accounts.google.com/o/saml2?idpid=C01", "google_workspace"),
        ("https://accounts.google.com", "google_workspace"),
    ],
)
def test_issuers(issuer: str, source: str) -> None:
    assert source_of(issuer) == source


@pytest.mark.parametrize(
    "issuer",
    [
        "", "okta", "urn:acme", "https://okta.com.acme.example", "https://acme.example/okta.com", "https://myokta.com",
        "https://a.b.okta.com", "https://login.acme.example", "https://accounts.google.com.acme.example", "https://[",
    ],
)  # fmt: skip
def test_others_are_unknown(issuer: str) -> None:
    with pytest.raises(UnknownFact):
        source_of(issuer)


_TENANT = "7f1b1c4e-0000-4000-8000-52a7c0de0001"


@pytest.mark.parametrize(
    ("issuer", "realm"),
    [
        ("http://www.okta.com/exk1abcd", None),
        ("https://acme.okta.com/app/office365/exk1/sso/wsfed/passive", "acme.okta.com"),
        ("https://acme-admin.okta.com/api/v1/users/00u1", "acme.okta.com"),
        ("https://ACME.oktapreview.com", "acme.oktapreview.com"),
        ("https://okta.com", None),
        ("https://login.acme.example/api/v1/users/00u1", None),
        (f"https://sts.windows.net/{_TENANT.upper()}/", _TENANT),
        (f"https://login.microsoftonline.com/{_TENANT}/v2.0", _TENANT),
        ("https://login.microsoftonline.com/common/v2.0", None),
        ("https://accounts.google.com", None),
        ("", None),
    ],
)
def test_realms(issuer: str, realm: str | None) -> None:
    assert realm_of(issuer) == realm
