"""Workloads: the pod's specification, which stands at one of three depths, and what it asks for.

What a container may do to its host is read as Kubernetes' Pod Security Standards list it
(https://kubernetes.io/docs/concepts/security/pod-security-standards/).
"""

from collections.abc import Callable, Iterator
from functools import partial
from typing import Any, TypeVar

from soc2test import Facts, Item, Population, UnknownFact, facts
from soc2test_plugins.kubernetes.kinds import (
    CronJob,
    DaemonSet,
    Deployment,
    Job,
    KubernetesServiceAccount,
    KubernetesWorkload,
    Pod,
    ReplicaSet,
    StatefulSet,
)
from soc2test_plugins.kubernetes.shapes import (
    Place,
    attempt,
    flag,
    known,
    listed,
    name,
    namespace,
    reader,
    section,
    text,
)
from soc2test_plugins.kubernetes.source import kubernetes, manifests

__all__ = ["WORKLOADS"]

T = TypeVar("T")

WORKLOADS: dict[str, type[KubernetesWorkload]] = {
    "Pod": Pod,
    "Deployment": Deployment,
    "ReplicaSet": ReplicaSet,
    "StatefulSet": StatefulSet,
    "DaemonSet": DaemonSet,
    "Job": Job,
    "CronJob": CronJob,
}
_DEPTH: dict[str, tuple[str, ...]] = {"Pod": (), "CronJob": ("jobTemplate", "spec", "template", "spec")}
_TEMPLATE = ("template", "spec")
_CONTAINERS = ("containers", "initContainers", "ephemeralContainers")
_SHARED = ("hostPID", "hostIPC", "hostNetwork")
_LATEST = ("", "latest")
_OF_ROOT = frozenset({"ALL", "SYS_ADMIN"})
"""Capabilities with which a process may gain rights whatever `allowPrivilegeEscalation` says
(https://kubernetes.io/docs/tasks/configure-pod-container/security-context/)."""


@reader(*WORKLOADS)
def workload(item: Item, place: Place) -> Iterator[Facts]:
    """A workload that no other one controls; a pod that one controls, where somebody put a container in since.

    Ephemeral containers (`kubectl debug`) are added to pods alone: the pod's maker tells nothing of them.
    """
    kind = text(item["kind"])
    if _controlled(item) and not (kind == "Pod" and listed(known(item["spec"]), "ephemeralContainers")):
        return
    pod = known(item["spec"])
    for step in _DEPTH.get(kind, _TEMPLATE):
        pod = known(pod[step])
    containers = [each for key in _CONTAINERS for each in listed(pod, key)]
    if not containers:
        raise UnknownFact("containers", "it has no containers")
    images = attempt(lambda: tuple(text(each["image"]) for each in containers))
    yield facts(
        place.of(item),
        WORKLOADS[kind],
        name=name(item),
        namespace=place.id("Namespace", namespace(item)),
        images=images,
        images_pinned=attempt(lambda: all("@sha256:" in each for each in known(images))),
        images_tagged=attempt(lambda: all(_tagged(each) for each in known(images))),
        host_namespaces=attempt(lambda: any(flag(pod, key, default=False) for key in _SHARED)),
        host_paths=attempt(lambda: tuple(_host_paths(pod))),
        memory_limited=attempt(
            lambda: all("memory" in section(section(each, "resources"), "limits") for each in containers)
        ),
        service_account=attempt(lambda: _service_account(item, pod, place)),
        **_rights(pod, containers),
        **_mounted(pod),
    )


def _rights(pod: Item, containers: list[Item]) -> dict[str, Any]:
    """What the security contexts say; a container's own goes before the pod's."""
    outer = section(pod, "securityContext")

    def each(ask: Callable[[Item], T]) -> Iterator[T]:
        return (ask(section(container, "securityContext")) for container in containers)

    def flags(key: str, *, default: bool) -> Iterator[bool]:
        return each(lambda context: flag(context, key, default=default))

    return {
        "privileged": attempt(lambda: any(each(partial(_privileged, outer)))),
        "escalation_allowed": attempt(lambda: any(each(_escalates))),
        "capabilities": attempt(lambda: tuple(sorted(set().union(*each(_added))))),
        "non_root_enforced": attempt(lambda: all(each(partial(_non_root, outer)))),
        "read_only_root": attempt(lambda: all(flags("readOnlyRootFilesystem", default=False))),
    }


def _mounted(pod: Item) -> dict[str, Any]:
    """What the pod says goes before what its service account says."""
    key = "automountServiceAccountToken"
    return {} if pod.or_else(key, None) is None else {"token_mounted": attempt(lambda: flag(pod, key, default=True))}


def _privileged(outer: Item, own: Item) -> bool:
    """Privileged, or on Windows a process of the host (`hostProcess`), which the pod may say for all its containers."""
    windows, outside = section(own, "windowsOptions"), section(outer, "windowsOptions")
    process = flag(windows, "hostProcess", default=flag(outside, "hostProcess", default=False))
    return flag(own, "privileged", default=False) or process


def _escalates(own: Item) -> bool:
    """Also of a privileged container, and of one with an administrator's capabilities, whatever it says."""
    if flag(own, "privileged", default=False) or _added(own) & _OF_ROOT:
        return True
    return flag(own, "allowPrivilegeEscalation", default=True)


def _added(context: Item) -> set[str]:
    """Runtimes take capabilities in any case, with their prefix and without."""
    return {text(each).upper().removeprefix("CAP_") for each in listed(section(context, "capabilities"), "add")}


def _non_root(outer: Item, own: Item) -> bool:
    user = next((each["runAsUser"] for each in (own, outer) if each.or_else("runAsUser", None) is not None), None)
    if user is not None and type(user) is not int:  # true is an int to Python
        raise UnknownFact("runAsUser", "runAsUser is no number: is the file a template?")
    if user is not None:
        return bool(user > 0)
    return flag(own, "runAsNonRoot", default=flag(outer, "runAsNonRoot", default=False))


def _controlled(item: Item) -> bool:
    """A pod of a replica set, a replica set of a deployment, a job of a cron job; not those of other controllers."""
    for each in listed(known(item["metadata"]), "ownerReferences"):
        group = text(each["apiVersion"]).partition("/")[0]
        if flag(each, "controller", default=False) and group in ("apps", "batch") and text(each["kind"]) in WORKLOADS:
            return True
    return False


def _tagged(image: str) -> bool:
    """A colon before the last slash is a registry's port."""
    return "@sha256:" in image or image.rpartition("/")[2].partition(":")[2] not in _LATEST


def _host_paths(pod: Item) -> Iterator[str]:
    for volume in listed(pod, "volumes"):
        if volume.or_else("hostPath", None) is not None:
            yield text(volume["hostPath"]["path"])


def _service_account(item: Item, pod: Item, place: Place) -> str:
    account = pod.or_else("serviceAccountName", None) or pod.or_else("serviceAccount", None) or "default"
    return place.id("ServiceAccount", namespace(item), text(account))


@kubernetes.derives(KubernetesWorkload, "token_mounted", joins=KubernetesServiceAccount)
@manifests.derives(KubernetesWorkload, "token_mounted", joins=KubernetesServiceAccount)
def token_mounted(workload: KubernetesWorkload, accounts: Population[KubernetesServiceAccount]) -> bool:
    """As its service account says; Kubernetes makes the account `default` of each namespace itself, which says yes."""
    account = accounts.one("id", workload.service_account)
    if account is not None:
        return account.mounts_token
    if workload.service_account.endswith("/default"):
        return True
    raise UnknownFact("token_mounted", "the service accounts in the evidence do not name its own")
