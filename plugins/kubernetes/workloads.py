"""Workloads: the pod's specification, which stands at one of three depths, and what it asks for.

What a container may do to its host is read as Kubernetes' Pod Security Standards list it
(https://kubernetes.io/docs/concepts/security/pod-security-standards/).
"""

import re
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any, TypeVar

from soc2test import Item, Population, Said, UnknownFact, facts, known, meaning, or_unknown, skip, text
from soc2test_plugins.kubernetes.baseline import beyond
from soc2test_plugins.kubernetes.images import images_of
from soc2test_plugins.kubernetes.kinds import (
    CronJob,
    DaemonSet,
    Deployment,
    Job,
    KubernetesServiceAccount,
    KubernetesWorkload,
    MadePod,
    Pod,
    PodTemplate,
    ReplicaSet,
    ReplicationController,
    StatefulSet,
)
from soc2test_plugins.kubernetes.shapes import Place, flag_at, label, listed_at, name, namespace, reader, section
from soc2test_plugins.kubernetes.source import kubernetes, manifests
from soc2test_plugins.kubernetes.volumes import made_claims, volumes

__all__ = ["OF_OLD", "WORKLOADS"]

T = TypeVar("T")

WORKLOADS: dict[str, type[KubernetesWorkload]] = {
    "/Pod": Pod,
    "/PodTemplate": PodTemplate,
    "/ReplicationController": ReplicationController,
    "apps/Deployment": Deployment,
    "apps/ReplicaSet": ReplicaSet,
    "apps/StatefulSet": StatefulSet,
    "apps/DaemonSet": DaemonSet,
    "batch/Job": Job,
    "batch/CronJob": CronJob,
}
OF_OLD = ("extensions/Deployment", "extensions/ReplicaSet", "extensions/DaemonSet")
"""What the group `apps` took over in version 1.16, and is the same."""
_BY_KIND = {name.partition("/")[2]: told for name, told in WORKLOADS.items()}
_DEPTH: dict[str, tuple[str, ...]] = {
    "Pod": (),
    "PodTemplate": ("template",),
    "CronJob": ("spec", "jobTemplate", "spec", "template"),
}
_TEMPLATE = ("spec", "template")
_CONTAINERS = ("containers", "initContainers", "ephemeralContainers")
_SHARED = ("hostPID", "hostIPC", "hostNetwork")
_OF_ROOT = frozenset({"ALL", "SYS_ADMIN"})
"""Capabilities with which a process may gain rights whatever `allowPrivilegeEscalation` says
(https://kubernetes.io/docs/tasks/configure-pod-container/security-context/)."""


@reader(*WORKLOADS, *OF_OLD)
def workload(item: Item, place: Place) -> Iterator[Said]:
    """A workload that no other one controls; a pod that one controls, where somebody put a container in since.

    Ephemeral containers (`kubectl debug`) are added to pods alone: the pod's maker tells nothing of them.
    """
    kind = text(item["kind"])
    controller = _controller(item)
    if controller is not None:
        # a member by being named: where no list tells of it, everything about it is unknown
        owner, called = _uppermost(item, controller)
        maker = place.id(owner, namespace(item), called)
        yield facts(maker, _BY_KIND[owner])
        if kind != "Pod":
            yield skip("its maker, which tells the same, is a workload of its own")
            return
        if not listed_at(known(item["spec"]), "ephemeralContainers"):
            yield _made(item, maker, place)
            return
    template = item
    for step in _DEPTH.get(kind, _TEMPLATE):
        template = known(template[step])
    pod = known(template["spec"])
    containers = _containers(pod)
    yield facts(
        place.of(item),
        _BY_KIND[kind],
        name=name(item),
        namespace=place.id("Namespace", namespace(item)),
        memory_limited=or_unknown(
            lambda: all("memory" in section(section(each, "resources"), "limits") for each in containers)
        ),
        service_account=or_unknown(lambda: _service_account(item, pod, place)),
        **_rights(template, pod, containers),
        **_mounted(pod),
        **volumes(item, pod, place),
    )
    yield from made_claims(item, pod, place)


_ENDED = {"Pending": False, "Running": False, "Unknown": False, "Succeeded": True, "Failed": True}


def _made(item: Item, maker: str, place: Place) -> Said:
    """A pod as it runs. One that ended says nothing of what runs now."""
    if or_unknown(lambda: meaning(section(item, "status").or_else("phase", "Running"), _ENDED)) is True:
        return skip("a pod of a workload that ended")
    pod = known(item["spec"])
    paths = volumes(item, pod, place)["own_paths"]
    return facts(place.of(item), MadePod, maker=maker, own_paths=paths, **_rights(item, pod, _containers(pod)))


