"""Devices of Intune, and what the shipped controls say of them.

Guesses that the documents refuted: a device in its grace period does not comply, compliance says nothing of encryption
by itself, "unhealthy" devices are managed all the same, and a threat that protection reports shows that it runs.
"""

from pathlib import Path
from typing import Any

import pytest
from reading_devices import LATELY, LONG_AGO, devices_in, fact_of, gaps_in, load

from soc2test import Device
from soc2test_plugins.intune.kinds import IntuneCompliance
from soc2test_plugins.intune.source import intune

TENANT = "acme.example"
GUID = "6ea91a8d-e32e-41a1-b7bd-d2d185eed0e0"
DEVICES = "deviceManagement.managedDevices"
CONTEXT = "https://graph.microsoft.com/v1.0/$metadata#deviceManagement/managedDevices"
LAPTOP: dict[str, Any] = {
    "id": GUID, "deviceName": "ann-laptop", "serialNumber": "PF3K", "emailAddress": "ann@acme.example",
    "userPrincipalName": "ann@acme.example", "managementState": "managed", "isEncrypted": True,
    "complianceState": "compliant", "partnerReportedThreatState": "secured", "lastSyncDateTime": LATELY,
}  # fmt: skip


def page(*devices: Any, **more: Any) -> dict[str, Any]:
    return {"@odata.context": CONTEXT, "value": list(devices), **more}


def one(folder: Path, **more: Any) -> Device:
    (found,) = devices_in(load(folder, intune, TENANT, {DEVICES: page({**LAPTOP, **more})})).values()
    return found


def test_a_device(tmp_path: Path) -> None:
    inventory = load(tmp_path, intune, TENANT, {DEVICES: page(LAPTOP)})
    (found,) = devices_in(inventory).values()
    assert (found.id, found.name, found.owner_email, found.status) == (
        "PF3K",
        "ann-laptop",
        "ann@acme.example",
        "in_use",
    )
    assert (found.disk_encrypted, found.protected) == (True, True)
    assert {fact_of(found, fact) for fact in ("wiped_at", "returned_at", "lost_at")} == {"unknown"}
    assert gaps_in(inventory) == set()


@pytest.mark.parametrize("serial", [None, "", "N/A"])
def test_a_device_without_a_serial_number_goes_by_its_id(tmp_path: Path, serial: Any) -> None:
    assert one(tmp_path, serialNumber=serial).id == f"intune/{TENANT}/devices/{GUID}"


@pytest.mark.parametrize(("told", "encrypted"), [(True, True), (False, False), (None, "unknown"), ("true", "unknown")])
def test_encryption(tmp_path: Path, told: Any, encrypted: Any) -> None:
    assert fact_of(one(tmp_path, isEncrypted=told), "disk_encrypted") == encrypted


@pytest.mark.parametrize(
    ("word", "kept"),
    [
        ("compliant", True),
        ("noncompliant", False),
        ("inGracePeriod", False),
        ("conflict", "unknown"),
        ("error", "unknown"),
        ("unknown", "unknown"),
        ("configManager", "unknown"),
        ("Compliant", "unknown"),
        (None, "unknown"),
    ],
)
def test_compliance(tmp_path: Path, word: Any, kept: Any) -> None:
    inventory = load(tmp_path, intune, TENANT, {DEVICES: page({**LAPTOP, "complianceState": word})})
    (found,) = inventory.members(IntuneCompliance)
    assert (found.id, fact_of(found, "device")) == (f"intune/{TENANT}/compliance/{GUID}", "PF3K")
    assert fact_of(found, "rules_kept") == kept
    assert devices_in(inventory)["PF3K"].disk_encrypted


@pytest.mark.parametrize(
    ("word", "protected"),
    [
        ("secured", True),
        ("lowSeverity", True),
        ("mediumSeverity", True),
        ("highSeverity", True),
        ("compromised", True),
        ("unresponsive", False),
        ("misconfigured", False),
        ("activated", "unknown"),
        ("deactivated", "unknown"),
        ("unknown", "unknown"),
        ("else", "unknown"),
        (None, "unknown"),
    ],
)
def test_protection(tmp_path: Path, word: Any, protected: Any) -> None:
    assert fact_of(one(tmp_path, partnerReportedThreatState=word), "protected") == protected


@pytest.mark.parametrize(
    ("state", "status"),
    [
        *((word, "in_use") for word in ("managed", "unhealthy", "retireFailed", "wipeFailed", "retireCanceled", "wipeCanceled")),
        *((word, "unknown") for word in ("retirePending", "retireIssued", "wipePending", "wipeIssued", "deletePending")),
        ("discovered", "unknown"),
        ("unknownFutureValue", "unknown"),
        ("else", "unknown"),
        (None, "unknown"),
    ],
)  # fmt: skip
def test_states_of_management(tmp_path: Path, state: Any, status: str) -> None:
    assert fact_of(one(tmp_path, managementState=state), "status") == status


