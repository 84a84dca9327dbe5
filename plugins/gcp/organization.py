"""Projects and organisation policies."""

from collections.abc import Iterator, Sequence

from soc2test import Facts, Item, Population, UnknownFact, facts, flag, listed, meaning, or_unknown
from soc2test_plugins.gcp.kinds import GcpOrgPolicy, GcpProject
from soc2test_plugins.gcp.shapes import Asset, reader
from soc2test_plugins.gcp.source import gcp

__all__ = ["enforced"]


def enforced(
    policies: Population[GcpOrgPolicy], nodes: Sequence[str], constraint: str, *, unseen: bool | None = None
) -> bool:
    """Whether a constraint is in force: the policy nearest to the resource decides.

    Where none is in the export one above the exported parent may be: gives `unseen`, else raises `UnknownFact`.
    """
    for node in nodes:
        for policy in policies.all("node", node):
            if policy.constraint == constraint:
                return policy.enforced
    if unseen is not None:
        return unseen
    raise UnknownFact(constraint, f"no organisation policy {constraint} is in the export")


@reader("cloudresourcemanager.googleapis.com/Project")
def project(asset: Asset) -> Iterator[Facts]:
    """A project that is not on its way to deletion."""
    told = asset.data.or_else("lifecycleState", asset.data.or_else("state", "ACTIVE"))
    if meaning(told, {"ACTIVE": True, "DELETE_REQUESTED": False, "DELETE_IN_PROGRESS": False}):
        yield facts(
            asset.name,
            GcpProject,
            name=asset.data["projectId"],
            default_encryption=True,  # Compute Engine encrypts each disk, and can't be told not to
            parents=asset.parents,
        )


@gcp.derives(GcpProject, "public_storage_blocked", joins=GcpOrgPolicy)
def public_storage_blocked(project: GcpProject, policies: Population[GcpOrgPolicy]) -> bool:
    """An organisation policy prevents public access to buckets."""
    return enforced(policies, (project.id, *project.parents), "storage.publicAccessPrevention")


@reader("orgpolicy.googleapis.com/Policy")
def organization_policy(asset: Asset) -> Iterator[Facts]:
    """A policy; one that lists values, or that is cut by conditions, has no plain yes or no."""
    node, _, constraint = asset.name.rpartition("/policies/")
    node = "//cloudresourcemanager.googleapis.com/" + node.rpartition("orgpolicy.googleapis.com/")[2]
    yield facts(
        asset.name,
        GcpOrgPolicy,
        node=node,
        constraint=constraint,
        enforced=or_unknown(lambda: _enforced(asset.data["spec"])),
    )


def _enforced(spec: Item) -> bool:
    rules = listed(spec["rules"])
    if len(rules) != 1 or "condition" in rules[0] or "enforce" not in rules[0]:
        raise UnknownFact("enforced", "the organisation policy has no single rule that says yes or no")
    return flag(rules[0]["enforce"])
