"""Users and keys of Anthropic, and what the shipped controls say of them."""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TypeVar

import pytest

from soc2test import Resource, UnknownFact
from soc2test.evidence.read_limits import ReadLimits
from soc2test.inventory.dating import Clock
from soc2test.inventory.inventory import Inventory
from soc2test.inventory.load import Request, load_inventory
from soc2test.testing import check
from soc2test_plugins.anthropic.kinds import AnthropicKey, AnthropicUser
from soc2test_plugins.anthropic.source import anthropic
from soc2test_policies.cc6.keys import test_keys_are_rotated as rotated

K = TypeVar("K", bound=Resource)

AS_OF = datetime(2026, 11, 20, 12, tzinfo=UTC)
SAMPLES = Path(__file__).parent / "samples"


def items(name: str) -> list[Any]:
    found: list[Any] = json.loads((SAMPLES / f"{name}.json").read_text())
    return found


def page(*data: Any, has_more: Any = False) -> dict[str, Any]:
    return {"data": list(data), "first_id": None, "has_more": has_more, "last_id": None}


def key(**more: Any) -> dict[str, Any]:
    return {**items("apikeys.anthropic_apikeys")[0], **more}


def load(folder: Path, files: dict[str, Any]) -> Inventory:
    below = folder / "anthropic" / "acme"
    below.mkdir(parents=True, exist_ok=True)
    for name, body in files.items():
        (below / f"{name}.json").write_text(json.dumps(body))
    request = Request(
        folder, {"anthropic": anthropic}, lambda _: [], {}, {},
        ReadLimits(), Clock(AS_OF, AS_OF),
    )  # fmt: skip
    loaded = load_inventory(request)
    assert loaded.problems == ()
    return loaded.inventory


def every(inventory: Inventory, kind: type[K]) -> list[K]:
    return [each for each in inventory.members(kind) if isinstance(each, kind)]


def only(inventory: Inventory, kind: type[K]) -> K:
    (found,) = every(inventory, kind)
    return found


def gap_codes(inventory: Inventory, kind: type[Resource]) -> set[str]:
    return {gap.code for gap in inventory.gaps(kind)}


def test_users_of_the_organization(tmp_path: Path) -> None:
    inventory = load(tmp_path, {"users.list": page(*items("users.anthropic_users"))})
    admin, other = sorted(every(inventory, AnthropicUser), key=lambda each: not each.admin)
    assert (admin.name, admin.email, admin.admin) == ("mbsimpson@simpson.corp", "mbsimpson@simpson.corp", True)
    assert (other.admin, other.human, other.active, other.root) == (False, True, True, False)
    assert gap_codes(inventory, AnthropicUser) == set()


@pytest.mark.parametrize("role", ["managed", "membership_admin", "else", None])
def test_a_role_that_does_not_tell_is_unknown(tmp_path: Path, role: Any) -> None:
    user = items("users.anthropic_users")[0] | {"role": role}
    with pytest.raises(UnknownFact):
        _ = only(load(tmp_path, {"users.list": page(user)}), AnthropicUser).admin


def test_a_key(tmp_path: Path) -> None:
    found = only(load(tmp_path, {"api_keys.list": page(key(expires_at=None))}), AnthropicKey)
    assert found.id == "anthropic/acme/keys/apikey_01Rj2N8SVvo6BePZj99NhmiT"
    assert found.identity == "anthropic/acme/users/user_EneequohSheesh3Ohtaefu8we2aite"
    assert (found.active, found.expires_at, found.created_at.year) == (True, None, 2024)
    assert check(rotated, found).verdict == "fail"
    with pytest.raises(UnknownFact):
        _ = found.last_used_at


@pytest.mark.parametrize(
    ("status", "active"), [("active", True), ("inactive", False), ("archived", False), ("expired", False)]
)
def test_states_of_keys(tmp_path: Path, status: str, active: bool) -> None:
    assert only(load(tmp_path, {"api_keys.list": page(key(status=status))}), AnthropicKey).active is active


@pytest.mark.parametrize(
    "change", [{"status": "else"}, {"status": None}]
)  # fmt: skip
def test_a_state_that_nobody_knows_is_unknown(tmp_path: Path, change: Any) -> None:
    with pytest.raises(UnknownFact):
        _ = only(load(tmp_path, {"api_keys.list": page(key(**change))}), AnthropicKey).active


@pytest.mark.parametrize(
    "change",
    [{"created_by": None}, {"created_by": {"type": "service_account", "id": "svac_1"}}, {"created_by": {}},
     {"principal": {"type": "service_account_actor", "service_account_id": "svac_1"}}],
)  # fmt: skip
def test_whose_a_key_is_may_not_be_told(tmp_path: Path, change: Any) -> None:
    with pytest.raises(UnknownFact):
        _ = only(load(tmp_path, {"api_keys.list": page(key(**change))}), AnthropicKey).identity


@pytest.mark.parametrize("has_more", [True, None, "false"])
def test_a_list_that_goes_on_is_not_whole(tmp_path: Path, has_more: Any) -> None:
    assert gap_codes(load(tmp_path, {"api_keys.list": page(key(), has_more=has_more)}), AnthropicKey)


def test_a_refusal_is_told(tmp_path: Path) -> None:
    error = {"type": "error", "error": {"type": "authentication_error", "message": "invalid x-api-key"}}
    assert gap_codes(load(tmp_path, {"users.list": error}), AnthropicUser)
