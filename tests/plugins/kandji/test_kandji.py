"""Devices of Kandji, and what the shipped controls say of them.

Guesses that the documents refuted: the list of devices says nothing of disks though it can be filtered by FileVault, a
device of nobody has the user "" and not null, a page names no next one, an error has no code, and what is removed stays
in the list.
"""

import json
from pathlib import Path
from typing import Any

import pytest
from reading_devices import LATELY, LONG_AGO, devices_in, fact_of, gaps_in, load

from soc2test import Device, UnknownFact
from soc2test.inventory.inventory import Inventory
from soc2test_plugins.kandji.source import kandji

LISTED: list[dict[str, Any]] = json.loads((Path(__file__).parent / "samples/devices.json").read_text())
PRISM: dict[str, Any] = json.loads((Path(__file__).parent / "samples/prism.filevault.json").read_text())
SHARED = Path(__file__).parents[4] / "shared/samples/saas-cartography/kandji/devices.devices.json"
MAC = LISTED[0]
SERIAL = "FVHHFKF7Q6L4"


def mac(**more: Any) -> dict[str, Any]:
    return {**MAC, **more}


def vault(**more: Any) -> dict[str, Any]:
    return {**PRISM["data"][0], "last_collected_at": LATELY, **more}


def prism(*rows: Any, cursor: Any = None) -> dict[str, Any]:
    return {**PRISM, "data": list(rows), "cursor": cursor}


def read(folder: Path, listed: Any, *rows: Any, **files: Any) -> Inventory:
    return load(folder, kandji, "acme", {"devices": listed, "prism.filevault": prism(*rows), **files})


def one(folder: Path, item: dict[str, Any], *rows: Any) -> Device:
    (found,) = devices_in(read(folder, [item], *rows)).values()
    return found


def test_the_answers_that_kandji_shows(tmp_path: Path) -> None:
    inventory = load(tmp_path, kandji, "acme", {"devices": LISTED, "prism.filevault": PRISM})
    found = devices_in(inventory)[SERIAL]
    assert (found.name, found.owner_email, found.status) == (
        "accuhive's MacBook Air",
        "accuhive.admin@kandji.io",
        "in_use",
    )
    assert gaps_in(inventory) == set()
    for fact in ("disk_encrypted", "protected", "wiped_at", "returned_at"):
        assert fact_of(found, fact) == "unknown"  # what was collected of its disk is of 2024


@pytest.mark.skipif(not SHARED.is_file(), reason="the samples lie beside the project")
def test_devices_of_a_client_s_tests(tmp_path: Path) -> None:
    """They are trimmed to what that client reads: nothing says that Kandji manages them still."""
    listed = json.loads(SHARED.read_text())["simpson_corp_devices"]
    inventory = read(tmp_path, listed)
    found = devices_in(inventory)
    assert {device.name for device in found.values()} == {"Test A MacBook Air", "Test A MacBook Pro"}
    assert {fact_of(device, "status") for device in found.values()} == {"unknown"}
    assert all(id.startswith("kandji/acme/devices/") for id in found)  # AAAAAAAA is no serial number


@pytest.mark.parametrize("on", [True, False])
def test_filevault_of_a_mac(tmp_path: Path, on: bool) -> None:
    assert one(tmp_path, mac(), vault(status=on)).disk_encrypted is on


@pytest.mark.parametrize("status", [None, "true", 1, {}, "On"])
def test_filevault_that_is_not_told_is_unknown(tmp_path: Path, status: Any) -> None:
    assert fact_of(one(tmp_path, mac(), vault(status=status)), "disk_encrypted") == "unknown"


@pytest.mark.parametrize("seen", [LONG_AGO, None, "", "soon"])
def test_filevault_of_long_ago_is_unknown(tmp_path: Path, seen: Any) -> None:
    assert fact_of(one(tmp_path, mac(), vault(status=True, last_collected_at=seen)), "disk_encrypted") == "unknown"


def test_where_filevault_was_not_exported_the_call_is_named(tmp_path: Path) -> None:
    inventory = load(tmp_path, kandji, "acme", {"devices": [mac()]})
    (found,) = devices_in(inventory).values()
    with pytest.raises(UnknownFact, match="api/v1/prism/filevault"):
        _ = found.disk_encrypted


