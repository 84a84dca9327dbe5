"""PagerDuty's kind: the neutral one with what PagerDuty tells beside it."""

from soc2test import Identity

__all__ = ["PagerdutyUser"]


class PagerdutyUser(Identity, frozen=True, gc=False, kw_only=True):
    """A user of the account, each of whom counts as human: a user that a program uses must meet what people must.

    Whether a second factor is asked for, when a user was made and when it signed in last, no list of PagerDuty tells.
    """

    role: str
    """the base role in PagerDuty's word ("limited_user"); teams may give more over what is theirs"""
