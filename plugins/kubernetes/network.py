"""Namespaces, network policies, ports of load balancers, and ingresses."""

import ipaddress
from collections.abc import Iterator
from typing import Any

from soc2test import (
    Facts,
    Item,
    Population,
    Said,
    Unknown,
    UnknownFact,
    facts,
    known,
    meaning,
    number,
    or_unknown,
    skip,
    text,
)
from soc2test_plugins.kubernetes.kinds import (
    Ingress,
    KubernetesNamespace,
    KubernetesNetworkPolicy,
    LoadBalancerPort,
)
from soc2test_plugins.kubernetes.shapes import (
    Place,
    annotation,
    anybody,
    label,
    listed_at,
    name,
    namespace,
    reader,
    section,
)
from soc2test_plugins.kubernetes.source import kubernetes, manifests

_INTERNAL = {
    "service.beta.kubernetes.io/aws-load-balancer-internal": ("true", "0.0.0.0/0"),
    "service.beta.kubernetes.io/aws-load-balancer-scheme": ("internal",),
    "service.beta.kubernetes.io/azure-load-balancer-internal": ("true",),
    "networking.gke.io/load-balancer-type": ("internal",),
    "cloud.google.com/load-balancer-type": ("internal",),
    "alb.ingress.kubernetes.io/scheme": ("internal",),
    "kubernetes.io/ingress.class": ("gce-internal",),
}
"""Annotations by which the clouds' controllers are told to take a private address, in lower case."""
_BALANCED = {"LoadBalancer": True, "ClusterIP": False, "NodePort": False, "ExternalName": False}
_CONTROLLER = "the object does not tell; its controller does"


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


@reader("/Service")
def service(item: Item, place: Place) -> Iterator[Said]:
    """The ports of a load balancer."""
    spec = known(item["spec"])
    if not meaning(spec.or_else("type", "ClusterIP"), _BALANCED):
        yield skip("a service that no load balancer opens")
        return
    group, world = place.of(item), or_unknown(lambda: _world(item, spec))
    for port in listed_at(spec, "ports"):
        protocol, opened = text(port.or_else("protocol", "TCP")).lower(), number(port["port"])
        yield facts(
            f"{group}/{opened}/{protocol}",
            LoadBalancerPort,
            group=group,
            inbound=True,
            protocol=protocol,
            from_port=opened,
            to_port=opened,
            world=world,
        )


def _world(item: Item, spec: Item) -> bool:
    """Without source ranges all addresses are let in, unless the load balancer has a private address.

    The address that it got goes before the annotation that asks for a private one: another cloud's has no effect.
    """
    public = _address(item)
    if public is False or (public is None and _internal(item)):
        return False
    ranges = [text(each) for each in listed_at(spec, "loadBalancerSourceRanges")]
    return not ranges or any(anybody(each) for each in ranges)


def _internal(item: Item) -> bool:
    found = {key: annotation(item, key) for key in _INTERNAL}
    return any(value is not None and value.lower() in _INTERNAL[key] for key, value in found.items())


def _address(item: Item) -> bool | None:
    """Whether the address that the load balancer got is public; None where it has none, or has only a name."""
    status = section(section(item, "status"), "loadBalancer")
    told = [each["ip"] for each in listed_at(status, "ingress") if each.or_else("ip", None)]
    addresses = [ipaddress.ip_address(text(each)) for each in told]
    return any(each.is_global for each in addresses) if addresses else None


@reader("networking.k8s.io/Ingress", "extensions/Ingress")
def ingress(item: Item, place: Place) -> Iterator[Facts]:
    """An ingress."""
    spec = known(item["spec"])
    tls = or_unknown(lambda: _tls(item, spec))
    plain = not isinstance(tls, Unknown) and not tls
    yield facts(
        place.of(item),
        Ingress,
        name=name(item),
        public=or_unknown(lambda: _public(item)),
        tls=tls,
        tls_policy=None if plain else Unknown(_CONTROLLER, what="tls_policy"),
        min_tls=None if plain else Unknown(_CONTROLLER, what="min_tls"),
    )


def _public(item: Item) -> bool:
    public = _address(item)
    if public is None and _internal(item):
        return False
    if public is None and annotation(item, "alb.ingress.kubernetes.io/scheme") != "internet-facing":
        raise UnknownFact("public", f"whether its address is public {_CONTROLLER}")
    return public is not False


def _tls(item: Item, spec: Item) -> bool:
    """Every host has a certificate, and plain HTTP is refused or redirected."""
    if annotation(item, "alb.ingress.kubernetes.io/certificate-arn"):
        return annotation(item, "alb.ingress.kubernetes.io/ssl-redirect") is not None
    covered = [text(host) for each in listed_at(spec, "tls") for host in listed_at(each, "hosts")]
    if not listed_at(spec, "tls"):
        return False
    rules = listed_at(spec, "rules")
    hosts = [text(each.or_else("host", None) or "*") for each in rules]
    backends = [spec.or_else(key, None) for key in ("defaultBackend", "backend")]  # named so before v1
    if not rules or any(each is not None for each in backends):  # it answers for every host that no rule names
        hosts.append("*")
    return all(_covers(host, covered) for host in hosts) and _refuses_http(item, spec)


def _covers(host: str, covered: list[Any]) -> bool:
    """No hosts at all in `tls` means all of them."""
    return not covered or host in covered or f"*.{host.partition('.')[2]}" in covered


def _refuses_http(item: Item, spec: Item) -> bool:
    if annotation(item, "kubernetes.io/ingress.allow-http") == "false":
        return True
    redirect = annotation(item, "nginx.ingress.kubernetes.io/ssl-redirect")
    forced = annotation(item, "nginx.ingress.kubernetes.io/force-ssl-redirect")
    if spec.or_else("ingressClassName", None) == "nginx" or annotation(item, "kubernetes.io/ingress.class") == "nginx":
        return redirect != "false" or forced == "true"  # with a certificate, nginx redirects unless told not to
    raise UnknownFact("tls", f"whether plain HTTP is redirected {_CONTROLLER}")
