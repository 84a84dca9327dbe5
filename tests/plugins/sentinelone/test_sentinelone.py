"""Devices of SentinelOne, and what the shipped controls say of them.

Guesses that the documents refuted: an agent that is not active now may be one of a device that is switched off; servers
and pods have agents too; nobody but the console says what an operational state means, so that no agent is known to protect.
"""

import json
from pathlib import Path
from typing import Any

import pytest
from reading_devices import AS_OF, LATELY, LONG_AGO, devices_in, fact_of, gaps_in

from soc2test import Device, UnknownFact
from soc2test.controls.control import control_of
from soc2test.evaluation.evaluate import evaluate
from soc2test.evaluation.limits import limits_of
from soc2test.evidence.read_limits import ReadLimits
from soc2test.inventory.dating import Clock
from soc2test.inventory.inventory import Inventory
from soc2test.inventory.load import Request, load_inventory
from soc2test.sources.loading import load_plugins
from soc2test.verdicts import ControlResult, Verdict
from soc2test_policies.cc6.devices import test_devices_are_encrypted as encrypted

SERIAL = "FVHHFKF7Q6L4"
AGENT: dict[str, Any] = {
    "id": "225494730938493804", "uuid": "ff819e70af13be381993075eb0ce5f2f6de05be2", "computerName": "JOHN-WIN-4125",
    "serialNumber": SERIAL, "machineType": "laptop", "osType": "windows", "isActive": False, "isDecommissioned": False,
    "isUninstalled": False, "lastActiveDate": LATELY, "encryptedApplications": True, "userActionsNeeded": [],
    "operationalState": "na", "mitigationMode": "protect", "lastLoggedInUserName": "john", "networkStatus": "disconnected",
}  # fmt: skip


def agent(**more: Any) -> dict[str, Any]:
    return {**AGENT, **more}


def without(key: str) -> dict[str, Any]:
    return {name: value for name, value in AGENT.items() if name != key}


def answer(*agents: Any, **pagination: Any) -> dict[str, Any]:
    return {"data": list(agents), "pagination": {"totalItems": len(agents), "nextCursor": None, **pagination}}


def load(folder: Path, files: dict[str, Any]) -> Inventory:
    for name, body in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(body))
    plugins = load_plugins()
    sources = {name: plugins.sources[name] for name in ("sentinelone", "registers")}
    loaded = load_inventory(Request(folder, sources, plugins.ask, {}, {}, ReadLimits(), Clock(AS_OF, AS_OF)))
    assert (loaded.problems, loaded.unclaimed) == ((), ())
    return loaded.inventory


def read(folder: Path, body: Any) -> Inventory:
    return load(folder, {"sentinelone/usea1/agents.json": body})


def one(folder: Path, item: dict[str, Any]) -> Device:
    (found,) = devices_in(read(folder, answer(item))).values()
    return found


def test_a_laptop(tmp_path: Path) -> None:
    inventory = read(tmp_path, answer(AGENT))
    found = devices_in(inventory)[SERIAL]
    assert (found.name, found.status, found.disk_encrypted) == ("JOHN-WIN-4125", "in_use", True)
    assert gaps_in(inventory) == set()
    for fact in ("owner_email", "protected", "wiped_at", "returned_at", "lost_at"):
        assert fact_of(found, fact) == "unknown"


@pytest.mark.parametrize("machine", ["server", "kubernetes node", "kubernetes pod", "ecs task", "storage"])
def test_what_nobody_works_on_is_no_device(tmp_path: Path, machine: str) -> None:
    other = agent(serialNumber="S2", id="225494730938493805", machineType=machine)
    inventory = read(tmp_path, answer(AGENT, other))
    assert (set(devices_in(inventory)), gaps_in(inventory)) == ({SERIAL}, set())


@pytest.mark.parametrize("machine", ["unknown", "Laptop", None, 7])
def test_a_machine_of_no_known_type_is_missed(tmp_path: Path, machine: Any) -> None:
    assert gaps_in(read(tmp_path, answer(agent(machineType=machine))))


@pytest.mark.parametrize("key", ["isUninstalled", "isDecommissioned"])
@pytest.mark.parametrize("value", [True, None, "false"])
def test_whose_agent_is_gone_is_of_no_known_status(tmp_path: Path, key: str, value: Any) -> None:
    assert fact_of(one(tmp_path, agent(**{key: value})), "status") == "unknown"


