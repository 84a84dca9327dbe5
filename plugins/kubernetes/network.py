"""Namespaces and network policies."""

from collections.abc import Iterator

from soc2test import Facts, Item, Population, facts, known, or_unknown
from soc2test_plugins.kubernetes.kinds import KubernetesNamespace, KubernetesNetworkPolicy
from soc2test_plugins.kubernetes.shapes import Place, label, listed_at, name, namespace, reader, section
from soc2test_plugins.kubernetes.source import kubernetes, manifests


@reader("/Namespace")
def space(item: Item, place: Place) -> Iterator[Facts]:
    """A namespace."""
    yield facts(
        place.of(item, namespaced=False),
        KubernetesNamespace,
        name=name(item),
        pod_security=or_unknown(lambda: label(item, "pod-security.kubernetes.io/enforce")),
    )


@reader("networking.k8s.io/NetworkPolicy", "extensions/NetworkPolicy")
def policy(item: Item, place: Place) -> Iterator[Facts]:
    """A network policy."""
    yield facts(
        place.of(item),
        KubernetesNetworkPolicy,
        namespace=place.id("Namespace", namespace(item)),
        denies_all=or_unknown(lambda: _denies_all(known(item["spec"]))),
    )


def _denies_all(spec: Item) -> bool:
    """Without `policyTypes` a policy is for inbound traffic; an empty selector is for every pod."""
    inbound = "policyTypes" not in spec or "Ingress" in listed_at(spec, "policyTypes")
    selector = section(spec, "podSelector")
    every = not any(section(selector, "matchLabels")) and not listed_at(selector, "matchExpressions")
    return inbound and every and not listed_at(spec, "ingress")


@kubernetes.derives(KubernetesNamespace, "guarded", joins=KubernetesNetworkPolicy)
@manifests.derives(KubernetesNamespace, "guarded", joins=KubernetesNetworkPolicy)
def guarded(space: KubernetesNamespace, policies: Population[KubernetesNetworkPolicy]) -> bool:
    """It has a network policy."""
    return bool(policies.all("namespace", space.id))


@kubernetes.derives(KubernetesNamespace, "denies_by_default", joins=KubernetesNetworkPolicy)
@manifests.derives(KubernetesNamespace, "denies_by_default", joins=KubernetesNetworkPolicy)
def denies_by_default(space: KubernetesNamespace, policies: Population[KubernetesNetworkPolicy]) -> bool:
    """One of its network policies denies all."""
    return any(each.denies_all for each in policies.all("namespace", space.id))
