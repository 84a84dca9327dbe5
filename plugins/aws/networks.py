"""Networks: which of them are the whole internet, alone or together with others."""

import ipaddress
from collections.abc import Iterable

from soc2test import UnknownFact

__all__ = ["open_networks"]

Network = ipaddress.IPv4Network | ipaddress.IPv6Network

WIDEST = {4: 8, 6: 12}
"""The shortest prefix that a network of somebody has; what is wider is meant for anybody (0.0.0.0/1 too)."""
GLOBAL_V6 = ipaddress.IPv6Network("2000::/3")


def open_networks(written: Iterable[str]) -> frozenset[str]:
    """Those of the networks that let anybody in, as they are written.

    Neighbours are joined: 0.0.0.0/8, 1.0.0.0/8 and so on are the whole internet in parts. A network of somebody beside
    one that is open stays what it is. Raises `UnknownFact` where one is no network.
    """
    parsed = {text: network_of(text) for text in written}
    alone = {text for text, network in parsed.items() if _is_wide(network)}
    others = {text: network for text, network in parsed.items() if text not in alone}
    wide = [joined for joined in _joined(others.values()) if _is_wide(joined)]
    parts = {text for text, network in others.items() if any(_within(network, each) for each in wide)}
    return frozenset(alone | parts)


def network_of(written: str) -> Network:
    """The network; a single address is one of its own. Raises `UnknownFact` where it is none."""
    try:
        return ipaddress.ip_network(written.strip(), strict=False)
    except ValueError:
        raise UnknownFact("world", "a rule's range is no network") from None


def _joined(networks: Iterable[Network]) -> list[Network]:
    several = list(networks)
    fours = [network for network in several if isinstance(network, ipaddress.IPv4Network)]
    sixes = [network for network in several if isinstance(network, ipaddress.IPv6Network)]
    return [*ipaddress.collapse_addresses(fours), *ipaddress.collapse_addresses(sixes)]


def _is_wide(network: Network) -> bool:
    if network.prefixlen >= WIDEST[network.version]:
        return False
    return isinstance(network, ipaddress.IPv4Network) or network.overlaps(GLOBAL_V6)


def _within(network: Network, wide: Network) -> bool:
    return network.version == wide.version and network.subnet_of(wide)  # type: ignore[arg-type]
