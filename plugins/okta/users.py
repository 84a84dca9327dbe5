"""Users: the account, its factors, its administrator roles."""

from collections.abc import Iterator
from typing import Any

from soc2test import (
    AccessGrant,
    Facts,
    Item,
    Subject,
    Unknown,
    UnknownFact,
    by_full_page,
    dig,
    facts,
    id_text,
    items_of,
    meaning,
    or_unknown,
    text,
    translated,
    unpaged,
)
from soc2test_plugins.issuers import realm_of
from soc2test_plugins.okta.about import USER, USER_ITSELF
from soc2test_plugins.okta.kinds import OktaUser
from soc2test_plugins.okta.shapes import roles_in_force
from soc2test_plugins.okta.source import API, okta, uid

_OPEN = ("ACTIVE", "PROVISIONED", "RECOVERY", "PASSWORD_EXPIRED", "LOCKED_OUT")
_SHUT = ("STAGED", "SUSPENDED", "DEPROVISIONED")
_STATUSES = {**dict.fromkeys(_OPEN, True), **dict.fromkeys(_SHUT, False)}

_SWITCHED_OFF = {**dict.fromkeys((*_OPEN, "STAGED"), False), **dict.fromkeys(("SUSPENDED", "DEPROVISIONED"), True)}
"""Whether somebody could sign in before, and can't any more."""

_PASSWORD_HERE = ("OKTA", "IMPORT")
_PASSWORD_ELSEWHERE = ("ACTIVE_DIRECTORY", "LDAP", "FEDERATION", "SOCIAL")

_NO_SECOND_FACTOR = ("question", "email")
"""A security question is something known, as the password is, and Okta enrols a verified e-mail address by itself:
the mailbox often opens with the very password (or the Okta session) that a second factor is to back up."""
_SECOND_FACTOR = (
    "call", "push", "signed_nonce", "sms", "token", "token:hardware", "token:hotp", "token:software:totp", "u2f",
    "web", "webauthn",
)  # fmt: skip
_FACTORS = {**dict.fromkeys(_SECOND_FACTOR, True), **dict.fromkeys(_NO_SECOND_FACTOR, False)}

_SUSPENDED_BEFORE = (
    "Okta tells when it was deactivated, and not whether it was suspended before: its system log does "
    "(eventType user.lifecycle.suspend)"
)

_FACTOR_STATUSES = (
    "ACTIVE", "DISABLED", "ENROLLED", "EXPIRED", "INACTIVE", "NOT_SETUP", "PENDING_ACTIVATION",
)  # fmt: skip

_ASSIGNED_TO_THE_USER = {"USER": True, "CLIENT": True, "GROUP": False}

_SIGNS_IN_HERE = {
    **dict.fromkeys(("OKTA", "IMPORT", "ACTIVE_DIRECTORY", "LDAP"), True),
    **dict.fromkeys(("FEDERATION", "SOCIAL"), False),
}
"""Providers of credentials. Okta asks a directory for the password, and for a second factor itself; to whom another
identity provider vouches for, Okta's session policy may still ask for one."""


def all_statuses(users: list[Any]) -> str | None:
    """Okta's default list leaves DEPROVISIONED users out and looks the same: one that names none may be that list.

    "This operation omits users that have a status of DEPROVISIONED. To return all users, use a filter or search query
    instead" (`listUsers` in Okta's management API).
    """
    if not users or any(isinstance(user, dict) and user.get("status") == "DEPROVISIONED" for user in users):
        return None
    return (
        "names no DEPROVISIONED user, as Okta's default list (take `search=status pr`; where nobody ever left, "
        'say so by a record with "complete": true)'
    )


