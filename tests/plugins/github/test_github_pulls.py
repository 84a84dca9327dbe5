"""Pull requests: merged or not, who approved the final commit, who wrote it."""

from pathlib import Path
from typing import Any

import pytest
from github_reading import gap_codes, load, only, repo, user

from soc2test import UnknownFact
from soc2test_plugins.github.kinds import PullRequest

HEAD = "b" * 40
OLD = "a" * 40
PULL: dict[str, Any] = {
    "number": 12,
    "title": "A change",
    "state": "closed",
    "user": user("ann"),
    "merged_at": "2026-11-03T10:00:00Z",
    "head": {"sha": HEAD},
    "base": {"ref": "main"},
}


def review(login: str | None, state: str, hour: int, commit: str | None = HEAD, kind: str = "User") -> dict[str, Any]:
    who = None if login is None else user(login, type=kind)
    return {"user": who, "state": state, "commit_id": commit, "submitted_at": f"2026-11-02T{hour:02}:00:00Z"}


def commit(
    author: Any, committer: Any, name: str = "Ann Example", sha: str = HEAD, message: str = ""
) -> dict[str, Any]:
    git = {"author": {"name": name}, "committer": {"name": name}, "message": message}
    return {"sha": sha, "author": author, "committer": committer, "commit": git}


def pull(folder: Path, change: dict[str, Any] | None = None, **files: Any) -> PullRequest:
    named = {f"pulls.{name.replace('_', '-')}.web~12": body for name, body in files.items()}
    lists = {"repos.list-for-org": [repo()], "pulls.list.web": [{**PULL, **(change or {})}]}
    return only(load(folder, {**lists, **named}), PullRequest)


def test_merged_pull_request(tmp_path: Path) -> None:
    found = pull(tmp_path)
    assert (found.id, found.repository, found.number, found.author, found.base_branch) == (
        "github/acme/web/pulls/12", "web", 12, "ann", "main",
    )  # fmt: skip
    assert found.merged is True
    assert found.merged_at is not None
    for fact in ("approvers", "commit_authors", "merged_by"):
        with pytest.raises(UnknownFact, match=f"pulls/12{'' if fact == 'merged_by' else '/'}"):
            getattr(found, fact)


def test_closed_unmerged_pull_request(tmp_path: Path) -> None:
    found = pull(tmp_path, {"merged_at": None})
    assert (found.merged, found.merged_at) == (False, None)


def test_an_older_list_and_the_change_itself_may_contradict_each_other(tmp_path: Path) -> None:
    found = pull(tmp_path, {"merged_at": None}, get={"merged_by": user("bob"), "merged_at": "2026-11-03T10:00:00Z"})
    for fact in ("merged", "merged_at"):
        with pytest.raises(UnknownFact):
            getattr(found, fact)


def test_absent_time_of_merging_is_unknown(tmp_path: Path) -> None:
    body = {key: value for key, value in PULL.items() if key != "merged_at"}
    found = only(load(tmp_path, {"repos.list-for-org": [repo()], "pulls.list.web": [body]}), PullRequest)
    with pytest.raises(UnknownFact):
        _ = found.merged


def test_deleted_author_is_unknown(tmp_path: Path) -> None:
    with pytest.raises(UnknownFact, match="deleted"):
        _ = pull(tmp_path, {"user": None}).author


def test_every_repository_needs_its_list(tmp_path: Path) -> None:
    lists = {"repos.list-for-org": [repo(), repo("infra")], "pulls.list.web": [PULL]}
    inventory = load(tmp_path, lists)
    assert gap_codes(inventory, PullRequest) == {"missing"}
    assert gap_codes(load(tmp_path, {**lists, "pulls.list.infra": []}), PullRequest) == set()


