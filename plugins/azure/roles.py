"""Which of Azure's roles administer: may give any role to anybody.

Built-in roles: https://learn.microsoft.com/azure/role-based-access-control/built-in-roles/privileged, November 2026.
Others are told by their definitions (`az role definition list`).
"""

import re
from collections.abc import Iterable

from soc2test import Facts, Item, Subject, UnknownFact, facts, id_text, items_of, listed, or_unknown, text
from soc2test_plugins.azure.kinds import AzureRoleDefinition
from soc2test_plugins.azure.source import as_value, azure, inner

__all__ = ["ADMINISTER", "CLASSIC", "HARMLESS", "OWNER", "last"]

OWNER = "8e3af657-a8ff-443c-a75c-2fe8c4bcb635"
"""Azure's own roles have the same id in every tenant."""
ADMINISTER = {
    OWNER: "Owner",
    "18d7d88d-d35e-4fb5-a5c3-7773c20a72d9": "User Access Administrator",
    "f58310d9-a9f6-439a-9e8d-f62e7b41a168": "Role Based Access Control Administrator",
}
HARMLESS = {
    "acdd72a7-3385-48ef-bd42-f606fba81ae7": "Reader",
    "b24988ac-6180-42a0-ab88-20f7382dd24c": "Contributor",
}
"""The other general ones, which can't give roles."""
CLASSIC = "classic administrator"
_GIVING = ("microsoft.authorization/roleassignments/write", "microsoft.authorization/roledefinitions/write")
"""Whoever may change definitions may change that of the role that is held."""


def last(id: str) -> str:
    """The last part of a definition's id, in lower case."""
    return id.lower().rpartition("/")[2]


@azure.reads("role definition list", kind=AzureRoleDefinition, items="value", lists=True, prepare=as_value)
def definition(item: Item, at: Subject) -> Facts:
    """A role, built-in or of the company's own."""
    return facts(last(id_text(item["id"])), administers=or_unknown(lambda: _administers(inner(item))))


def _administers(own: Item) -> bool:
    """One of its permissions gives roles. Raises `UnknownFact` where only one under a condition does."""
    conditional = False
    for permission in items_of(own["permissions"]):
        if any(_allows(permission, action) for action in _GIVING):
            if not permission.or_else("condition", None):
                return True
            conditional = True
    if conditional:
        raise UnknownFact("administers", "the role gives roles under a condition, which only Azure can weigh")
    return False


def _allows(permission: Item, action: str) -> bool:
    return _covered(permission["actions"], action) and not _covered(permission.or_else("notActions", []), action)


def _covered(patterns: Iterable[str], action: str) -> bool:
    """Azure's wildcard stands for any text, slashes too, and its actions have no case."""
    return any(re.fullmatch(_pattern(text(pattern)), action) for pattern in listed(patterns))


def _pattern(written: str) -> str:
    return ".*".join(re.escape(part) for part in written.lower().split("*"))
