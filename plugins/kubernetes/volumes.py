"""Paths of the host that a workload mounts: by itself, or by a claim whose volume is one."""

from collections.abc import Iterator
from typing import Any

from soc2test import Facts, Item, Population, UnknownFact, facts, known, or_unknown, text
from soc2test_plugins.kubernetes.kinds import KubernetesClaim, KubernetesVolume, KubernetesWorkload
from soc2test_plugins.kubernetes.shapes import Place, listed_at, name, namespace, reader, section
from soc2test_plugins.kubernetes.source import kubernetes, manifests

__all__ = ["made_claims", "volumes"]

_CLAIM, _VOLUME = "PersistentVolumeClaim", "PersistentVolume"


@reader("/PersistentVolume")
def volume(item: Item, place: Place) -> Iterator[Facts]:
    """A persistent volume."""
    spec = known(item["spec"])
    yield facts(
        place.of(item, namespaced=False),
        KubernetesVolume,
        claim=or_unknown(lambda: _kept_for(section(spec, "claimRef"), place)),
        storage_class=or_unknown(lambda: _class(spec)),
        host_path=or_unknown(lambda: next((text(section(spec, key)["path"]) for key in _LOCAL if key in spec), None)),
    )


_LOCAL = ("hostPath", "local")


def _kept_for(reference: Item, place: Place) -> str | None:
    if "name" not in reference:
        return None
    space = text(reference.or_else("namespace", None) or "default")
    return place.id(_CLAIM, space, text(reference["name"]))


def _class(spec: Item) -> str:
    return text(spec.or_else("storageClassName", None) or "")


@reader("/PersistentVolumeClaim")
def claim(item: Item, place: Place) -> Iterator[Facts]:
    """A persistent volume claim; the cluster writes into it which volume it is bound to."""
    yield facts(place.of(item), KubernetesClaim, **_asked(known(item["spec"]), place))


def _asked(spec: Item, place: Place) -> dict[str, Any]:
    return {
        "volume": or_unknown(lambda: _named(spec, place)),
        "storage_class": or_unknown(lambda: _class(spec)),
    }


def _named(spec: Item, place: Place) -> str | None:
    volume = text(spec.or_else("volumeName", None) or "")
    return place.id(_VOLUME, volume) if volume else None


def volumes(item: Item, pod: Item, place: Place) -> dict[str, Any]:
    """The facts `own_paths` and `claims` of a workload."""
    return {
        "own_paths": or_unknown(lambda: tuple(_own_paths(pod))),
        "claims": or_unknown(lambda: tuple(_claims(item, pod, place))),
    }


def _own_paths(pod: Item) -> Iterator[str]:
    for mounted in listed_at(pod, "volumes"):
        if mounted.or_else("hostPath", None) is not None:
            yield text(mounted["hostPath"]["path"])


def _claims(item: Item, pod: Item, place: Place) -> Iterator[str]:
    for mounted in listed_at(pod, "volumes"):
        if mounted.or_else("persistentVolumeClaim", None) is not None:
            called = text(mounted["persistentVolumeClaim"]["claimName"])
            yield place.id(_CLAIM, namespace(item), called)
    yield from (place.id(_CLAIM, namespace(item), called) for called, _ in _made(item, pod, place))


def _made(item: Item, pod: Item, place: Place) -> Iterator[tuple[str, Item]]:
    """Names and specifications of the claims that it has Kubernetes make: one for each pod, or of a stateful set.

    Those are named after the template, the set and the number of the pod, these after the pod and the volume; what pods
    of a cluster are called that a workload makes, it does not tell.
    """
    if text(item["kind"]) == "StatefulSet":
        for template in listed_at(known(item["spec"]), "volumeClaimTemplates"):
            yield f"{name(template)}-{name(item)}-0", known(template["spec"])
    for mounted in listed_at(pod, "volumes"):
        if mounted.or_else("ephemeral", None) is not None and (place.manifest or text(item["kind"]) == "Pod"):
            template = known(mounted["ephemeral"]["volumeClaimTemplate"])
            yield f"{name(item)}-{text(mounted['name'])}", known(template["spec"])


def made_claims(item: Item, pod: Item, place: Place) -> Iterator[Facts]:
    """The claims that a workload of a manifest is going to make; those of a cluster are there, and are listed."""
    if not place.manifest:
        return
    for called, spec in _made(item, pod, place):
        yield facts(place.id(_CLAIM, namespace(item), called), KubernetesClaim, **_asked(spec, place))


@kubernetes.derives(KubernetesClaim, "host_path", joins=KubernetesVolume)
def bound_path(claim: KubernetesClaim, volumes: Population[KubernetesVolume]) -> str | None:
    """Of the volume that it is bound to; one that is bound to none holds up its pods."""
    return None if claim.volume is None else _path_of(claim.volume, volumes)


@manifests.derives(KubernetesClaim, "host_path", joins=KubernetesVolume)
def planned_path(claim: KubernetesClaim, volumes: Population[KubernetesVolume]) -> str | None:
    """Of the volume that it names, that is kept for it, or that is of its class and for any claim.

    Where the manifests have no such volume, its storage class makes one: by what means, manifests of it do not tell,
    and none of them is a path of the host that they name.
    """
    if claim.volume is not None:
        return _path_of(claim.volume, volumes)
    kept = list(volumes.all("claim", claim.id))
    fitting = kept or [each for each in volumes if each.claim is None and each.storage_class == claim.storage_class]
    paths = {each.host_path for each in fitting}
    if len(paths) > 1 and None in paths:
        raise UnknownFact("host_path", "the cluster chooses which of several volumes it is bound to")
    return min((path for path in paths if path is not None), default=None)


def _path_of(volume: str, volumes: Population[KubernetesVolume]) -> str | None:
    bound = volumes.one("id", volume)
    if bound is None:
        raise UnknownFact("host_path", "the volumes in the evidence do not name its own")
    return bound.host_path


@kubernetes.derives(KubernetesWorkload, "host_paths", joins=KubernetesClaim)
@manifests.derives(KubernetesWorkload, "host_paths", joins=KubernetesClaim)
def host_paths(workload: KubernetesWorkload, claims: Population[KubernetesClaim]) -> tuple[str, ...]:
    """Those that it names, else those of its claims' volumes: one is enough to decide."""
    if workload.run_paths or not workload.claims:
        return workload.run_paths
    unsure: UnknownFact | None = None
    paths: list[str] = []
    for id in workload.claims:
        try:
            paths += _of_claim(id, claims)
        except UnknownFact as error:
            unsure = error
    if unsure is not None and not paths:
        raise unsure
    return tuple(paths)


def _of_claim(id: str, claims: Population[KubernetesClaim]) -> list[str]:
    claim = claims.one("id", id)
    if claim is None:
        raise UnknownFact("host_paths", "the claims in the evidence do not name one whose volume it mounts")
    return [] if claim.host_path is None else [claim.host_path]
