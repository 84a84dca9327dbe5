"""Users of the directory, and the customer they belong to."""

from typing import Any

from soc2test import (
    Facts,
    Item,
    Population,
    Subject,
    Unknown,
    UnknownFact,
    all_of,
    facts,
    id_text,
    or_unknown,
    text,
    unpaged,
)
from soc2test_plugins.google_workspace.kinds import GoogleCustomer, GoogleUser
from soc2test_plugins.google_workspace.source import DIRECTORY, google_workspace, uid

_NEVER = "1970-01-01"
_LOG = "the log of administrators does (SUSPEND_USER)"


@google_workspace.reads(
    "users list",
    kind=GoogleUser,
    items="users",
    lists=True,
    never_empty=True,
    command=DIRECTORY + 'users?customer={customer}&projection=full&maxResults=500"',
)
def user(item: Item, at: Subject) -> Facts:
    """A user. Google does not tell since when one is suspended; of deleted ones (showDeleted=true) it does."""
    deleted = item.time("deletionTime") if "deletionTime" in item else None
    active = False if deleted else _active(item)
    return facts(
        uid(at, "users", id_text(item["id"])),
        name=item["primaryEmail"],
        email=item["primaryEmail"],
        human=True,
        root=False,
        active=active,
        admin=item["isAdmin"],
        delegated_admin=item["isDelegatedAdmin"],
        mfa_enrolled=item["isEnrolledIn2Sv"],
        mfa_enforced=item["isEnforcedIn2Sv"],
        org_unit=item["orgUnitPath"],
        created_at=item.time("creationTime"),
        last_used_at=or_unknown(lambda: _used(item, item["lastLoginTime"])),
        disabled_at=_disabled_at(active, deleted),
        disabled_by=deleted,
        deleted_at=deleted,
        owner=None,
    )


def _active(item: Item) -> Any:
    """Neither suspended nor archived; accounts are archived only where there are licences for it."""
    suspended, archived = item["suspended"], item.or_else("archived", False)
    if isinstance(suspended, Unknown):
        return suspended
    if not isinstance(suspended, bool) or not isinstance(archived, bool):
        return Unknown("Google says something else than true or false here", what="suspended")
    return not suspended and not archived


def _disabled_at(active: Any, deleted: Any) -> Any:
    if active is True:
        return None
    if deleted:
        return Unknown(f"Google tells when it was deleted, and not whether it was suspended before: {_LOG}")
    return Unknown(f"Google does not tell since when an account is suspended: {_LOG}", what="disabled_at")


def _used(item: Item, told: Any) -> Any:
    """1970 is how Google writes never."""
    return None if text(told).startswith(_NEVER) else item.time("lastLoginTime")


@google_workspace.reads(
    "customers get",
    kind=GoogleCustomer,
    lists=True,
    paging=unpaged,  # one object
    command=DIRECTORY + 'customers/{customer}"',
)
def customer(item: Item, at: Subject) -> Facts:
    """The customer itself."""
    return facts(uid(at), name=item["customerDomain"])


@google_workspace.derives(GoogleCustomer, "mfa_required", joins=GoogleUser)
def mfa_required(customer: GoogleCustomer, users: Population[GoogleUser]) -> bool:
    """2-step verification is enforced for each user of this customer who can sign in, and asked for here and now."""
    own = [user for user in users if user.id.startswith(f"{customer.id}/") and user.active]
    if not own:
        raise UnknownFact("mfa_required", "the list names no user of the customer who can sign in")
    return all_of(own, _is_asked)


def _is_asked(user: GoogleUser) -> bool:
    """Who has not enrolled may be new: in the enrollment period Google takes the password alone.

    See https://support.google.com/a/answer/9176805.
    """
    if not user.mfa_enforced:
        return False
    if not user.mfa_enrolled:
        raise UnknownFact("mfa_enrolled", "who has not enrolled may be in the enrollment period of new users")
    if user.signed_in_by == "another":
        raise UnknownFact("signed_in_by", "another identity provider signs a user in, and asks or not")
    return True
