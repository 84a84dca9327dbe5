"""Computers and mobile devices of Jamf, and what the shipped controls say of them.

Guesses that the documents refuted: a state that begins with ENCRYPT is not encryption, the vendor's own example has a
state (VALID) that is none of those it documents, a section that was not asked for is null and not absent, and phones
stand in a list of their own.
"""

import json
from pathlib import Path
from typing import Any

import pytest
from reading_devices import LATELY, LONG_AGO, devices_in, fact_of, gaps_in, load

from soc2test import Device
from soc2test.inventory.inventory import Inventory
from soc2test_plugins.jamf.kinds import JamfMobileDevice
from soc2test_plugins.jamf.source import jamf

SAMPLES: dict[str, Any] = json.loads((Path(__file__).parent / "samples/computers-inventory.json").read_text())
(SHOWN,) = SAMPLES["results"]
SERVER = "acme.jamfcloud.com"
PHONE: dict[str, Any] = {
    "mobileDeviceId": "7", "deviceType": "iOS",
    "general": {"displayName": "ann-phone", "managed": True, "lastInventoryUpdateDate": LATELY},
    "hardware": {"serialNumber": "F2LX"},
    "security": {"blockLevelEncryptionCapable": True, "fileLevelEncryptionCapable": True, "passcodePresent": True},
    "userAndLocation": {"username": "ann", "emailAddress": "ann@acme.example"},
}  # fmt: skip


def page(*results: Any, total: Any = None) -> dict[str, Any]:
    return {"totalCount": len(results) if total is None else total, "results": results}


def mac(state: Any = "ENCRYPTED", **general: Any) -> dict[str, Any]:
    told = {**SHOWN["general"], "lastContactTime": LATELY, **general}
    boot = {"partitionName": "main", "partitionFileVault2State": state, "partitionFileVault2Percent": 100}
    return {
        **SHOWN,
        "general": told,
        "diskEncryption": {**SHOWN["diskEncryption"], "bootPartitionEncryptionDetails": boot},
    }


def phone(**security: Any) -> dict[str, Any]:
    return {**PHONE, "security": {**PHONE["security"], **security}}


def read(folder: Path, computers: Any, mobiles: Any = None) -> Inventory:
    files = {"computers-inventory": computers, "mobile-devices.detail": page() if mobiles is None else mobiles}
    return load(folder, jamf, SERVER, files)


def one(folder: Path, item: dict[str, Any]) -> Device:
    (found,) = devices_in(read(folder, page(item))).values()
    return found


def one_phone(folder: Path, item: dict[str, Any]) -> Device:
    (found,) = devices_in(read(folder, page(), page(item))).values()
    return found


def test_the_answer_that_jamf_shows(tmp_path: Path) -> None:
    """It is of 2018, and its state is VALID."""
    inventory = read(tmp_path, SAMPLES)
    (found,) = devices_in(inventory).values()
    assert (found.id, found.name, found.owner_email, found.status) == (
        "C02ZC2QYLVDL",
        "Boalime",
        "email@com.pl",
        "in_use",
    )
    assert {fact_of(found, fact) for fact in ("disk_encrypted", "protected", "wiped_at")} == {"unknown"}
    assert gaps_in(inventory) == set()


@pytest.mark.parametrize(
    ("state", "encrypted"),
    [
        ("ENCRYPTED", True),
        ("ENCRYPTING", False),
        ("ENCRYPTING_PAUSED", False),
        ("DECRYPTED", False),
        ("DECRYPTING", False),
        ("DECRYPTING_PAUSED", False),
        ("UNENCRYPTED", False),
        ("INELIGIBLE", False),
        ("RESTART_NEEDED", False),
        ("OPTIMIZING", "unknown"),
        ("UNKNOWN", "unknown"),
        ("VALID", "unknown"),
        ("encrypted", "unknown"),
        (None, "unknown"),
        (True, "unknown"),
    ],
)
def test_states_of_the_boot_partition(tmp_path: Path, state: Any, encrypted: Any) -> None:
    assert fact_of(one(tmp_path, mac(state)), "disk_encrypted") == encrypted


@pytest.mark.parametrize("disk", [None, {}, {"bootPartitionEncryptionDetails": None}])
def test_a_section_that_was_not_asked_for_tells_nothing(tmp_path: Path, disk: Any) -> None:
    assert fact_of(one(tmp_path, {**mac(), "diskEncryption": disk}), "disk_encrypted") == "unknown"


@pytest.mark.parametrize("seen", [LONG_AGO, None, ""])
def test_what_a_silent_computer_said_is_unknown(tmp_path: Path, seen: Any) -> None:
    found = one(tmp_path, mac("ENCRYPTED", lastContactTime=seen))
    assert (found.status, fact_of(found, "disk_encrypted")) == ("in_use", "unknown")