@pytest.mark.parametrize(
    ("reviews", "approvers"),
    [
        ([], ()),
        ([review("bob", "APPROVED", 9)], ("bob",)),
        ([review("bob", "APPROVED", 9), review("bob", "COMMENTED", 10)], ("bob",)),
        ([review("bob", "APPROVED", 9, OLD)], ()),
        ([review("bob", "APPROVED", 9, None)], ()),
        ([review("bob", "APPROVED", 9), review("bob", "CHANGES_REQUESTED", 10)], ()),
        ([review("bob", "APPROVED", 9), review("bob", "DISMISSED", 10)], ()),
        ([review("bob", "DISMISSED", 8, OLD), review("bob", "APPROVED", 9)], ("bob",)),
        ([review("bob", "CHANGES_REQUESTED", 10), review("bob", "APPROVED", 9)], ()),  # the list need not be sorted
        ([review("bob", "COMMENTED", 9)], ()),
        ([review("bob", "APPROVED", 9), review("cat", "APPROVED", 8)], ("bob", "cat")),
        ([review("bob", "APPROVED", 9), review("cat", "CHANGES_REQUESTED", 9)], ("bob",)),
        ([review(None, "APPROVED", 9), review("bob", "APPROVED", 9)], ("bob",)),
        ([review(None, "APPROVED", 9, OLD)], ()),
        ([review(None, "COMMENTED", 9)], ()),
        ([review("approve[bot]", "APPROVED", 9, kind="Bot")], ()),
        ([{"user": user("bob"), "state": "PENDING", "commit_id": HEAD}], ()),
    ],
)
def test_approvers(tmp_path: Path, reviews: list[dict[str, Any]], approvers: tuple[str, ...]) -> None:
    assert pull(tmp_path, list_reviews=reviews).approvers == approvers


def test_an_approver_who_was_deleted_since_may_be_anybody(tmp_path: Path) -> None:
    with pytest.raises(UnknownFact, match="no account any more"):
        _ = pull(tmp_path, list_reviews=[review(None, "APPROVED", 9)]).approvers


@pytest.mark.parametrize("key", ["user", "state", "commit_id", "submitted_at"])
def test_cut_review_makes_the_approvers_unknown(tmp_path: Path, key: str) -> None:
    cut = {name: value for name, value in review("bob", "APPROVED", 9).items() if name != key}
    with pytest.raises(UnknownFact):
        _ = pull(tmp_path, list_reviews=[cut]).approvers


def test_unknown_head_makes_the_approvers_unknown(tmp_path: Path) -> None:
    with pytest.raises(UnknownFact):
        _ = pull(tmp_path, {"head": {}}, list_reviews=[review("bob", "APPROVED", 9)]).approvers


def test_commit_authors(tmp_path: Path) -> None:
    commits = [
        commit(user("ann"), user("web-flow"), sha=OLD),
        commit(user("bob"), user("ann")),
    ]
    assert pull(tmp_path, list_commits=commits).commit_authors == ("ann", "bob")


def merge(author: Any, *, verified: Any = True, parents: int = 2, committer: str = "web-flow") -> dict[str, Any]:
    """What "Update branch" and conflicts that are resolved in the browser leave alike."""
    made = commit(author, user(committer))
    of = [{"sha": str(number)} for number in range(parents)]
    return {**made, "parents": of, "commit": {**made["commit"], "verification": {"verified": verified}}}


def test_who_had_github_merge_a_branch_into_it_joined_only(tmp_path: Path) -> None:
    found = pull(tmp_path, list_commits=[commit(user("ann"), user("ann"), sha=OLD), merge(user("bob"))])
    assert found.commit_authors == ("ann",)
    assert {writer.login: writer.joined_only for writer in found.writers} == {"ann": False, "bob": True}
    wrote_too = [commit(user("bob"), user("bob"), sha=OLD), merge(user("bob"))]
    found = pull(tmp_path / "2", list_commits=wrote_too)
    assert (found.commit_authors, [writer.joined_only for writer in found.writers]) == (("bob",), [False])


