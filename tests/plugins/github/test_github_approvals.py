"""Whose approval counts: who may write, and had no part in writing it; who had a program write it."""

from pathlib import Path
from typing import Any

import pytest
from github_reading import load, only, repo, user
from test_github_pulls import HEAD, PULL, commit, review

from soc2test import UnknownFact
from soc2test_plugins.github.kinds import PullRequest

COPILOT = user("Copilot", type="Bot")
AGENT = user("copilot-swe-agent[bot]", type="Bot")
TRAILER = "Fix it\n\nCo-authored-by: {} <{}>"
NO_REPLY = TRAILER.format("margaret", "7301003+margaret@users.noreply.github.com")


def person(login: str, *, push: bool) -> dict[str, Any]:
    return user(login, permissions={"pull": True, "push": push}, role_name="write" if push else "read")


def pull(folder: Path, change: dict[str, Any] | None = None, public: bool = False, **files: Any) -> PullRequest:
    bodies: dict[str, Any] = {
        "repos.list-for-org": [repo(private=not public)],
        "pulls.list.web": [{**PULL, "assignees": [], "body": None, "merge_commit_sha": "c" * 40, **(change or {})}],
        "pulls.list-commits.web~12": files.get("commits", [commit(user("ann"), user("ann"))]),
    }
    if "reviews" in files:
        bodies["pulls.list-reviews.web~12"] = files["reviews"]
    if "default" in files:
        bodies["orgs.get"] = {"login": "acme", "default_repository_permission": files["default"]}
    if "people" in files:
        bodies["repos.list-collaborators.web"] = files["people"]
    return only(load(folder, bodies), PullRequest)


def by(login: str, association: str | None) -> dict[str, Any]:
    told = {} if association is None else {"author_association": association}
    return {**review(login, "APPROVED", 9), **told}


BOB_WRITES, BOB_READS = [person("bob", push=True)], [person("Bob", push=False)]
OTHERS = [person("cat", push=True)]


@pytest.mark.parametrize(
    ("association", "public", "people", "entitled"),
    [
        ("MEMBER", False, BOB_WRITES, ("bob",)),
        ("OWNER", False, BOB_WRITES, ("bob",)),
        (None, False, BOB_WRITES, ("bob",)),
        ("MEMBER", False, BOB_READS, ()),
        ("COLLABORATOR", True, BOB_READS, ()),
        ("MEMBER", True, OTHERS, ()),
        ("NONE", True, OTHERS, ()),
        ("NONE", True, None, ()),
        ("CONTRIBUTOR", True, None, ()),
        ("FIRST_TIMER", True, None, ()),
        ("FIRST_TIME_CONTRIBUTOR", True, None, ()),
        ("NONE", False, BOB_READS, ()),
    ],
)
def test_only_whoever_may_write_is_entitled(
    tmp_path: Path, association: str | None, public: bool, people: Any, entitled: tuple[str, ...]
) -> None:
    files = {} if people is None else {"people": people}
    found = pull(tmp_path, public=public, reviews=[by("bob", association)], **files)
    assert found.approvers == ("bob",)
    assert found.entitled_approvers == entitled


@pytest.mark.parametrize(
    ("association", "public", "people"),
    [
        ("MEMBER", True, None),
        ("OWNER", False, None),
        (None, False, None),
        ("MEMBER", False, OTHERS),  # has no access any more
        ("NONE", False, OTHERS),
        ("CONTRIBUTOR", False, None),
        ("NONE", True, BOB_WRITES),  # contradicts the list
        ("COLLABORATOR", True, OTHERS),
        ("OWNER", True, OTHERS),
        ("SPONSOR", True, BOB_WRITES),
        ("member", False, BOB_WRITES),
        ("MEMBER", False, []),
        ("MEMBER", False, [user("bob", permissions={"push": "true"})]),
        ("MEMBER", False, [user("bob", role_name="write")]),
    ],
)
def test_what_does_not_tell_whether_somebody_may_write_is_unknown(
    tmp_path: Path, association: str | None, public: bool, people: Any
) -> None:
    files = {} if people is None else {"people": people}
    found = pull(tmp_path, public=public, reviews=[by("bob", association)], **files)
    with pytest.raises(UnknownFact):
        _ = found.entitled_approvers


def test_one_who_is_known_to_write_is_enough(tmp_path: Path) -> None:
    reviews = [by("bob", "MEMBER"), by("gone", "NONE")]
    assert pull(tmp_path, reviews=reviews, people=BOB_WRITES).entitled_approvers == ("bob",)
    wrote = [commit(user("ann"), user("bob"))]
    with pytest.raises(UnknownFact, match="any more"):
        _ = pull(tmp_path / "2", commits=wrote, reviews=reviews, people=BOB_WRITES).entitled_approvers


@pytest.mark.parametrize("default", ["write", "admin"])
def test_what_each_member_may_do_is_enough_where_no_list_tells_of_each(tmp_path: Path, default: str) -> None:
    found = pull(tmp_path, reviews=[by("bob", "MEMBER")], default=default)
    assert found.entitled_approvers == ("bob",)
    for place, association in enumerate(("COLLABORATOR", None)):
        with pytest.raises(UnknownFact, match="collaborators"):
            _ = pull(tmp_path / str(place), reviews=[by("bob", association)], default=default).entitled_approvers
    assert (
        pull(tmp_path / "3", reviews=[by("bob", "MEMBER")], default=default, people=BOB_READS).entitled_approvers == ()
    )


