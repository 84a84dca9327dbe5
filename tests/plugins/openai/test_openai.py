"""Users, projects, service accounts and keys of OpenAI, and what the shipped controls say of them."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, TypeVar

import pytest

from soc2test import Credential, Identity, Resource, UnknownFact
from soc2test.evidence.read_limits import ReadLimits
from soc2test.inventory.dating import Clock
from soc2test.inventory.inventory import Inventory
from soc2test.inventory.load import Request, load_inventory
from soc2test.testing import check
from soc2test_plugins.openai.kinds import OpenaiAdminKey, OpenaiKey, OpenaiProject, OpenaiServiceAccount, OpenaiUser
from soc2test_plugins.openai.source import openai
from soc2test_policies.cc6.keys import test_keys_are_rotated as rotated
from soc2test_policies.cc6.keys import test_unused_keys_are_removed as used

K = TypeVar("K", bound=Resource)

AS_OF = datetime(2026, 11, 20, 12, tzinfo=UTC)
SAMPLES = Path(__file__).parent / "samples"
PROJECTS = {
    "object": "list",
    "data": [{"id": "proj_abc", "object": "organization.project", "name": "P", "status": "active"}],
    "has_more": False,
}


def sample(name: str) -> Any:
    return json.loads((SAMPLES / f"{name}.json").read_text())


def load(folder: Path, files: dict[str, Any]) -> Inventory:
    below = folder / "openai" / "acme"
    below.mkdir(parents=True, exist_ok=True)
    for name, body in files.items():
        (below / f"{name}.json").write_text(json.dumps(body))
    request = Request(
        folder, {"openai": openai}, lambda _: [], {}, {},
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


def key(**more: Any) -> dict[str, Any]:
    return {**sample("list-project-api-keys")["data"][0], **more}


def keys(*items: dict[str, Any], has_more: Any = False) -> dict[str, Any]:
    return {"object": "list", "data": list(items), "has_more": has_more}


def test_users_of_the_organization(tmp_path: Path) -> None:
    found = only(load(tmp_path, {"list-users": sample("list-users")}), OpenaiUser)
    assert (found.id, found.name, found.email) == ("openai/acme/users/user_abc", "user@example.com", "user@example.com")
    assert (found.human, found.root, found.active, found.admin) == (True, False, True, True)
    assert found.created_at == datetime(2024, 3, 26, 16, 45, 33, tzinfo=UTC)
    for fact in ("mfa", "password", "last_used_at"):
        with pytest.raises(UnknownFact):
            getattr(found, fact)


@pytest.mark.parametrize("role", ["reader", "custom", 7])
def test_who_is_no_owner_may_have_rights_by_other_roles(tmp_path: Path, role: Any) -> None:
    users = sample("list-users")
    users["data"][0]["role"] = role
    with pytest.raises(UnknownFact):
        _ = only(load(tmp_path, {"list-users": users}), OpenaiUser).admin


def test_keys_of_a_project_and_of_administrators(tmp_path: Path) -> None:
    inventory = load(tmp_path, {
        "list-projects": sample("list-projects"),
        "list-project-api-keys.proj_abc": sample("list-project-api-keys"),
        "admin-api-keys-list": sample("list-all-organization-and-project-api-keys"),
    })  # fmt: skip
    project, admin = only(inventory, OpenaiKey), only(inventory, OpenaiAdminKey)
    assert (project.id, project.identity, project.project) == (
        "openai/acme/keys/key_abc", "openai/acme/users/user_abc", "openai/acme/projects/proj_abc"
    )  # fmt: skip
    assert (admin.id, admin.identity) == ("openai/acme/admin-keys/key_abc", "openai/acme/service-accounts/sa_456")
    assert (project.active, project.expires_at, admin.active) == (True, None, True)
    assert admin.expires_at == datetime(2024, 4, 25, 16, 45, 33, tzinfo=UTC)
    assert gap_codes(inventory, Credential) == set()
    assert check(rotated, project).verdict == "fail"  # made in 2024
    assert check(used, project).verdict == "fail"


def test_a_young_key_that_is_used(tmp_path: Path) -> None:
    made = int((AS_OF - timedelta(days=20)).timestamp())
    body = keys(key(created_at=made, last_used_at=made + 9))
    inventory = load(tmp_path, {"list-projects": PROJECTS, "list-project-api-keys.proj_abc": body})
    young = only(inventory, OpenaiKey)
    assert (check(rotated, young).verdict, check(used, young).verdict) == ("pass", "pass")


def test_a_key_that_was_never_used(tmp_path: Path) -> None:
    body = keys(key(last_used_at=None))
    inventory = load(tmp_path, {"list-projects": PROJECTS, "list-project-api-keys.proj_abc": body})
    assert only(inventory, OpenaiKey).last_used_at is None


def test_a_key_of_an_archived_project_serves_no_more(tmp_path: Path) -> None:
    projects = json.loads(json.dumps(PROJECTS))
    projects["data"][0]["status"] = "archived"
    inventory = load(tmp_path, {"list-projects": projects, "list-project-api-keys.proj_abc": keys(key())})
    assert only(inventory, OpenaiKey).active is False


@pytest.mark.parametrize("owner", [None, {}, {"type": "robot"}, {"type": "user"}, {"type": "user", "user": {}}])
def test_a_key_of_nobody_is_of_somebody_unknown(tmp_path: Path, owner: Any) -> None:
    inventory = load(tmp_path, {"list-projects": PROJECTS, "list-project-api-keys.proj_abc": keys(key(owner=owner))})
    with pytest.raises(UnknownFact):
        _ = only(inventory, OpenaiKey).identity


def test_service_accounts_have_no_owner_that_openai_tells(tmp_path: Path) -> None:
    body = sample("list-project-service-accounts")
    inventory = load(tmp_path, {"list-projects": PROJECTS, "list-project-service-accounts.proj_abc": body})
    found = only(inventory, OpenaiServiceAccount)
    assert (found.id, found.name, found.human, found.owner) == (
        "openai/acme/service-accounts/svc_acct_abc", "svc_acct_abc", False, None
    )  # fmt: skip


def test_a_project_whose_keys_were_not_exported_is_missed(tmp_path: Path) -> None:
    inventory = load(tmp_path, {"list-projects": PROJECTS, "admin-api-keys-list": keys()})
    assert gap_codes(inventory, OpenaiKey)
    assert gap_codes(inventory, OpenaiServiceAccount)
    assert gap_codes(inventory, OpenaiAdminKey) == set()


def test_keys_of_administrators_are_missed_beside_those_of_projects(tmp_path: Path) -> None:
    inventory = load(tmp_path, {"list-projects": PROJECTS, "list-project-api-keys.proj_abc": keys()})
    assert gap_codes(inventory, OpenaiKey) == set()
    assert gap_codes(inventory, OpenaiAdminKey)


@pytest.mark.parametrize("has_more", [True, None, "false"])
def test_a_list_that_goes_on_is_not_whole(tmp_path: Path, has_more: Any) -> None:
    inventory = load(tmp_path, {"admin-api-keys-list": keys(has_more=has_more)})
    assert gap_codes(inventory, OpenaiAdminKey)


def test_nobody_at_all_is_no_list_of_users(tmp_path: Path) -> None:
    inventory = load(tmp_path, {"list-users": keys()})
    assert gap_codes(inventory, Identity)


@pytest.mark.parametrize("status", ["active", "archived", "else"])
def test_projects(tmp_path: Path, status: str) -> None:
    projects = json.loads(json.dumps(PROJECTS))
    projects["data"][0]["status"] = status
    found = only(load(tmp_path, {"list-projects": projects}), OpenaiProject)
    if status == "else":
        with pytest.raises(UnknownFact):
            _ = found.active
    else:
        assert found.active is (status == "active")


@pytest.mark.parametrize("code", ["invalid_api_key", None])
def test_a_refusal_is_told(tmp_path: Path, code: Any) -> None:
    error = {"error": {"message": "no", "type": "invalid_request_error", "param": None, "code": code}}
    assert gap_codes(load(tmp_path, {"list-users": error}), OpenaiUser)
