"""Projects and organisation policies."""

from collections.abc import Iterator, Sequence

from soc2test import (
    Item,
    Population,
    Said,
    UnknownFact,
    facts,
    flag,
    item_of,
    items_of,
    listed,
    meaning,
    or_unknown,
    skip,
)
from soc2test_plugins.gcp.kinds import GcpOrgPolicy, GcpProject
from soc2test_plugins.gcp.shapes import Asset, reader
from soc2test_plugins.gcp.source import gcp

__all__ = ["enforced"]

_OFF_BY_DEFAULT = ("storage.publicAccessPrevention", "storage.secureHttpTransport")


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
def project(asset: Asset) -> Iterator[Said]:
    """A project that is not on its way to deletion."""
    told = asset.data.or_else("lifecycleState", asset.data.or_else("state", "ACTIVE"))
    if not meaning(told, {"ACTIVE": True, "DELETE_REQUESTED": False, "DELETE_IN_PROGRESS": False}):
        yield skip("a project that is being deleted")
        return
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
def organization_policy(asset: Asset) -> Iterator[Said]:
    """A policy; one that lists values, or that conditions cut into parts, has no plain yes or no.

    A dry run only writes down what it would refuse. See
    https://cloud.google.com/resource-manager/docs/reference/orgpolicy/rest/v2/organizations.policies.
    """
    if "spec" not in asset.data and "dryRunSpec" in asset.data:
        yield skip("a policy in dry run, which enforces nothing")
        return
    spec = item_of(asset.data["spec"])
    if _inherits(spec):
        yield skip("a policy that is that of the parent")
        return
    node, _, constraint = asset.name.rpartition("/policies/")
    node = "//cloudresourcemanager.googleapis.com/" + node.rpartition("orgpolicy.googleapis.com/")[2]
    yield facts(
        asset.name,
        GcpOrgPolicy,
        node=node,
        constraint=constraint,
        enforced=or_unknown(lambda: _enforced(spec, constraint)),
    )


def _inherits(spec: Item) -> bool:
    """It has no rule of its own, and passes on those from above."""
    return flag(spec.or_else("inheritFromParent", False)) and not listed(spec.or_else("rules", []))


def _enforced(spec: Item, constraint: str) -> bool:
    """What all rules say; with conditions, by tags of each resource, they may differ."""
    if flag(spec.or_else("reset", False)):
        return _by_default(constraint)
    said = {flag(rule["enforce"]) for rule in items_of(spec["rules"])}
    unconditional = any("condition" not in rule for rule in items_of(spec["rules"]))
    if len(said) != 1 or not unconditional:
        raise UnknownFact("enforced", "the rules of the organisation policy hold for some resources only")
    return said.pop()


def _by_default(constraint: str) -> bool:
    """What holds where no policy stands: Google's default of the constraint, whatever is set above."""
    if constraint in _OFF_BY_DEFAULT:
        return False
    raise UnknownFact("enforced", "the policy restores Google's default of the constraint, which is not known here")
