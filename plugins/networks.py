"""Ranges of addresses: whether they let in the internet, one of them or all together. Every source asks here."""

import ipaddress
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache, partial
from itertools import pairwise
from typing import Any, NamedTuple

from soc2test import Facts, Resource, Unknown, UnknownFact, facts, or_unknown, text

__all__ = ["HIGHEST", "Opening", "Together", "lets_in_world", "opened_together", "rules_together", "weighed"]

Network = ipaddress.IPv4Network | ipaddress.IPv6Network

HIGHEST = 65_535
"""the last port"""
_WIDEST = {4: 8, 6: 12}
"""The shortest prefix that a network of somebody has; what is wider is meant for anybody (0.0.0.0/1 too)."""
_WORLD = {4: 1 << 30, 6: 1 << 117}
"""So many addresses, wherever they lie, are the internet: a quarter of IPv4; of IPv6 two /12, which continents have."""
_DOUBT = {4: 1 << 25, 6: 1 << 117}
"""So many are more than a network of somebody has (two /8), and may be those of a country or of a cloud's customers."""
_GLOBAL_V6 = ipaddress.IPv6Network("2000::/3")
_SPECIAL_V4 = tuple(
    ipaddress.IPv4Network(each)
    for each in (
        "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.168.0.0/16",
        "198.18.0.0/15", "224.0.0.0/3",
    )
)  # fmt: skip
"""No addresses of the internet, by IANA's registry of special-purpose addresses, and those for groups (multicast)."""
_UNSURE = Unknown(
    "its ranges hold more addresses of the internet than one network does, and whose they are nothing tells: "
    "let in those alone that are needed",
    what="world",
)


class Opening(NamedTuple):
    """Ports that one rule opens to ranges of addresses."""

    protocol: str
    low: int
    high: int
    ranges: Sequence[Any]


class Together(NamedTuple):
    """Ports that several rules open to the internet between them, none of which does alone."""

    protocol: str
    low: int
    high: int
    world: bool | Unknown


def lets_in_world(ranges: Iterable[Any]) -> bool:
    """Whether ranges of addresses let anybody in, one of them or all together.

    Raises `UnknownFact` where one is none, or whose they are can't be told, and none lets anybody in for certain.
    """
    answers = weighed(ranges)
    if any(answer is True for answer in answers):
        return True
    for answer in answers:
        if isinstance(answer, Unknown):
            raise UnknownFact("world", answer.reason)
    return False


def weighed(ranges: Iterable[Any]) -> list[bool | Unknown]:
    """Of each range whether it lets anybody in, by itself or as a part of what they let in together.

    Neighbours are joined: 0.0.0.0/8, 1.0.0.0/8 and so on are the whole internet in parts; and what lies apart is
    counted, of addresses that are the internet's. A network of somebody beside one that is open stays what it is.
    """
    told = [or_unknown(partial(_network, each)) for each in ranges]
    narrow = [each for each in told if not isinstance(each, Unknown) and not _is_wide(each)]
    joined = _joined(narrow)
    wide = [each for each in joined if _is_wide(each)]
    counts = {4: 0, 6: 0}
    for each in joined:
        counts[each.version] += 0 if each in wide else _reachable(each)
    return [each if isinstance(each, Unknown) else _answer(each, wide, counts) for each in told]


def _answer(network: Network, wide: Sequence[Network], counts: dict[int, int]) -> bool | Unknown:
    if _is_wide(network):
        return True
    if not _reachable(network):
        return False
    version = network.version
    if counts[version] >= _WORLD[version] or any(_within(network, each) for each in wide):
        return True
    return _UNSURE if counts[version] >= _DOUBT[version] else False


def opened_together(openings: Iterable[Opening]) -> Iterator[Together]:
    """What the rules of one group open to the internet together, though none of them does alone."""
    several = [opening for opening in openings if opening.ranges]
    if not several[1:] or _world([each for opening in several for each in opening.ranges]) is False:
        return
    for protocol in dict.fromkeys(opening.protocol for opening in several):
        own = [opening for opening in several if opening.protocol in (protocol, "all")]
        yield from _joined_ports(protocol, own)


def rules_together(
    kind: type[Resource], openings: Iterable[Opening], named: Callable[[str], str], **same: Any
) -> Iterator[Facts]:
    """What `opened_together` finds, as rules of `kind`: `named` makes the id of one from its protocol and ports.

    `same` are the facts that hold for all of them.
    """
    for found in opened_together(openings):
        yield facts(
            named(f"{found.protocol}/{found.low}-{found.high}"),
            kind,
            inbound=True,
            protocol=found.protocol,
            from_port=found.low,
            to_port=found.high,
            world=found.world,
            **same,
        )


def _joined_ports(protocol: str, openings: Sequence[Opening]) -> Iterator[Together]:
    """Between two ends of ranges of ports the same rules hold for every port."""
    ends = sorted({port for opening in openings for port in (opening.low, opening.high + 1)})
    last: Together | None = None
    for low, after in pairwise(ends):
        covering = [each.ranges for each in openings if each.low <= low and after - 1 <= each.high]
        world = _between(covering)
        if last is not None and not _same(last.world, world):
            yield last
            last = None
        if world is not False:
            last = Together(protocol, last.low if last else low, after - 1, world)
    if last is not None:
        yield last


def _same(one: bool | Unknown, other: bool | Unknown) -> bool:
    if isinstance(one, Unknown) or isinstance(other, Unknown):  # what is unknown can't be compared
        return isinstance(one, Unknown) and isinstance(other, Unknown)
    return one == other


def _between(covering: Sequence[Sequence[Any]]) -> bool | Unknown:
    """What one rule tells alone is told with it."""
    if not covering[1:] or any(_world(ranges) is True for ranges in covering):
        return False
    together = _world([each for ranges in covering for each in ranges])
    alone = isinstance(together, Unknown) and any(isinstance(_world(ranges), Unknown) for ranges in covering)
    return False if alone else together


def _world(ranges: Sequence[Any]) -> bool | Unknown:
    return or_unknown(lambda: lets_in_world(ranges))


def _network(written: Any) -> Network:
    """The network; a single address is one of its own. Raises `UnknownFact` where it is none."""
    return _parsed(text(written))


@lru_cache(maxsize=10_000)
def _parsed(written: str) -> Network:
    try:
        return ipaddress.ip_network(written.strip(), strict=False)
    except ValueError:
        raise UnknownFact("world", "a range of addresses is no network") from None


def _joined(networks: Iterable[Network]) -> list[Network]:
    several = list(networks)
    fours = [network for network in several if isinstance(network, ipaddress.IPv4Network)]
    sixes = [network for network in several if isinstance(network, ipaddress.IPv6Network)]
    return [*ipaddress.collapse_addresses(fours), *ipaddress.collapse_addresses(sixes)]


def _is_wide(network: Network) -> bool:
    return network.prefixlen < _WIDEST[network.version] and _reachable(network) > 0


def _reachable(network: Network) -> int:
    """How many addresses of the internet it holds."""
    if isinstance(network, ipaddress.IPv6Network):
        return min(network.num_addresses, _GLOBAL_V6.num_addresses) if network.overlaps(_GLOBAL_V6) else 0
    special = (min(network.num_addresses, each.num_addresses) for each in _SPECIAL_V4 if network.overlaps(each))
    return network.num_addresses - sum(special)


def _within(network: Network, wide: Network) -> bool:
    return network.version == wide.version and network.subnet_of(wide)  # type: ignore[arg-type]