def _containers(pod: Item) -> list[Item]:
    containers = [each for key in _CONTAINERS for each in listed_at(pod, key)]
    if not containers:
        raise UnknownFact("containers", "it has no containers")
    return containers


def _rights(template: Item, pod: Item, containers: list[Item]) -> dict[str, Any]:
    """What the specification says; a container's own security context goes before the pod's."""
    return {
        "own_images": or_unknown(lambda: tuple(images_of(pod, containers))),
        "own_namespaces": or_unknown(lambda: any(flag_at(pod, key, default=False) for key in _SHARED)),
        "own_beyond": beyond(section(template, "metadata"), pod, containers),
        **_contexts(pod, containers),
    }


def _contexts(pod: Item, containers: list[Item]) -> dict[str, Any]:
    outer = section(pod, "securityContext")

    def each(ask: Callable[[Item], T]) -> Iterator[T]:
        return (ask(section(container, "securityContext")) for container in containers)

    def flags(key: str, *, default: bool) -> Iterator[bool]:
        return each(lambda context: flag_at(context, key, default=default))

    return {
        "own_privileged": or_unknown(lambda: any(each(partial(_privileged, outer)))),
        "own_escalation": or_unknown(lambda: any(each(_escalates))),
        "own_capabilities": or_unknown(lambda: tuple(sorted(set().union(*each(_added))))),
        "own_non_root": or_unknown(lambda: all(each(partial(_non_root, outer)))),
        "own_read_only": or_unknown(lambda: all(flags("readOnlyRootFilesystem", default=False))),
    }


def _mounted(pod: Item) -> dict[str, Any]:
    """What the pod says goes before what its service account says."""
    key = "automountServiceAccountToken"
    return (
        {} if pod.or_else(key, None) is None else {"token_mounted": or_unknown(lambda: flag_at(pod, key, default=True))}
    )


def _privileged(outer: Item, own: Item) -> bool:
    """Privileged, or on Windows a process of the host (`hostProcess`), which the pod may say for all its containers."""
    windows, outside = section(own, "windowsOptions"), section(outer, "windowsOptions")
    process = flag_at(windows, "hostProcess", default=flag_at(outside, "hostProcess", default=False))
    return flag_at(own, "privileged", default=False) or process


def _escalates(own: Item) -> bool:
    """Also of a privileged container, and of one with an administrator's capabilities, whatever it says."""
    if flag_at(own, "privileged", default=False) or _added(own) & _OF_ROOT:
        return True
    return flag_at(own, "allowPrivilegeEscalation", default=True)


def _added(context: Item) -> set[str]:
    """Runtimes take capabilities in any case, with their prefix and without."""
    return {text(each).upper().removeprefix("CAP_") for each in listed_at(section(context, "capabilities"), "add")}


def _non_root(outer: Item, own: Item) -> bool:
    user = next((each["runAsUser"] for each in (own, outer) if each.or_else("runAsUser", None) is not None), None)
    if user is not None and type(user) is not int:  # true is an int to Python
        raise UnknownFact("runAsUser", "runAsUser is no number: is the file a template?")
    if user is not None:
        return bool(user > 0)
    return flag_at(own, "runAsNonRoot", default=flag_at(outer, "runAsNonRoot", default=False))


def _controller(item: Item) -> Item | None:
    """Of a pod its replica set, of that its deployment, of a job its cron job; None for those of other controllers."""
    for each in listed_at(known(item["metadata"]), "ownerReferences"):
        group = text(each["apiVersion"]).partition("/")[0]
        if flag_at(each, "controller", default=False) and group in ("apps", "batch") and text(each["kind"]) in _BY_KIND:
            return each  # type: ignore[no-any-return]  # an element of the list
    return None


_HASH = "pod-template-hash"
"""A label that deployments give to their replica sets and pods; it ends the name of the replica set."""
_SCHEDULED = re.compile(r"(.+)-[0-9]{8,10}", re.ASCII)
"""A job of a cron job, which names it by the minute."""


def _uppermost(item: Item, controller: Item) -> tuple[str, str]:
    """Kind and name of what controls the controller in turn, as far as the names tell; else the controller's own."""
    kind, called = text(controller["kind"]), text(controller["name"])
    if kind == "ReplicaSet" and (own := label(item, _HASH)) and called.endswith(f"-{own}"):
        return "Deployment", called.removesuffix(f"-{own}")
    if kind == "Job" and (match := _SCHEDULED.fullmatch(called)):
        return "CronJob", match[1]
    return kind, called


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
