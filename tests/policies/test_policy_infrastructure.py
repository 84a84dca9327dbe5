"""Infrastructure: what the tool's own limits name, and what it means where nothing is there at all."""

from datetime import timedelta
from typing import Any

import pytest

from soc2test import (
    DataScan,
    DataStore,
    Host,
    Identity,
    NetworkOpening,
    NetworkRule,
    ProcessingActivity,
    SharedStore,
    Workload,
)
from soc2test.controls.control import control_of
from soc2test.testing import AS_OF, check, resource
from soc2test.verdicts import Verdict
from soc2test_policies.a1 import backups, stores
from soc2test_policies.cc6 import encryption_keys, hosts, keys, network, network_changes, vault, workloads
from soc2test_policies.cc6 import stores as shared_stores
from soc2test_policies.cc7 import alarms, audit_logs, detectors, log_stores, networks, patches, posture

HARMLESS = {
    "AUDIT_WRITE", "CHOWN", "DAC_OVERRIDE", "FOWNER", "FSETID", "KILL", "MKNOD", "NET_BIND_SERVICE", "SETFCAP",
    "SETGID", "SETPCAP", "SETUID", "SYS_CHROOT",
}  # fmt: skip
OTHERS = {
    "ALL", "AUDIT_CONTROL", "AUDIT_READ", "BLOCK_SUSPEND", "BPF", "CHECKPOINT_RESTORE", "DAC_READ_SEARCH", "IPC_LOCK",
    "IPC_OWNER", "LEASE", "LINUX_IMMUTABLE", "MAC_ADMIN", "MAC_OVERRIDE", "NET_ADMIN", "NET_BROADCAST", "NET_RAW",
    "PERFMON", "SYSLOG", "SYS_ADMIN", "SYS_BOOT", "SYS_MODULE", "SYS_NICE", "SYS_PACCT", "SYS_PTRACE", "SYS_RAWIO",
    "SYS_RESOURCE", "SYS_TIME", "SYS_TTY_CONFIG", "WAKE_ALARM",
}  # fmt: skip


@pytest.mark.parametrize("capability", sorted(HARMLESS | OTHERS))
def test_what_a_container_may_add_is_the_baseline_of_pod_security_standards(capability: str) -> None:
    facts: dict[str, Any] = {"privileged": False, "host_namespaces": False, "host_paths": (), "beyond_baseline": ()}
    web = resource(Workload, "web", **facts, capabilities=(capability,))
    verdict = check(workloads.test_workloads_hold_no_rights_over_their_host, web).verdict
    assert verdict is (Verdict.PASS if capability in HARMLESS else Verdict.FAIL)


def opened(control: Any, from_port: int, to_port: int | None) -> bool:
    ports: dict[str, Any] = {"from_port": from_port, "to_port": to_port}
    rule = resource(NetworkRule, "r", inbound=True, world=True, protocol="tcp", **ports)
    return check(control, rule).verdict is Verdict.FAIL


@pytest.mark.parametrize("port", [22, 23, 445, 2375, 2376, 2377, 3389, 5900, 5985, 5986, 6443, 10250])
def test_ports_of_administration(port: int) -> None:
    control = network.test_admin_ports_are_not_open_to_the_world
    assert opened(control, from_port=port, to_port=port)
    assert not opened(control, from_port=port + 1_000, to_port=port + 1_000)


@pytest.mark.parametrize(
    "port", [1433, 1434, 1521, 2379, 3306, 5432, 5439, 5984, 6379, 9042, 9200, 9300, 11211, 27017, 27018, 27019]
)
def test_ports_of_databases(port: int) -> None:
    control = network.test_database_ports_are_not_open_to_the_world
    assert opened(control, from_port=port, to_port=port)
    assert not opened(control, from_port=port + 1_000, to_port=port + 1_000)


OPENING = {"inbound": True, "world": True, "protocol": "tcp", "from_port": 22, "to_port": 22}


@pytest.mark.parametrize(
    ("told", "verdict"),
    [
        ({}, Verdict.FAIL),
        ({"inbound": False}, Verdict.PASS),
        ({"from_port": 5432, "to_port": 5432}, Verdict.FAIL),
        ({"from_port": 443, "to_port": 443}, Verdict.PASS),
        *[({fact: None}, Verdict.NOT_EVALUATED) for fact in OPENING],
        ({"inbound": None, "world": False}, Verdict.PASS),
        ({"from_port": None, "world": False}, Verdict.PASS),
        ({"inbound": None, "world": None, "from_port": 443, "to_port": 443}, Verdict.PASS),
    ],
    ids=repr,
)
def test_what_a_log_tells_that_was_opened(told: dict[str, Any], verdict: Verdict) -> None:
    """None: it is not told."""
    facts = {fact: value for fact, value in {**OPENING, **told}.items() if value is not None}
    opening = resource(NetworkOpening, "o", opened_at=AS_OF - timedelta(days=1), **facts)
    result = check(network_changes.test_nothing_was_opened_to_the_world, opening)
    assert result.verdict is verdict
    if verdict is Verdict.FAIL:  # who it was and until when are not told
        assert "to the whole internet on " in result.findings[0].message


def test_an_empty_log_beside_a_rule_that_is_open_says_nothing() -> None:
    control = network_changes.test_nothing_was_opened_to_the_world
    rule: dict[str, Any] = {"inbound": True, "protocol": "tcp", "from_port": 22, "to_port": 22}
    for world, verdict in ((True, Verdict.NOT_EVALUATED), (False, Verdict.NO_OCCURRENCES)):
        assert check(control, resource(NetworkRule, "r", world=world, **rule)).verdict is verdict


