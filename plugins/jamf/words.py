"""What computers and mobile devices of Jamf say in the same words: whether it manages them, and to whom they belong."""

from typing import Any

from soc2test import Unknown, dig, flag, known, text

__all__ = ["owner_of", "status_of"]

_UNMANAGED = Unknown("Jamf does not manage it, and does not say what became of it", what="managed")
_NO_ADDRESS = Unknown("the user to whom it is assigned has no address", what="userAndLocation")


def status_of(managed: Any) -> str | Unknown:
    """In use as long as Jamf manages it: a record stays when a device leaves. Raises `UnknownFact` for no switch."""
    return "in_use" if flag(managed) else _UNMANAGED


def owner_of(place: Any, address: str) -> str | Unknown | None:
    """The address that stands below `userAndLocation`; nobody's where neither it nor a user name stands there.

    Raises `UnknownFact` where the section was not asked for, which Jamf then prints as null.
    """
    mail, user = known(dig(place, address)), known(dig(place, "username"))
    if mail is not None and text(mail):
        return text(mail)
    return None if user is None or not text(user) else _NO_ADDRESS
