"""Gateways: the ports that their listeners open. Whom these let in, and what certificates they show, is not read."""

from collections.abc import Iterator
from typing import Any

from soc2test import Endpoint, Item, Said, Unknown, facts, known, meaning, missed, number, or_unknown, text
from soc2test_plugins.kubernetes.kinds import LoadBalancerPort
from soc2test_plugins.kubernetes.shapes import Place, listed_at, reader, section

__all__: list[str] = []

_TCP = ("TCP", "TLS", "HTTP", "HTTPS", "HTTP2", "GRPC", "GRPC-WEB", "MONGO", "MYSQL", "REDIS")
_PROTOCOLS = {**dict.fromkeys(_TCP, "tcp"), "UDP": "udp"}
_WORLD = Unknown("whom a gateway lets in no object tells; the rules of the load balancer before it do", what="world")


@reader(
    "gateway.networking.k8s.io/Gateway",
    "gateway.networking.k8s.io/ListenerSet",
    "gateway.networking.x-k8s.io/XListenerSet",
)
def gateway(item: Item, place: Place) -> Iterator[Said]:
    """Of the Gateway API, its listeners."""
    told = [(each["port"], each["protocol"]) for each in listed_at(section(item, "spec"), "listeners")]
    yield from _ports(item, place, told)


@reader("networking.istio.io/Gateway")
def servers(item: Item, place: Place) -> Iterator[Said]:
    """Of Istio, its servers."""
    ports = [known(each["port"]) for each in listed_at(section(item, "spec"), "servers")]
    yield from _ports(item, place, [(each["number"], each["protocol"]) for each in ports])


def _ports(item: Item, place: Place, told: list[tuple[Any, Any]]) -> Iterator[Said]:
    group, kind = place.of(item), text(item["kind"])
    yield missed(f"what the listeners of a {kind} speak is not read", Endpoint)
    if not told:
        yield missed(f"a {kind} names no port that it opens", LoadBalancerPort)
    for port, written in told:
        protocol = or_unknown(lambda written=written: meaning(text(written).upper(), _PROTOCOLS))  # type: ignore[misc]
        opened = or_unknown(lambda port=port: number(port))  # type: ignore[misc]
        names = ("?" if isinstance(each, Unknown) else each for each in (opened, protocol))
        yield facts(
            "/".join((group, *map(str, names))),
            LoadBalancerPort,
            group=group,
            inbound=True,
            protocol=protocol,
            from_port=opened,
            to_port=opened,
            world=_WORLD,
        )
