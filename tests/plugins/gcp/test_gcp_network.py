"""Firewall rules, firewall policies and machines."""

from pathlib import Path
from typing import Any

import pytest
from gcp_reading import asset, every, load, only

from soc2test import UnknownFact
from soc2test.testing import check
from soc2test_plugins.gcp.kinds import GcpFirewallRule, GcpInstance
from soc2test_policies.cc6.hosts import test_hosts_guard_their_metadata as metadata_control
from soc2test_policies.cc6.network import test_admin_ports_are_not_open_to_the_world as admin_control
from soc2test_policies.cc6.network import test_database_ports_are_not_open_to_the_world as database_control

SSH = {"IPProtocol": "tcp", "ports": ["22"]}


def rules(folder: Path, **data: Any) -> list[GcpFirewallRule]:
    told = {"name": "ssh", "direction": "INGRESS", "disabled": False, **data}
    return every(load(folder, [asset("//f/ssh", "compute.googleapis.com/Firewall", told)]), GcpFirewallRule)


@pytest.mark.parametrize(
    ("source", "world"),
    [
        ({"sourceRanges": ["0.0.0.0/0"]}, True),
        ({"sourceRanges": ["10.0.0.0/8", "::/0"]}, True),
        ({"sourceRanges": ["128.0.0.0/1"]}, True),
        ({"sourceRanges": ["10.0.0.0/8"]}, False),
        ({"sourceRanges": ["0.0.0.0/0"], "sourceTags": ["web"]}, True),
        ({"sourceTags": ["web"]}, False),
        ({"sourceServiceAccounts": ["a@b"]}, False),
        ({}, True),
    ],
)
def test_who_is_let_in(tmp_path: Path, source: dict[str, Any], world: bool) -> None:
    (rule,) = rules(tmp_path, allowed=[SSH], **source)
    assert (rule.world, rule.inbound, rule.protocol, rule.from_port, rule.to_port) == (world, True, "tcp", 22, 22)
    assert check(admin_control, rule).verdict == ("fail" if world else "pass")


def test_ports_and_protocols(tmp_path: Path) -> None:
    allowed = [{"IPProtocol": "6", "ports": ["5000-6000", "80"]}, {"ipProtocol": "all"}, {"IPProtocol": "ICMP"}]
    found = rules(tmp_path, allowed=allowed, sourceRanges=["0.0.0.0/0"])
    assert {(each.protocol, each.from_port, each.to_port) for each in found} == {
        ("tcp", 5000, 6000), ("tcp", 80, 80), ("all", None, None), ("icmp", None, None),
    }  # fmt: skip
    assert check(database_control, *found).verdict == "fail"


@pytest.mark.parametrize("change", [{"disabled": True, "allowed": [SSH]}, {"denied": [SSH]}])
def test_what_denies_or_is_off_allows_nothing(tmp_path: Path, change: dict[str, Any]) -> None:
    assert rules(tmp_path, **change) == []


def test_odd_values_are_unknown(tmp_path: Path) -> None:
    (rule,) = rules(tmp_path, allowed=[{"IPProtocol": "tcp", "ports": ["ssh"]}], sourceRanges=["everywhere"])
    for fact in ("world", "from_port", "to_port"):
        with pytest.raises(UnknownFact):
            getattr(rule, fact)
    assert check(admin_control, rule).verdict == "not_evaluated"


def policy_rule(folder: Path, action: str = "allow", **match: Any) -> list[GcpFirewallRule]:
    rule = {
        "action": action, "direction": "INGRESS", "priority": 100,
        "match": {"layer4Configs": [{"ipProtocol": "tcp", "ports": ["3389"]}], **match},
    }  # fmt: skip
    return every(
        load(folder, [asset("//p/1", "compute.googleapis.com/FirewallPolicy", {"rules": [rule]})]), GcpFirewallRule
    )


@pytest.mark.parametrize(
    ("match", "world"),
    [
        ({"srcIpRanges": ["0.0.0.0/0"]}, True),
        ({"srcIpRanges": ["192.0.2.0/24"]}, False),
        ({"srcFqdns": ["office.acme.example"]}, False),
        ({"srcIpRanges": ["0.0.0.0/0"], "srcNetworkContext": "INTRA_VPC"}, False),
        ({"srcIpRanges": ["0.0.0.0/0"], "srcNetworkType": "NON_INTERNET"}, False),
        ({"srcNetworkContext": "INTERNET"}, True),
        ({}, True),
    ],
)
def test_firewall_policies(tmp_path: Path, match: dict[str, Any], world: bool) -> None:
    (rule,) = policy_rule(tmp_path, **match)
    assert (rule.world, rule.from_port) == (world, 3389)


@pytest.mark.parametrize(
    "match",
    [
        {"srcRegionCodes": ["DE"]},
        {"srcThreatIntelligences": ["iplist-public-clouds"]},
        {"srcAddressGroups": ["projects/p/locations/global/addressGroups/g"]},
        {"srcIpRanges": ["0.0.0.0/0"], "srcNetworkContext": "A_NEW_WORD"},
    ],
)
def test_whom_a_firewall_policy_lets_in_is_not_always_told(tmp_path: Path, match: dict[str, Any]) -> None:
    (rule,) = policy_rule(tmp_path, **match)
    with pytest.raises(UnknownFact):
        _ = rule.world


def test_other_firewall_policies(tmp_path: Path) -> None:
    assert policy_rule(tmp_path, "deny") == []
    (inspected,) = policy_rule(tmp_path, "apply_security_profile_group", srcIpRanges=["0.0.0.0/0"])
    assert inspected.world is True
    (grouped,) = policy_rule(tmp_path, srcAddressGroups=["g"])
    with pytest.raises(UnknownFact, match="address group"):
        _ = grouped.world


@pytest.mark.parametrize(("interface", "public"), [({"accessConfigs": [{"natIP": "192.0.2.1"}]}, True), ({}, False)])
def test_machines(tmp_path: Path, interface: dict[str, Any], public: bool) -> None:
    data = {"name": "web", "status": "RUNNING", "networkInterfaces": [interface]}
    host = only(load(tmp_path, [asset("//c/web", "compute.googleapis.com/Instance", data)]), GcpInstance)
    assert (host.running, host.public_address) == (True, public)
    assert check(metadata_control, host).verdict == "pass"
