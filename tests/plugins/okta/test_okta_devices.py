"""Devices enrolled with Okta Verify: Okta's own example, words, phones that tell no serial number."""

import json
from pathlib import Path
from typing import Any

import pytest
from okta_reading import SAMPLES, every, gap_codes, load, only

from soc2test import SeenDevice, SignIn, UnknownFact

_EXAMPLE = json.loads((SAMPLES / "listDevices.APIDevicesResponseUserSummaryExample.json").read_text("utf-8"))
COMPUTER, PHONE = _EXAMPLE
LOG = json.loads((SAMPLES / "listLogEvents.ListLogs.json").read_text("utf-8"))


def _device(folder: Path, **change: Any) -> SeenDevice:
    return only(load(folder, {"listDevices": [{**PHONE, **change}]}), SeenDevice)


def _profile(**change: Any) -> dict[str, Any]:
    return {**PHONE["profile"], **change}


def test_oktas_example(tmp_path: Path) -> None:
    inventory = load(tmp_path, {"listDevices": _EXAMPLE})
    computer, phone = every(inventory, SeenDevice)
    assert (computer.id, computer.serial) == ("okta/acme/devices/guo4a5u7YAHhjXrMK0g4", "XXDDRFCFRGF3M8MD6D")
    assert (computer.computer, computer.active, computer.accounts) == (True, False, ())
    assert (phone.computer, phone.active) == (False, True)
    assert phone.accounts == ("okta/acme/00u17vh0q8ov8IU881d7",)
    with pytest.raises(UnknownFact, match="serialNumber"):
        _ = phone.serial
    assert gap_codes(inventory, SeenDevice) == set()


@pytest.mark.parametrize(("status", "active"), [("ACTIVE", True), ("SUSPENDED", False), ("DEACTIVATED", False)])
def test_only_an_active_device_can_sign_in(tmp_path: Path, status: str, active: bool) -> None:
    assert _device(tmp_path, status=status).active is active


@pytest.mark.parametrize("platform", ["MACOS", "WINDOWS", "CHROMEOS"])
def test_platforms_of_computers(tmp_path: Path, platform: str) -> None:
    assert _device(tmp_path, profile=_profile(platform=platform)).computer


def test_words_that_nobody_knows_are_unknown(tmp_path: Path) -> None:
    device = _device(tmp_path, status="PAUSED", profile=_profile(platform="LINUX"))
    for fact in ("active", "computer"):
        with pytest.raises(UnknownFact):
            getattr(device, fact)


@pytest.mark.parametrize(
    ("word", "encrypted"),
    [
        ("ALL_INTERNAL_VOLUMES", True), ("FULL", True), ("USER", True), ("SYSTEM_VOLUME", False), ("NONE", False),
        ("HALF", None), (None, None),
    ],
)  # fmt: skip
def test_what_a_device_told_of_its_disks(tmp_path: Path, word: str | None, encrypted: bool | None) -> None:
    profile = _profile(diskEncryptionType=word)
    if word is None:
        del profile["diskEncryptionType"]  # Okta Verify may not tell it
    device = _device(tmp_path, profile=profile)
    if encrypted is None:
        with pytest.raises(UnknownFact, match=r"diskEncryptionType|a word here"):
            _ = device.disk_encrypted
    else:
        assert device.disk_encrypted is encrypted


def test_a_list_that_was_not_expanded_tells_nobody(tmp_path: Path) -> None:
    plain = {key: value for key, value in PHONE.items() if key != "_embedded"}
    device = only(load(tmp_path, {"listDevices": [plain]}), SeenDevice)
    with pytest.raises(UnknownFact, match="_embedded"):
        _ = device.accounts


def test_a_full_page_may_not_be_all(tmp_path: Path) -> None:
    page = [{**PHONE, "id": f"guo{number}"} for number in range(200)]
    assert gap_codes(load(tmp_path, {"listDevices": page}), SeenDevice) == {"partial"}


def _sign_ins(folder: Path, **change: Any) -> list[SignIn]:
    return every(load(folder, {"listLogEvents.SIGN_IN": [{**LOG[0], **change}]}), SignIn)


def test_a_sign_in_of_oktas_example(tmp_path: Path) -> None:
    (found,) = _sign_ins(tmp_path)
    assert found.id == "okta/acme/logs/dc9fd3c0-598c-11ef-8478-2b7584bf8d5a"
    assert (found.identity, found.device) == (
        "okta/acme/00uttidj01jqL21aM1d6",
        "okta/acme/devices/guofdhyjex1feOgbN1d9",
    )
    assert f"{found.happened_at:%Y-%m-%dT%H:%M:%S}" == "2024-08-13T15:58:20"


def test_a_device_that_okta_does_not_know_is_none(tmp_path: Path) -> None:
    (found,) = _sign_ins(tmp_path, device=None)
    assert found.device is None


def test_an_event_without_the_key_tells_nothing_of_the_device(tmp_path: Path) -> None:
    plain = {key: value for key, value in LOG[0].items() if key != "device"}
    (found,) = every(load(tmp_path, {"listLogEvents.SIGN_IN": [plain]}), SignIn)
    with pytest.raises(UnknownFact, match="device"):
        _ = found.device


@pytest.mark.parametrize(
    "change", [{"eventType": "user.lifecycle.create"}, {"outcome": {"result": "FAILURE", "reason": "INVALID"}}]
)
def test_other_events_and_who_was_not_let_in_are_no_sign_ins(tmp_path: Path, change: dict[str, Any]) -> None:
    assert _sign_ins(tmp_path, **change) == []
