"""Whose an export of a cluster is: the uid of what each cluster has once, since no object names its cluster."""

from collections.abc import Iterator, Mapping
from typing import Any

from soc2test import Owner, ScopeIdentity

__all__ = ["IDENTITY"]

MANIFESTS = "manifests"
_ONCE = {
    ("Namespace", "", "kube-system"), ("ClusterRole", "", "cluster-admin"), ("ClusterRoleBinding", "", "cluster-admin"),
    ("ServiceAccount", "kube-system", "default"), ("Service", "default", "kubernetes"),
}  # fmt: skip
"""Kind, namespace and name of objects that every cluster makes for itself, once."""


def owners(at: Mapping[str, str], operation: str, item: Any) -> Iterator[Owner]:
    """The uid of such an object: two clusters never share one."""
    metadata = item.get("metadata") if isinstance(item, dict) else None
    if not isinstance(metadata, dict) or not isinstance(metadata.get("uid"), str):
        return
    made = (item.get("kind"), metadata.get("namespace") or "", metadata.get("name"))
    if made in _ONCE:
        yield Owner("cluster", metadata["uid"], "/".join(filter(None, map(str, made))))


def once(at: Mapping[str, str], operation: str, item: Any) -> Iterator[str]:
    """The uid of any object: each cluster makes its own. One manifest is applied to many, whatever stands in it."""
    metadata = item.get("metadata") if operation != MANIFESTS and isinstance(item, dict) else None
    if isinstance(metadata, dict) and isinstance(metadata.get("uid"), str):
        yield metadata["uid"]


IDENTITY = ScopeIdentity(of=owners, once=once)
