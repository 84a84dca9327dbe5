"""Which of the demanded checks had passed on the final commit when a change was merged."""

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest
from github_reading import load, only, repo, sample, user

from soc2test import UnknownFact
from soc2test_plugins.github.kinds import PullRequest

HEAD = "b" * 40
PULL: dict[str, Any] = {
    "number": 12,
    "title": "A change",
    "user": user("ann"),
    "merged_at": "2026-11-03T10:00:00Z",
    "head": {"sha": HEAD},
    "base": {"ref": "main"},
}
RULES: list[dict[str, Any]] = [
    {
        "type": "required_status_checks",
        "ruleset_id": 1,
        "parameters": {"required_status_checks": [{"context": "build"}, {"context": "test"}]},
    }
]


def run(name: str, conclusion: str | None = "success", hour: int = 9, **more: Any) -> dict[str, Any]:
    begun, ended = f"2026-11-03T{hour:02}:00:00Z", f"2026-11-03T{hour:02}:10:00Z"
    completed = None if conclusion is None else ended
    told = {"name": name, "head_sha": HEAD, "conclusion": conclusion, "started_at": begun, "completed_at": completed}
    return {**told, **more}


def runs(*each: dict[str, Any]) -> dict[str, Any]:
    return {"total_count": len(each), "check_runs": list(each)}


def statuses(*each: tuple[str, str]) -> dict[str, Any]:
    made = "2026-11-03T09:30:00Z"
    told = [{"context": context, "state": state, "created_at": made, "updated_at": made} for context, state in each]
    return {"state": "pending", "sha": HEAD, "total_count": len(told), "statuses": told}


def pull(
    folder: Path,
    checks: Any,
    status: Any = None,
    rules: Any = RULES,
    change: dict[str, Any] | None = None,
    line: Iterable[str] = (),
) -> PullRequest:
    files = {
        "repos.list-for-org": [repo()],
        "repos.get-branch-protection.web~main": {
            "message": "Branch not protected", "documentation_url": "https://docs.github.com/rest", "status": "404",
        },
        "repos.get-branch-rules.web~main": rules,
        "pulls.list.web": [{**PULL, **(change or {})}],
        "checks.list-for-ref.web~12": checks,
    }  # fmt: skip
    if line:
        files["repos.list-commits.web"] = [
            {"sha": sha, "author": None, "parents": [], "commit": {"committer": {"date": "2026-11-03T10:00:00Z"}}}
            for sha in line
        ]
    more = {} if status is None else {"repos.get-combined-status-for-ref.web~12": status}
    return only(load(folder, {**files, **more}), PullRequest)


@pytest.mark.parametrize(
    ("checks", "missing"),
    [
        ([run("build"), run("test")], ()),
        ([run("build", "neutral"), run("test", "skipped"), run("lint", "failure")], ()),
        ([run("build"), run("test", "failure")], ("test",)),
        ([run("build", "cancelled"), run("test", None)], ("build", "test")),
        ([run("build"), run("test", completed_at="2026-11-03T10:10:00Z")], ("test",)),
        ([run("build"), run("test", "failure", 7), run("test", "success", 8)], ()),
        ([run("build"), run("test", "success", 8), run("test", "failure", 7)], ()),
        ([run("build"), run("test", "failure", 8), run("test", "success", 11)], ("test",)),
        ([run("build", "failure")], ("build",)),
    ],
)
def test_missing_checks(tmp_path: Path, checks: list[dict[str, Any]], missing: tuple[str, ...]) -> None:
    assert pull(tmp_path, runs(*checks), statuses()).missing_checks == missing


