"""Users of Duo, and who of them is let in without a second factor.

Guesses that the documents or the sample refuted: a group's status overrides the user's, and is written otherwise
(`Active`); the documentation says that it is not shown, and the sample has it; who has a factor need not be asked for it.
"""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from soc2test import UnknownFact
from soc2test.evidence.read_limits import ReadLimits
from soc2test.inventory.dating import Clock
from soc2test.inventory.inventory import Inventory
from soc2test.inventory.load import Request, load_inventory
from soc2test_plugins.duo.kinds import DuoUser
from soc2test_plugins.duo.source import duo

AS_OF = datetime(2026, 11, 20, 12, tzinfo=UTC)
SAMPLES: list[dict[str, Any]] = json.loads((Path(__file__).parent / "samples/users.json").read_text())
BYPASSING = [{"name": "Emergency", "status": "Bypass"}]
DISABLED = [{"name": "Left", "status": "Disabled"}]


def page(*users: Any, **metadata: Any) -> dict[str, Any]:
    return {"stat": "OK", "response": users, "metadata": {"total_objects": len(users), **metadata}}


def user(**more: Any) -> dict[str, Any]:
    return {**SAMPLES[0], **more}


def load(folder: Path, files: dict[str, Any], account: str = "acme") -> Inventory:
    below = folder / "duo" / account
    below.mkdir(parents=True, exist_ok=True)
    for name, body in files.items():
        (below / f"{name}.json").write_text(json.dumps(body))
    request = Request(
        folder, {"duo": duo}, lambda _: [], {}, {},
        ReadLimits(), Clock(AS_OF, AS_OF),
    )  # fmt: skip
    loaded = load_inventory(request)
    assert loaded.problems == ()
    return loaded.inventory


def users(inventory: Inventory) -> list[DuoUser]:
    return [each for each in inventory.members(DuoUser) if isinstance(each, DuoUser)]


def one(folder: Path, item: dict[str, Any]) -> DuoUser:
    (found,) = users(load(folder, {"users": page(item)}))
    return found


def gaps(inventory: Inventory) -> set[str]:
    return {gap.code for gap in inventory.gaps(DuoUser)}


def test_users_of_a_real_list(tmp_path: Path) -> None:
    inventory = load(tmp_path, {"users": page(*SAMPLES)})
    first, _ = sorted(users(inventory), key=lambda each: each.id)
    assert (first.id, first.name, first.email) == ("duo/acme/users/userid1", "mbsimpson", "mbsimpson@simpson.corp")
    assert (first.active, first.mfa_enrolled, first.bypasses, first.disabled_at) == (True, True, False, None)
    assert (first.created_at.year, first.last_used_at and first.last_used_at.year) == (2017, 2023)
    assert gaps(inventory) == set()


@pytest.mark.parametrize(
    ("status", "active"), [("active", True), ("bypass", True), ("locked out", True), ("disabled", False)]
)
def test_statuses(tmp_path: Path, status: str, active: bool) -> None:
    assert one(tmp_path, user(status=status)).active is active


@pytest.mark.parametrize(
    "more",
    [{"status": "pending deletion"}, {"status": "else"}, {"status": None}, {"groups": DISABLED}, {"groups": None},
     {"groups": [{"name": "x"}]}, {"groups": [{"status": "else"}]}, {"status": "disabled", "groups": BYPASSING}],
)  # fmt: skip
def test_a_status_that_a_group_may_override_is_unknown(tmp_path: Path, more: Any) -> None:
    with pytest.raises(UnknownFact):
        _ = one(tmp_path, user(**more)).active


@pytest.mark.parametrize("more", [{"status": "bypass"}, {"groups": BYPASSING}, {"status": "bypass", "groups": None}])
def test_who_bypasses_signs_in_without_a_second_factor_whatever_is_enrolled(tmp_path: Path, more: Any) -> None:
    found = one(tmp_path, user(**more))
    assert (found.bypasses, found.mfa_enrolled, found.mfa) == (True, True, False)


def test_who_has_none_signs_in_without(tmp_path: Path) -> None:
    assert one(tmp_path, user(is_enrolled=False)).mfa is False
    assert one(tmp_path / "groups", user(is_enrolled=False, groups=None)).mfa is False


@pytest.mark.parametrize("more", [{}, {"is_enrolled": None}, {"groups": None}, {"status": "else"}])
def test_whether_one_is_asked_for_is_unknown(tmp_path: Path, more: Any) -> None:
    with pytest.raises(UnknownFact):
        _ = one(tmp_path, user(**more)).mfa


def test_who_never_signed_in(tmp_path: Path) -> None:
    assert one(tmp_path, user(last_login=None)).last_used_at is None


def test_an_account_without_an_address(tmp_path: Path) -> None:
    assert one(tmp_path, user(email="")).email is None


@pytest.mark.parametrize("metadata", [{"next_offset": 300}, {"next_offset": 0}, {"total_objects": 2}])
def test_a_page_that_another_follows_is_not_all(tmp_path: Path, metadata: Any) -> None:
    assert gaps(load(tmp_path, {"users": page(user(), **metadata)}))


def test_all_pages_together_are(tmp_path: Path) -> None:
    files = {
        "users.page1": page(SAMPLES[0], next_offset=1, total_objects=2),
        "users.page2": page(SAMPLES[1], prev_offset=0, total_objects=2),
    }
    inventory = load(tmp_path, files)
    assert (len(users(inventory)), gaps(inventory)) == (2, set())


@pytest.mark.parametrize("body", [SAMPLES, {"response": SAMPLES, "metadata": {}}, {"stat": "OK", "response": SAMPLES}, page()])
def test_a_list_that_was_cut_out_of_an_answer_is_not_all(tmp_path: Path, body: Any) -> None:
    assert gaps(load(tmp_path, {"users": body}))


@pytest.mark.parametrize("code", [40103, 40301, None, "x"])
def test_a_refusal_is_told(tmp_path: Path, code: Any) -> None:
    body = {"stat": "FAIL", "code": code, "message": "Invalid signature in request credentials"}
    inventory = load(tmp_path, {"users": body})
    assert (gaps(inventory), users(inventory)) == ({"failed"}, [])


def test_one_account_under_two_names_is_refused(tmp_path: Path) -> None:
    load(tmp_path, {"users": page(user())})
    assert "identity" in gaps(load(tmp_path, {"users": page(user())}, account="other"))
