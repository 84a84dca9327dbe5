"""Users and systems of JumpCloud, and what the shipped controls say of them.

Guesses that the documents refuted: `sudo` makes no administrator of the directory, `activated` says that a password is
set and not that somebody gets in, a factor that is set up need not be asked for, `totp_enabled` is one factor of several,
`active` of a system is its agent's connection, and a list has 10 entries unless more are asked for.
"""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TypeVar

import pytest

from soc2test import Device, Resource, UnknownFact
from soc2test.evidence.read_limits import ReadLimits
from soc2test.inventory.dating import Clock
from soc2test.inventory.inventory import Inventory
from soc2test.inventory.load import Request, load_inventory
from soc2test_plugins.jumpcloud.kinds import JumpcloudUser
from soc2test_plugins.jumpcloud.source import jumpcloud

K = TypeVar("K", bound=Resource)

AS_OF = datetime(2026, 11, 20, 12, tzinfo=UTC)
ORGANIZATION = "5cdc7f3c95a60d5c14488d5f"
OTHER = "5cdc7f3c95a60d5c14488d60"
SAMPLES: list[dict[str, Any]] = json.loads((Path(__file__).parent / "samples/systemusers.json").read_text())
ENROLLED = {"overallStatus": "ENROLLED", "totpStatus": "ENROLLED", "pushStatus": "NOT_ENROLLED"}
SYSTEM = {
    "_id": "5dc094e91b6c344c321f5bd5", "active": False, "displayName": "LAPTOP-1", "fde": {"active": True, "keyPresent": True},
    "hostname": "LAPTOP-1", "id": "5dc094e91b6c344c321f5bd5", "lastContact": "2026-11-19T20:44:24.082Z",
    "organization": ORGANIZATION, "os": "Windows", "serialNumber": "MP17U84L", "version": "10 Home",
}  # fmt: skip


def page(*results: Any, total: Any = None) -> dict[str, Any]:
    return {"totalCount": len(results) if total is None else total, "results": results}


def user(**more: Any) -> dict[str, Any]:
    told = {"state": "ACTIVATED", "organization": ORGANIZATION, "totp_enabled": False, "sudo": False}
    return {**SAMPLES[0], **told, **more}


def without(item: dict[str, Any], *keys: str) -> dict[str, Any]:
    return {key: value for key, value in item.items() if key not in keys}


def load(folder: Path, files: dict[str, Any], organization: str = ORGANIZATION) -> Inventory:
    below = folder / "jumpcloud" / organization
    below.mkdir(parents=True, exist_ok=True)
    for name, body in files.items():
        (below / f"{name}.json").write_text(json.dumps(body))
    request = Request(
        folder, {"jumpcloud": jumpcloud}, lambda _: [], {}, {},
        ReadLimits(), Clock(AS_OF, AS_OF),
    )  # fmt: skip
    loaded = load_inventory(request)
    assert loaded.problems == ()
    return loaded.inventory


def every(inventory: Inventory, kind: type[K]) -> list[K]:
    return [each for each in inventory.members(kind) if isinstance(each, kind)]


def one(folder: Path, item: dict[str, Any]) -> JumpcloudUser:
    (found,) = every(load(folder, {"systemusers": page(item)}), JumpcloudUser)
    return found


def device(folder: Path, **more: Any) -> Device:
    (found,) = every(load(folder, {"systems": page({**SYSTEM, **more})}), Device)
    return found


def gaps(inventory: Inventory, kind: type[Resource] = JumpcloudUser) -> set[str]:
    return {gap.code for gap in inventory.gaps(kind)}


def test_users_of_a_real_list(tmp_path: Path) -> None:
    inventory = load(tmp_path, {"systemusers": page(user(), {**SAMPLES[1], "organization": ORGANIZATION})})
    on, off = sorted(every(inventory, JumpcloudUser), key=lambda each: not each.active)
    assert on.id == f"jumpcloud/{ORGANIZATION}/users/aabbccdd001122334455667701"
    assert (on.name, on.email, on.active, on.disabled_at) == ("mbsimpson", "mbsimpson@simpson.corp", True, None)
    assert (off.active, off.stays_listed, on.created_at.year) == (False, True, 2022)
    assert gaps(inventory) == set()


@pytest.mark.parametrize(("state", "active"), [("ACTIVATED", True), ("STAGED", False), ("SUSPENDED", False)])
def test_states_of_users(tmp_path: Path, state: str, active: bool) -> None:
    assert one(tmp_path, user(state=state)).active is active


@pytest.mark.parametrize(
    "item",
    [user(state="else"), user(state=None), without(user(), "state"), user(suspended=True), user(suspended="false")],
)
def test_a_state_that_is_not_told_is_unknown(tmp_path: Path, item: Any) -> None:
    """`activated` is about the password: a user who is staged may have one."""
    with pytest.raises(UnknownFact):
        _ = one(tmp_path, item).active


@pytest.mark.parametrize("more", [{"account_locked": True}, {"password_expired": True}, {"activated": False}])
def test_who_gets_in_again_by_a_new_password_is_active(tmp_path: Path, more: Any) -> None:
    assert one(tmp_path, user(**more)).active


@pytest.mark.parametrize("fact", ["admin", "last_used_at", "password"])
def test_what_the_list_does_not_tell_is_unknown(tmp_path: Path, fact: str) -> None:
    with pytest.raises(UnknownFact):
        getattr(one(tmp_path, user(sudo=True)), fact)


