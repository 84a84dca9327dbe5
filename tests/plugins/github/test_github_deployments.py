"""Environments and who must approve a deployment there; the organisation's rulesets."""

import json
from pathlib import Path
from typing import Any

import pytest
from github_reading import error, gap_codes, load, only, repo, sample, user

from soc2test import UnknownFact
from soc2test_plugins.github.kinds import GithubEnvironment, GithubRepository

REVIEWERS: dict[str, Any] = {
    "id": 1,
    "type": "required_reviewers",
    "prevent_self_review": True,
    "reviewers": [{"type": "User", "reviewer": user("ann")}],
}


def environments(*each: dict[str, Any], total: Any = None) -> dict[str, Any]:
    return {"total_count": len(each) if total is None else total, "environments": list(each)}


def environment(folder: Path, *rules: dict[str, Any], **more: Any) -> GithubEnvironment:
    body = environments({"name": "production", "protection_rules": list(rules), **more})
    files = {"repos.list-for-org": [repo()], "repos.get-all-environments.web": body}
    return only(load(folder, files), GithubEnvironment)


@pytest.mark.parametrize(
    ("rules", "approval", "blocked"),
    [
        ([REVIEWERS], True, True),
        ([{"id": 2, "type": "wait_timer", "wait_timer": 30}, REVIEWERS], True, True),
        ([{**REVIEWERS, "prevent_self_review": False}], True, False),
        ([{**REVIEWERS, "reviewers": []}], False, True),
        ([{"id": 2, "type": "branch_policy"}], False, False),
        ([], False, False),
    ],
)
def test_approvals(tmp_path: Path, rules: list[dict[str, Any]], approval: bool, blocked: bool) -> None:
    found = environment(tmp_path, *rules)
    assert (found.id, found.repository) == ("github/acme/web/environments/production", "web")
    assert (found.approval_required, found.self_approval_blocked) == (approval, blocked)


@pytest.mark.parametrize("value", ["false", None, 0])
def test_a_switch_that_is_none_is_unknown(tmp_path: Path, value: Any) -> None:
    found = environment(tmp_path, {**REVIEWERS, "prevent_self_review": value}, can_admins_bypass=value)
    for fact in ("self_approval_blocked", "admins_bound"):
        with pytest.raises(UnknownFact):
            getattr(found, fact)


@pytest.mark.parametrize("missing", ["prevent_self_review", "reviewers"])
def test_what_a_rule_leaves_out_is_unknown(tmp_path: Path, missing: str) -> None:
    found = environment(tmp_path, {key: value for key, value in REVIEWERS.items() if key != missing})
    with pytest.raises(UnknownFact):
        _ = (found.approval_required, found.self_approval_blocked)


def test_each_repository_needs_its_list(tmp_path: Path) -> None:
    files = {"repos.list-for-org": [repo(), repo("infra")], "repos.get-all-environments.web": environments()}
    assert gap_codes(load(tmp_path, files), GithubEnvironment) == {"missing"}
    whole = {**files, "repos.get-all-environments.infra": environments()}
    assert gap_codes(load(tmp_path, whole), GithubEnvironment) == set()


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (environments({"name": "a", "protection_rules": []}, total=31), "partial"),
        ({"environments": []}, "partial"),
        (error("Not Found", "404"), "denied"),
        ({"total_count": 0}, "unreadable"),
    ],
)
def test_lists_that_are_not_whole(tmp_path: Path, body: Any, code: str) -> None:
    files = {"repos.list-for-org": [repo()], "repos.get-all-environments.web": body}
    assert gap_codes(load(tmp_path, files), GithubEnvironment) == {code}


def at_home(body: dict[str, Any]) -> dict[str, Any]:
    """GitHub's example, as this organization's repository would print it."""
    said: dict[str, Any] = json.loads(json.dumps(body).replace("repos/github/hello-world", "repos/acme/web"))
    return said


def test_sample_of_environments(tmp_path: Path) -> None:
    files = {
        "repos.list-for-org": [repo()],
        "repos.get-all-environments.web": at_home(sample("repos__get-all-environments")),
    }
    found = only(load(tmp_path, files), GithubEnvironment)
    assert (found.name, found.approval_required, found.self_approval_blocked) == ("staging", True, False)


RULE = {
    "type": "pull_request",
    "ruleset_id": 21,
    "parameters": {"required_approving_review_count": 1, "dismiss_stale_reviews_on_push": True},
}


def guarded(folder: Path, **files: Any) -> GithubRepository:
    own = {
        "repos.list-for-org": [repo()],
        "repos.get-branch-protection.web~main": error("Branch not protected", "404"),
        "repos.get-branch-rules.web~main": [RULE],
    }
    named = {f"repos.{name.replace('_', '-')}": body for name, body in files.items()}
    return only(load(folder, {**own, **named}), GithubRepository)


def test_who_bypasses_the_organisations_ruleset(tmp_path: Path) -> None:
    team = sample("repos__get-org-ruleset")
    assert not guarded(tmp_path, get_org_ruleset=team).admins_bound
    assert guarded(tmp_path, get_org_ruleset=[{"id": 21, "bypass_actors": []}]).admins_bound


@pytest.mark.parametrize("body", [[], [{"id": 21}], [{"id": 22, "bypass_actors": []}], error("Not Found", "404")])
def test_a_ruleset_that_nothing_tells(tmp_path: Path, body: Any) -> None:
    with pytest.raises(UnknownFact):
        _ = guarded(tmp_path, get_org_ruleset=body).admins_bound


def test_the_repositorys_own_export_goes_first(tmp_path: Path) -> None:
    files = {"get_repo_ruleset.web": [{"id": 21, "bypass_actors": [{"actor_type": "RepositoryRole"}]}]}
    assert not guarded(tmp_path, get_org_ruleset=[{"id": 21, "bypass_actors": []}], **files).admins_bound


TEAM = {"type": "Team", "reviewer": {"id": 1, "name": "Operations", "slug": "operations"}}


def test_who_may_approve_is_told(tmp_path: Path) -> None:
    """An app's account and a known agent are no people; of a team its name alone is told."""
    named = [
        {"type": "User", "reviewer": each}
        for each in (user("ann"), {**user("app[bot]"), "type": "Bot"}, user("copilot"))
    ]
    found = environment(tmp_path, {**REVIEWERS, "reviewers": [*named, TEAM]})
    told = [(reviewer.login, reviewer.human) for reviewer in found.reviewers]
    assert told == [("ann", True), ("app[bot]", False), ("copilot", False)]
    assert found.reviewing_teams == ("operations",)


@pytest.mark.parametrize(
    "reviewer",
    [
        {"type": "Robot", "reviewer": user("ann")},
        {"type": "User", "reviewer": None},
        {"type": "User", "reviewer": {**user("ann"), "type": "Robot"}},
        {"reviewer": user("ann")},
    ],
)
def test_a_reviewer_of_an_unknown_kind_is_unknown(tmp_path: Path, reviewer: dict[str, Any]) -> None:
    with pytest.raises(UnknownFact):
        _ = environment(tmp_path, {**REVIEWERS, "reviewers": [reviewer]}).reviewers


def test_a_team_without_a_name_is_unknown(tmp_path: Path) -> None:
    with pytest.raises(UnknownFact):
        _ = environment(tmp_path, {**REVIEWERS, "reviewers": [{"type": "Team", "reviewer": {"id": 1}}]}).reviewing_teams
