"""Entra's kinds: the neutral ones with what Microsoft Graph tells beside them."""

from datetime import datetime

from soc2test import Application, Credential, Identity, Resource, Tenant

__all__ = [
    "EntraAppCredential",
    "EntraConditionalAccessPolicy",
    "EntraDirectoryRole",
    "EntraEnterpriseApp",
    "EntraRoleAssignment",
    "EntraServicePrincipal",
    "EntraTenant",
    "EntraUser",
]


class EntraUser(Identity, frozen=True, gc=False, kw_only=True):
    """A user, member or guest. The directory is of people, so each counts as human.

    `mfa` means that a strong method is registered which the tenant's policy allows; whether a sign-in asks for it is
    the tenant's `mfa_required`. `admin` means Global Administrator now; who could activate the role is not.
    """

    directory_id: str
    """the object id, by which roles and policies name the user"""
    guest: bool
    mfa_registered: bool
    """a strong method is registered, allowed or not"""
    methods: tuple[str, ...]
    """registered authentication methods: "fido2", "phone", "password" ..."""


class EntraDirectoryRole(Resource, frozen=True, gc=False, kw_only=True):
    """A directory role in use; `name` is the id of its template, which is the same in every tenant."""

    name: str
    title: str


class EntraRoleAssignment(Resource, frozen=True, gc=False, kw_only=True):
    """A directory role that somebody holds now."""

    role: str
    """id of the role's template"""
    principal: str
    """object id of the user, group or service principal"""
    principal_type: str
    """"user", "group", "servicePrincipal\""""
    scope: str
    """"/" for the whole tenant"""


class EntraServicePrincipal(Identity, frozen=True, gc=False, kw_only=True):
    """An application's identity in the tenant; those of Microsoft's own applications are left out.

    `admin` means Global Administrator, by a directory role; rights that an application was consented to are not read.
    """

    directory_id: str
    app_id: str


class EntraEnterpriseApp(Application, frozen=True, gc=False, kw_only=True):
    """An application that people of the tenant sign in to."""

    app_id: str
    sign_on_mode: str | None
    """"saml", "oidc", "password", "notSupported"; None: not set, as for OpenID Connect"""


class EntraAppCredential(Credential, frozen=True, gc=False, kw_only=True):
    """A secret or certificate of an application, without its value; `identity` is the application's service principal.

    What has expired still counts as active, as nothing here says when now is: remove it.
    """

    app_id: str
    expires_at: datetime | None


class EntraConditionalAccessPolicy(Resource, frozen=True, gc=False, kw_only=True):
    """A conditional access policy."""

    name: str
    state: str
    """"enabled", "disabled", "enabledForReportingButNotEnforced" (which enforces nothing)"""
    asks_mfa: bool
    """who falls under it gets in with a second factor only"""
    everybody: bool
    """all users and guests fall under it, exclusions aside"""
    everything: bool
    """all applications do, from all clients, places, platforms and devices, at each risk"""
    excluded: tuple[str, ...]
    """ids of users, groups, roles, applications and guests that are excluded"""


class EntraTenant(Tenant, frozen=True, gc=False, kw_only=True):
    """The tenant. It holds no storage or disks: those facts of a tenant stay unknown.

    `mfa_required` holds where one enabled policy asks everybody for a second factor, for everything, without an
    exclusion, emergency accounts included. Policies that only together do so are not added up: unknown.
    """

    security_defaults: bool
    """Microsoft's own rules are on: they ask for a second factor when Microsoft finds it necessary"""
