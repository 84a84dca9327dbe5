"""The shipped controls over a group of GitLab: what is in order passes, and what is planted is found, and that alone."""

from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from gitlab_reading import (
    AS_OF,
    PEOPLE,
    SHA,
    approved,
    branch,
    commit,
    full_user,
    group_files,
    load,
    member,
    merge_request,
    merged_files,
    on_branch,
    pipeline,
    push,
    rule,
    settings,
)

from soc2test import Change, Commit, Identity, Repository
from soc2test.controls.control import control_of
from soc2test.evaluation.evaluate import evaluate
from soc2test.evaluation.limits import limits_of
from soc2test.evidence.read_limits import ReadLimits
from soc2test.inventory.dating import Clock
from soc2test.inventory.inventory import Inventory
from soc2test.inventory.load import Request, load_inventory
from soc2test.sources.loading import load_plugins
from soc2test_policies.cc6 import accounts, administrators, sign_in
from soc2test_policies.cc8 import branches, changes, commits

CONTROLS = {
    spec.id: spec
    for module in (accounts, administrators, branches, changes, commits, sign_in)
    for value in vars(module).values()
    if callable(value) and (spec := control_of(value)) is not None
}
ACME = Path(__file__).parents[3] / "fixtures/acme/exports"
TWO = ("acme/web", "acme/platform/api")


def judged(id: str, inventory: Inventory) -> tuple[str, list[str]]:
    """The verdict, and the resources that deviate or are unknown."""
    control = CONTROLS[id]
    result = evaluate([control], inventory, {id: limits_of(control, {})}, AS_OF)[id].result
    return result.verdict.value, [each.resource for each in result.findings]


def api(name: str, body: Any) -> dict[str, Any]:
    """An answer about the second project."""
    return {f"{name}.{quote(TWO[1], safe='')}": body}


@pytest.mark.parametrize("id", ["CHG-02", "CHG-03", "CHG-04", "CHG-05"])
def test_default_branches_that_are_guarded_pass(tmp_path: Path, id: str) -> None:
    assert judged(id, load(tmp_path, group_files(*TWO))) == ("pass", [])


@pytest.mark.parametrize(
    ("id", "planted"),
    [
        ("CHG-02", api("projects.protected_branches", [])),
        ("CHG-02", api("projects.protected_branches", [branch(push=40)])),
        ("CHG-02", api("projects.approval_rules", [rule(0)])),
        ("CHG-02", api("projects.approvals", settings(merge_requests_author_approval=True))),
        ("CHG-03", api("projects.approvals", settings(disable_overriding_approvers_per_merge_request=False))),
        ("CHG-03", api("projects.protected_branches", [branch(push=40, allow_force_push=True)])),
        ("CHG-04", api("projects.approvals", settings(reset_approvals_on_push=False))),
        ("CHG-05", api("projects.protected_branches", [branch(push=30)])),
    ],
)
def test_a_default_branch_that_is_not_guarded_is_found(tmp_path: Path, id: str, planted: dict[str, Any]) -> None:
    inventory = load(tmp_path, {**group_files(*TWO), **planted})
    assert judged(id, inventory) == ("fail", ["gitlab/gitlab.com/acme/platform/api"])


@pytest.mark.parametrize("id", ["CHG-02", "CHG-03", "CHG-04"])
def test_free_is_no_pass(tmp_path: Path, id: str) -> None:
    refused = {"error": "404 Not Found"}
    files = {**group_files(*TWO), **api("projects.approval_rules", refused), **api("projects.approvals", refused)}
    verdict, found = judged(id, load(tmp_path, files))
    assert (verdict, found) == ("not_evaluated", ["gitlab/gitlab.com/acme/platform/api"])


def _two_merged(**second: Any) -> dict[str, Any]:
    """Two merge requests in order, the second with other answers."""
    name = "acme%2Fweb~4"
    return {
        **merged_files(),
        "projects.merge_requests.acme%2Fweb": [merge_request(3), merge_request(4)],
        f"merge_requests.approvals.{name}": second.get("approvals", approved(ben="18T09:30:00")),
        f"merge_requests.versions.{name}": second.get("versions", [push(SHA, "18T09:00:00")]),
        f"merge_requests.commits.{name}": second.get("commits", [commit()]),
        f"merge_requests.get.{name}": {**merge_request(4), "head_pipeline": second.get("pipeline", pipeline())},
    }


@pytest.mark.parametrize("id", ["CHG-01", "CHG-06"])
def test_changes_in_order_pass(tmp_path: Path, id: str) -> None:
    assert judged(id, load(tmp_path, _two_merged(), register=PEOPLE)) == ("pass", [])


