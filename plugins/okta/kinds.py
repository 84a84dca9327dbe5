"""Okta's kinds: the neutral ones with what Okta tells beside them."""

from datetime import datetime

import msgspec

from soc2test import Application, Credential, Identity, PasswordPolicy, Resource, SessionPolicy, Tenant

__all__ = [
    "ClientSecret",
    "Condition",
    "GroupMembers",
    "OktaAccessPolicy",
    "OktaApiToken",
    "OktaApp",
    "OktaGroup",
    "OktaOrg",
    "OktaPasswordPolicy",
    "OktaSession",
    "OktaSessionPolicy",
    "OktaSignOnPolicy",
    "OktaUser",
    "People",
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
    mfa_enrolled: bool
    """a second factor is enrolled and active, whether a sign-in asks for it or not"""
    groups: tuple[str, ...]
    """ids of the groups that the user belongs to"""
    signs_in_here: bool
    """Okta checks who it is, by a password of its own or that of a directory; false: another identity provider does"""
    vouchers: tuple[str, ...]
    """issuers of the identity providers that vouch for the user"""
    user_type: str
    """id of the user's type, by which policies tell users apart"""
    status: str
    """"STAGED", "PROVISIONED", "ACTIVE", "RECOVERY", "PASSWORD_EXPIRED", "LOCKED_OUT", "SUSPENDED", "DEPROVISIONED\""""
    assigned_roles: tuple[str, ...]
    """types of the administrator roles in force that Okta lists for the user"""
    admin_roles: tuple[str, ...]
    """the same with those of groups that the user belongs to: "SUPER_ADMIN", "CUSTOM" ..."""


class OktaGroup(Resource, frozen=True, gc=False, kw_only=True):
    """A group of users; policies and administrator roles are given to groups."""

    group: str
    name: str
    everybody: bool
    """Okta's own group of all users"""
    members: tuple[str, ...]
    """ids of the users in it"""
    admin_roles: tuple[str, ...]
    """types of the administrator roles that its members hold"""


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
    access_policy: str
    """id of the policy that decides how people sign in to it"""


class People(msgspec.Struct, frozen=True, gc=False, kw_only=True):
    """Whom a policy or a rule is for, by ids; where nothing is included, everybody is."""

    users: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()
    types: tuple[str, ...] = ()
    not_users: tuple[str, ...] = ()
    not_groups: tuple[str, ...] = ()
    not_types: tuple[str, ...] = ()


class GroupMembers(msgspec.Struct, frozen=True, gc=False, kw_only=True):
    """Who belongs to a group, where an export tells it."""

    group: str
    everybody: bool
    members: tuple[str, ...]


class OktaPasswordPolicy(PasswordPolicy, frozen=True, gc=False, kw_only=True):
    """The password rules of some groups of the org; `lockout_attempts` is unknown where users are never locked out.

    Those of a policy for users whose passwords another directory keeps are unknown: what that demands is not in Okta.
    `active` is false where nobody belongs to the groups that it is for.
    """

    priority: int
    switched_on: bool
    """its status is ACTIVE"""
    people: People


class Condition(msgspec.Struct, frozen=True, gc=False, kw_only=True):
    """What a rule asks of a sign-in in one respect: one of `values`, or with `other_than` none of them."""

    respect: str
    """"network", "platform", "risk" ..."""
    values: tuple[str, ...]
    other_than: bool = False


class SignOnRule(msgspec.Struct, frozen=True, gc=False, kw_only=True):
    """One rule of a sign-on policy."""

    name: str
    active: bool
    allows: bool
    second_factor: bool
    priority: int | None = None
    """the lowest comes first; None: the export does not say"""
    people: People = People()
    conditions: tuple[Condition, ...] = ()
    readable: bool = True
    """all of its conditions are known here"""


class OktaSignOnPolicy(Resource, frozen=True, gc=False, kw_only=True):
    """A policy that decides who may sign in, and with how many factors."""

    name: str
    active: bool
    policy: str
    """its id in Okta"""
    priority: int | None
    """the lowest comes first; None: the export does not say"""
    system: bool
    """Okta's own, which is for everybody"""
    people: People
    readable: bool
    """all of its conditions are known here"""
    rules: tuple[SignOnRule, ...]
    group_members: tuple[GroupMembers, ...]
    """of the groups that it and its rules name, those whose members an export tells"""
    mfa_required: bool
    """every active rule that lets somebody in asks for a second factor"""


class OktaSessionPolicy(OktaSignOnPolicy, frozen=True, gc=False, kw_only=True):
    """A sign-on policy for the session with Okta itself (type OKTA_SIGN_ON)."""


class OktaSession(SessionPolicy, frozen=True, gc=False, kw_only=True):
    """The sessions that a policy of type OKTA_SIGN_ON opens. What applications ask for again is none of it."""


class OktaAccessPolicy(OktaSignOnPolicy, frozen=True, gc=False, kw_only=True):
    """A sign-on policy for applications (type ACCESS_POLICY); Identity Engine alone has them."""

    apps: tuple[str, ...]
    """names of the active applications that it decides for"""


class OktaOrg(Tenant, frozen=True, gc=False, kw_only=True):
    """The org. It holds no storage or disks: those facts of a tenant stay unknown."""

    session_mfa_required: bool
    """every active session policy asks for a second factor"""
    application_mfa_required: bool
    """every active access policy does"""
    support_access_until: datetime | None
    """until when Okta's support may sign in; None: it may not"""
