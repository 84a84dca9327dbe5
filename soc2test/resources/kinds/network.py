"""What can be reached, and how."""

from datetime import datetime

from soc2test.resources.resource import Resource

__all__ = ["Endpoint", "Network", "NetworkOpening", "NetworkRule"]


class NetworkRule(Resource, frozen=True, gc=False, kw_only=True):
    """One allowance of a firewall or security group, for one protocol and port range."""

    group: str
    """id of the group or firewall that holds it"""
    inbound: bool
    protocol: str
    """"tcp", "udp", "icmp", or "all\""""
    from_port: int | None
    """None where the protocol has no ports or all are meant"""
    to_port: int | None
    world: bool
    """open to any address, IPv4 or IPv6"""


class NetworkOpening(Resource, frozen=True, gc=False, kw_only=True):
    """What somebody let through a firewall or security group, as an audit log tells it; the rule may be gone again."""

    rule: str
    """id of the `NetworkRule` that came of it, as lists of rules name it as long as it is there"""
    inbound: bool
    protocol: str
    """as of a `NetworkRule`, with its ports"""
    from_port: int | None
    to_port: int | None
    world: bool
    """to any address, IPv4 or IPv6"""
    opened_at: datetime
    closed_at: datetime | None
    """when the log tells that the rule was taken away; None: it tells of no such, and the rule may be there still"""
    actor: str | None
    """who did it, as the log names him; None: it names nobody"""


class Network(Resource, frozen=True, gc=False, kw_only=True):
    """A private network: a VPC, a virtual network."""

    name: str
    traffic_logged: bool
    """its connections, or at least those that were refused, leave a record that arrives where it should"""


class Endpoint(Resource, frozen=True, gc=False, kw_only=True):
    """An address that the outside reaches: listener of a load balancer, API, site."""

    name: str
    public: bool
    tls: bool
    """speaks TLS, or only redirects to an endpoint that does"""
    tls_policy: str | None
    """the provider's name for the set of protocols; None without TLS"""
    min_tls: str | None
    """lowest protocol allowed: "1.0", "1.1", "1.2", "1.3", or "0" where it is an SSL; None without TLS"""
