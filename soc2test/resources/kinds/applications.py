"""What else acts or is entered: applications, tenants, secrets, and who asked for an export."""

from datetime import datetime

import msgspec

from soc2test.resources.resource import Resource

__all__ = ["AppSecret", "Application", "Caller", "Secret", "Tenant"]


class Secret(Resource, frozen=True, gc=False, kw_only=True):
    """A secret kept in a vault for programs to fetch: a database's password, a partner's API key."""

    name: str
    replaced_at: datetime
    """when its present value was made"""


class AppSecret(msgspec.Struct, frozen=True, gc=False, kw_only=True):
    """A secret of an application; its value is in no export that is read."""

    made_at: datetime
    expires_at: datetime | None
    """it proves nothing from then on; None: it has no end"""


class Application(Resource, frozen=True, gc=False, kw_only=True):
    """An application in a single sign-on directory."""

    name: str
    """what the company calls it there"""
    catalogue_name: str | None
    """what the directory's catalogue, or who made it, calls it: no administrator of the company does; None: nothing"""
    active: bool
    single_sign_on: bool
    """signs in by SAML, OIDC or WS-Federation, not by a stored password or bookmark"""
    secrets: tuple[AppSecret, ...]
    """those by which the application proves itself to the directory, that are not switched off; empty: the company
    keeps none"""


class Tenant(Resource, frozen=True, gc=False, kw_only=True):
    """An account with a provider as a whole: AWS account, GitHub organisation, Okta org."""

    name: str
    mfa_required: bool
    """nobody can be in without a second factor"""
    public_storage_blocked: bool
    """stores can't be made public, whatever their own settings"""
    default_encryption: bool
    """new disks are encrypted by themselves"""


class Caller(Resource, frozen=True, gc=False, kw_only=True):
    """Who made the exports of a scope, as the vendor answered; one a scope."""

    name: str
    """as the vendor names a login: an ARN, an address"""
