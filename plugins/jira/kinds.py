"""Jira's kind: the neutral one."""

from soc2test import Identity

__all__ = ["JiraUser"]


class JiraUser(Identity, frozen=True, gc=False, kw_only=True):
    """A user of the site who has an Atlassian account, each of whom counts as human.

    Who administers, whether a second factor is asked for, when an account was made, used last or switched off, the list
    does not tell. Apps and customers of a service desk have accounts of other types, which are left out.
    """
