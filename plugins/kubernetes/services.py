"""Ports of load balancers, and of services that public addresses lead to."""

import ipaddress
import re
from collections.abc import Iterator

from soc2test import Item, Said, UnknownFact, facts, known, meaning, number, or_unknown, skip, text
from soc2test_plugins.kubernetes.kinds import LoadBalancerPort
from soc2test_plugins.kubernetes.shapes import Place, annotation, listed_at, reader, section
from soc2test_plugins.networks import lets_in_world

__all__ = ["balancer_address"]

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
_SOURCES = "service.beta.kubernetes.io/load-balancer-source-ranges"
"""The older way to say `loadBalancerSourceRanges`; read where the field is empty."""
_AZURE_SOURCES = "service.beta.kubernetes.io/azure-allowed-ip-ranges"
"""Let in beside those of the field."""
_DIGITALOCEAN_SOURCES = "service.beta.kubernetes.io/do-loadbalancer-allow-rules"
"""Read where the field is empty: "cidr:192.0.2.0/24,ip:198.51.100.7" (https://docs.digitalocean.com/products/kubernetes/
how-to/configure-load-balancers/#firewall-rules)."""
_BESIDE_RANGES = {
    "service.beta.kubernetes.io/aws-load-balancer-security-groups": "security groups of its own",
    "service.beta.kubernetes.io/aws-load-balancer-extra-security-groups": "further security groups",
    "service.beta.kubernetes.io/aws-load-balancer-security-group-prefix-lists": "prefix lists",
    "service.beta.kubernetes.io/aws-load-balancer-disable-nlb-sg": "no security group, perhaps",
    "service.beta.kubernetes.io/azure-allowed-service-tags": "service tags",
    "service.beta.kubernetes.io/azure-disable-load-balancer-nsg-rule": "a security group kept by hand, perhaps",
    "service.beta.kubernetes.io/linode-loadbalancer-firewall-acl": "lists of its own",
    "service.beta.kubernetes.io/linode-loadbalancer-firewall-id": "a firewall of its own",
    "service.beta.kubernetes.io/oci-load-balancer-security-list-management-mode": "security lists of its own, perhaps",
    "oci.oraclecloud.com/security-rule-management-mode": "security lists of its own, perhaps",
}
"""Annotations by which others than the source ranges say who is let in, instead of them or beside them
(https://kubernetes-sigs.github.io/aws-load-balancer-controller/latest/guide/service/annotations/,
https://cloud-provider-azure.sigs.k8s.io/topics/loadbalancer/, "disable-load-balancer-nsg-rule" since its 1.35.6,
https://github.com/linode/linode-cloud-controller-manager/blob/main/docs/configuration/firewall.md)."""
_BALANCED = {"LoadBalancer": True, "ClusterIP": False, "NodePort": False, "ExternalName": False}


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
        raise UnknownFact("address", "an address is none: is the file a template?") from None


def _balancer_is_open(item: Item, spec: Item) -> bool:
    """Without source ranges all addresses are let in, unless the load balancer has a private address.

    The address that it got goes before the annotation that asks for a private one: another cloud's has no effect.
    """
    public = balancer_address(item)
    if public is False or (public is None and _internal(item)):
        return False
    _only_ranges(item)
    told = [text(each) for each in listed_at(spec, "loadBalancerSourceRanges")] or _annotated_ranges(item, _SOURCES)
    ranges = [*(told or _digitaloceans_rules(item)), *_annotated_ranges(item, _AZURE_SOURCES)]
    return not ranges or lets_in_world(ranges)


def _only_ranges(item: Item) -> None:
    """Raises `UnknownFact` where something else than source ranges says who is let in."""
    for key, what in _BESIDE_RANGES.items():
        if (annotation(item, key) or "false").lower() != "false":
            raise UnknownFact("world", f"who is let in is for {what} to say ({key}), which no object tells")


def _annotated_ranges(item: Item, key: str) -> list[str]:
    written = (annotation(item, key) or "").split(",")
    return [part.strip() for part in written if part.strip()]


def _digitaloceans_rules(item: Item) -> list[str]:
    return [rule.partition(":")[2].strip() for rule in _annotated_ranges(item, _DIGITALOCEAN_SOURCES)]


def _internal(item: Item) -> bool:
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
    names = _hostnames(item)
    clouds = {_cloud(name) for name in names}
    if asking and clouds == {None}:
        raise UnknownFact("world", "an annotation asks for a private address; whose load balancer it is its name hides")
    return bool(asking & clouds if names else asking)


def _cloud(name: str) -> str | None:
    return next((cloud for end, cloud in _HOSTS.items() if name.endswith(end)), None)


def _hostnames(item: Item) -> list[str]:
    return [text(each["hostname"]).lower() for each in _answers(item) if each.or_else("hostname", None)]


def _answers(item: Item) -> list[Item]:
    """What the load balancer answers at, once it is made."""
    return listed_at(section(section(item, "status"), "loadBalancer"), "ingress")


def balancer_address(item: Item) -> bool | None:
    """Whether the address that the load balancer got is public; None where it has none, or its name does not tell."""
    public = [_is_public(text(each["ip"])) for each in _answers(item) if each.or_else("ip", None)]
    named = [_OF_AWS.fullmatch(name) for name in _hostnames(item)]
    told = [*public, *(match[1] is None for match in named if match)]
    if any(told):
        return True
    return False if told and all(named) else None
