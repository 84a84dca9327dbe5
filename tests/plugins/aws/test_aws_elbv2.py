"""Load balancers: who reaches a listener, and the TLS that it speaks."""

from pathlib import Path
from typing import Any

import pytest
from aws_reading import ACCOUNT, every, gap_codes, load, only, told

from soc2test import UnknownFact
from soc2test_plugins.aws import LoadBalancerListener
from soc2test_plugins.aws.elbv2 import min_tls


@pytest.mark.parametrize(
    ("policy", "lowest"),
    [
        ("ELBSecurityPolicy-2016-08", "1.0"),
        ("ELBSecurityPolicy-FS-2018-06", "1.0"),
        ("ELBSecurityPolicy-TLS-1-0-2015-04", "1.0"),
        ("ELBSecurityPolicy-TLS-1-1-2017-01", "1.1"),
        ("ELBSecurityPolicy-TLS-1-2-Ext-2018-06", "1.2"),
        ("ELBSecurityPolicy-FS-1-2-Res-2020-10", "1.2"),
        ("ELBSecurityPolicy-TLS13-1-0-2021-06", "1.0"),
        ("ELBSecurityPolicy-TLS13-1-2-FIPS-2023-04", "1.2"),
        ("ELBSecurityPolicy-TLS13-1-3-2021-06", "1.3"),
    ],
)
def test_the_lowest_version_of_a_policy(policy: str, lowest: str) -> None:
    assert min_tls(policy) == lowest


@pytest.mark.parametrize(
    "policy", ["", "my-policy", "ELBSecurityPolicy-2030-01", "ELBSecurityPolicy-TLS13-1-4-2030-01"]
)
def test_an_unheard_of_policy_is_unknown(policy: str) -> None:
    with pytest.raises(UnknownFact):
        min_tls(policy)


@pytest.mark.parametrize(
    ("more", "public"),
    [
        ({"Scheme": "internet-facing", "Type": "application"}, True),
        ({"Scheme": "internal", "Type": "network"}, False),
        ({"Type": "gateway"}, False),
        ({"Scheme": None, "Type": "gateway"}, False),
        ({"Scheme": None, "Type": "application"}, None),
        ({"Type": "network"}, None),
        ({}, None),
        ({"Scheme": "Internet-Facing", "Type": "network"}, None),
    ],
)
def test_who_reaches_a_balancer(more: Any, public: bool | None) -> None:
    assert told("elbv2 describe-load-balancers", {"LoadBalancerArn": LB, **more}).get("public") is public


LB = f"arn:aws:elasticloadbalancing:eu-west-1:{ACCOUNT}:loadbalancer/app/web/1"
LB_FILE = "elbv2.describe-listeners." + LB.replace(":", "%3A").replace("/", "%2F")
FORWARD = [{"Type": "forward", "TargetGroupArn": "x"}]
TO_HTTPS = [{"Type": "redirect", "RedirectConfig": {"Protocol": "HTTPS", "Port": "443", "StatusCode": "HTTP_301"}}]
SAME = [{"Type": "redirect", "RedirectConfig": {"Path": "/new", "StatusCode": "HTTP_301"}}]


def listener(protocol: str, actions: Any = FORWARD, **more: Any) -> dict[str, Any]:
    arn = LB.replace(":loadbalancer/", ":listener/") + "/2"
    return {
        "ListenerArn": arn,
        "LoadBalancerArn": LB,
        "Port": 443,
        "Protocol": protocol,
        "DefaultActions": actions,
        **more,
    }


def one(
    folder: Path, item: dict[str, Any], scheme: str = "internet-facing", files: dict[str, Any] | None = None
) -> LoadBalancerListener:
    balancers = {"LoadBalancers": [{"LoadBalancerArn": LB, "LoadBalancerName": "web", "Scheme": scheme}]}
    found = {"elbv2.describe-load-balancers": balancers, LB_FILE: {"Listeners": [item]}, **(files or {})}
    inventory = load(folder, found)
    assert gap_codes(inventory, LoadBalancerListener) == set()
    return only(inventory, LoadBalancerListener)


@pytest.mark.parametrize(("scheme", "public"), [("internet-facing", True), ("internal", False)])
def test_a_listener_is_as_public_as_its_balancer(tmp_path: Path, scheme: str, public: bool) -> None:
    found = one(tmp_path, listener("HTTPS", SslPolicy="ELBSecurityPolicy-TLS13-1-2-2021-06"), scheme)
    assert (found.public, found.tls, found.min_tls, found.name) == (public, True, "1.2", "web:443")


RULES = "elbv2.describe-rules." + (LB.replace(":loadbalancer/", ":listener/") + "/2").replace(":", "%3A").replace(
    "/", "%2F"
)


@pytest.mark.parametrize(
    ("actions", "rules", "tls"),
    [
        (FORWARD, [{"Actions": FORWARD}], False),
        (SAME, [{"Actions": SAME}], False),
        (TO_HTTPS, [{"Actions": TO_HTTPS}], True),
        (TO_HTTPS, [{"Actions": FORWARD}, {"Actions": TO_HTTPS}], False),
    ],
)
def test_plain_http_may_only_redirect(tmp_path: Path, actions: Any, rules: Any, tls: bool) -> None:
    found = one(tmp_path, listener("HTTP", actions), files={RULES: {"Rules": rules}})
    assert (found.tls, found.min_tls, found.tls_policy) == (tls, None, None)


def test_a_redirect_whose_rules_are_not_known(tmp_path: Path) -> None:
    with pytest.raises(UnknownFact, match="describe-rules"):
        assert one(tmp_path, listener("HTTP", TO_HTTPS)).tls


@pytest.mark.parametrize("protocol", ["TCP", "TCP_UDP", "GENEVE"])
def test_what_passes_through_is_unknown(tmp_path: Path, protocol: str) -> None:
    with pytest.raises(UnknownFact, match="passes on"):
        assert one(tmp_path, listener(protocol)).tls


def test_a_listener_with_an_absent_policy() -> None:
    facts = told("elbv2 describe-listeners", listener("HTTPS"))
    assert "tls_policy" not in facts
    assert "min_tls" not in facts


def test_each_balancer_needs_its_listeners(tmp_path: Path) -> None:
    balancers = {"LoadBalancers": [{"LoadBalancerArn": LB, "Scheme": "internal"}]}
    inventory = load(tmp_path, {"elbv2.describe-load-balancers": balancers})
    assert gap_codes(inventory, LoadBalancerListener) == {"missing"}
    assert every(inventory, LoadBalancerListener) == []


def test_a_listener_without_any_rule_was_not_exported_whole() -> None:
    assert "rules_redirect" not in told_or_nothing("elbv2 describe-rules", {"Rules": []}, listener="l")


def told_or_nothing(operation: str, body: Any, **subject: str) -> dict[str, Any]:
    try:
        return told(operation, body, **subject)
    except UnknownFact:  # the export is a gap
        return {}
