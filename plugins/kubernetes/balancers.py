"""Load balancers of services: whether their address is public, as it was given or as somebody asks for it."""

import ipaddress
import re

from soc2test import Item, UnknownFact, text
from soc2test_plugins.kubernetes.shapes import annotation, listed_at, section

__all__ = ["asks_for_private", "balancer_address", "is_public"]

_AWS, _AZURE, _GOOGLE = "aws", "azure", "google"
_INTERNAL = {
    "service.beta.kubernetes.io/aws-load-balancer-internal": (_AWS, ("true", "0.0.0.0/0")),
    "service.beta.kubernetes.io/azure-load-balancer-internal": (_AZURE, ("true",)),
    "networking.gke.io/load-balancer-type": (_GOOGLE, ("internal",)),
    "cloud.google.com/load-balancer-type": (_GOOGLE, ("internal",)),
}
"""Annotations of services by which the clouds' controllers are told to take a private address, in lower case."""
_HOSTS = {".amazonaws.com": _AWS, ".amazonaws.com.cn": _AWS, ".cloudapp.azure.com": _AZURE}
"""Whose controllers answer with a name; Google's give addresses."""
_OF_AWS = re.compile(r"(?:dualstack\.)?(internal-)?.+\.elb\.amazonaws\.com(\.cn)?", re.ASCII)
"""Names of classic and application load balancers (name.region.elb.amazonaws.com): of private ones, and no others, AWS
writes "internal-" before (Elastic Load Balancing, "Internal Classic Load Balancers")."""
_SCHEME = "service.beta.kubernetes.io/aws-load-balancer-scheme"
"""What the AWS Load Balancer Controller reads first, and the controller within Kubernetes not at all."""
_INSIDE, _EXTERNAL = "internal", "external"
_CLASSES = {
    f"networking.gke.io/l4-regional-{scheme}{old}": scheme for scheme in (_INSIDE, _EXTERNAL) for old in ("", "-legacy")
}
"""Classes of load balancers of which GKE takes the scheme, since its version 1.33.1."""


def is_public(address: str) -> bool:
    """Whether anybody in the internet could reach it. Raises `UnknownFact` for what is no address."""
    try:
        return ipaddress.ip_address(address).is_global
    except ValueError:
        raise UnknownFact("address", "an address is none: is the file a template?") from None


def asks_for_private(item: Item, spec: Item) -> bool:
    """Whether an annotation of the cloud that balances it asks for a private address; any, where no cloud answered."""
    found = {key: annotation(item, key) for key in _INTERNAL}
    asking = {
        _INTERNAL[key][0] for key, value in found.items() if value is not None and value.lower() in _INTERNAL[key][1]
    }
    scheme = annotation(item, _SCHEME)
    if scheme is not None:
        if asking and scheme.lower() != "internal":
            raise UnknownFact("world", "one annotation asks for a private address and one for a public one")
        asking |= {_AWS} if scheme.lower() == "internal" else set()
    asking = _as_its_class_says(spec, asking)
    names = _hostnames(item)
    clouds = {_cloud(name) for name in names}
    if asking and clouds == {None}:
        raise UnknownFact("world", "an annotation asks for a private address; whose load balancer it is its name hides")
    return bool(asking & clouds if names else asking)


def _as_its_class_says(spec: Item, asking: set[str]) -> set[str]:
    """A class of GKE's tells the scheme, and that no other cloud is asked (GKE, "LoadBalancer Service parameters")."""
    scheme = _CLASSES.get(text(spec.or_else("loadBalancerClass", None) or ""))
    if scheme is None:
        return asking
    if scheme == _EXTERNAL and _GOOGLE in asking:
        raise UnknownFact("world", "an annotation asks for a private address, and its class for a public one")
    return {_GOOGLE} if scheme == _INSIDE else set()


def _cloud(name: str) -> str | None:
    return next((cloud for end, cloud in _HOSTS.items() if name.endswith(end)), None)


def _hostnames(item: Item) -> list[str]:
    return [text(each["hostname"]).lower() for each in _answers(item) if each.or_else("hostname", None)]


def _answers(item: Item) -> list[Item]:
    """What the load balancer answers at, once it is made."""
    return listed_at(section(section(item, "status"), "loadBalancer"), "ingress")


def balancer_address(item: Item) -> bool | None:
    """Whether the address that the load balancer got is public; None where it has none, or its name does not tell."""
    public = [is_public(text(each["ip"])) for each in _answers(item) if each.or_else("ip", None)]
    named = [_OF_AWS.fullmatch(name) for name in _hostnames(item)]
    told = [*public, *(match[1] is None for match in named if match)]
    if any(told):
        return True
    return False if told and all(named) else None