@pytest.mark.parametrize("default", ["read", "none", "maintain", None, True])
def test_another_default_tells_nothing_of_a_member(tmp_path: Path, default: Any) -> None:
    with pytest.raises(UnknownFact, match="collaborators"):
        _ = pull(tmp_path, reviews=[by("bob", "MEMBER")], default=default).entitled_approvers


def test_the_missing_list_is_named(tmp_path: Path) -> None:
    with pytest.raises(UnknownFact, match="collaborators"):
        _ = pull(tmp_path, reviews=[by("bob", "MEMBER")]).entitled_approvers


@pytest.mark.parametrize("login", ["cursoragent", "claude"])
def test_an_agent_with_a_user_account_approves_nothing(tmp_path: Path, login: str) -> None:
    assert pull(tmp_path, reviews=[by(login, "MEMBER")]).approvers == ()


def test_a_reviewer_of_another_type_leaves_the_approvers_unknown(tmp_path: Path) -> None:
    with pytest.raises(UnknownFact):
        _ = pull(tmp_path, reviews=[review("bob", "APPROVED", 9, kind="Mannequin")]).approvers


@pytest.mark.parametrize(
    ("change", "message", "requesters"),
    [
        ({}, "", ()),
        ({"assignees": [user("bob")]}, NO_REPLY, ()),  # a person proposed it
        ({"user": COPILOT}, NO_REPLY, ("margaret",)),
        ({"user": COPILOT, "assignees": [COPILOT, user("bob")]}, "", ("bob",)),
        ({"user": COPILOT, "assignees": [user("bob")]}, NO_REPLY, ("bob", "margaret")),
        ({"user": user("devin-ai-integration[bot]", type="Bot"), "body": "Requested by: Bob (@bob-x)"}, "", ("bob-x",)),
        ({"user": user("cursoragent"), "assignees": [user("bob")]}, "", ("bob",)),
        ({"user": user("own-app[bot]", type="Bot"), "assignees": [user("bob")]}, NO_REPLY, ("margaret",)),
    ],
)
def test_whoever_had_a_program_write_it(
    tmp_path: Path, change: dict[str, Any], message: str, requesters: tuple[str, ...]
) -> None:
    commits = [commit(AGENT, AGENT, message=message)]
    assert pull(tmp_path, change, commits=commits).requesters == requesters


@pytest.mark.parametrize(
    "change",
    [
        {"user": COPILOT},
        {"user": COPILOT, "assignees": [COPILOT]},
        {"user": user("claude")},
        {"user": user("own-app[bot]", type="Bot"), "assignees": [user("bob")]},  # perhaps to review it
        {"user": user("ann", type="Mannequin")},
        {"user": {"login": "ann"}},
    ],
)
def test_a_program_that_says_not_for_whom_it_worked_leaves_that_unknown(tmp_path: Path, change: dict[str, Any]) -> None:
    commits = [commit(AGENT, AGENT, message="Fix it\n\nCo-authored-by: Copilot <1+Copilot@users.noreply.github.com>")]
    with pytest.raises(UnknownFact):
        _ = pull(tmp_path, change, commits=commits).requesters


@pytest.mark.parametrize(
    ("message", "authors"),
    [
        (NO_REPLY, ("ann", "margaret")),
        (NO_REPLY.replace("Co-authored-by", "co-AUTHORED-by"), ("ann", "margaret")),
        (TRAILER.format("Ann", "ann@acme.example"), ("ann",)),  # whose account another commit shows
        (TRAILER.format("Claude", "noreply@anthropic.com"), ("ann",)),
        (TRAILER.format("x", "1+dependabot[bot]@users.noreply.github.com"), ("ann",)),
        ("Signed-off-by: Bob <bob@acme.example>", ("ann",)),
    ],
)
def test_co_authors_wrote_it_too(tmp_path: Path, message: str, authors: tuple[str, ...]) -> None:
    made = commit(user("ann"), user("ann"), message=message)
    made["commit"]["author"]["email"] = "ann@acme.example"
    assert pull(tmp_path, commits=[made]).commit_authors == authors


@pytest.mark.parametrize("message", [TRAILER.format("Bob", "bob@acme.example"), None, 7])
def test_a_co_author_of_no_known_account_leaves_the_authors_unknown(tmp_path: Path, message: Any) -> None:
    made = commit(user("ann"), user("ann"))
    made["commit"]["message"] = message
    with pytest.raises(UnknownFact):
        _ = pull(tmp_path, commits=[made]).commit_authors


def test_what_is_not_merged_has_no_commit_on_the_branch(tmp_path: Path) -> None:
    assert pull(tmp_path).merge_commit == f"github/acme/web/commits/{'c' * 40}"
    assert pull(tmp_path / "2", {"merged_at": None}).merge_commit is None
    assert pull(tmp_path).head_sha == HEAD
