"""Words that several of Okta's answers share."""

from collections.abc import Iterable, Mapping

from soc2test import Item, Unknown, item_of, meaning, text

__all__ = ["LIFECYCLE", "roles_in_force", "was_done"]

LIFECYCLE = {"ACTIVE": True, "INACTIVE": False}
"""Statuses of policies, their rules and role assignments: is it in force?"""

_LATER = Unknown("Okta puts the change off to later: whether it was made the event does not say", what="outcome")
_RESULTS: Mapping[str, bool | Unknown] = {
    **dict.fromkeys(("SUCCESS", "ALLOW"), True),
    **dict.fromkeys(("FAILURE", "SKIPPED", "DENY", "CHALLENGE", "ABANDONED", "RATE_LIMIT", "UNANSWERED"), False),
    **dict.fromkeys(("DEFERRED", "SCHEDULED"), _LATER),
}
"""Results: was it done?"""


def roles_in_force(roles: Iterable[Item]) -> tuple[str, ...]:
    """The types of the role assignments that are active. Raises `UnknownFact` for a status that is not known."""
    return tuple(sorted({text(role["type"]) for role in roles if meaning(role["status"], LIFECYCLE)}))


def was_done(item: Item) -> bool:
    """Whether what an event of the log tells was done: what was tried and refused changed nothing."""
    return meaning(item_of(item["outcome"])["result"], _RESULTS)