@pytest.mark.parametrize(
    ("id", "planted"),
    [
        ("CHG-01", {"approvals": approved()}),
        ("CHG-01", {"approvals": approved(ann="18T09:30:00")}),
        ("CHG-01", {"approvals": approved(ben="18T08:30:00")}),
        ("CHG-01", {"approvals": approved(ben="18T10:30:00")}),
        ("CHG-01", {"commits": [commit("ben@acme.example")]}),
        ("CHG-06", {"pipeline": pipeline("failed")}),
    ],
)
def test_a_change_that_is_not_in_order_is_found(tmp_path: Path, id: str, planted: dict[str, Any]) -> None:
    inventory = load(tmp_path, _two_merged(**planted), register=PEOPLE)
    assert judged(id, inventory) == ("fail", ["gitlab/gitlab.com/acme/web/merge_requests/4"])


def test_an_approval_by_nobody_whom_the_register_knows_is_no_pass(tmp_path: Path) -> None:
    inventory = load(tmp_path, _two_merged(approvals=approved(cleo="18T09:30:00")), register=PEOPLE)
    assert judged("CHG-01", inventory) == ("not_evaluated", ["gitlab/gitlab.com/acme/web/merge_requests/4"])


def _on_branch(*pushed: dict[str, Any], **asked: Any) -> dict[str, Any]:
    """A branch that holds one approved merge request, and what was pushed onto it."""
    listed = [*pushed, on_branch(SHA, 18)]
    told = {f"repository.commits.merge_requests.acme%2Fweb~{sha}": body for sha, body in asked.items()}
    return {**merged_files(), "repository.commits.acme%2Fweb": listed, **told}


def test_commits_that_came_by_an_approved_change_pass_and_one_that_was_pushed_is_found(tmp_path: Path) -> None:
    assert judged("CHG-08", load(tmp_path / "all", _on_branch(), register=PEOPLE)) == ("pass", [])
    pushed = _on_branch(on_branch("p", 19, SHA), p=[])
    verdict = judged("CHG-08", load(tmp_path / "pushed", pushed, register=PEOPLE))
    assert verdict == ("fail", ["gitlab/gitlab.com/acme/web/commits/p"])
    untold = _on_branch(on_branch("p", 19, SHA))
    assert judged("CHG-08", load(tmp_path / "untold", untold, register=PEOPLE))[0] == "not_evaluated"


def test_without_merge_requests_the_branch_must_hold_no_new_commit_either(tmp_path: Path) -> None:
    files = {**group_files("acme/web"), "projects.merge_requests.acme%2Fweb": []}
    old = {"repository.commits.acme%2Fweb": [{**on_branch("a", 2), "committed_date": "2020-01-01T00:00:00Z"}]}
    assert judged("CHG-01", load(tmp_path / "old", {**files, **old}, register=PEOPLE))[0] == "no_occurrences"
    new = {"repository.commits.acme%2Fweb": [on_branch("a", 2)]}
    assert judged("CHG-01", load(tmp_path / "new", {**files, **new}, register=PEOPLE))[0] == "not_evaluated"
    assert judged("CHG-01", load(tmp_path / "none", files, register=PEOPLE))[0] == "not_evaluated"


def _signing_in(**second: Any) -> dict[str, Any]:
    files = group_files("acme/web", members=[member("ann", 50), member("ben", 30)])
    return {**files, "users": [full_user("ann"), full_user("ben", **second)]}


def test_second_factors(tmp_path: Path) -> None:
    assert judged("IAM-01", load(tmp_path / "on", _signing_in())) == ("pass", [])
    ben = "gitlab/gitlab.com/acme/members/ben"
    assert judged("IAM-01", load(tmp_path / "off", _signing_in(two_factor_enabled=False))) == ("fail", [ben])
    elsewhere = _signing_in(identities=[{"provider": "group_saml", "extern_uid": "x"}])
    assert judged("IAM-01", load(tmp_path / "saml", elsewhere)) == ("not_evaluated", [ben])
    verdict, found = judged("IAM-01", load(tmp_path / "none", group_files("acme/web")))
    assert (verdict, len(found)) == ("not_evaluated", 3)


def test_owners_are_few(tmp_path: Path) -> None:
    def owned(count: int) -> dict[str, Any]:
        return group_files("acme/web", members=[member(f"m{place}", 50) for place in range(count)])

    assert judged("IAM-12", load(tmp_path / "few", owned(4)))[0] == "pass"
    verdict, found = judged("IAM-12", load(tmp_path / "many", owned(5)))
    assert (verdict, len(found)) == ("fail", 5)


def test_a_company_with_github_alone_misses_nothing_of_gitlab() -> None:
    plugins = load_plugins(None)
    request = Request(ACME, plugins.sources, lambda export: [], {}, {}, ReadLimits(), Clock(AS_OF, AS_OF))
    inventory = load_inventory(request).inventory
    for kind in (Change, Commit, Identity, Repository):
        assert "gitlab" not in {gap.source for gap in inventory.gaps(kind)}
        assert {each.source for each in inventory.members(kind)} >= {"github"}