@pytest.mark.parametrize("platform", ["iPhone", "iPad", "Windows", "Android"])
def test_other_devices_count_and_their_disk_is_unknown(tmp_path: Path, platform: str) -> None:
    found = one(tmp_path, mac(platform=platform))
    assert found.status == "in_use"
    with pytest.raises(UnknownFact, match="of Macs alone"):
        _ = found.disk_encrypted


def test_a_television_is_no_device(tmp_path: Path) -> None:
    inventory = read(tmp_path, [mac(), mac(platform="AppleTV", serial_number="TV1", device_id="tv")])
    assert (set(devices_in(inventory)), gaps_in(inventory)) == ({SERIAL}, set())


@pytest.mark.parametrize("platform", [None, 7])
def test_a_device_of_no_platform_is_missed(tmp_path: Path, platform: Any) -> None:
    assert gaps_in(read(tmp_path, [mac(platform=platform)]))


@pytest.mark.parametrize("removed", [True, None, "false"])
def test_what_kandji_does_not_manage_any_more_is_of_no_known_status(tmp_path: Path, removed: Any) -> None:
    assert fact_of(one(tmp_path, mac(is_removed=removed)), "status") == "unknown"


def test_what_is_missing_may_be_in_use_all_the_same(tmp_path: Path) -> None:
    assert one(tmp_path, mac(is_missing=True)).status == "in_use"


@pytest.mark.parametrize(
    ("user", "owner"),
    [
        ("", None),
        ({"email": "ann@acme.example"}, "ann@acme.example"),
        ({"email": "ann@acme.example", "is_archived": True}, "ann@acme.example"),
        ({"email": ""}, "unknown"),
        ({"email": None}, "unknown"),
        ({"name": "Ann"}, "unknown"),
        (None, "unknown"),
        ("ann", "unknown"),
    ],
)
def test_the_user_is_the_owner(tmp_path: Path, user: Any, owner: Any) -> None:
    assert fact_of(one(tmp_path, mac(user=user)), "owner_email") == owner


@pytest.mark.parametrize("serial", [None, "", "N/A"])
def test_a_device_without_a_serial_number_goes_by_its_id_in_both_lists(tmp_path: Path, serial: Any) -> None:
    id = MAC["device_id"]
    found = one(tmp_path, mac(serial_number=serial), vault(serial_number=serial, device_id=id, status=True))
    assert (found.id, found.disk_encrypted) == (f"kandji/acme/devices/{id}", True)


@pytest.mark.parametrize(("several", "gap"), [(300, True), (299, False), (100, True), (50, True), (7, False)])
def test_a_full_page_may_be_cut(tmp_path: Path, several: int, gap: bool) -> None:
    listed = [mac(serial_number=f"S{n}", device_id=f"d{n}") for n in range(several)]
    assert bool(gaps_in(read(tmp_path, listed))) is gap


def test_a_page_that_is_empty_is_the_last(tmp_path: Path) -> None:
    listed = [mac(serial_number=f"S{n}", device_id=f"d{n}") for n in range(300)]
    inventory = load(tmp_path, kandji, "acme", {"devices.page1": listed, "devices.page2": []})
    assert (len(devices_in(inventory)), gaps_in(inventory)) == (300, set())


@pytest.mark.parametrize(
    ("body", "gap"),
    [
        ({"detail": "Authentication credentials were not provided."}, "failed"),
        ({"message": "Invalid authentication"}, "failed"),
        ({"error": "no such thing"}, "failed"),
        ({"error": "401", "api resp": "401 Client Error"}, "denied"),
        ({"error": "403", "api resp": "403 Client Error"}, "denied"),
        ({"error": "500", "api resp": "500 Server Error"}, "failed"),
    ],
)
def test_a_refusal_is_told(tmp_path: Path, body: Any, gap: str) -> None:
    assert gap in gaps_in(load(tmp_path, kandji, "acme", {"devices": body}))


def test_a_record_says_which_refusal_it_was(tmp_path: Path) -> None:
    record = {
        "soc2test": "evidence/1", "source": "kandji", "operation": "devices", "subject": {"subdomain": "acme"},
        "collected_at": LATELY, "status": "error", "error": {"code": "Forbidden", "http": 403}, "body": None,
    }  # fmt: skip
    assert "denied" in gaps_in(load(tmp_path, kandji, "acme", {"devices": record}))
