"""The operations: one `kubectl get` for each kind of object, and manifests with objects of all kinds."""

from collections.abc import Iterable, Iterator
from functools import partial

from soc2test import Item, Resource, Said, Subject, UnknownFact, or_skip
from soc2test_plugins.kubernetes import (  # noqa: F401  # they register their readers
    access,
    gateways,
    ingresses,
    made_pods,
    network,
    schedules,
    services,
    volumes,
    workloads,
)
from soc2test_plugins.kubernetes.kinds import (
    Ingress,
    KubernetesBinding,
    KubernetesClaim,
    KubernetesGroup,
    KubernetesIdentity,
    KubernetesNamespace,
    KubernetesNetworkPolicy,
    KubernetesOwnRole,
    KubernetesRole,
    KubernetesRules,
    KubernetesRun,
    KubernetesSchedule,
    KubernetesSecret,
    KubernetesServiceAccount,
    KubernetesVolume,
    KubernetesWorkload,
    LoadBalancerPort,
    MadePod,
    Pod,
    ServiceAccountToken,
)
from soc2test_plugins.kubernetes.known_types import TYPES, type_of
from soc2test_plugins.kubernetes.shapes import READERS, Place, Reader
from soc2test_plugins.kubernetes.source import as_items, as_list_items, kubernetes, manifests, whole

__all__ = ["MANIFESTS", "PLURALS"]

MANIFESTS = "manifests"
_TOLD: dict[str, tuple[type[Resource], ...]] = {
    **{type_: (told,) for type_, told in workloads.WORKLOADS.items()},
    "/Pod": (Pod, MadePod),
    "/Namespace": (KubernetesNamespace,),
    "networking.k8s.io/NetworkPolicy": (KubernetesNetworkPolicy,),
    "/Service": (LoadBalancerPort,),
    "networking.k8s.io/Ingress": (Ingress,),
    "rbac.authorization.k8s.io/ClusterRole": (KubernetesRole, KubernetesRules, KubernetesOwnRole),
    "rbac.authorization.k8s.io/ClusterRoleBinding": (KubernetesBinding, KubernetesIdentity, KubernetesGroup),
    "/ServiceAccount": (KubernetesServiceAccount,),
    "/Secret": (KubernetesSecret, ServiceAccountToken),
    "/PersistentVolume": (KubernetesVolume,),
    "/PersistentVolumeClaim": (KubernetesClaim,),
}
_RUNS: dict[str, tuple[type[Resource], Reader]] = {
    "batch/CronJob": (KubernetesSchedule, schedules.schedule),
    "batch/Job": (KubernetesRun, schedules.run),
}
"""What a cluster alone tells: a manifest has neither run nor failed."""
_MADE_PODS = ("/PodTemplate", "/ReplicationController")
"""Of a cluster no list of them is needed: the pods that they make are told as pods."""
_GATEWAYS = (
    "gateway.networking.k8s.io/Gateway", "gateway.networking.k8s.io/ListenerSet",
    "gateway.networking.x-k8s.io/XListenerSet", "networking.istio.io/Gateway",
)  # fmt: skip
"""Custom resources, which not each cluster knows."""
_MANIFESTS_ALONE = (*_MADE_PODS, *_GATEWAYS)
_OF_OLD = {"Deployment", "DaemonSet", "ReplicaSet", "NetworkPolicy", "Ingress"}
"""What stood in the group `extensions` before 1.16, and 1.22."""
_ODD = {"NetworkPolicy": "networkpolicies", "Ingress": "ingresses"}
_KINDS = {type_: type_.partition("/")[2] for type_ in _TOLD if type_ not in _MANIFESTS_ALONE}
PLURALS = {_ODD.get(kind, f"{kind.lower()}s"): type_ for type_, kind in _KINDS.items()}
"""As `kubectl get` names them."""
_COMMANDS = {
    "/Secret": "kubectl get secrets --all-namespaces --context {cluster} --output json "
    "| jq 'del(.items[].data, .items[].metadata.annotations[\"kubectl.kubernetes.io/last-applied-configuration\"])'"
}
"""Only names and types are read, so the rest need not be exported."""
_RIGHTS = (
    "own_privileged", "own_escalation", "own_capabilities", "own_non_root", "own_read_only", "own_namespaces",
    "own_beyond", "own_images", "own_paths",
)  # fmt: skip
_WORKLOAD = ("name", "namespace", "memory_limited", "service_account", "claims", *_RIGHTS)
_IDENTITY = ("name", "category", "email", "root", "active", "password", "disabled_at")
_TELLS: dict[type[Resource], tuple[str, ...]] = {
    MadePod: ("maker", *_RIGHTS),
    KubernetesNamespace: ("name", "pod_security"),
    KubernetesNetworkPolicy: ("namespace", "denies_all"),
    LoadBalancerPort: ("group", "inbound", "protocol", "from_port", "to_port", "world"),
    Ingress: ("name", "public", "tls"),
    KubernetesRole: ("name", "gathers", "rights"),
    KubernetesRules: ("rights", "labels"),
    KubernetesOwnRole: ("name", "root", "active", "admin", "anybody", "outsiders"),
    KubernetesBinding: ("role", "subjects"),
    KubernetesIdentity: _IDENTITY,
    KubernetesGroup: (*_IDENTITY, "anybody", "outsiders"),
    KubernetesVolume: ("claim", "storage_class", "host_path"),
    KubernetesClaim: ("volume", "storage_class"),
    KubernetesServiceAccount: ("name", "namespace", "owner", "mounts_token"),
    KubernetesSecret: ("name", "namespace", "category"),
    KubernetesSchedule: (
        "schedule",
        "time_zone",
        "suspended",
        "made_at",
        "last_started_at",
        "last_succeeded_at",
        "failures_kept",
    ),
    KubernetesRun: ("job", "outcome", "ended_at"),
    ServiceAccountToken: ("identity", "category", "active", "root", "created_at"),
}

