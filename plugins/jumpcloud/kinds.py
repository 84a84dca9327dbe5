"""JumpCloud's kind: the neutral one with what JumpCloud tells beside it."""

from soc2test import Identity

__all__ = ["JumpcloudUser"]


class JumpcloudUser(Identity, frozen=True, gc=False, kw_only=True):
    """A user of the directory.

    JumpCloud's directory is of people, so each counts as human: a user that a program uses must meet what people
    must. `admin` is unknown: administrators of JumpCloud are another list, and `sudo` is a right on devices.
    """

    mfa_enrolled: bool
    """a second factor of JumpCloud is set up, whether a sign-in asks for it or not"""
    state: str
    """"STAGED", "ACTIVATED", "SUSPENDED\""""