@pytest.mark.parametrize(
    ("checks", "skipped"),
    [
        ([run("build"), run("test", "skipped")], ()),
        ([run("build", "neutral"), run("test", "skipped"), run("lint")], ("build", "test")),
        ([run("build", "skipped"), run("test", "failure")], ("build",)),
        ([run("build", "skipped"), run("test", "skipped", 8), run("test", "success", 11)], ("build", "test")),
        ([run("build", "skipped"), run("test", "skipped", 7), run("test", "success", 8)], ()),
    ],
)
def test_a_change_that_all_checks_skipped(tmp_path: Path, checks: Any, skipped: tuple[str, ...]) -> None:
    """GitHub lets it in: skipped and neutral count as passed there."""
    assert pull(tmp_path, runs(*checks), statuses()).skipped_checks == skipped


def test_what_nothing_was_reported_of_was_perhaps_not_skipped(tmp_path: Path) -> None:
    with pytest.raises(UnknownFact):
        _ = pull(tmp_path, runs(run("build", "skipped")), statuses()).skipped_checks
    assert pull(tmp_path / "2", runs(run("build")), statuses()).skipped_checks == ()
    assert pull(tmp_path / "3", runs(), rules=[]).skipped_checks == ()


@pytest.mark.parametrize(
    ("state", "missing"), [("success", ()), ("failure", ("test",)), ("error", ("test",)), ("pending", ("test",))]
)
def test_a_status_counts_as_a_check(tmp_path: Path, state: str, missing: tuple[str, ...]) -> None:
    assert pull(tmp_path, runs(run("build")), statuses(("test", state))).missing_checks == missing


@pytest.mark.parametrize(
    ("checks", "status"),
    [
        (runs(run("build")), None),
        (runs(run("build")), statuses()),
        (runs(run("build"), run("test", hour=11)), statuses()),
        (runs(), statuses()),
        (runs(run("build"), run("test", head_sha="a" * 40)), None),
        (runs(run("build"), run("test", "unheard_of")), None),
        (runs(run("build"), run("test", completed_at=None)), None),
        (runs(run("build"), run("test", started_at=None)), None),
        ({"total_count": 3, "check_runs": [run("build"), run("test")]}, None),
        ({"check_runs": [run("build"), run("test")]}, None),
        ({"message": "Not Found", "documentation_url": "https://docs.github.com/rest", "status": "404"}, None),
    ],
)
def test_checks_that_nothing_tells(tmp_path: Path, checks: Any, status: Any) -> None:
    with pytest.raises(UnknownFact):
        _ = pull(tmp_path, checks, status).missing_checks


def of_app(app: Any) -> list[dict[str, Any]]:
    told = {"required_status_checks": [{"context": "build", "integration_id": app}]}
    return [{"type": "required_status_checks", "ruleset_id": 1, "parameters": told}]


ACTIONS: dict[str, Any] = {"app": {"id": 15368}}
OTHER: dict[str, Any] = {"app": {"id": 7}}


@pytest.mark.parametrize(
    ("app", "checks", "missing"),
    [
        (15368, [run("build", **ACTIONS)], ()),
        (15368, [run("build", "failure", **OTHER), run("build", **ACTIONS)], ()),
        (15368, [run("build", "failure", **ACTIONS), run("build", hour=9, **OTHER)], ("build",)),
        (15368, [run("build", "failure", 7, **ACTIONS), run("build", hour=9, **ACTIONS)], ()),
        (15368, [run("build", hour=9, **ACTIONS), run("build", "failure", 7, **ACTIONS)], ()),  # in no order
        (None, [run("build", **OTHER)], ()),
        (-1, [run("build", **OTHER)], ()),
        (None, [run("build", "failure", 7, **OTHER), run("build", **ACTIONS)], ("build",)),
    ],
)
def test_the_app_that_must_report_a_check(tmp_path: Path, app: Any, checks: Any, missing: tuple[str, ...]) -> None:
    assert pull(tmp_path, runs(*checks), rules=of_app(app)).missing_checks == missing


