"""How these tests read GitLab's exports: a small group in the shapes of GitLab's documentation, and its inventory."""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import quote

from soc2test import Resource
from soc2test.evidence.read_limits import ReadLimits
from soc2test.inventory.dating import Clock
from soc2test.inventory.inventory import Inventory
from soc2test.inventory.load import Request, load_inventory
from soc2test_plugins.gitlab.source import gitlab
from soc2test_plugins.registers import soc2_sources as registers

K = TypeVar("K", bound=Resource)

AS_OF = datetime(2026, 11, 20, 12, tzinfo=UTC)
SAMPLES = Path(__file__).parent / "samples"
HOST = "https://gitlab.com"
WEB = "gitlab/gitlab.com/acme/web"
SHA = "8888888888888888888888888888888888888888"
EARLIER = "7777777777777777777777777777777777777777"


def sample(name: str) -> Any:
    """An answer as cartography has it."""
    return json.loads((SAMPLES / f"{name}.json").read_text())


def user(name: str, **more: Any) -> dict[str, Any]:
    """As `UserBasic`."""
    return {"id": 1, "username": name, "name": name, "state": "active", "web_url": f"{HOST}/{name}", **more}


def member(name: str, level: int = 30, **more: Any) -> dict[str, Any]:
    joined = {"created_at": "2024-01-02T03:04:05.000Z", "expires_at": None, "access_level": level}
    return user(name, **joined, **more)


def full_user(name: str, **more: Any) -> dict[str, Any]:
    """As a list of users tells it to an administrator."""
    told = {
        "email": f"{name}@acme.example", "created_at": "2024-01-02T03:04:05Z", "is_admin": False, "bot": False,
        "last_sign_in_at": "2026-11-10T08:00:00Z", "current_sign_in_at": "2026-11-17T08:00:00Z",
        "last_activity_on": "2026-11-18", "identities": [], "two_factor_enabled": True,
    }  # fmt: skip
    return user(name, **{**told, **more})


def project(path: str = "acme/web", id: int = 7, **more: Any) -> dict[str, Any]:
    told = {
        "id": id, "path_with_namespace": path, "web_url": f"{HOST}/{path}", "visibility": "private", "archived": False,
        "default_branch": "main", "empty_repo": False, "only_allow_merge_if_pipeline_succeeds": True,
        "allow_merge_on_skipped_pipeline": None, "secret_push_protection_enabled": True,
    }  # fmt: skip
    return {**told, **more}


def branch(name: str = "main", push: Any = 0, merge: Any = 40, **more: Any) -> dict[str, Any]:
    """A protected branch; `push` and `merge` are a level or whole entries."""
    return {
        "id": 1, "name": name, "push_access_levels": _levels(push), "merge_access_levels": _levels(merge),
        "allow_force_push": False, "code_owner_approval_required": False, **more,
    }  # fmt: skip


def _levels(said: Any) -> Any:
    return [{"id": 1, "access_level": said, "access_level_description": "x"}] if isinstance(said, int) else said


def rule(approvals: int = 1, type: str = "any_approver", eligible: int = 0, **more: Any) -> dict[str, Any]:
    return {
        "id": 1, "name": "All Members", "rule_type": type, "approvals_required": approvals, "users": [], "groups": [],
        "eligible_approvers": [user(f"person{place}") for place in range(eligible)], "protected_branches": [],
        "applies_to_all_protected_branches": False, "contains_hidden_groups": False, **more,
    }  # fmt: skip


def settings(**more: Any) -> dict[str, Any]:
    return {
        "approvals_before_merge": 0, "reset_approvals_on_push": True, "merge_requests_author_approval": False,
        "disable_overriding_approvers_per_merge_request": True, "merge_requests_disable_committers_approval": True,
        "require_password_to_approve": False, "selective_code_owner_removals": False, **more,
    }  # fmt: skip


def merge_request(number: int = 3, **more: Any) -> dict[str, Any]:
    told = {
        "id": 900 + number, "iid": number, "project_id": 7, "title": "Charge in cents", "state": "merged",
        "merge_user": user("ben"), "merged_by": user("ben"), "merged_at": "2026-11-18T10:00:00.000Z",
        "target_branch": "main", "source_branch": "cents", "author": user("ann"), "labels": ["payments"], "sha": SHA,
        "merge_commit_sha": "9" * 40, "squash_commit_sha": None, "source_project_id": 7, "target_project_id": 7,
        "web_url": f"{HOST}/acme/web/-/merge_requests/{number}",
        "references": {"short": f"!{number}", "relative": f"!{number}", "full": f"acme/web!{number}"},
    }  # fmt: skip
    return {**told, **more}


def approved(**times: str) -> dict[str, Any]:
    """The approvals of a merge request: who, and since when."""
    given = [{"user": user(name), "approved_at": f"2026-11-{time}.000Z"} for name, time in times.items()]
    return {"user_has_approved": False, "user_can_approve": False, "approved": bool(given), "approved_by": given}


