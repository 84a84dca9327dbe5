"""Okta's kinds: the neutral ones with what Okta tells beside them."""

import msgspec

from soc2test import Application, Identity, PasswordPolicy, Resource, Tenant

__all__ = [
    "OktaAccessPolicy",
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

    status: str
    """"STAGED", "PROVISIONED", "ACTIVE", "RECOVERY", "PASSWORD_EXPIRED", "LOCKED_OUT", "SUSPENDED", "DEPROVISIONED\""""
    admin_roles: tuple[str, ...]
    """types of the administrator roles in force, those held through a group too: "SUPER_ADMIN", "CUSTOM" ..."""


class OktaApp(Application, frozen=True, gc=False, kw_only=True):
    """An application that users are assigned to."""

    sign_on_mode: str
    """"SAML_2_0", "OPENID_CONNECT", "SECURE_PASSWORD_STORE" ..."""


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
