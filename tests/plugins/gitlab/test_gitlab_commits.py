"""Commits of a default branch of GitLab: which merge request each came with, and how far back the list goes."""

from pathlib import Path
from typing import Any

import pytest
from gitlab_reading import PEOPLE, gaps, load, members, merge_request, on_branch, project

from soc2test import UnknownFact
from soc2test_plugins.gitlab.kinds import GitlabCommit


def merged(
    number: int, head: str, *, merge: str | None = None, squash: str | None = None, **more: Any
) -> dict[str, Any]:
    return merge_request(number, sha=head, merge_commit_sha=merge, squash_commit_sha=squash, **more)


def branch(folder: Path, commits: Any, changes: list[Any], **asked: Any) -> dict[str, GitlabCommit]:
    files = {
        "groups.projects": [project()],
        "projects.merge_requests.acme%2Fweb": changes,
        "repository.commits.acme%2Fweb": commits,
        **{f"repository.commits.merge_requests.acme%2Fweb~{sha}": body for sha, body in asked.items()},
    }
    return members(load(folder, files, register=PEOPLE), GitlabCommit)


def came_with(found: dict[str, GitlabCommit]) -> dict[str, Any]:
    told: dict[str, Any] = {}
    for sha, commit in found.items():
        try:
            change = commit.change
            told[sha] = None if change is None else int(change.rpartition("/")[2])
        except UnknownFact as error:
            told[sha] = error.code
    return told


def test_a_merge_brings_what_its_other_parents_lead_to(tmp_path: Path) -> None:
    commits = [on_branch("m", 5, "a", "y"), on_branch("y", 4, "x"), on_branch("x", 3, "a"), on_branch("a", 2)]
    found = branch(tmp_path, commits, [merged(2, "y", merge="m"), merged(1, "z", squash="a")])
    assert came_with(found) == {"a": 1, "x": 2, "y": 2, "m": 2}
    assert {sha: each.squashed for sha, each in found.items()} == {"a": True, "x": False, "y": True, "m": False}


def test_a_fast_forward_lands_by_the_last_commit_and_gitlab_is_asked_for_the_others(tmp_path: Path) -> None:
    commits = [on_branch("r2", 5, "r1"), on_branch("r1", 4, "a"), on_branch("a", 2)]
    changes = [merged(2, "r2"), merged(1, "a")]
    assert came_with(branch(tmp_path, commits, changes)) == {"a": 1, "r1": "missing", "r2": 2}
    assert came_with(branch(tmp_path / "2", commits, changes, r1=[merged(2, "r2")]))["r1"] == 2


def test_what_was_pushed_came_with_nothing(tmp_path: Path) -> None:
    commits = [on_branch("p", 5, "a"), on_branch("a", 2)]
    assert came_with(branch(tmp_path, commits, [merged(1, "a")], p=[])) == {"a": 1, "p": None}


def test_a_merge_request_that_was_closed_brought_nothing(tmp_path: Path) -> None:
    closed = merged(3, "p", state="closed", merged_at=None)
    assert came_with(branch(tmp_path, [on_branch("p", 5)], [closed], p=[closed])) == {"p": None}


def test_an_answer_that_does_not_say_whether_it_was_merged_is_unknown(tmp_path: Path) -> None:
    odd = merged(2, "p", state="locked")
    assert came_with(branch(tmp_path, [on_branch("p", 5)], [], p=[odd]))["p"] not in (None, 2)


def test_the_list_shows_where_it_ends(tmp_path: Path) -> None:
    found = branch(tmp_path, [on_branch("c", 4, "b")], [merged(2, "c")], b=[merged(1, "b")])
    assert came_with(found) == {"c": 2, "b": "unknown_fact"}
    assert found["b"].committed_at == found["c"].committed_at  # no newer than what follows it
    with pytest.raises(UnknownFact, match="ends before it"):
        _ = found["b"].change


def test_a_commit_is_no_older_than_those_before_it(tmp_path: Path) -> None:
    found = branch(tmp_path, [on_branch("b", 9, "a", month=1), on_branch("a", 2)], [merged(1, "a")], b=[])
    assert found["b"].committed_at == found["a"].committed_at


def test_who_wrote_it(tmp_path: Path) -> None:
    found = branch(tmp_path, [on_branch("b", 3, "a", author="rex@elsewhere.example"), on_branch("a", 2)], [])
    assert found["a"].author == "ann"
    with pytest.raises(UnknownFact, match="nobody's"):
        _ = found["b"].author


@pytest.mark.parametrize(
    ("commits", "code"),
    [
        ([], "unreadable"),
        ({"message": "404 Project Not Found"}, "denied"),
        ([{**on_branch("a", 2), "parent_ids": None}], "unreadable"),
        ([{**on_branch("a", 2), "committed_date": None}], "unreadable"),
    ],
)
def test_what_is_no_list_is_a_gap(tmp_path: Path, commits: Any, code: str) -> None:
    files = {"groups.projects": [project()], "repository.commits.acme%2Fweb": commits}
    assert code in gaps(load(tmp_path, files), GitlabCommit)