NONE_OF_ITS_KINDS = "nothing in it that a control tests: a service within the cluster, a binding of nobody"


def _tells(kinds: Iterable[type[Resource]]) -> tuple[str, ...]:
    return tuple(
        {name: None for kind in kinds for name in (_WORKLOAD if issubclass(kind, KubernetesWorkload) else _TELLS[kind])}
    )


def _one(expected: str, item: Item, at: Subject) -> Iterable[Said]:
    found = type_of(item)
    same = found == expected or (found == f"extensions/{_KINDS[expected]}" and _KINDS[expected] in _OF_OLD)
    if not same:
        raise UnknownFact("kind", f"is no {expected.lstrip('/')}: is it the output of another `kubectl get`?")
    return or_skip(_told(expected, item, Place(at["cluster"])), NONE_OF_ITS_KINDS)


def _told(expected: str, item: Item, place: Place) -> Iterator[Said]:
    if expected in _RUNS:
        yield from _RUNS[expected][1](item, place)
    yield from READERS[expected](item, place)


def _kinds(expected: str) -> tuple[type[Resource], ...]:
    return (*_TOLD[expected], _RUNS[expected][0]) if expected in _RUNS else _TOLD[expected]


for _plural, _type in PLURALS.items():
    kubernetes.reads(
        f"get {_plural}",
        kind=_kinds(_type),
        items="items",
        lists=True,
        tells=_tells(_kinds(_type)),
        prepare=as_list_items,
        paging=whole(_KINDS[_type]),
        command=_COMMANDS.get(_type),
    )(partial(_one, _type))


@manifests.reads(
    MANIFESTS,
    kind=tuple(told for kinds in _TOLD.values() for told in kinds),
    items="items",
    lists=True,
    tells=_tells(told for kinds in _TOLD.values() for told in kinds),
    prepare=as_items,
    documents=True,
    types=TYPES,
    type_of=type_of,
)
def manifest(item: Item, at: Subject) -> Iterable[Said]:
    """One object of a type that is read here."""
    return or_skip(READERS[type_of(item)](item, Place(at["cluster"], manifest=True)), NONE_OF_ITS_KINDS)