@okta.reads("getUser", kind=OktaUser, subject="user", command=API + 'users/{user}"', about={"user": USER_ITSELF})
@okta.reads(
    "listUsers",
    kind=OktaUser,
    items="",
    lists=True,
    never_empty=True,
    paging=by_full_page(200),
    whole=all_statuses,
    command=API + 'users?search=status%20pr&limit=200"',
)
def user(item: Item, at: Subject) -> Facts:
    """A user. Okta leaves DEPROVISIONED ones out unless asked for (`search=status pr`), and leaver tests need them."""
    return facts(
        uid(at, item["id"]),
        user=item["id"],
        name=dig(item, "profile", "login"),
        email=dig(item, "profile", "email"),
        human=True,
        root=False,
        active=translated(item["status"], _STATUSES),
        status=item["status"],
        user_type=dig(item, "type", "id"),
        realm=or_unknown(lambda: realm_of(text(dig(item, "_links", "self", "href")))),
        signs_in_here=translated(dig(item, "credentials", "provider", "type"), _SIGNS_IN_HERE),
        password=_password(item),
        created_at=item.time("created"),
        last_used_at=item.time("lastLogin"),
        disabled_at=or_unknown(lambda: _disabled_at(item)),
        disabled_by=or_unknown(lambda: _switched_off(item)),
        owner=None,
    )


@okta.reads("listFactors", kind=OktaUser, subject="user", command=API + 'users/{user}/factors"', about={"user": USER})
def factors(body: Any, at: Subject) -> Facts:
    """Whether an enrolled factor of a user is active and a second one; a pending one opens nothing."""
    return facts(uid(at, at["user"]), mfa_enrolled=or_unknown(lambda: _second_factor(items_of(body))))


@okta.reads(
    "listAssignedRolesForUser",
    kind=(OktaUser, AccessGrant),
    lists=(AccessGrant,),
    per=OktaUser,
    tells=("assigned_roles", "identity", "account", "right", "given_at"),
    subject="user",
    paging=unpaged,  # it has no parameters for pages
    command=API + 'users/{user}/roles"',
    about={"user": USER},
)
def roles(body: Any, at: Subject) -> Iterator[Facts]:
    """The administrator roles of a user, those that a group brings too, and since when each is assigned."""
    assigned = items_of(body)
    yield facts(uid(at, at["user"]), OktaUser, assigned_roles=or_unknown(lambda: roles_in_force(assigned)))
    yield from (_grant(role, at) for role in assigned)


def _grant(role: Item, at: Subject) -> Facts:
    """A role that a group brings says when the group got it, which somebody may have joined later."""
    return facts(
        uid(at, at["user"], "roles", id_text(role["id"])),
        AccessGrant,
        identity=uid(at, at["user"]),
        account=None,
        right=or_unknown(lambda: text(role["label"] if text(role["type"]) == "CUSTOM" else role["type"])),
        given_at=or_unknown(lambda: _assigned_at(role)),
    )


def _assigned_at(role: Item) -> Any:
    if not meaning(role["assignmentType"], _ASSIGNED_TO_THE_USER):
        raise UnknownFact("created", "a group brings the role, and no export tells when the user joined the group")
    return role.time("created")


def _password(item: Item) -> Any:
    provider = dig(item, "credentials", "provider", "type")
    here = translated(provider, {**dict.fromkeys(_PASSWORD_HERE, True), **dict.fromkeys(_PASSWORD_ELSEWHERE, False)})
    if here is not True:
        return here
    return "password" in item["credentials"]  # Okta shows the key, without the value, where one is set


def _disabled_at(item: Item) -> Any:
    """When a user was switched off; None where one is on, or never was (STAGED).

    Who is SUSPENDED was active until then. Who is DEPROVISIONED may have been suspended long before: Okta keeps the
    last change alone.
    """
    if text(item["status"]) == "DEPROVISIONED":
        return Unknown(_SUSPENDED_BEFORE, what="statusChanged")
    return _switched_off(item)


def _switched_off(item: Item) -> Any:
    if not meaning(item["status"], _SWITCHED_OFF):
        return None
    moment = item.time("statusChanged")
    return Unknown("Okta does not say when the status changed", what="statusChanged") if moment is None else moment


def _second_factor(enrolled: list[Item]) -> bool:
    told = [(text(factor["factorType"]), text(factor["status"])) for factor in enrolled]
    if any(_FACTORS.get(kind) and status == "ACTIVE" for kind, status in told):
        return True
    if not {status for _, status in told} <= set(_FACTOR_STATUSES):
        raise UnknownFact("status", "a factor is in a status that this plugin does not know")
    if not {kind for kind, status in told if status == "ACTIVE"} <= set(_FACTORS):
        raise UnknownFact("factorType", "an active factor is of a type that this plugin does not know")
    return False