@pytest.mark.parametrize("seen", [LONG_AGO, "0001-01-01T00:00:00Z", None])
def test_what_a_silent_device_said_is_unknown(tmp_path: Path, seen: Any) -> None:
    inventory = load(tmp_path, intune, TENANT, {DEVICES: page({**LAPTOP, "lastSyncDateTime": seen})})
    (found,), (compliance,) = devices_in(inventory).values(), inventory.members(IntuneCompliance)
    assert {fact_of(found, fact) for fact in ("disk_encrypted", "protected")} == {"unknown"}
    assert fact_of(compliance, "rules_kept") == "unknown"
    assert (found.status, found.owner_email) == ("in_use", "ann@acme.example")


@pytest.mark.parametrize(
    ("mail", "name", "owner"),
    [
        ("ann@acme.example", "ann@acme.onmicrosoft.com", "ann@acme.example"),
        ("", "ann@acme.example", "ann@acme.example"),
        (None, "ann@acme.example", "ann@acme.example"),
        ("", "", None),
        (None, None, None),
        ("ann@acme.example;ben@acme.example", "ann@acme.example", "unknown"),
        (7, "ann@acme.example", "unknown"),
    ],
)
def test_the_user_is_the_owner(tmp_path: Path, mail: Any, name: Any, owner: Any) -> None:
    assert fact_of(one(tmp_path, emailAddress=mail, userPrincipalName=name), "owner_email") == owner


def test_an_owner_that_was_not_asked_for_is_unknown(tmp_path: Path) -> None:
    asked = {key: value for key, value in LAPTOP.items() if key != "emailAddress"}
    (found,) = devices_in(load(tmp_path, intune, TENANT, {DEVICES: page(asked)})).values()
    assert fact_of(found, "owner_email") == "unknown"


def test_a_further_page_is_missed(tmp_path: Path) -> None:
    first = page(LAPTOP, **{"@odata.nextLink": f"https://graph.microsoft.com/v1.0/{DEVICES}?$skiptoken=x"})
    second = page({**LAPTOP, "id": GUID.replace("6", "7"), "serialNumber": "PF4K"})
    assert gaps_in(load(tmp_path / "cut", intune, TENANT, {DEVICES: first})) == {"partial"}
    whole = load(tmp_path / "whole", intune, TENANT, {f"{DEVICES}.page1": first, f"{DEVICES}.page2": second})
    assert (set(devices_in(whole)), gaps_in(whole)) == ({"PF3K", "PF4K"}, set())


def test_other_spellings_of_graph_are_read(tmp_path: Path) -> None:
    """As an SDK and as PowerShell print it."""
    snake = {"id": GUID, "serial_number": "PF3K", "is_encrypted": True, "last_sync_date_time": LATELY}
    pascal = {"Id": GUID.replace("6", "7"), "SerialNumber": "PF4K", "IsEncrypted": False, "LastSyncDateTime": LATELY}
    found = devices_in(load(tmp_path, intune, TENANT, {DEVICES: [snake, pascal]}))
    assert {id: device.disk_encrypted for id, device in found.items()} == {"PF3K": True, "PF4K": False}


@pytest.mark.parametrize(
    ("body", "gap"),
    [
        ({"error": {"code": "Forbidden", "message": "{}"}}, "denied"),
        ({"error": {"code": "InvalidAuthenticationToken", "message": "Access token has expired."}}, "denied"),
        ({"error": {"code": "InternalServerError", "message": ""}}, "failed"),
    ],
)
def test_a_refusal_is_told(tmp_path: Path, body: Any, gap: str) -> None:
    assert gap in gaps_in(load(tmp_path, intune, TENANT, {DEVICES: body}))


def test_the_login_of_another_tenant_is_refused(tmp_path: Path) -> None:
    tenant = {"value": [{"id": GUID, "verifiedDomains": [{"name": "other.example"}]}]}
    assert gaps_in(load(tmp_path, intune, TENANT, {"organization": tenant, DEVICES: page(LAPTOP)})) == {"identity"}


def test_the_login_of_the_tenant_itself_is_not(tmp_path: Path) -> None:
    tenant = {"value": [{"id": GUID, "verifiedDomains": [{"name": TENANT}]}]}
    inventory = load(tmp_path, intune, TENANT, {"organization": tenant, DEVICES: page(LAPTOP)})
    assert (set(devices_in(inventory)), gaps_in(inventory)) == ({"PF3K"}, set())