@pytest.mark.parametrize(
    "other", [{"verified": False}, {"verified": "true"}, {"parents": 1}, {"parents": 0}, {"committer": "bob"}]
)
def test_any_other_merge_is_its_authors(tmp_path: Path, other: dict[str, Any]) -> None:
    found = pull(tmp_path, list_commits=[commit(user("ann"), user("ann"), sha=OLD), merge(user("bob"), **other)])
    assert found.commit_authors == ("ann", "bob")


@pytest.mark.parametrize(
    ("author", "committer"), [(None, user("ann")), (user("ann"), None), ({}, {}), (None, user("web-flow"))]
)
def test_a_commit_of_no_known_account_makes_the_authors_unknown(tmp_path: Path, author: Any, committer: Any) -> None:
    commits = [commit(user("ann"), user("ann")), commit(author, committer, "bob")]
    with pytest.raises(UnknownFact, match="e-mail address to an account"):
        _ = pull(tmp_path, list_commits=commits).commit_authors


def test_a_review_after_the_merge_approves_nothing(tmp_path: Path) -> None:
    late = {**review("bob", "APPROVED", 9), "submitted_at": "2026-11-03T10:00:01Z"}
    assert pull(tmp_path, list_reviews=[late]).approvers == ()
    assert pull(tmp_path / "2", {"merged_at": None}, list_reviews=[late]).approvers == ("bob",)
    asked = {**late, "state": "CHANGES_REQUESTED"}
    assert pull(tmp_path / "3", list_reviews=[review("bob", "APPROVED", 9), asked]).approvers == ("bob",)


def test_an_unknown_time_of_merging_makes_the_approvers_unknown(tmp_path: Path) -> None:
    with pytest.raises(UnknownFact):
        _ = pull(tmp_path, {"merged_at": "{{ when }}"}, list_reviews=[review("bob", "APPROVED", 9)]).approvers


@pytest.mark.parametrize(
    "change", [{"state": "REVOKED"}, {"state": None}, {"commit_id": 7}, {"user": {"login": "bob", "type": None}}]
)
def test_a_review_that_says_something_unknown_makes_the_approvers_unknown(
    tmp_path: Path, change: dict[str, Any]
) -> None:
    reviews = [review("cat", "APPROVED", 8), {**review("bob", "APPROVED", 9), **change}]
    with pytest.raises(UnknownFact):
        _ = pull(tmp_path, list_reviews=reviews).approvers


def test_cut_commit_makes_the_authors_unknown(tmp_path: Path) -> None:
    with pytest.raises(UnknownFact):
        _ = pull(tmp_path, list_commits=[{"author": user("ann")}]).commit_authors


def test_250_commits_may_not_be_all(tmp_path: Path) -> None:
    lists = {"repos.list-for-org": [repo()], "pulls.list.web": [PULL]}
    for count, complete in ((249, True), (250, False)):
        commits = [commit(user("ann"), user("ann"))] * count
        inventory = load(tmp_path, {**lists, "pulls.list-commits.web~12": commits})
        (entry,) = [each for each in inventory.entries() if each.operation == "pulls list-commits"]
        assert entry.complete is complete


def test_merger(tmp_path: Path) -> None:
    assert pull(tmp_path, get={**PULL, "merged_by": user("bob")}).merged_by == "bob"
    assert pull(tmp_path, get={**PULL, "merged_by": None}).merged_by is None
    with pytest.raises(UnknownFact):
        _ = pull(tmp_path, get=PULL).merged_by


@pytest.mark.parametrize(
    "commits",
    [
        [],
        [commit(user("ann"), user("ann"), sha=OLD)],
        [{**commit(user("ann"), user("ann")), "sha": None}],
    ],
)
def test_commits_that_do_not_reach_the_final_one_leave_the_authors_unknown(tmp_path: Path, commits: Any) -> None:
    with pytest.raises(UnknownFact):
        _ = pull(tmp_path, list_commits=commits).commit_authors
