"""Ports of load balancers, and of services that public addresses lead to."""

from collections.abc import Iterator

from soc2test import Item, Said, UnknownFact, facts, known, meaning, number, or_unknown, skip, text
from soc2test_plugins.kubernetes.balancers import asks_for_private, balancer_address, is_public
from soc2test_plugins.kubernetes.kinds import LoadBalancerPort
from soc2test_plugins.kubernetes.shapes import Place, annotation, listed_at, reader
from soc2test_plugins.networks import lets_in_world

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
    return [address for address in told if is_public(address)]


def _balancer_is_open(item: Item, spec: Item) -> bool:
    """Without source ranges all addresses are let in, unless the load balancer has a private address.

    The address that it got goes before the annotation that asks for a private one: another cloud's has no effect.
    """
    public = balancer_address(item)
    if public is False or (public is None and asks_for_private(item, spec)):
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