def push(head: str, time: str, patch: str | None = "p") -> dict[str, Any]:
    return {
        "id": 110, "head_commit_sha": head, "base_commit_sha": "e" * 40, "start_commit_sha": "e" * 40, "state": "collected",
        "created_at": f"2026-11-{time}.000Z", "merge_request_id": 903, "real_size": "1", "patch_id_sha": patch,
    }  # fmt: skip


def commit(author: str = "ann@acme.example", sha: str = SHA, **more: Any) -> dict[str, Any]:
    return {
        "id": sha, "short_id": sha[:8], "parent_ids": [], "title": "Charge in cents", "message": "Charge in cents\n",
        "author_name": "A", "author_email": author, "committer_name": "A", "committer_email": author, **more,
    }  # fmt: skip


def on_branch(sha: str, day: int, *parents: str, author: str = "ann@acme.example", month: int = 11) -> dict[str, Any]:
    """A commit as the list of a branch has it."""
    when = f"2026-{month:02}-{day:02}T10:00:00.000+00:00"
    return {**commit(author, sha), "parent_ids": list(parents), "created_at": when, "committed_date": when}


def pipeline(status: str = "success", sha: str = SHA, finished: str | None = "18T09:50:00") -> dict[str, Any]:
    ended = None if finished is None else f"2026-11-{finished}.000Z"
    return {"id": 5, "sha": sha, "ref": "cents", "status": status, "source": "push", "finished_at": ended}


def group_files(*paths: str, projects: Any = None, members: Any = None) -> dict[str, Any]:
    """The lists of a group whose projects have these paths, and what guards each: nothing of it deviates."""
    listed = projects if projects is not None else [project(path, 7 + place) for place, path in enumerate(paths)]
    people = members if members is not None else [member("ann", 50), member("ben", 40), member("cleo", 30)]
    files: dict[str, Any] = {
        "groups.get": {"id": 1, "full_path": "acme", "web_url": f"{HOST}/groups/acme", "require_two_factor_authentication": True},
        "groups.projects": listed,
        "groups.members.all": people,
    }  # fmt: skip
    for path in paths:
        name = quote(path, safe="")
        files[f"projects.members.all.{name}"] = people
        files[f"projects.protected_branches.{name}"] = [branch()]
        files[f"projects.approval_rules.{name}"] = [rule()]
        files[f"projects.approvals.{name}"] = settings()
    return files


def merged_files(**more: Any) -> dict[str, Any]:
    """A group with one merge request that another approved, and whose pipeline had passed."""
    return {
        **group_files("acme/web"),
        "projects.merge_requests.acme%2Fweb": [merge_request()],
        "merge_requests.approvals.acme%2Fweb~3": approved(ben="18T09:30:00"),
        "merge_requests.versions.acme%2Fweb~3": [push(SHA, "18T09:00:00"), push(EARLIER, "17T09:00:00", "o")],
        "merge_requests.commits.acme%2Fweb~3": [commit()],
        "merge_requests.get.acme%2Fweb~3": {**merge_request(), "head_pipeline": pipeline()},
        **{f"{operation}.acme%2Fweb~3": body for operation, body in more.items()},
    }  # fmt: skip


def people(*entries: tuple[str, list[str]]) -> dict[str, Any]:
    """A register of people: address and accounts."""
    kept = [
        {
            "name": email.partition("@")[0].title(), "email": email, "employment": "employee", "active": True, "role": "developer",
            "manager_email": None, "started_at": "2021-03-01", "background_check_at": "2021-02-15",
            "nda_signed_at": "2021-03-01", "code_of_conduct_version": "2.1", "code_of_conduct_at": "2026-01-14",
            "accounts": accounts,
        }
        for email, accounts in entries
    ]  # fmt: skip
    return {"register": "people", "as_of": "2026-11-20", "owner": "rosa.people@acme.example", "entries": kept}


PEOPLE = people(("ann@acme.example", ["gitlab:ann"]), ("ben@acme.example", ["gitlab:ben"]))


def load(
    folder: Path, files: dict[str, Any], *, host: str = "gitlab.com", group: str = "acme", register: Any = None
) -> Inventory:
    """The inventory of exports that hold these files for one group: name without .json -> body (or text)."""
    below = folder / "gitlab" / host / group
    below.mkdir(parents=True, exist_ok=True)
    for name, body in files.items():
        (below / f"{name}.json").write_text(body if isinstance(body, str) else json.dumps(body))
    if register is not None:
        (folder / "registers").mkdir(exist_ok=True)
        (folder / "registers/people.json").write_text(json.dumps(register))
    sources = {"gitlab": gitlab, **{source.name: source for source in registers()}}
    request = Request(
        folder, sources, lambda _: [], {}, {}, ReadLimits(),
        Clock(AS_OF, AS_OF),
    )  # fmt: skip
    loaded = load_inventory(request)
    assert loaded.problems == ()
    return loaded.inventory


def members(inventory: Inventory, kind: type[K]) -> dict[str, K]:
    """By the last part of the id."""
    found = (each for each in inventory.members(kind) if isinstance(each, kind))
    return {each.id.rpartition("/")[2]: each for each in found}


def gaps(inventory: Inventory, kind: type[Resource]) -> set[str]:
    return {gap.code for gap in inventory.gaps(kind)}
