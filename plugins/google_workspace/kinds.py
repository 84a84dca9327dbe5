"""Google Workspace's kinds: the neutral ones with what Google tells beside them."""

from datetime import datetime
from typing import Any

from soc2test import AppGrant, Identity, PasswordPolicy, Resource, Tenant

__all__ = [
    "GoogleCustomer",
    "GoogleGrant",
    "GoogleOrgUnit",
    "GooglePasswordPolicy",
    "GooglePolicy",
    "GoogleSsoAssignment",
    "GoogleSsoProfile",
    "GoogleUser",
]


class GoogleUser(Identity, frozen=True, gc=False, kw_only=True):
    """A user. The directory is of people, so each counts as human. `admin` means super administrator.

    `mfa` means enrolled in 2-step verification, and that it is enforced. Of those whom another identity provider
    signs in it is unknown: Google asks them for no second step.
    """

    mfa_enrolled: bool
    """enrolled in 2-step verification, which the user may leave again where it is not enforced"""
    mfa_enforced: bool
    """a sign-in without it is refused, once a grace period for new users is over"""
    signed_in_by: str
    """"Google", "another" for another identity provider, "unknown" where no export tells"""
    federated_profile: str | None
    """name of the SAML profile of that provider; None: Google signs in, or a provider without one"""
    delegated_admin: bool
    """holds some administrator role, if not all rights"""
    org_unit: str
    """path of the organisational unit"""
    deleted_at: datetime | None


class GooglePolicy(Resource, frozen=True, gc=False, kw_only=True):
    """One setting for one organisational unit or group, as policies.list has it; the highest `sort_order` wins."""

    type: str
    """"security.password" ..."""
    org_unit: str | None
    """id of the unit, without prefix; None: set for the customer as a whole"""
    group: str | None
    conditional: bool
    """holds for some licences or a query only"""
    sort_order: float
    value: dict[str, Any]


class GoogleOrgUnit(Resource, frozen=True, gc=False, kw_only=True):
    """An organisational unit, by which settings are made."""

    path: str
    units: tuple[str, ...]
    """ids of the unit and those above, the nearest first"""


class GoogleSsoAssignment(Resource, frozen=True, gc=False, kw_only=True):
    """Who signs in the users of a group or an organisational unit."""

    mode: str
    """"SSO_OFF", "SAML_SSO", "OIDC_SSO", "DOMAIN_WIDE_SAML_IF_ENABLED\""""
    org_unit: str | None
    """id of the unit, without prefix"""
    path: str | None
    """its path; None: it is set for a group"""
    group: str | None
    profile: str | None
    """name of the profile of the identity provider"""


class GoogleSsoProfile(Resource, frozen=True, gc=False, kw_only=True):
    """An identity provider that signs people in by SAML."""

    name: str
    issuer: str
    signs_in_at: str | None
    """the address that people are sent to"""


class GoogleGrant(AppGrant, frozen=True, gc=False, kw_only=True):
    """What a user lets an application of others do with the account: its name is what its maker calls it."""


class GooglePasswordPolicy(PasswordPolicy, frozen=True, gc=False, kw_only=True):
    """The password rules in force in one organisational unit.

    Where reuse is not allowed, Google does not say how many earlier passwords it refuses: `history` is unknown.
    Google guards against guessing by itself. Where another identity provider signs the unit's users in, it keeps their
    passwords, and the rules here say nothing. `active` is false where no active user is in the unit.
    """

    path: str
    units: tuple[str, ...]
    """ids of the unit and those above, the nearest first"""
    signed_in_by: str
    """who signs the unit's users in: "Google", "another", "unknown\""""


class GoogleCustomer(Tenant, frozen=True, gc=False, kw_only=True):
    """The customer. It holds no storage or disks: those facts of a tenant stay unknown."""
