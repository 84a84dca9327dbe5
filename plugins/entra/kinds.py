"""Entra's kinds: the neutral ones with what Microsoft Graph tells beside them."""

from datetime import datetime

import msgspec

from soc2test import Application, Credential, Identity, Resource, Tenant

__all__ = [
    "EntraAppCredential",
    "EntraConditionalAccessPolicy",
    "EntraDirectoryRole",
    "EntraDomain",
    "EntraEnterpriseApp",
    "EntraGroup",
    "EntraRoleAssignment",
    "EntraRoleEligibility",
    "EntraServicePrincipal",
    "EntraTenant",
    "EntraUser",
    "Members",
    "People",
    "Reach",
]


class EntraUser(Identity, frozen=True, gc=False, kw_only=True):
    """A user, member or guest. The directory is of people, so each counts as human.

    `mfa` means that a strong method is registered and that conditional access, security defaults or the user's own
    setting asks for it at each sign-in. Of guests and of those whose domain is federated it is unknown where that is
    not certain: their own directory may ask. `admin` means Global Administrator, or a role that can give it to itself.
    """

    directory_id: str
    """the object id, by which roles and policies name the user"""
    guest: bool
    mfa_enrolled: bool
    """a strong method is registered and allowed, whether a sign-in asks for it or not"""
    per_user_mfa: str
    """the older setting of each user: "disabled", "enabled", "enforced\""""
    signed_in_by: str
    """"Entra", "another" for the provider of a federated domain or a guest's own directory, "unknown\""""
    security_defaults: bool
    """the tenant's"""
    admin_now: bool
    """administers the tenant without further ado"""
    admin_eligible: bool
    """may activate a role that administers the tenant"""
    admin_by_entering: bool
    """owns a group that has such a role, or may activate a place in it"""
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
    holders: tuple[str, ...]
    """object ids of those whom it is given to, members of a group too"""
    entrants: tuple[str, ...]
    """object ids of those who can enter the group that it is given to: owners, and who may activate a place in it"""


class EntraRoleEligibility(Resource, frozen=True, gc=False, kw_only=True):
    """A directory role that somebody may activate (Privileged Identity Management)."""

    role: str
    principal: str
    principal_type: str
    scope: str
    holders: tuple[str, ...]
    entrants: tuple[str, ...]


class EntraGroup(Resource, frozen=True, gc=False, kw_only=True):
    """A group; roles and policies are given to groups."""

    name: str
    """its object id, by which roles and policies name it"""
    title: str
    direct_members: tuple[str, ...]
    """object ids of those who are in it themselves"""
    nested: bool
    """a group is among them"""
    members: tuple[str, ...]
    """object ids of all who are in it, through other groups too"""
    owners: tuple[str, ...]
    """object ids of those who say who is in it"""
    eligible: tuple[str, ...]
    """object ids of those who may become members or owners of it by activating that (Privileged Identity Management)"""


class EntraDomain(Resource, frozen=True, gc=False, kw_only=True):
    """A domain of the tenant, by which sign-in names end."""

    name: str
    federated: bool
    """another identity provider signs in its users"""
    signs_in_at: tuple[str, ...]
    """addresses at which that provider signs people in, and its issuer"""


class EntraServicePrincipal(Identity, frozen=True, gc=False, kw_only=True):
    """An application's identity in the tenant; those of Microsoft's own applications are left out.

    `admin` means Global Administrator, by a directory role; rights that an application was consented to are not read.
    """

    directory_id: str
    admin_now: bool
    admin_eligible: bool
    admin_by_entering: bool
    app_id: str


class EntraEnterpriseApp(Application, frozen=True, gc=False, kw_only=True):
    """An application that people of the tenant sign in to."""

    app_id: str
    sign_on_mode: str | None
    """"saml", "oidc", "password", "notSupported"; None: not set, as for OpenID Connect"""


class EntraAppCredential(Credential, frozen=True, gc=False, kw_only=True):
    """A secret or certificate of an application, without its value; `identity` is the application's service principal.

    `active` says nothing of its end: what has expired (`expires_at`) opens nothing.
    """

    app_id: str
    expires_at: datetime | None


class People(msgspec.Struct, frozen=True, gc=False, kw_only=True):
    """Whom a policy includes and excludes, by object ids and templates of roles."""

    everybody: bool = False
    guests: bool = False
    users: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()
    roles: tuple[str, ...] = ()
    not_guests: bool = False
    not_users: tuple[str, ...] = ()
    not_groups: tuple[str, ...] = ()
    not_roles: tuple[str, ...] = ()


class Members(msgspec.Struct, frozen=True, gc=False, kw_only=True):
    """Who is in a group or holds a role, where an export tells it."""

    name: str
    members: tuple[str, ...]


class Reach(msgspec.Struct, frozen=True, gc=False, kw_only=True):
    """The sign-ins that a policy is for; None: all of them in this respect."""

    apps: tuple[str, ...]
    not_apps: tuple[str, ...]
    clients: tuple[str, ...] | None
    platforms: tuple[str, ...] | None
    not_platforms: tuple[str, ...]
    locations: tuple[str, ...] | None
    not_locations: tuple[str, ...]
    sign_in_risks: tuple[str, ...] | None
    user_risks: tuple[str, ...] | None
    rare: bool
    """it is for sign-ins of a rare kind alone: by a device code, or of somebody who is a risk from inside"""
    readable: bool
    """all of its conditions are known here"""


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
    people: People
    reach: Reach
    group_members: tuple[Members, ...]
    """of the groups that it names, those whose members an export tells"""
    role_holders: tuple[Members, ...]
    """of the roles that it names, those whose holders an export tells"""


class EntraTenant(Tenant, frozen=True, gc=False, kw_only=True):
    """The tenant. It holds no storage or disks: those facts of a tenant stay unknown.

    `mfa_required` holds where one enabled policy asks everybody for a second factor, for everything, without an
    exclusion, emergency accounts included. Policies that only together do so are not added up: unknown.
    """

    directory_id: str
    security_defaults: bool
    """Microsoft's own rules are on: they ask for a second factor when Microsoft finds it necessary"""
