"""What runs: hosts and workloads."""

from datetime import datetime

from soc2test.resources.resource import Resource

__all__ = ["Host", "Workload"]


class Host(Resource, frozen=True, gc=False, kw_only=True):
    """A machine that runs workloads."""

    name: str
    running: bool
    public_address: bool
    metadata_token_required: bool
    """the instance metadata service answers only with a session token (IMDSv2)"""
    managed: bool
    """the company's management of machines reaches it: its agent reports now"""
    missing_patches: int
    """patches that its baseline demands and that are not in effect: missing, failed, refused, or waiting for a restart;
    and security updates that are out and that its baseline does not demand, where that is told"""
    untried_patches: int
    """those of them that no installation has tried yet: they came up since the last one"""
    patched_at: datetime | None
    """when patches were last installed, as far as that is told; None: nothing tells"""
    patch_scan_at: datetime | None
    """when it was last searched for missing patches; None: never"""


class Workload(Resource, frozen=True, gc=False, kw_only=True):
    """Something that runs containers: a deployment, a daemon set, a scheduled job, a pod of its own."""

    name: str
    images: tuple[str, ...]
    images_pinned: bool
    """every image is named by its digest, so what was checked is what runs"""
    privileged: bool
    """a container has all rights of its host's root"""
    host_namespaces: bool
    """shares processes, IPC or network with its host"""
    host_paths: tuple[str, ...]
    """paths of its host that it mounts"""
    capabilities: tuple[str, ...]
    """parts of root's rights that its containers are given beyond those they have by themselves ("NET_ADMIN"), without
    a prefix, in capitals; "ALL" is all of them"""
    beyond_baseline: tuple[str, ...]
    """in words, what else opens its host to it, by the standard that its platform documents"""
    escalation_allowed: bool
    """a process in a container may gain rights that its parent has not"""
    non_root_enforced: bool
    """its specification keeps every container from running as root; what its images say does not count"""
    read_only_root: bool
    """no container can write to its own file system"""
    memory_limited: bool
    """every container has a limit of memory"""
