"""Duo's kind: the neutral one with what Duo tells beside it."""

from soc2test import Identity

__all__ = ["DuoUser"]


class DuoUser(Identity, frozen=True, gc=False, kw_only=True):
    """A user of Duo: whom applications that Duo protects ask for a second factor. Each counts as human.

    `admin` is unknown: administrators of Duo are another list.
    """

    mfa_enrolled: bool
    """has a phone, token, security key or another method of authentication"""
    bypasses: bool
    """is let in without a second factor, by its own status or that of a group"""
