"""Slack's kind: the neutral one with what Slack tells beside it."""

from soc2test import Identity

__all__ = ["SlackUser"]


class SlackUser(Identity, frozen=True, gc=False, kw_only=True):
    """A member of the workspace: a person, a guest or a bot, deactivated ones too.

    `admin` means administrator, owner or primary owner of the workspace or of the organization that it is in. When
    an account was made, used last or deactivated no list of Slack tells: `updated` is the last change of any of its
    fields, a new picture too.
    """

    two_factor: bool
    """Slack asks for a code beside the password that it keeps for the member; told to administrators alone"""
    guest: bool
    """invited into some channels, or into one"""