@pytest.mark.parametrize(
    ("checks", "status"),
    [
        ([run("build", **OTHER)], statuses()),
        ([run("build", app=None)], statuses()),
        ([run("build")], statuses()),
        ([], statuses(("build", "success"))),
        ([run("build", app={"id": "15368"})], statuses()),
        ([run("build", app={})], statuses()),
    ],
)
def test_a_check_that_its_app_did_not_report_is_unknown(tmp_path: Path, checks: Any, status: Any) -> None:
    with pytest.raises(UnknownFact):
        _ = pull(tmp_path, runs(*checks), status, rules=of_app(15368)).missing_checks


def test_of_runs_that_began_together_each_must_have_passed(tmp_path: Path) -> None:
    both = [run("build", "failure"), run("build"), run("test")]
    for place, order in enumerate((both, both[::-1])):
        assert pull(tmp_path / str(place), runs(*order)).missing_checks == ("build",)


@pytest.mark.parametrize("state", ["failure", "pending"])
def test_a_status_and_a_run_of_one_name_are_both_demanded(tmp_path: Path, state: str) -> None:
    both = runs(run("build"), run("test"))
    assert pull(tmp_path, both, statuses(("test", state))).missing_checks == ("test",)
    assert pull(tmp_path / "2", both, statuses(("test", "success"))).missing_checks == ()


def test_statuses_that_were_asked_for_in_vain_are_not_left_out(tmp_path: Path) -> None:
    denied = {"message": "Not Found", "documentation_url": "https://docs.github.com/rest", "status": "404"}
    with pytest.raises(UnknownFact):
        _ = pull(tmp_path, runs(run("build"), run("test")), denied).missing_checks


@pytest.mark.parametrize(
    "conclusion", ["cancelled", "timed_out", "action_required", "stale", "startup_failure", "failure"]
)
def test_no_other_conclusion_counts_as_passed(tmp_path: Path, conclusion: str) -> None:
    assert pull(tmp_path, runs(run("build"), run("test", conclusion))).missing_checks == ("test",)


@pytest.mark.parametrize("state", ["neutral", "skipped", "expected", "SUCCESS", None, True])
def test_a_status_in_a_state_that_is_none_is_unknown(tmp_path: Path, state: Any) -> None:
    with pytest.raises(UnknownFact):
        _ = pull(tmp_path, runs(run("build")), statuses(("test", state))).missing_checks


def test_where_the_default_branch_demands_none_none_is_missing(tmp_path: Path) -> None:
    assert pull(tmp_path, runs(run("build", "failure")), rules=[]).missing_checks == ()


def test_a_change_into_another_branch_has_none(tmp_path: Path) -> None:
    aside = {"base": {"ref": "feature"}, "merge_commit_sha": "c" * 40}
    assert pull(tmp_path, runs(), change=aside, line=["d" * 40]).missing_checks == ()


def test_the_default_branch_may_have_had_another_name(tmp_path: Path) -> None:
    renamed = {"base": {"ref": "master"}, "merge_commit_sha": "c" * 40}
    failed = runs(run("build"), run("test", "failure"))
    assert pull(tmp_path, failed, change=renamed, line=["c" * 40]).missing_checks == ("test",)
    with pytest.raises(UnknownFact, match="repos/acme/web/commits"):
        _ = pull(tmp_path / "2", failed, change=renamed).missing_checks


@pytest.mark.parametrize("written", ["MAIN", "refs/heads/main", "main "])
def test_the_default_branch_written_otherwise_is_no_other_branch(tmp_path: Path, written: str) -> None:
    with pytest.raises(UnknownFact, match="but for how it is written"):
        _ = pull(tmp_path, runs(), change={"base": {"ref": written}}).missing_checks


def test_sample(tmp_path: Path) -> None:
    of_ours = json.dumps(sample("checks__list-for-ref")).replace("github/hello-world", "acme/web")
    found = pull(tmp_path, json.loads(of_ours))
    assert [(check.name, check.passed) for check in found.check_runs] == [("mighty_readme", True)]
    with pytest.raises(UnknownFact, match="another commit"):
        _ = found.missing_checks
