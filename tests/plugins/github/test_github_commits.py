"""Commits of a default branch: which pull request each came with, and how far back the list goes."""

from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from github_reading import error, every, gap_codes, load, repo, user
from test_github_pulls import PULL

from soc2test import UnknownFact
from soc2test_plugins.github.kinds import GithubCommit

PULLS = "repos.list-pull-requests-associated-with-commit.web"


def made(sha: str, day: int, *parents: str, month: int = 11) -> dict[str, Any]:
    moment = {"date": f"2026-{month:02}-{day:02}T10:00:00Z"}
    before = [{"sha": each} for each in parents]
    return {"sha": sha, "author": user("ann"), "commit": {"committer": moment}, "parents": before}


def merged(number: int, sha: str, at: str | None = "2026-11-03T10:00:00Z") -> dict[str, Any]:
    return {**PULL, "number": number, "merged_at": at, "merge_commit_sha": sha}


def branch(folder: Path, commits: Any, pulls: list[dict[str, Any]], **asked: Any) -> dict[str, GithubCommit]:
    files = {"repos.list-for-org": [repo()], "pulls.list.web": pulls, "repos.list-commits.web": commits}
    told = {f"{PULLS}~{sha}": body for sha, body in asked.items()}
    return {each.sha: each for each in every(load(folder, {**files, **told}), GithubCommit)}


def changes(found: dict[str, GithubCommit]) -> dict[str, Any]:
    told: dict[str, Any] = {}
    for sha, commit in found.items():
        try:
            change = commit.change
            told[sha] = None if change is None else int(change.rpartition("/")[2])
        except UnknownFact as error:
            told[sha] = error.code
    return told


def test_a_squash_is_the_merge_of_its_pull_request(tmp_path: Path) -> None:
    found = branch(tmp_path, [made("b", 3, "a"), made("a", 2)], [merged(2, "b"), merged(1, "a")])
    assert changes(found) == {"a": 1, "b": 2}


def test_a_merge_brings_what_its_other_parents_lead_to(tmp_path: Path) -> None:
    commits = [made("m", 5, "a", "y"), made("y", 4, "x"), made("x", 3, "a"), made("a", 2)]
    assert changes(branch(tmp_path, commits, [merged(2, "m"), merged(1, "a")])) == {"a": 1, "x": 2, "y": 2, "m": 2}


def test_what_an_older_merge_brought_is_not_the_newer_ones(tmp_path: Path) -> None:
    commits = [made("n", 6, "m", "y"), made("m", 5, "a", "x"), made("y", 4, "x"), made("x", 3, "a"), made("a", 2)]
    pulls = [merged(3, "n"), merged(2, "m"), merged(1, "a")]
    assert changes(branch(tmp_path, commits, pulls)) == {"a": 1, "x": 2, "y": 3, "m": 2, "n": 3}


def test_a_merge_that_somebody_pushed_brings_no_change(tmp_path: Path) -> None:
    commits = [made("m", 5, "a", "x"), made("x", 3, "a"), made("a", 2)]
    told = changes(branch(tmp_path, commits, [merged(1, "a")], m=[], x=[]))
    assert told == {"a": 1, "x": None, "m": None}


def test_github_is_asked_for_what_no_merge_tells(tmp_path: Path) -> None:
    commits = [made("r2", 5, "r1"), made("r1", 4, "a"), made("a", 2)]  # rebased, but the last
    pulls = [merged(2, "r2"), merged(1, "a")]
    assert changes(branch(tmp_path, commits, pulls)) == {"a": 1, "r1": "missing", "r2": 2}
    named = [merged(2, "r2"), merged(9, "z", None)]
    assert changes(branch(tmp_path / "2", commits, pulls, r1=named)) == {"a": 1, "r1": 2, "r2": 2}
    assert changes(branch(tmp_path / "3", commits, pulls, r1=[merged(9, "z", None)]))["r1"] is None
    assert changes(branch(tmp_path / "4", commits, pulls, r1=[{"number": 2}]))["r1"] not in (None, 2)


def test_a_closed_pull_request_merged_nothing(tmp_path: Path) -> None:
    assert changes(branch(tmp_path, [made("a", 2)], [merged(1, "a", None)], a=[])) == {"a": None}


def test_the_list_shows_where_it_ends(tmp_path: Path) -> None:
    found = branch(
        tmp_path, [made("c", 4, "b"), made("b", 3, "a")], [merged(2, "c"), merged(1, "b")], a=[merged(1, "a")]
    )
    assert changes(found) == {"c": 2, "b": 1, "a": "unknown_fact"}
    assert found["a"].committed_at == found["b"].committed_at  # no newer than what follows it


def test_a_commit_taken_from_the_middle_leaves_a_hole(tmp_path: Path) -> None:
    found = branch(tmp_path, [made("c", 4, "b"), made("a", 2)], [merged(2, "c"), merged(1, "a")])
    assert changes(found) == {"c": 2, "b": "unknown_fact", "a": 1}


def test_a_commit_is_no_older_than_those_before_it(tmp_path: Path) -> None:
    commits = [made("b", 9, "a", month=1), made("a", 2)]
    found = branch(tmp_path, commits, [merged(1, "a")], b=[])
    assert found["b"].committed_at == found["a"].committed_at == datetime.fromisoformat("2026-11-02T10:00:00Z")


def test_a_commit_that_is_its_own_parent_ends_the_walk(tmp_path: Path) -> None:
    assert changes(branch(tmp_path, [made("a", 2, "a")], [merged(1, "a")])) == {"a": 1}


def test_long_histories_are_walked(tmp_path: Path) -> None:
    commits = [made(f"c{place}", 2, f"c{place - 1}") for place in range(3000, 0, -1)]
    assert len(branch(tmp_path, [*commits, made("c0", 1)], [])) == 3001


@pytest.mark.parametrize(
    ("commits", "codes"),
    [
        ([], {"unreadable"}),
        (error("Git Repository is empty.", "409"), set()),
        (error("Not Found", "404"), {"denied"}),
        ([{**made("a", 2), "parents": None}], {"unreadable"}),
        ([{**made("a", 2), "commit": {}}], {"unreadable"}),
        ([made("a", 2)] * 100, set()),
    ],
)
def test_what_is_no_whole_list_is_a_gap(tmp_path: Path, commits: Any, codes: set[str]) -> None:
    files = {"repos.list-for-org": [repo()], "pulls.list.web": [], "repos.list-commits.web": commits}
    assert gap_codes(load(tmp_path, files), GithubCommit) == codes


def test_each_repository_needs_its_list(tmp_path: Path) -> None:
    files = {"repos.list-for-org": [repo()], "pulls.list.web": []}
    assert gap_codes(load(tmp_path, files), GithubCommit) == {"missing"}