def test_a_range_without_an_end_goes_to_the_highest_port() -> None:
    assert opened(network.test_admin_ports_are_not_open_to_the_world, from_port=3000, to_port=None)
    assert not opened(network.test_admin_ports_are_not_open_to_the_world, from_port=11000, to_port=None)


@pytest.mark.parametrize(("missing", "verdict"), [(0, Verdict.PASS), (1, Verdict.FAIL), (-1, Verdict.FAIL)])
def test_one_missing_patch_is_one_too_many(missing: int, verdict: Verdict) -> None:
    host = resource(
        Host, "i", running=True, managed=True, patch_scan_at=AS_OF, missing_patches=missing, untried_patches=missing,
        patched_at=None,
    )  # fmt: skip
    assert check(patches.test_hosts_are_patched, host).verdict is verdict


@pytest.mark.parametrize("label", ["confidential", "restricted"])
@pytest.mark.parametrize(
    "control",
    [stores.test_important_stores_are_protected_from_deletion, stores.test_important_stores_survive_a_zone],
)
def test_the_labels_that_matter(control: Any, label: str) -> None:
    store = resource(
        DataStore, "s", copy=False, classification=label, deletion_protected=False, multi_zone=False, backed_up=True
    )
    assert check(control, store).verdict is Verdict.FAIL


@pytest.mark.parametrize(
    "control",
    [stores.test_important_stores_are_protected_from_deletion, stores.test_important_stores_survive_a_zone],
)
def test_no_label_takes_a_store_out(control: Any) -> None:
    """What a scanner found in it, or the record of processing says of it, counts whatever its label says."""
    facts: dict[str, Any] = {"copy": False, "deletion_protected": False, "multi_zone": False, "name": "main"}
    found = resource(DataScan, "scan", store="s", sensitive=True)
    purpose = resource(ProcessingActivity, "PA-1", stores=("test:main",))
    for label in ("internal", None):
        store = resource(DataStore, "s", classification=label, **facts)
        assert check(control, store, found).verdict is Verdict.FAIL
        assert check(control, store, purpose).verdict is Verdict.FAIL
    assert check(control, resource(DataStore, "s", classification=None, **facts)).verdict is Verdict.NOT_EVALUATED
    empty = resource(DataScan, "scan", store="s", sensitive=False)
    assert check(control, resource(DataStore, "s", classification="internal", **facts), empty).population == 0


EMPTY = {
    "fail": [
        audit_logs.test_audit_logs_are_delivered, audit_logs.test_audit_logs_cover_everything,
        backups.test_backups_succeed_in_time, backups.test_keys_of_backups_can_be_used, backups.test_no_backup_failed_last,
        detectors.test_configuration_is_recorded_everywhere, detectors.test_threats_are_watched_for_everywhere,
        posture.test_settings_are_checked_everywhere,
    ],
    "not_evaluated": [
        alarms.test_alarms_reach_somebody, audit_logs.test_audit_logs_are_kept, audit_logs.test_audit_logs_show_tampering,
        audit_logs.test_audit_logs_delivered_lately,
        keys.test_application_secrets_are_renewed, network.test_admin_ports_are_not_open_to_the_world,
        network.test_database_ports_are_not_open_to_the_world, stores.test_stores_are_backed_up,
        stores.test_important_stores_are_protected_from_deletion, stores.test_important_stores_survive_a_zone,
        workloads.test_workloads_are_hardened, workloads.test_workloads_hold_no_rights_over_their_host,
        workloads.test_workloads_run_known_images,
    ],
    "no_occurrences": [
        encryption_keys.test_encryption_keys_rotate, hosts.test_hosts_guard_their_metadata, keys.test_keys_are_rotated,
        keys.test_unused_keys_are_removed, log_stores.test_workload_logs_are_kept,
        networks.test_network_traffic_is_logged, patches.test_hosts_are_patched, vault.test_secrets_are_replaced,
    ],
}  # fmt: skip
"""What a complete and empty population means: what must be there, what shows nothing, and what there may be none of."""


@pytest.mark.parametrize(
    ("verdict", "control"), [(verdict, each) for verdict, found in EMPTY.items() for each in found]
)
def test_where_nothing_is_there_at_all(verdict: str, control: Any) -> None:
    assert check(control).verdict.value == verdict


def test_every_control_of_these_files_is_in_the_table() -> None:
    files = (alarms, audit_logs, backups, detectors, encryption_keys, hosts, keys, log_stores, network, networks)
    found = [
        value
        for file in (*files, patches, posture, stores, vault, workloads)
        for value in vars(file).values()
        if callable(value) and control_of(value) is not None
    ]
    assert {each.__name__ for each in found} == {each.__name__ for known in EMPTY.values() for each in known}


@pytest.mark.parametrize(
    ("outsiders", "allowed", "verdict"),
    [
        (("1",), (), Verdict.PASS),  # its own account
        (("2",), (), Verdict.PASS),  # another account of the company, whose users are exported too
        (("3",), (), Verdict.FAIL),  # of another source
        (("9", "o-partner"), (), Verdict.FAIL),
        (("9", "o-partner"), ("9",), Verdict.FAIL),
        (("9", "o-partner"), ("o-partner", "9"), Verdict.PASS),
    ],
)
def test_who_of_others_a_store_may_let_in(outsiders: tuple[str, ...], allowed: tuple[str, ...], verdict: Verdict) -> None:
    store = resource(SharedStore, "s", tenant="1", may_share=True, outsiders=outsiders)
    own = resource(Identity, "i", tenant="2")
    elsewhere = resource(Identity, "j", source="other", tenant="3")
    control = shared_stores.test_stores_let_in_no_strangers_by_name
    assert check(control, store, own, elsewhere, limits={"allowed": allowed}).verdict is verdict
