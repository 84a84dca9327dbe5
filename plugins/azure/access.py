"""Role assignments and locks."""

from soc2test import Facts, Item, Population, Subject, facts, id_text, known, or_unknown, text
from soc2test_plugins.azure.kinds import AzureKeyVault, AzureLock, AzureRoleAssignment, AzureStore
from soc2test_plugins.azure.source import arm_id, as_value, azure, inner

_OWNER = "8e3af657-a8ff-443c-a75c-2fe8c4bcb635"
"""Azure's own role Owner has this id in every tenant."""


@azure.reads(
    "role assignment list", kind=AzureRoleAssignment, items="value", lists=True, prepare=as_value,
    command="az role assignment list --all --include-inherited --subscription {subscription} --output json",
)  # fmt: skip
def assignment(item: Item, at: Subject) -> Facts:
    """A role assignment."""
    own = inner(item)
    role = or_unknown(lambda: id_text(own["roleDefinitionId"]).lower().rpartition("/")[2])
    return facts(
        arm_id(item),
        role=role,
        owner=or_unknown(lambda: known(role) == _OWNER),
        principal=own["principalId"],
        principal_type=own["principalType"],
        scope=or_unknown(lambda: text(own["scope"]).lower()),
    )


@azure.reads("lock list", kind=AzureLock, items="value", lists=True, prepare=as_value)
def lock(item: Item, at: Subject) -> Facts:
    """A lock; both levels, CanNotDelete and ReadOnly, keep from deletion."""
    return facts(arm_id(item), scope=arm_id(item, below="providers/Microsoft.Authorization/locks"))


@azure.derives(AzureStore, "deletion_protected", joins=AzureLock)
def locked(store: AzureStore, locks: Population[AzureLock]) -> bool:
    """A lock lies on it, on its group or on its subscription; of a vault, purge protection does as well."""
    if isinstance(store, AzureKeyVault) and store.purge_protected:
        return True
    return any(f"{store.id}/".startswith(f"{each.scope}/") for each in locks)
