"""How GitHub names users: deleted ones too."""

from typing import Any

from soc2test import Item, UnknownFact, id_text, or_unknown

__all__ = ["ACCOUNT_TYPES", "known_login", "login"]

ACCOUNT_TYPES = {"User": True, "Bot": False}
"""type of an account -> whether a person may stand behind it: a machine user is a "User" as well"""


def login(user: Any) -> str | None:
    """The login of a user object; None for a deleted user (null, or an empty object)."""
    if isinstance(user, Item) and "login" in user:
        return id_text(user["login"])
    if user is None or (isinstance(user, Item) and not list(user)):
        return None
    raise UnknownFact("login", "the evidence names the user without a login")


def known_login(user: Any) -> Any:
    """The login as a fact: `Unknown` where `login` raises."""
    return or_unknown(lambda: login(user))
