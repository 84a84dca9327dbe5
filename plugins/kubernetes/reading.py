"""The operations: one `kubectl get` for each kind of object, and manifests with objects of all kinds."""

from collections.abc import Iterable, Iterator
from functools import partial

from soc2test import Item, Resource, Said, Skip, Subject, UnknownFact, or_skip, skip, text
from soc2test_plugins.kubernetes import access, network, workloads  # noqa: F401  # they register their readers
from soc2test_plugins.kubernetes.kinds import (
    Ingress,
    KubernetesBinding,
    KubernetesIdentity,
    KubernetesNamespace,
    KubernetesNetworkPolicy,
    KubernetesRole,
    KubernetesSecret,
    KubernetesServiceAccount,
    KubernetesWorkload,
    LoadBalancerPort,
    ServiceAccountToken,
)
from soc2test_plugins.kubernetes.shapes import READERS, Place
from soc2test_plugins.kubernetes.source import as_items, as_list_items, kubernetes, manifests, whole

__all__ = ["MANIFESTS", "PLURALS"]

MANIFESTS = "manifests"
_TOLD: dict[str, tuple[type[Resource], ...]] = {
    **{kind: (told,) for kind, told in workloads.WORKLOADS.items()},
    "Namespace": (KubernetesNamespace,),
    "NetworkPolicy": (KubernetesNetworkPolicy,),
    "Service": (LoadBalancerPort,),
    "Ingress": (Ingress,),
    "ClusterRole": (KubernetesRole,),
    "ClusterRoleBinding": (KubernetesBinding, KubernetesIdentity),
    "ServiceAccount": (KubernetesServiceAccount,),
    "Secret": (KubernetesSecret, ServiceAccountToken),
}
_ODD = {"NetworkPolicy": "networkpolicies", "Ingress": "ingresses"}
PLURALS = {_ODD.get(kind, f"{kind.lower()}s"): kind for kind in _TOLD}
"""As `kubectl get` names them."""
_COMMANDS = {
    "Secret": "kubectl get secrets --all-namespaces --context {cluster} --output json "
    "| jq 'del(.items[].data, .items[].metadata.annotations[\"kubectl.kubernetes.io/last-applied-configuration\"])'"
}
"""Only names and types are read, so the rest need not be exported."""
_WORKLOAD = (
    "name", "namespace", "images", "images_pinned", "images_tagged", "privileged", "escalation_allowed", "capabilities",
    "non_root_enforced", "read_only_root", "host_namespaces", "host_paths",
    "memory_limited", "service_account",
)  # fmt: skip
_TELLS: dict[type[Resource], tuple[str, ...]] = {
    KubernetesNamespace: ("name", "pod_security"),
    KubernetesNetworkPolicy: ("namespace", "denies_all"),
    LoadBalancerPort: ("group", "inbound", "protocol", "from_port", "to_port", "world"),
    Ingress: ("name", "public", "tls"),
    KubernetesRole: ("name", "everything"),
    KubernetesBinding: ("role", "subjects"),
    KubernetesIdentity: ("name", "category", "email", "root", "active", "password", "disabled_at"),
    KubernetesServiceAccount: ("name", "namespace", "owner", "mounts_token"),
    KubernetesSecret: ("name", "namespace", "category"),
    ServiceAccountToken: ("identity", "category", "active", "root", "created_at"),
}

NONE_OF_ITS_KINDS = "nothing in it that a control tests: a service within the cluster, a binding of nobody"


def _tells(kinds: Iterable[type[Resource]]) -> tuple[str, ...]:
    return tuple(
        {name: None for kind in kinds for name in (_WORKLOAD if issubclass(kind, KubernetesWorkload) else _TELLS[kind])}
    )


def _one(expected: str, item: Item, at: Subject) -> Iterator[Said]:
    kind = text(item["kind"])
    if kind != expected:
        raise UnknownFact("kind", f"is no {expected}: is it the output of another `kubectl get`?")
    yield from or_skip(READERS[kind](item, Place(at["cluster"])), NONE_OF_ITS_KINDS)


for _plural, _kind in PLURALS.items():
    kubernetes.reads(
        f"get {_plural}",
        kind=_TOLD[_kind],
        items="items",
        lists=True,
        tells=_tells(_TOLD[_kind]),
        prepare=as_list_items,
        paging=whole(_kind),
        command=_COMMANDS.get(_kind),
    )(partial(_one, _kind))


@manifests.reads(
    MANIFESTS,
    kind=tuple(told for kinds in _TOLD.values() for told in kinds),
    items="items",
    lists=True,
    tells=_tells(told for kinds in _TOLD.values() for told in kinds),
    prepare=as_items,
    documents=True,
)
def manifest(item: Item, at: Subject) -> Iterable[Said] | Skip:
    """One object; of a kind that is not read here, nothing."""
    read = READERS.get(text(item["kind"]))
    if read is None:
        return skip("of a kind that is not read here")
    return or_skip(read(item, Place(at["cluster"], manifest=True)), NONE_OF_ITS_KINDS)
