"""Okta's kinds: the neutral ones with what Okta tells beside them."""

from datetime import datetime

import msgspec

from soc2test import Application, Credential, Identity, PasswordPolicy, Resource, Tenant

__all__ = [
    "ClientSecret",
    "OktaAccessPolicy",
    "OktaApiToken",
    "OktaApp",
    "OktaOrg",
    "OktaPasswordPolicy",
    "OktaSessionPolicy",
    "OktaSignOnPolicy",
    "OktaUser",
    "SignOnRule",
]


class OktaUser(Identity, frozen=True, gc=False, kw_only=True):
    """A user of the org, in whichever of the eight statuses.

    Okta's directory is of people, so each counts as human: a user that a program uses must meet what people must.
    `admin` means super or organization administrator; `admin_roles` names all roles. `active` is false for
    STAGED, SUSPENDED and DEPROVISIONED alone: the holder of any other status gets in, if by resetting a password.
    """

    user: str
    """its id in Okta, by which further calls and their files name it"""
    status: str
    """"STAGED", "PROVISIONED", "ACTIVE", "RECOVERY", "PASSWORD_EXPIRED", "LOCKED_OUT", "SUSPENDED", "DEPROVISIONED\""""
    admin_roles: tuple[str, ...]
    """types of the administrator roles in force, those held through a group too: "SUPER_ADMIN", "CUSTOM" ..."""


class OktaApiToken(Credential, frozen=True, gc=False, kw_only=True):
    """A token for Okta's API, with the rights of the administrator who made it. Okta lists active ones only."""

    name: str
    expires_at: datetime
    """when it expires unless it is used before"""


class ClientSecret(msgspec.Struct, frozen=True, gc=False, kw_only=True):
    """A secret of an OAuth client; its value is in the export, and never read."""

    active: bool
    created_at: datetime


class OktaApp(Application, frozen=True, gc=False, kw_only=True):
    """An application that users are assigned to."""

    app_id: str
    sign_on_mode: str
    """"SAML_2_0", "OPENID_CONNECT", "SECURE_PASSWORD_STORE" ..."""
    client_authentication: str | None
    """how an OAuth client proves itself: "client_secret_basic", "private_key_jwt", "none" ...; None: it is none, or
    one of Okta's own applications"""
    client_secrets: tuple[ClientSecret, ...]


class OktaPasswordPolicy(PasswordPolicy, frozen=True, gc=False, kw_only=True):
    """The password rules of some groups of the org; `lockout_attempts` is unknown where users are never locked out."""

    priority: int


class SignOnRule(msgspec.Struct, frozen=True, gc=False, kw_only=True):
    """One rule of a sign-on policy."""

    name: str
    active: bool
    allows: bool
    second_factor: bool


class OktaSignOnPolicy(Resource, frozen=True, gc=False, kw_only=True):
    """A policy that decides who may sign in, and with how many factors."""

    name: str
    active: bool
    rules: tuple[SignOnRule, ...]
    mfa_required: bool
    """every active rule that lets somebody in asks for a second factor"""


class OktaSessionPolicy(OktaSignOnPolicy, frozen=True, gc=False, kw_only=True):
    """A sign-on policy for the session with Okta itself (type OKTA_SIGN_ON)."""


class OktaAccessPolicy(OktaSignOnPolicy, frozen=True, gc=False, kw_only=True):
    """A sign-on policy for applications (type ACCESS_POLICY); Identity Engine alone has them."""


class OktaOrg(Tenant, frozen=True, gc=False, kw_only=True):
    """The org. It holds no storage or disks: those facts of a tenant stay unknown."""

    session_mfa_required: bool
    """every active session policy asks for a second factor"""
    application_mfa_required: bool
    """every active access policy does"""
    support_access_until: datetime | None
    """until when Okta's support may sign in; None: it may not"""
