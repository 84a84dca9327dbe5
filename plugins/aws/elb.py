"""Load balancers of the former generation ("classic") and what their ports speak."""

from collections.abc import Iterator

from soc2test import Facts, Item, Subject, Unknown, facts
from soc2test_plugins.aws.elbv2 import min_tls
from soc2test_plugins.aws.kinds import ClassicListener
from soc2test_plugins.aws.source import arn, attempt, aws, here, known, listed

SECURE = ("HTTPS", "SSL")
NAMED = "ELBSecurityPolicy-"


@aws.reads("elb describe-load-balancers", kind=ClassicListener, items="LoadBalancerDescriptions", lists=True)
def classic_balancer(item: Item, at: Subject) -> Iterator[Facts]:
    """Each port of a balancer. These can't redirect: plain HTTP stays plain."""
    name = str(known(item["LoadBalancerName"]))
    for zone in listed(item["AvailabilityZones"]):
        here(at, zone)
    for each in listed(item["ListenerDescriptions"]):
        listener = known(each["Listener"])
        port, protocol = known(listener["LoadBalancerPort"]), str(known(listener["Protocol"])).upper()
        policy = attempt(lambda each=each: _policy(each)) if protocol in SECURE else None  # type: ignore[misc]
        yield facts(
            f"{arn(at, 'elasticloadbalancing', f'loadbalancer/{name}')}:{port}",
            name=f"{name}:{port}",
            public=item.then("Scheme", lambda scheme: scheme == "internet-facing"),
            tls=_tls(protocol),
            tls_policy=policy,
            min_tls=attempt(lambda policy=policy: None if policy is None else min_tls(known(policy))),  # type: ignore[misc]
        )


def _tls(protocol: str) -> bool | Unknown:
    if protocol == "TCP":
        return Unknown("a TCP listener passes on what it gets; whether that is TLS is not told", what="tls")
    return protocol in SECURE


def _policy(listener: Item) -> str:
    """The one of AWS's own sets of protocols; a set of the company's own is not told by this call."""
    named = [str(each) for each in listed(listener["PolicyNames"]) if str(each).startswith(NAMED)]
    if len(named) != 1:
        known(Unknown("the listener's set of protocols is none of AWS's named ones", what="tls_policy"))
    return named[0]
