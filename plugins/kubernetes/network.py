"""Namespaces, network policies, ports of load balancers, and ingresses."""

import ipaddress
import json
import re
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
    "service.beta.kubernetes.io/azure-load-balancer-internal": ("true",),
    "networking.gke.io/load-balancer-type": ("internal",),
    "cloud.google.com/load-balancer-type": ("internal",),
}
"""Annotations of services by which the clouds' controllers are told to take a private address, in lower case."""
_SCHEME = "service.beta.kubernetes.io/aws-load-balancer-scheme"
"""What the AWS Load Balancer Controller reads first, and the controller within Kubernetes not at all."""
_SOURCES = "service.beta.kubernetes.io/load-balancer-source-ranges"
"""The older way to say `loadBalancerSourceRanges`; read where the field is empty."""
_ALB = "alb.ingress.kubernetes.io/"
_OF_ALB = re.compile(r"(?:.*[^a-z])?alb(?:[^a-z].*)?", re.ASCII)
"""Names of the class whose controller reads those annotations; a class bears a name of the company's choice."""
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
    """The ports of a load balancer, and of other services those that addresses outside the cluster lead to."""
    spec = known(item["spec"])
    balanced = meaning(spec.or_else("type", "ClusterIP"), _BALANCED)
    if not balanced and not _outside_addresses(spec):
        yield skip("a service that no load balancer opens")
        return
    group, world = place.of(item), or_unknown(lambda: _world(item, spec, balanced))
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


def _world(item: Item, spec: Item, balanced: bool) -> bool:
    """By its load balancer, else by addresses that somebody leads to the cluster's nodes."""
    if balanced and _balancer_is_open(item, spec):
        return True
    if _outside_addresses(spec):
        raise UnknownFact("world", "it answers at public addresses (externalIPs); who is led there no object tells")
    return False


def _outside_addresses(spec: Item) -> list[str]:
    """Public addresses for which each node takes traffic, whatever the service's type; ranges bind them not."""
    told = [text(address) for address in listed_at(spec, "externalIPs")]
    return [address for address in told if _is_public(address)]


def _is_public(address: str) -> bool:
    try:
        return ipaddress.ip_address(address).is_global
    except ValueError:
        raise UnknownFact("externalIPs", "an external address is none: is the file a template?") from None


def _balancer_is_open(item: Item, spec: Item) -> bool:
    """Without source ranges all addresses are let in, unless the load balancer has a private address.

    The address that it got goes before the annotation that asks for a private one: another cloud's has no effect.
    """
    public = _address(item)
    if public is False or (public is None and _internal(item)):
        return False
    ranges = [text(each) for each in listed_at(spec, "loadBalancerSourceRanges")] or _annotated_ranges(item)
    return not ranges or any(anybody(each) for each in ranges)


def _annotated_ranges(item: Item) -> list[str]:
    written = (annotation(item, _SOURCES) or "").split(",")
    return [part.strip() for part in written if part.strip()]


def _internal(item: Item) -> bool:
    found = {key: annotation(item, key) for key in _INTERNAL}
    asked = any(value is not None and value.lower() in _INTERNAL[key] for key, value in found.items())
    scheme = annotation(item, _SCHEME)
    if scheme is None:
        return asked
    if asked and scheme.lower() != "internal":
        raise UnknownFact("world", "one annotation asks for a private address and one for a public one")
    return scheme.lower() == "internal"


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
        public=or_unknown(lambda: _public(item, spec)),
        tls=tls,
        tls_policy=None if plain else Unknown(_CONTROLLER, what="tls_policy"),
        min_tls=None if plain else Unknown(_CONTROLLER, what="min_tls"),
    )


def _public(item: Item, spec: Item) -> bool:
    public = _address(item)
    if public is not None:
        return public
    own_class = _class(item, spec)
    if own_class == "gce-internal":
        return False
    if own_class is None or _OF_ALB.fullmatch(own_class):  # other controllers do not read the annotation
        scheme = annotation(item, f"{_ALB}scheme")
        if scheme in _SCHEMES:
            return _SCHEMES[scheme]
    raise UnknownFact("public", f"whether its address is public {_CONTROLLER}")


_SCHEMES = {"internet-facing": True, "internal": False}


def _class(item: Item, spec: Item) -> str | None:
    """The class that an ingress names, by its field or as of old; None where it leaves it to the cluster."""
    name = annotation(item, "kubernetes.io/ingress.class") or spec.or_else("ingressClassName", None)
    return None if name is None else text(name)


def _tls(item: Item, spec: Item) -> bool:
    """Every host has a certificate, and plain HTTP is refused or redirected."""
    own_class = _class(item, spec)
    if annotation(item, f"{_ALB}certificate-arn") and (own_class is None or _OF_ALB.fullmatch(own_class)):
        return annotation(item, f"{_ALB}ssl-redirect") is not None or not _listens_plainly(item)
    covered = [text(host) for each in listed_at(spec, "tls") for host in listed_at(each, "hosts")]
    if not listed_at(spec, "tls"):
        return False
    rules = listed_at(spec, "rules")
    hosts = [text(each.or_else("host", None) or "*") for each in rules]
    backends = [spec.or_else(key, None) for key in ("defaultBackend", "backend")]  # named so before v1
    if not rules or any(each is not None for each in backends):  # it answers for every host that no rule names
        hosts.append("*")
    return all(_covers(host, covered) for host in hosts) and _refuses_http(item, spec)


def _listens_plainly(item: Item) -> bool:
    """With a certificate a balancer of AWS listens for HTTPS alone, unless its ports are named."""
    written = annotation(item, f"{_ALB}listen-ports")
    if written is None:
        return False
    try:
        ports = json.loads(written)
        named = {protocol.upper() for each in ports for protocol in each}
    except (ValueError, TypeError, AttributeError, RecursionError):
        raise UnknownFact("tls", "the annotation listen-ports can't be read") from None
    return named != {"HTTPS"}


def _covers(host: str, covered: list[Any]) -> bool:
    """No hosts at all in `tls` means all of them."""
    return not covered or host in covered or f"*.{host.partition('.')[2]}" in covered


def _refuses_http(item: Item, spec: Item) -> bool:
    if annotation(item, "kubernetes.io/ingress.allow-http") == "false":
        return True
    redirect = annotation(item, "nginx.ingress.kubernetes.io/ssl-redirect")
    forced = annotation(item, "nginx.ingress.kubernetes.io/force-ssl-redirect")
    if _class(item, spec) == "nginx":
        return redirect != "false" or forced == "true"  # with a certificate, nginx redirects unless told not to
    raise UnknownFact("tls", f"whether plain HTTP is redirected {_CONTROLLER}")
