"""Elastic load balancing: balancers, their listeners and the TLS that these speak."""

import re
from collections.abc import Iterable

from soc2test import (
    Facts,
    Item,
    Population,
    Subject,
    UnknownFact,
    facts,
    id_text,
    known,
    listed,
    meaning,
    or_unknown,
    text,
)
from soc2test_plugins.aws.about import LISTENER
from soc2test_plugins.aws.kinds import LoadBalancer, LoadBalancerListener
from soc2test_plugins.aws.references import group, network
from soc2test_plugins.aws.source import aws

__all__ = ["TO_HTTPS", "min_tls"]

# The vendor's names end in the lowest version ("TLS13-1-2-2021-06", "FS-1-2-Res-2020-10", "TLS-1-0-2015-04").
_VERSIONED = re.compile(r"ELBSecurityPolicy-(?:TLS13|TLS|FS)-(1-[0-3])-[\w-]+", re.ASCII)
_PLAIN = ("HTTP", "TCP", "UDP", "TCP_UDP", "QUIC", "TCP_QUIC", "GENEVE")
_SECURE = {**dict.fromkeys(("HTTPS", "TLS"), True), **dict.fromkeys(_PLAIN, False)}
_REDIRECTS = {
    "redirect": True,
    **dict.fromkeys(("authenticate-cognito", "authenticate-oidc", "fixed-response", "forward"), False),
    "jwt-validation": False,
}
TO_HTTPS = {"HTTPS": True, "HTTP": False, "#{protocol}": False}
_FROM_1_0 = frozenset({"ELBSecurityPolicy-2015-05", "ELBSecurityPolicy-2016-08", "ELBSecurityPolicy-FS-2018-06"})


@aws.reads(
    "elbv2 describe-load-balancers", kind=LoadBalancer, items="LoadBalancers", lists=True,
    references=[network(), group("SecurityGroups[]")],
)  # fmt: skip
def load_balancer(item: Item, at: Subject) -> Facts:
    """A balancer; a gateway, which has no scheme, is internal to its networks."""
    name = id_text(item["LoadBalancerArn"])
    return facts(name, name=name, public=or_unknown(lambda: _public(item)))


def _public(item: Item) -> bool:
    if item.or_else("Scheme", None) is None and item["Type"] == "gateway":
        return False
    if item["Scheme"] not in ("internet-facing", "internal"):
        raise UnknownFact("public", "the balancer's scheme is neither internet-facing nor internal")
    return bool(item["Scheme"] == "internet-facing")


@aws.reads(
    "elbv2 describe-listeners", kind=LoadBalancerListener, items="Listeners", lists=True, per=LoadBalancer,
    subject="load_balancer",
    about={"load_balancer": "Listeners[].LoadBalancerArn"},
    command="aws elbv2 describe-listeners --load-balancer-arn {load_balancer} --region {region}",
)  # fmt: skip
def listener(item: Item, at: Subject) -> Facts:
    """A port; `SslPolicy` is left out where it speaks no TLS."""
    protocol = text(item["Protocol"])
    balancer = text(item["LoadBalancerArn"])
    secure = meaning(protocol, _SECURE)
    policy = item["SslPolicy"] if secure else None
    return facts(
        known(item["ListenerArn"]),
        name=f"{balancer.split('/')[-2]}:{id_text(item['Port'])}",
        listener=item["ListenerArn"],
        load_balancer=balancer,
        protocol=protocol,
        tls_policy=policy,
        min_tls=or_unknown(lambda: min_tls(known(policy))) if secure else None,
        redirects=protocol == "HTTP" and or_unknown(lambda: _to_https(listed(item["DefaultActions"]))),
    )


def min_tls(policy: str) -> str:
    """The lowest version of a security policy, by the vendor's own naming."""
    match = _VERSIONED.fullmatch(policy)
    if match:
        return match[1].replace("-", ".")
    if policy in _FROM_1_0:
        return "1.0"
    raise UnknownFact("min_tls", "the listener's security policy is none of AWS's named ones")


def _to_https(actions: Iterable[Item]) -> bool:
    redirects = [action["RedirectConfig"] for action in actions if meaning(action["Type"], _REDIRECTS)]
    goals = [known(redirect).or_else("Protocol", "#{protocol}") for redirect in redirects]
    return bool(goals) and all(meaning(goal, TO_HTTPS) for goal in goals)


@aws.reads(
    "elbv2 describe-rules", kind=LoadBalancerListener, subject="listener", about={"listener": LISTENER},
    command="aws elbv2 describe-rules --listener-arn {listener} --region {region}",
)  # fmt: skip
def rules(body: Item, at: Subject) -> Facts:
    """The rules beside the default action: one that forwards leaves plain HTTP in use."""
    found = listed(body["Rules"])
    if not found:  # there is always the default rule
        raise UnknownFact("rules_redirect", "the export of a listener's rules holds none")
    return facts(at["listener"], rules_redirect=or_unknown(lambda: all(_to_https(each["Actions"]) for each in found)))


@aws.derives(LoadBalancerListener, "tls")
def tls(listener: LoadBalancerListener) -> bool:
    """It speaks TLS, or plain HTTP only to send everybody to HTTPS."""
    if listener.protocol in ("HTTPS", "TLS"):
        return True
    if listener.protocol == "HTTP":
        return listener.redirects and listener.rules_redirect
    if listener.protocol == "UDP":
        return False
    raise UnknownFact("tls", f"a {listener.protocol} listener passes on what it gets; whether that is TLS is not told")


@aws.derives(LoadBalancerListener, "public", joins=LoadBalancer)
def public(listener: LoadBalancerListener, balancers: Population[LoadBalancer]) -> bool:
    """As its balancer is."""
    balancer = balancers.one("id", listener.load_balancer)
    if balancer is None:
        raise UnknownFact("public", "the export of the load balancers does not name its balancer")
    return balancer.public
