"""Words that several of Okta's answers share."""

from collections.abc import Iterable

from soc2test import Item, meaning, text

__all__ = ["LIFECYCLE", "roles_in_force"]

LIFECYCLE = {"ACTIVE": True, "INACTIVE": False}
"""Statuses of policies, their rules and role assignments: is it in force?"""


def roles_in_force(roles: Iterable[Item]) -> tuple[str, ...]:
    """The types of the role assignments that are active. Raises `UnknownFact` for a status that is not known."""
    return tuple(sorted({text(role["type"]) for role in roles if meaning(role["status"], LIFECYCLE)}))
