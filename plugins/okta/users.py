"""Users: the account, its factors, its administrator roles."""

from typing import Any

from soc2test import Facts, Item, Subject, Unknown, UnknownFact, by_full_page, facts
from soc2test_plugins.okta.kinds import OktaUser
from soc2test_plugins.okta.shapes import as_items, dig, or_unknown, translated
from soc2test_plugins.okta.source import API, okta, uid

_OPEN = ("ACTIVE", "PROVISIONED", "RECOVERY", "PASSWORD_EXPIRED", "LOCKED_OUT")
_SHUT = ("STAGED", "SUSPENDED", "DEPROVISIONED")
_STATUSES = {**dict.fromkeys(_OPEN, True), **dict.fromkeys(_SHUT, False)}

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

_OVER_EVERYTHING = ("SUPER_ADMIN", "ORG_ADMIN")


_FULL_PAGE = by_full_page(200)


def all_statuses(body: Any) -> str | None:
    """Okta's default list leaves DEPROVISIONED users out and looks the same: one that names none may be that list."""
    named = body if isinstance(body, list) else []
    if named and not any(isinstance(user, dict) and user.get("status") == "DEPROVISIONED" for user in named):
        return (
            "names no DEPROVISIONED user, as Okta's default list (take `search=status pr`; where nobody ever left, "
            'say so by a record with "complete": true)'
        )
    return _FULL_PAGE(body)


@okta.reads("getUser", kind=OktaUser, subject="user", command=API + 'users/{user}"')
@okta.reads(
    "listUsers",
    kind=OktaUser,
    items="",
    lists=True,
    never_empty=True,
    paging=all_statuses,
    command=API + 'users?search=status%20pr&limit=200"',
)
def user(item: Item, at: Subject) -> Facts:
    """A user. Okta leaves DEPROVISIONED ones out unless asked for (`search=status pr`), and leaver tests need them."""
    return facts(
        uid(at, str(item["id"])),
        name=dig(item, "profile", "login"),
        email=dig(item, "profile", "email"),
        human=True,
        root=False,
        active=translated(item["status"], _STATUSES),
        status=item["status"],
        password=_password(item),
        created_at=item.time("created"),
        last_used_at=item.time("lastLogin"),
        disabled_at=_disabled_at(item),
        owner=None,
    )


@okta.reads("listFactors", kind=OktaUser, subject="user", command=API + 'users/{user}/factors"')
def factors(body: Any, at: Subject) -> Facts:
    """Whether an enrolled factor of a user is active and a second one; a pending one opens nothing."""
    return facts(uid(at, at["user"]), mfa=or_unknown(lambda: _second_factor(as_items(body))))


@okta.reads("listAssignedRolesForUser", kind=OktaUser, subject="user", command=API + 'users/{user}/roles"')
def roles(body: Any, at: Subject) -> Facts:
    """The administrator roles of a user, those that a group brings too."""
    held = or_unknown(
        lambda: tuple(sorted({str(role["type"]) for role in as_items(body) if role["status"] == "ACTIVE"}))
    )
    admin = held if isinstance(held, Unknown) else any(role in _OVER_EVERYTHING for role in held)
    return facts(uid(at, at["user"]), admin=admin, admin_roles=held)


def _password(item: Item) -> Any:
    provider = dig(item, "credentials", "provider", "type")
    here = translated(provider, {**dict.fromkeys(_PASSWORD_HERE, True), **dict.fromkeys(_PASSWORD_ELSEWHERE, False)})
    if here is not True:
        return here
    return "password" in item["credentials"]  # Okta shows the key, without the value, where one is set


def _disabled_at(item: Item) -> Any:
    """When a user was switched off; None where one is on, or never was (STAGED)."""
    status = item["status"]
    if isinstance(status, Unknown):
        return status
    if status not in ("SUSPENDED", "DEPROVISIONED"):
        return None
    moment = item.time("statusChanged")
    return Unknown("Okta does not say when the status changed", what="statusChanged") if moment is None else moment


def _second_factor(enrolled: list[Item]) -> bool:
    active = [str(factor["factorType"]) for factor in enrolled if factor["status"] == "ACTIVE"]
    if any(_FACTORS.get(each) for each in active):
        return True
    if not set(active) <= set(_FACTORS):
        raise UnknownFact("factorType", "an active factor is of a type that this plugin does not know")
    return False
