"""Which ports a firewall lets in: by the rules that are there, and by what a log tells of them."""

from collections.abc import Sequence
from typing import Protocol

from soc2test import UnknownFact

__all__ = ["ADMIN_PORTS", "DATABASE_PORTS", "opened"]

ADMIN_PORTS = ("22", "23", "445", "2375", "2376", "2377", "3389", "5900", "5985", "5986", "6443", "10250")
DATABASE_PORTS = (
    "1433", "1434", "1521", "2379", "3306", "5432", "5439", "5984", "6379", "9042", "9200", "9300", "11211", "27017",
    "27018", "27019",
)  # fmt: skip

_WITH_PORTS = ("tcp", "udp", "sctp", "dccp", "udplite", "all")
_WITHOUT_PORTS = ("icmp", "icmpv6", "igmp", "ipip", "gre", "esp", "ah", "ospf", "vrrp", "pim", "l2tp")
"""Protocols by name; providers write those without one by its number, and 6 and 17 as tcp and udp."""
_NUMBERED_WITH_PORTS = ("6", "17", "33", "132", "136")
_HIGHEST = 65_535
_LAST_NUMBER = 255
"""of protocols"""


class Ports(Protocol):
    """A rule, or what opened one."""

    @property
    def protocol(self) -> str:
        """As of a `NetworkRule`."""

    @property
    def from_port(self) -> int | None:
        """As of a `NetworkRule`."""

    @property
    def to_port(self) -> int | None:
        """As of a `NetworkRule`."""

    @property
    def world(self) -> bool:
        """As of a `NetworkRule`."""


def opened(rule: Ports, ports: Sequence[str]) -> str:
    """Which of `ports` the rule lets in, as text; none where its protocol has no ports.

    Raises `UnknownFact` for a protocol that is neither known nor a number, and for a range that ends before it begins:
    what such a rule opens is not told, and that is not nothing. Where it lets in somebody certain alone, that is the
    same: then nothing is opened to the world.
    """
    try:
        return _covered(rule, ports)
    except UnknownFact:
        if rule.world:
            raise
        return ""


def _covered(rule: Ports, ports: Sequence[str]) -> str:
    if not _has_ports(rule.protocol):
        return ""
    first = rule.from_port
    if first is None:
        return ", ".join(map(str, ports))
    last = _HIGHEST if rule.to_port is None else rule.to_port
    if last < first:
        raise UnknownFact("to_port", f"the range of ports ends ({last}) before it begins ({first})")
    return ", ".join(str(port) for port in ports if first <= int(port) <= last)


def _has_ports(protocol: str) -> bool:
    if protocol in _WITH_PORTS or protocol in _NUMBERED_WITH_PORTS:
        return True
    if protocol in _WITHOUT_PORTS or (protocol.isascii() and protocol.isdecimal() and int(protocol) <= _LAST_NUMBER):
        return False
    raise UnknownFact("protocol", f"whether {protocol} has ports is not known")