@pytest.mark.parametrize(
    "status", ["NOT_ENROLLED", "DISABLED", "PENDING_ACTIVATION", "ENROLLMENT_EXPIRED", "IN_ENROLLMENT", "PRE_ENROLLMENT"]
)  # fmt: skip
def test_who_has_no_factor_signs_in_without_one(tmp_path: Path, status: str) -> None:
    found = one(tmp_path, user(mfaEnrollment={"overallStatus": status}, enable_user_portal_multifactor=True))
    assert (found.mfa_enrolled, found.mfa) == (False, False)


@pytest.mark.parametrize("more", [{"mfaEnrollment": ENROLLED}, {"totp_enabled": True}])
@pytest.mark.parametrize("required", [True, False])
def test_a_factor_that_is_set_up_need_not_be_asked_for(tmp_path: Path, more: Any, required: bool) -> None:
    found = one(tmp_path, user(enable_user_portal_multifactor=required, **more))
    assert found.mfa_enrolled
    with pytest.raises(UnknownFact, match="access policies"):
        _ = found.mfa


@pytest.mark.parametrize(
    "more", [{}, {"mfa": {"configured": True}}, {"mfaEnrollment": {"overallStatus": "else"}}, {"totp_enabled": None}]
)
def test_a_factor_that_is_not_told_is_unknown(tmp_path: Path, more: Any) -> None:
    """No app for codes is not no factor: push and WebAuthn are factors too."""
    with pytest.raises(UnknownFact):
        _ = one(tmp_path, user(**more)).mfa


def test_systems_are_devices_in_use(tmp_path: Path) -> None:
    found = device(tmp_path)
    assert (found.id, found.name, found.status, found.disk_encrypted) == ("MP17U84L", "LAPTOP-1", "in_use", True)
    for fact in ("owner_email", "protected", "wiped_at", "returned_at"):
        with pytest.raises(UnknownFact):
            getattr(found, fact)


@pytest.mark.parametrize("serial", [None, "", "  ", "N/A"])
def test_a_system_without_a_serial_number_goes_by_its_id(tmp_path: Path, serial: Any) -> None:
    assert device(tmp_path, serialNumber=serial).id == f"jumpcloud/{ORGANIZATION}/systems/5dc094e91b6c344c321f5bd5"


@pytest.mark.parametrize(("system", "encrypted"), [("Windows", False), ("Mac OS X", False)])
def test_a_disk_that_is_not_encrypted(tmp_path: Path, system: str, encrypted: bool) -> None:
    assert device(tmp_path, os=system, fde={"active": False}).disk_encrypted is encrypted


@pytest.mark.parametrize(
    "more", [{"fde": None}, {"fde": {}}, {"fde": {"active": None}}, {"os": "Ubuntu", "fde": {"active": False}}]
)
def test_a_disk_of_which_nothing_is_told(tmp_path: Path, more: Any) -> None:
    with pytest.raises(UnknownFact):
        _ = device(tmp_path, **more).disk_encrypted


@pytest.mark.parametrize("seen", ["2026-10-20T20:44:24.082Z", None, "soon"])
def test_what_a_silent_system_said_is_unknown(tmp_path: Path, seen: Any) -> None:
    found = device(tmp_path, lastContact=seen)
    assert found.status == "in_use"
    with pytest.raises(UnknownFact, match="reported last"):
        _ = found.disk_encrypted


@pytest.mark.parametrize("again", [True, False])
def test_a_machine_that_was_enrolled_twice_is_one_device(tmp_path: Path, again: bool) -> None:
    inventory = load(tmp_path, {"systems": page(SYSTEM, {**SYSTEM, "_id": "5d" * 12, "fde": {"active": again}})})
    (found,) = every(inventory, Device)
    assert gaps(inventory, Device) == set()
    if again:
        assert found.disk_encrypted
        return
    with pytest.raises(UnknownFact):
        _ = found.disk_encrypted


def test_servers_count_as_devices(tmp_path: Path) -> None:
    server = {**SYSTEM, "_id": "5d" * 12, "amazonInstanceID": "i-1", "serialNumber": "ec2-1", "os": "Amazon Linux"}
    assert len(every(load(tmp_path, {"systems": page(SYSTEM, server)}), Device)) == 2


@pytest.mark.parametrize("total", [2, 11, "1", None])
def test_fewer_than_there_are_is_not_all(tmp_path: Path, total: Any) -> None:
    body = {**page(user()), "totalCount": total}
    assert gaps(load(tmp_path, {"systemusers": body}))


def test_all_pages_together_are(tmp_path: Path) -> None:
    second = {**user(), "_id": "aabbccdd001122334455667703"}
    files = {"systemusers.page1": page(user(), total=2), "systemusers.page2": page(second, total=2)}
    inventory = load(tmp_path, files)
    assert (len(every(inventory, JumpcloudUser)), gaps(inventory)) == (2, set())


def test_a_bare_list_is_not_all(tmp_path: Path) -> None:
    assert gaps(load(tmp_path, {"systemusers": [user()]}))


@pytest.mark.parametrize(("code", "gap"), [(401, "denied"), (403, "denied"), (500, "failed"), (None, "failed")])
def test_a_refusal_is_told(tmp_path: Path, code: Any, gap: str) -> None:
    body = {"code": code, "message": "Unauthorized", "status": "UNAUTHENTICATED"}
    assert gap in gaps(load(tmp_path, {"systemusers": body}))


def test_the_export_of_another_organization_is_refused(tmp_path: Path) -> None:
    inventory = load(tmp_path, {"systemusers": page(user()), "systems": page(SYSTEM)}, organization=OTHER)
    assert (gaps(inventory), gaps(inventory, Device)) == ({"identity"}, {"identity"})
    assert every(inventory, JumpcloudUser) == []
