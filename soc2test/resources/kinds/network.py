"""What can be reached, and how."""

from soc2test.resources.resource import Resource

__all__ = ["Endpoint", "Network", "NetworkRule"]


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
