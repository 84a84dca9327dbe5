"""Load balancers of the former generation ("classic") and what their ports speak."""

from collections.abc import Iterator

from soc2test import (
    Facts,
    Item,
    Population,
    Said,
    Subject,
    Unknown,
    UnknownFact,
    facts,
    id_text,
    known,
    listed,
    number,
    or_skip,
    or_unknown,
    text,
    translated,
)
from soc2test_plugins.aws.kinds import ClassicListener, ClassicPolicy
from soc2test_plugins.aws.references import group, network
from soc2test_plugins.aws.source import arn, aws

SECURE = ("HTTPS", "SSL")
NEGOTIATION = "SSLNegotiationPolicyType"
PROTOCOLS = {
    "Protocol-SSLv2": "0", "Protocol-SSLv3": "0", "Protocol-TLSv1": "1.0", "Protocol-TLSv1.1": "1.1",
    "Protocol-TLSv1.2": "1.2", "Protocol-TLSv1.3": "1.3",
}  # fmt: skip
OF_AWS = {
    "ELBSecurityPolicy-TLS-1-2-2017-01": "1.2", "ELBSecurityPolicy-TLS-1-1-2017-01": "1.1",
    "ELBSecurityPolicy-2016-08": "1.0", "ELBSecurityPolicy-2015-05": "1.0", "ELBSecurityPolicy-2015-03": "1.0",
    "ELBSecurityPolicy-2015-02": "1.0", "ELBSecurityPolicy-2014-10": "1.0", "ELBSecurityPolicy-2014-01": "0",
    "ELBSecurityPolicy-2011-08": "0",
}  # fmt: skip
"""AWS's own sets of protocols, exactly as named (https://docs.aws.amazon.com/elasticloadbalancing/latest/classic/
elb-security-policy-table.html): the names of further ones are the company's to give."""


@aws.reads(
    "elb describe-load-balancers", kind=ClassicListener, items="LoadBalancerDescriptions", lists=True,
    references=[network("VPCId"), group("SecurityGroups[]")],
)  # fmt: skip
def classic_balancer(item: Item, at: Subject) -> Iterator[Said]:
    """Each port of a balancer. These can't redirect: plain HTTP stays plain."""
    return or_skip(_listeners(item, at), "a balancer without listeners")


def _listeners(item: Item, at: Subject) -> Iterator[Facts]:
    name = id_text(item["LoadBalancerName"])
    for each in listed(item["ListenerDescriptions"]):
        listener = known(each["Listener"])
        port, protocol = number(listener["LoadBalancerPort"]), text(listener["Protocol"]).upper()
        policies = or_unknown(lambda each=each: tuple(text(name) for name in listed(each["PolicyNames"])))  # type: ignore[misc]
        yield facts(
            f"{_balancer(at, name)}:{port}",
            name=f"{name}:{port}",
            balancer=name,
            public=translated(item["Scheme"], {"internet-facing": True, "internal": False}),
            tls=_tls(protocol),
            policies=policies,
            **({} if protocol in SECURE else {"tls_policy": None, "min_tls": None}),
        )


def _balancer(at: Subject, name: str) -> str:
    return arn(at, "elasticloadbalancing", f"loadbalancer/{name}")


def _tls(protocol: str) -> bool | Unknown:
    if protocol == "TCP":
        return Unknown("a TCP listener passes on what it gets; whether that is TLS is not told", what="tls")
    return protocol in SECURE


@aws.reads(
    "elb describe-load-balancer-policies", kind=ClassicPolicy, items="PolicyDescriptions", lists=True,
    subject="balancer",
    command="aws elb describe-load-balancer-policies --load-balancer-name {balancer} --region {region}",
)  # fmt: skip
def classic_policy(item: Item, at: Subject) -> Facts:
    """A policy of a balancer; whichever balancers have only AWS's own ones need not be asked for."""
    name, negotiates = text(item["PolicyName"]), known(item["PolicyTypeName"]) == NEGOTIATION
    return facts(
        f"{_balancer(at, at['balancer'])}/{name}",
        name=name,
        negotiates=negotiates,
        min_tls=or_unknown(lambda: _lowest(listed(item["PolicyAttributeDescriptions"]))) if negotiates else None,
    )


def _lowest(attributes: list[Item]) -> str:
    """Of the protocols that are switched on; a policy names each of them."""
    on = [
        str(each["AttributeName"])
        for each in attributes
        if text(each["AttributeName"]).startswith("Protocol-") and text(each["AttributeValue"]) == "true"
    ]
    if not on or not set(on) <= set(PROTOCOLS):
        raise UnknownFact("min_tls", "the policy switches on no protocol, or one that is not known here")
    return min(PROTOCOLS[each] for each in on)


@aws.derives(ClassicListener, "tls_policy", joins=ClassicPolicy)
def tls_policy(listener: ClassicListener, policies: Population[ClassicPolicy]) -> str:
    """The name of the set of protocols."""
    return _spoken(listener, policies)[0]


@aws.derives(ClassicListener, "min_tls", joins=ClassicPolicy)
def min_tls(listener: ClassicListener, policies: Population[ClassicPolicy]) -> str:
    """What its policy says, whatever it is called; where AWS was not asked, what the name means that AWS gives."""
    return _spoken(listener, policies)[1]


def _spoken(listener: ClassicListener, policies: Population[ClassicPolicy]) -> tuple[str, str]:
    told = [or_unknown(lambda each=each: _policy(listener, each, policies)) for each in listener.policies]  # type: ignore[misc]
    found = [each for each in told if isinstance(each, ClassicPolicy)]
    if found:  # where AWS was asked, all of them have to be told
        spoken = [(each.name, each.min_tls) for each in found if each.negotiates and len(found) == len(told)]
    else:
        spoken = [(each, OF_AWS[each]) for each in listener.policies if each in OF_AWS]
    if len(spoken) != 1 or spoken[0][1] is None:
        command = f"aws elb describe-load-balancer-policies --load-balancer-name {listener.balancer}"
        raise UnknownFact("min_tls", f"export `{command}`", code="missing")
    return spoken[0][0], spoken[0][1]


def _policy(listener: ClassicListener, name: str, policies: Population[ClassicPolicy]) -> ClassicPolicy | None:
    return policies.one("id", f"{listener.id.rpartition(':')[0]}/{name}")
