"""Cloudflare's kind: the neutral one with what Cloudflare tells beside it."""

from soc2test import Identity

__all__ = ["CloudflareMember"]


class CloudflareMember(Identity, frozen=True, gc=False, kw_only=True):
    """Somebody's membership of an account, each of whom counts as human: one that a program uses must meet what people
    must. API tokens are none of these, and are not read.

    Who signs in by an identity provider, when a member came and signed in last, the list does not tell.
    """

    two_factor: bool
    """the second factor that Cloudflare itself asks for is on; that of API tokens is another matter"""
    roles: tuple[str, ...]
    """the names of the roles in Cloudflare's words ("Administrator")"""
