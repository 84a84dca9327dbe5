"""Sign-ins, and the devices that people sign in with."""

from datetime import datetime

from soc2test.resources.resource import Resource

__all__ = ["SeenDevice", "SignIn"]


class SeenDevice(Resource, frozen=True, gc=False, kw_only=True):
    """A device that an identity provider knows because somebody signs in with it; `Device` is one that a list names."""

    serial: str
    """serial number, as the device tells it"""
    computer: bool
    """it runs a system for computers, rather than one for phones and tablets"""
    active: bool
    """it can be used to sign in now"""
    accounts: tuple[str, ...]
    """ids of the `Identity` that sign in with it"""
    disk_encrypted: bool
    """all of its internal disks are encrypted, as the device told last"""


class SignIn(Resource, frozen=True, gc=False, kw_only=True):
    """One sign-in that an identity provider let in, as its log tells."""

    identity: str
    """id of the `Identity` that signed in"""
    happened_at: datetime
    device: str | None
    """id of the `SeenDevice` that it was made with; None: the log names none"""
