"""What can be reached, and what lets it be."""

from datetime import datetime

from soc2test import Endpoint, Host, Network, NetworkOpening, NetworkRule, Resource

__all__ = [
    "AuthorizedRule",
    "AwsOpening",
    "ClassicListener",
    "ClassicPolicy",
    "Ec2Instance",
    "LoadBalancer",
    "LoadBalancerListener",
    "ModifiedRule",
    "PrefixList",
    "RevokedRule",
    "SecurityGroup",
    "SecurityGroupRule",
    "Vpc",
]


class SecurityGroupRule(NetworkRule, frozen=True, gc=False, kw_only=True):
    """One permission of a security group for one peer (address range, group or prefix list)."""

    peer: str
    prefix_list: str | None
    """id of the `PrefixList` that it is for; None: it is for networks or another group"""


class AwsOpening(NetworkOpening, frozen=True, gc=False, kw_only=True):
    """What a call let in by a security group, once for each peer. Each call is a kind, since each has its own list."""

    peer: str
    prefix_list: str | None
    """as of a `SecurityGroupRule`"""


class AuthorizedRule(AwsOpening, frozen=True, gc=False, kw_only=True):
    """A rule that was added (`AuthorizeSecurityGroupIngress`)."""


class ModifiedRule(AwsOpening, frozen=True, gc=False, kw_only=True):
    """A rule that was made another one (`ModifySecurityGroupRules`); the call does not say whether it is inbound."""


class RevokedRule(Resource, frozen=True, gc=False, kw_only=True):
    """An inbound rule that was taken away (`RevokeSecurityGroupIngress`)."""

    rule: str
    """as of a `NetworkOpening`"""
    revoked_at: datetime


class SecurityGroup(Resource, frozen=True, gc=False, kw_only=True):
    """A security group of EC2. Ranges of TCP ports are written "5432-5432"."""

    name: str
    """its id in EC2"""
    open_ports: tuple[str, ...]
    """ranges that its inbound rules open to anybody"""
    unsure_ports: tuple[str, ...]
    """ranges of rules of which it is not told whom they let in, or which ports they mean"""


class PrefixList(Resource, frozen=True, gc=False, kw_only=True):
    """A list of networks by which rules name many at once. Its id is "account/region/name"."""

    name: str
    """its id in EC2"""
    anybody: bool
    """its networks, alone or together, are the whole internet"""


class Ec2Instance(Host, frozen=True, gc=False, kw_only=True):
    """A virtual machine that is not terminated."""


class Vpc(Network, frozen=True, gc=False, kw_only=True):
    """A virtual private cloud of this account, the default one too."""


class LoadBalancer(Resource, frozen=True, gc=False, kw_only=True):
    """A load balancer (application, network or gateway). `name` is its ARN, by which its listeners are asked for."""

    name: str
    public: bool


class LoadBalancerListener(Endpoint, frozen=True, gc=False, kw_only=True):
    """A port of a load balancer."""

    listener: str
    """its ARN"""
    load_balancer: str
    """ARN of the balancer"""
    protocol: str
    redirects: bool
    """plain HTTP whose default action only redirects to HTTPS"""
    rules_redirect: bool
    """and so do all its other rules"""


class ClassicListener(Endpoint, frozen=True, gc=False, kw_only=True):
    """A port of a load balancer of the former generation."""

    balancer: str
    """name of the balancer"""
    policies: tuple[str, ...]
    """names of its policies: what it speaks, and how sessions stick"""


class ClassicPolicy(Resource, frozen=True, gc=False, kw_only=True):
    """A policy of a load balancer of the former generation, by which its ports may negotiate TLS."""

    name: str
    """as the company called it, also where it means one of AWS's own"""
    negotiates: bool
    """it says which protocols are spoken"""
    min_tls: str | None
    """as of an `Endpoint`; None where it does not negotiate"""
