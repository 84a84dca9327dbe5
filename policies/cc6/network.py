"""Firewalls and security groups at the boundary."""

from typing import Any

from soc2test import NetworkRule, control
from soc2test_policies._ports import ADMIN_PORTS, DATABASE_PORTS, opened


@control(
    "NET-01",
    criteria=["CC6.6"],
    nature="state",
    severity="critical",
    where=lambda rule: rule.inbound,
    limits={"admin_ports": ADMIN_PORTS},
    looser={"admin_ports": "fewer"},
    between="NET-05",
)
def test_admin_ports_are_not_open_to_the_world(rule: NetworkRule, limits: Any) -> None:
    """No inbound rule opens a port of administration to any address, IPv4 or IPv6.

    CC6.6: a port of administration that the whole internet reaches is tried out by all of it.
    """
    ports = opened(rule, limits.admin_ports)
    if ports:  # whom a rule lets in matters only where it covers one of the ports
        assert not rule.world, f"opens {rule.protocol} {ports} to the whole internet"


@control(
    "NET-02",
    criteria=["CC6.6"],
    nature="state",
    severity="critical",
    where=lambda rule: rule.inbound,
    limits={"database_ports": DATABASE_PORTS},
    looser={"database_ports": "fewer"},
    between="NET-05",
)
def test_database_ports_are_not_open_to_the_world(rule: NetworkRule, limits: Any) -> None:
    """No inbound rule opens a database's port to any address, IPv4 or IPv6.

    CC6.6: a database is for systems within the boundary; outside, its password alone would protect it.
    """
    ports = opened(rule, limits.database_ports)
    if ports:  # whom a rule lets in matters only where it covers one of the ports
        assert not rule.world, f"opens {rule.protocol} {ports} to the whole internet"
