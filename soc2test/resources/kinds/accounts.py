"""Accounts and roles, what they sign in with, and what is told of their lives."""

from datetime import datetime

from soc2test.resources.resource import Resource

__all__ = [
    "AccountEvent",
    "Credential",
    "Group",
    "Identity",
    "PasswordPolicy",
    "Principal",
    "Role",
    "RoleUse",
    "SessionPolicy",
]


class Principal(Resource, frozen=True, gc=False, kw_only=True):
    """Whatever holds rights of its own: accounts (`Identity`), and roles that accounts take on (`Role`)."""

    name: str
    """login, user name or name of the role, unique within its tenant"""
    root: bool
    """the account's owner that no policy binds (AWS root)"""
    active: bool
    """can sign in or act now (not suspended, deprovisioned, without any way in)"""
    admin: bool
    """holds rights over everything in its tenant, or can give them to itself"""


class Role(Principal, frozen=True, gc=False, kw_only=True):
    """Rights that others take on for a time. For those whom its source lists they count as their own."""

    anybody: bool
    """lets in everybody, whoever that is"""
    outsiders: tuple[str, ...]
    """in words, who else may take it on and is in no list of its source: other accounts, identity providers"""


class RoleUse(Resource, frozen=True, gc=False, kw_only=True):
    """A role, and when its rights were used last: by whom it was taken on is none of it."""

    name: str
    own: bool
    """the company made it and can take it away; false: the vendor keeps it for a service of its own"""
    created_at: datetime
    last_used_at: datetime | None
    """None: not in the time that its source looks back over"""


class Identity(Principal, frozen=True, gc=False, kw_only=True):
    """An account that can sign in or act: IAM user, Okta user, GitHub member, root."""

    email: str | None
    """the person's address; None where the provider knows none"""
    human: bool
    """meant for a person rather than a program"""
    password: bool
    """can sign in with a password held by this provider"""
    mfa: bool
    """signs in with a second factor: one is enrolled and active, and what is in force demands it at each sign-in"""
    federated_to: str | None
    """name of the source whose sign-in opens this account ("okta"); None: the provider itself checks who it is"""
    federated_realm: str | None
    """the directory there that does, as the federation names it: its host or its tenant; None: it names none"""
    realm: str | None
    """the directory that this account is in, as federations of other sources name it; None: they name none"""
    password_set_at: datetime | None
    """when it was given its present password; None: it has none, or nobody knows"""
    created_at: datetime
    last_used_at: datetime | None
    """None: never used"""
    disabled_at: datetime | None
    """when it was switched off; None while active"""
    disabled_by: datetime | None
    """it was off at this moment at the latest (Okta tells when it was deactivated, perhaps it was suspended before)"""
    owner: str | None
    """e-mail of the person who answers for it; None: nobody is named"""
    stays_listed: bool
    """its source goes on listing it once it is switched off, so that a list without such accounts says something"""


class AccountEvent(Resource, frozen=True, gc=False, kw_only=True):
    """What an audit log tells of the life of an account: that it was switched on, or off."""

    account: str
    """login of the account, as the lists of its source write the `name` of an `Identity`"""
    identity: str | None
    """id of the `Identity`; None: the log knows it by its login alone"""
    action: str
    """"enabled": it can be used from then on, also: it was given a further way in. "disabled": it could be used until
    then. "removed": it is gone, and may have been off before. "narrowed": one of perhaps several ways in was closed,
    and was open until then"""
    happened_at: datetime
    actor: str | None
    """who did it, as the log names him; None: it names nobody"""
    complete_after: bool
    """what the log holds of the account after this event is all there was, also where older parts of it are missing"""


class Group(Identity, frozen=True, gc=False, kw_only=True):
    """Accounts that its source knows by one name together, and does not list."""

    anybody: bool
    """nobody has to be added to it: everybody is in it, or everybody who signs in"""
    outsiders: tuple[str, ...]
    """in words, who else is in it and is in no list of its source; empty: everybody is named by `anybody`"""


class Credential(Resource, frozen=True, gc=False, kw_only=True):
    """A long-lived secret of an identity: access key, personal access token, API token."""

    identity: str
    """id of the `Identity` that holds it"""
    category: str
    """"access_key", "token", "certificate" ..."""
    active: bool
    root: bool
    """belongs to a root identity"""
    created_at: datetime
    """created or last rotated"""
    expires_at: datetime | None
    """when it ends to serve by itself; None: never. Where it is unknown it is taken for one without an end"""
    last_used_at: datetime | None


class SessionPolicy(Resource, frozen=True, gc=False, kw_only=True):
    """How long a sign-in of some people lasts, by the widest of the rules that let somebody in."""

    name: str
    active: bool
    lifetime_hours: float | None
    """hours after which a session ends, whatever is done in it; None: it does not by itself"""
    idle_hours: float | None
    """hours without use after which it ends; None: it does not by that"""
    factor_hours: float | None
    """for how many hours a new session does without the second factor, since it was shown before; 0: each asks for it,
    or leaves it to the applications; None: a device that showed it once is not asked again"""


class PasswordPolicy(Resource, frozen=True, gc=False, kw_only=True):
    """The password rules of one tenant or group in it."""

    name: str
    active: bool
    min_length: int
    history: int
    """how many earlier passwords are refused; 0: none"""
    lockout_attempts: int | None
    """failed attempts until the account is locked; 0: never; None: the provider guards against guessing by itself"""
