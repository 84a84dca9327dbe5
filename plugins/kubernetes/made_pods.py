"""What workloads run with: their specification's rights, and those of the pods that they made.

Admission controllers add to pods, and pods of an earlier specification may still run: both stand in pods alone.
"""

from collections.abc import Iterator

from soc2test import Population
from soc2test_plugins.kubernetes.images import pinned, tagged
from soc2test_plugins.kubernetes.kinds import KubernetesWorkload, MadePod
from soc2test_plugins.kubernetes.source import kubernetes, manifests

Running = KubernetesWorkload | MadePod


def _running(workload: KubernetesWorkload, pods: Population[MadePod]) -> Iterator[Running]:
    """The workload as it is specified, then as it runs; a list of pods that is missing is a gap of all workloads."""
    yield workload
    yield from pods.all("maker", workload.id).hits


@kubernetes.derives(KubernetesWorkload, "privileged", joins=MadePod)
@manifests.derives(KubernetesWorkload, "privileged", joins=MadePod)
def privileged(workload: KubernetesWorkload, pods: Population[MadePod]) -> bool:
    """Any of its containers is."""
    return any(each.own_privileged for each in _running(workload, pods))


@kubernetes.derives(KubernetesWorkload, "escalation_allowed", joins=MadePod)
@manifests.derives(KubernetesWorkload, "escalation_allowed", joins=MadePod)
def escalation_allowed(workload: KubernetesWorkload, pods: Population[MadePod]) -> bool:
    """To any of its containers."""
    return any(each.own_escalation for each in _running(workload, pods))


@kubernetes.derives(KubernetesWorkload, "host_namespaces", joins=MadePod)
@manifests.derives(KubernetesWorkload, "host_namespaces", joins=MadePod)
def host_namespaces(workload: KubernetesWorkload, pods: Population[MadePod]) -> bool:
    """One of its host's at least."""
    return any(each.own_namespaces for each in _running(workload, pods))


@kubernetes.derives(KubernetesWorkload, "non_root_enforced", joins=MadePod)
@manifests.derives(KubernetesWorkload, "non_root_enforced", joins=MadePod)
def non_root_enforced(workload: KubernetesWorkload, pods: Population[MadePod]) -> bool:
    """For each container."""
    return all(each.own_non_root for each in _running(workload, pods))


@kubernetes.derives(KubernetesWorkload, "read_only_root", joins=MadePod)
@manifests.derives(KubernetesWorkload, "read_only_root", joins=MadePod)
def read_only_root(workload: KubernetesWorkload, pods: Population[MadePod]) -> bool:
    """Of each container."""
    return all(each.own_read_only for each in _running(workload, pods))


@kubernetes.derives(KubernetesWorkload, "capabilities", joins=MadePod)
@manifests.derives(KubernetesWorkload, "capabilities", joins=MadePod)
def capabilities(workload: KubernetesWorkload, pods: Population[MadePod]) -> tuple[str, ...]:
    """Those of all containers."""
    return tuple(sorted({name for each in _running(workload, pods) for name in each.own_capabilities}))


@kubernetes.derives(KubernetesWorkload, "beyond_baseline", joins=MadePod)
@manifests.derives(KubernetesWorkload, "beyond_baseline", joins=MadePod)
def beyond_baseline(workload: KubernetesWorkload, pods: Population[MadePod]) -> tuple[str, ...]:
    """Each rule once."""
    return tuple(dict.fromkeys(words for each in _running(workload, pods) for words in each.own_beyond))


@kubernetes.derives(KubernetesWorkload, "images", joins=MadePod)
@manifests.derives(KubernetesWorkload, "images", joins=MadePod)
def images(workload: KubernetesWorkload, pods: Population[MadePod]) -> tuple[str, ...]:
    """In the order of the specification, then those that pods have beside them."""
    return tuple(dict.fromkeys(image for each in _running(workload, pods) for image in each.own_images))


@kubernetes.derives(KubernetesWorkload, "images_pinned", joins=MadePod)
@manifests.derives(KubernetesWorkload, "images_pinned", joins=MadePod)
def images_pinned(workload: KubernetesWorkload, pods: Population[MadePod]) -> bool:
    """Each is named by its digest."""
    return all(pinned(image) for each in _running(workload, pods) for image in each.own_images)


@kubernetes.derives(KubernetesWorkload, "images_tagged", joins=MadePod)
@manifests.derives(KubernetesWorkload, "images_tagged", joins=MadePod)
def images_tagged(workload: KubernetesWorkload, pods: Population[MadePod]) -> bool:
    """Each is named by its digest, or by a tag other than `latest`."""
    return all(tagged(image) for each in _running(workload, pods) for image in each.own_images)


@kubernetes.derives(KubernetesWorkload, "run_paths", joins=MadePod)
@manifests.derives(KubernetesWorkload, "run_paths", joins=MadePod)
def run_paths(workload: KubernetesWorkload, pods: Population[MadePod]) -> tuple[str, ...]:
    """Those that the specification or a pod names itself."""
    return tuple(dict.fromkeys(path for each in _running(workload, pods) for path in each.own_paths))
