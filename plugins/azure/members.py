"""Who holds Azure's roles: users, service principals, and groups whose members no export of Azure tells."""

from typing import Any

from soc2test import Facts, Item, Resource, Unknown, facts, id_text, known, meaning, text
from soc2test_plugins.azure.kinds import AzureEligibleMember, AzureEligibleRights, AzureMember, AzureSharedRights

__all__ = ["eligible", "member"]

_DIRECTORY = "Azure knows its accounts by their id in the directory; Entra tells it"
_ACCOUNTS = {"User": True, "ServicePrincipal": False}
"""Types of principals that are one account, and whether it is a person's."""
_MAY_BE_SEVERAL = (
    "", "Application", "Device", "DirectoryObjectOrGroup", "DirectoryRoleTemplate", "Everyone", "ForeignGroup", "Group",
    "MSI", "Unknown",
)  # fmt: skip
"""The other types, by the API of today and its versions of 2018 to 2020; of some holders Azure names none."""
_ONE = {**dict.fromkeys(_ACCOUNTS, True), **dict.fromkeys(_MAY_BE_SEVERAL, False)}


def member(own: Item, subscription: str) -> Facts:
    """The holder of an assignment, subscription by subscription."""
    principal, type_ = id_text(own["principalId"]), _type(own)
    id = f"{subscription}/{principal}"
    if meaning(type_, _ONE):
        return facts(id, AzureMember, active=True, principal=principal, **_account(own, type_))
    return _shared(id, AzureSharedRights, principal, _name(own))


def eligible(own: Item, subscription: str) -> Facts:
    """Who may activate an assignment."""
    principal, type_ = id_text(own["principalId"]), _type(own)
    id = f"{subscription}/{principal}/eligible"
    if meaning(type_, _ONE):
        return facts(id, AzureEligibleMember, principal=principal, **_account(own, type_))
    return _shared(id, AzureEligibleRights, principal, _name(own))


def _type(own: Item) -> str:
    """A classic administrator is a user; whatever Azure does not name may be several."""
    written = own.or_else("principalType", None)
    classic = id_text(own["roleDefinitionId"]).startswith("NA(classic")
    return "User" if classic else text(written if known(written) is not None else "")


def _name(own: Item) -> str:
    told: Any = own.or_else("principalName", None)
    return told if isinstance(told, str) and told else id_text(own["principalId"])


def _account(own: Item, type_: str) -> dict[str, Any]:
    name = _name(own)
    untold = ("mfa", "created_at", "last_used_at", "owner")
    return {
        "name": name,
        "email": name if type_ == "User" and "@" in name else None,
        "human": _ACCOUNTS[type_],
        "root": False,
        "password": False,  # the directory holds it
        "password_set_at": None,
        "disabled_at": None,
        **{fact: Unknown(_DIRECTORY, what=fact) for fact in untold},
    }


def _shared(id: str, kind: type[Resource], principal: str, name: str) -> Facts:
    return facts(
        id,
        kind,
        name=name,
        principal=principal,
        root=False,
        active=True,
        anybody=False,
        outsiders=(f"the members of {name}",),
    )