@pytest.mark.parametrize("action", ["unprotected", "incompatible_os"])
def test_an_agent_that_says_that_it_does_not_protect_is_believed(tmp_path: Path, action: str) -> None:
    assert one(tmp_path, agent(userActionsNeeded=["reboot_needed", action])).protected is False


@pytest.mark.parametrize("actions", [[], ["none"], ["reboot_needed"], None, "unprotected", [7], ["safe"]])
def test_that_an_agent_protects_nobody_tells(tmp_path: Path, actions: Any) -> None:
    assert fact_of(one(tmp_path, agent(userActionsNeeded=actions)), "protected") == "unknown"


@pytest.mark.parametrize("told", [None, "true", 1, {}])
def test_a_disk_of_which_nothing_is_told_is_unknown(tmp_path: Path, told: Any) -> None:
    assert fact_of(one(tmp_path, agent(encryptedApplications=told)), "disk_encrypted") == "unknown"
    assert fact_of(one(tmp_path / "bare", without("encryptedApplications")), "disk_encrypted") == "unknown"


@pytest.mark.parametrize("seen", [LONG_AGO, None, "", "soon"])
def test_what_an_agent_said_long_ago_is_unknown(tmp_path: Path, seen: Any) -> None:
    found = one(tmp_path, agent(lastActiveDate=seen, userActionsNeeded=["unprotected"]))
    assert [fact_of(found, fact) for fact in ("disk_encrypted", "protected")] == ["unknown", "unknown"]


@pytest.mark.parametrize("serial", [None, "", "N/A"])
def test_a_machine_without_a_serial_number_goes_by_its_id(tmp_path: Path, serial: Any) -> None:
    assert one(tmp_path, agent(serialNumber=serial)).id == "sentinelone/usea1/agents/225494730938493804"


@pytest.mark.parametrize(
    ("code", "body"),
    [
        ("partial", answer(AGENT, nextCursor="YWdlbnRfaWQ6NTgwMjkzODE=")),
        ("partial", answer(AGENT, totalItems=2)),
        ("failed", {"errors": [{"code": 4010010, "detail": None, "title": "Authentication Failed"}]}),
        ("denied", {"errors": [{"code": 403, "detail": None, "title": "-"}]}),
        ("unreadable", {"data": {"1": AGENT}, "pagination": {"totalItems": 1}}),
        ("unreadable", [AGENT]),
    ],
)
def test_what_is_not_all_is_a_gap(tmp_path: Path, code: str, body: Any) -> None:
    found = gaps_in(read(tmp_path, body))
    assert code in found, found


def test_all_pages_together_are(tmp_path: Path) -> None:
    second = agent(id="225494730938493805", serialNumber="S2")
    files = {
        "sentinelone/usea1/agents.page1.json": answer(AGENT, nextCursor="YQ==", totalItems=2),
        "sentinelone/usea1/agents.page2.json": answer(second, totalItems=2),
    }
    inventory = load(tmp_path, files)
    assert (set(devices_in(inventory)), gaps_in(inventory)) == ({SERIAL, "S2"}, set())


def result(inventory: Inventory) -> ControlResult:
    spec = control_of(encrypted)
    assert spec is not None
    return evaluate([spec], inventory, {spec.id: limits_of(spec, {})}, AS_OF)[spec.id].result


def test_what_a_register_says_of_disks_rests_on_the_system_then(tmp_path: Path) -> None:
    row = {
        "serial": SERIAL, "name": "JOHN-WIN-4125", "owner_email": "john@acme.example", "status": "in_use",
        "disk_encrypted": True,
    }  # fmt: skip
    files = {"registers/devices.json": {"register": "devices", "as_of": "2026-11-20", "entries": [row]}}
    by_hand = result(load(tmp_path / "hand", files))
    beside = result(load(tmp_path / "both", {**files, "sentinelone/usea1/agents.json": answer(AGENT)}))
    assert (by_hand.verdict, by_hand.rests_on) == (Verdict.PASS, ("record",))
    assert (beside.verdict, beside.rests_on) == (Verdict.PASS, ("system",))


def test_a_disk_that_is_not_encrypted_is_found(tmp_path: Path) -> None:
    found = result(
        read(tmp_path, answer(AGENT, agent(id="225494730938493805", serialNumber="S2", encryptedApplications=False)))
    )
    assert (found.verdict, [finding.resource for finding in found.findings]) == (Verdict.FAIL, ["S2"])
    with pytest.raises(UnknownFact):
        _ = devices_in(read(tmp_path / "none", answer(without("encryptedApplications"))))[SERIAL].disk_encrypted