@pytest.mark.parametrize("managed", [False, None, "true"])
def test_what_jamf_does_not_manage_is_of_no_known_status(tmp_path: Path, managed: Any) -> None:
    assert fact_of(one(tmp_path, mac(remoteManagement={"managed": managed})), "status") == "unknown"


@pytest.mark.parametrize(
    ("place", "owner"),
    [
        ({"username": "ann", "email": "ann@acme.example"}, "ann@acme.example"),
        ({"username": "", "email": ""}, None),
        ({"username": None, "email": None}, None),
        ({"username": "ann", "email": ""}, "unknown"),
        ({"username": "ann"}, "unknown"),
        ({"email": None}, "unknown"),
        (None, "unknown"),
    ],
)
def test_the_user_is_the_owner(tmp_path: Path, place: Any, owner: Any) -> None:
    assert fact_of(one(tmp_path, {**mac(), "userAndLocation": place}), "owner_email") == owner


@pytest.mark.parametrize("hardware", [None, {}, {"serialNumber": None}, {"serialNumber": "N/A"}])
def test_a_computer_without_a_serial_number_goes_by_its_id(tmp_path: Path, hardware: Any) -> None:
    assert one(tmp_path, {**mac(), "hardware": hardware}).id == f"jamf/{SERVER}/computers/1"


def test_a_phone(tmp_path: Path) -> None:
    found = one_phone(tmp_path, phone())
    assert (found.id, found.name, found.owner_email, found.status) == (
        "F2LX",
        "ann-phone",
        "ann@acme.example",
        "in_use",
    )
    assert isinstance(found, JamfMobileDevice)
    assert found.disk_encrypted


@pytest.mark.parametrize("key", ["blockLevelEncryptionCapable", "fileLevelEncryptionCapable", "passcodePresent"])
@pytest.mark.parametrize(("value", "encrypted"), [(False, False), (None, "unknown"), ("true", "unknown")])
def test_a_phone_is_protected_by_both_encryptions_and_a_passcode(
    tmp_path: Path, key: str, value: Any, encrypted: Any
) -> None:
    assert fact_of(one_phone(tmp_path, phone(**{key: value})), "disk_encrypted") == encrypted


def test_a_phone_without_a_passcode_is_not_protected_whatever_else_is_unknown(tmp_path: Path) -> None:
    found = one_phone(tmp_path, phone(passcodePresent=False, blockLevelEncryptionCapable=None))
    assert found.disk_encrypted is False


@pytest.mark.parametrize(
    "more", [{"security": None}, {"general": {**PHONE["general"], "lastInventoryUpdateDate": LONG_AGO}}]
)
def test_a_phone_that_tells_nothing_is_unknown(tmp_path: Path, more: Any) -> None:
    assert fact_of(one_phone(tmp_path, {**PHONE, **more}), "disk_encrypted") == "unknown"


def test_a_phone_that_is_not_managed_is_of_no_known_status(tmp_path: Path) -> None:
    unmanaged = {**PHONE, "general": {**PHONE["general"], "managed": False}}
    assert fact_of(one_phone(tmp_path, unmanaged), "status") == "unknown"


def test_a_television_is_no_device(tmp_path: Path) -> None:
    inventory = read(tmp_path, page(), page({**PHONE, "deviceType": "tvOS"}))
    assert (devices_in(inventory), gaps_in(inventory)) == ({}, set())


@pytest.mark.parametrize("files", [{"computers-inventory": page(mac())}, {"mobile-devices.detail": page(phone())}])
def test_one_list_does_not_stand_in_for_the_other(tmp_path: Path, files: Any) -> None:
    assert gaps_in(load(tmp_path, jamf, SERVER, files)) == {"missing"}


@pytest.mark.parametrize("total", [2, 101, "1", None])
def test_fewer_than_there_are_is_not_all(tmp_path: Path, total: Any) -> None:
    assert gaps_in(read(tmp_path, {**page(mac()), "totalCount": total}))


def test_all_pages_together_are(tmp_path: Path) -> None:
    second = {**mac(), "id": "2", "hardware": {"serialNumber": "C02B2"}}
    pages = {"computers-inventory.page1": page(mac(), total=2), "computers-inventory.page2": page(second, total=2)}
    inventory = load(tmp_path, jamf, SERVER, {**pages, "mobile-devices.detail": page()})
    assert (set(devices_in(inventory)), gaps_in(inventory)) == ({"C02ZC2QYLVDL", "C02B2"}, set())


def test_a_bare_list_is_not_all(tmp_path: Path) -> None:
    assert gaps_in(read(tmp_path, [mac()]))


@pytest.mark.parametrize(
    ("status", "gap"), [(401, "denied"), (403, "denied"), (404, "failed"), (500, "failed"), ("401", "failed")]
)
def test_a_refusal_is_told(tmp_path: Path, status: Any, gap: str) -> None:
    body = {"httpStatus": status, "errors": [{"code": "INVALID_TOKEN", "description": "Unauthorized", "id": "0"}]}
    assert gap in gaps_in(read(tmp_path, body))
