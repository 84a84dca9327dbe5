"""The commits of a default branch, and the pull request that each came with."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from soc2test import (
    Facts,
    Item,
    Population,
    Subject,
    Unknown,
    UnknownFact,
    dig,
    facts,
    id_text,
    items_of,
    number,
    or_unknown,
    text,
    unpaged,
)
from soc2test_plugins.branch_history import Node, carriers, moments, outside
from soc2test_plugins.github.about import REPO
from soc2test_plugins.github.kinds import GithubCommit, GithubRepository, IntroducingPull, PullRequest
from soc2test_plugins.github.pulls import commit_id, pull_id
from soc2test_plugins.github.shapes import known_login
from soc2test_plugins.github.source import EMPTY_REPOSITORY, github

_ENDS = "the list of the branch's commits ends before it: export the list from further back, whole if need be"
_EMPTY = "lists no commit: export the list from further back, whole if need be"


@github.reads(
    "repos list-commits",
    kind=GithubCommit,
    lists=True,
    per=GithubRepository,
    subject="repo",
    about={"repo": REPO},
    paging=unpaged,  # what a cut list leaves out shows in the parents of what it holds
    absent=(EMPTY_REPOSITORY,),
    command='gh api --paginate --slurp "repos/{org}/{repo}/commits?per_page=100"',
)
def branch_commits(body: Any, at: Subject) -> Iterable[Facts]:
    """The commits of the default branch, newest first, and the parents where the list ends.

    `&since=` in the call spares what is older; GitHub then leaves out by the committer's own date. How far back the
    list goes shows in itself: a parent that it does not hold is a commit that may be as new as what follows it.
    """
    commits = [] if body is None else items_of(body)
    if not commits and body is not None:  # GitHub says of a repository without any that it is empty
        raise UnknownFact("", _EMPTY)
    nodes = [_node(commit) for commit in commits]
    known, brought = moments(nodes), carriers(nodes) if nodes else {}
    for commit, node in zip(commits, nodes, strict=True):
        yield facts(
            commit_id(at, node.sha),
            repository=at["repo"],
            sha=node.sha,
            author=commit.then("author", known_login),
            joins_branches=len(node.parents) > 1,
            listed=True,
            dated=known[node.sha],
            carrier=commit_id(at, brought[node.sha]),
        )
    for sha, moment in outside(nodes, known).items():
        end = Unknown(_ENDS)
        yield facts(commit_id(at, sha), repository=at["repo"], sha=sha, listed=end, not_after=moment)


@github.reads(
    "repos list-pull-requests-associated-with-commit",
    kind=GithubCommit,
    subject=("repo", "sha"),
    about={"repo": REPO},
    command='gh api --paginate --slurp "repos/{org}/{repo}/commits/{sha}/pulls?per_page=100"',
)
def introducing_pulls(body: Any, at: Subject) -> Facts:
    """The pull requests that GitHub says a commit came with; an empty list says that it came without one."""
    told = or_unknown(lambda: tuple(_introducing(item, at) for item in items_of(body)))
    return facts(commit_id(at, at["sha"]), introduced_by=told)


@github.derives(GithubCommit, "committed_at")
def committed_at(commit: GithubCommit) -> datetime:
    """When it was made; of one that the list ends before, the latest that it can be."""
    try:
        return commit.dated
    except UnknownFact:
        return commit.not_after


@github.derives(GithubCommit, "change", joins=PullRequest)
def change(commit: GithubCommit, pulls: Population[PullRequest]) -> str | None:
    """The merged pull request whose merge it is, or came with; else the one that GitHub names for it.

    Rebased commits but the last are nobody's merge, nor is what was pushed: for those GitHub is asked. Of several the
    first is taken, by which it was proposed.
    """
    if not commit.listed:
        raise UnknownFact("change", _ENDS)
    for id in (commit.id, commit.carrier):
        merged = [(pull.number, pull.id) for pull in pulls.all("merge_commit", id).hits]
        if merged:
            return min(merged)[1]
    named = [(pull.number, pull.id) for pull in commit.introduced_by if pull.merged]
    return min(named)[1] if named else None


@github.derives(GithubCommit, "squashed", joins=PullRequest)
def squashed(commit: GithubCommit, pulls: Population[PullRequest]) -> bool:
    """Also the last of those that were rebased: GitHub leaves their authors as they are."""
    return not commit.joins_branches and bool(pulls.all("merge_commit", commit.id).hits)


def _node(commit: Item) -> Node:
    made = dig(commit, "commit", "committer")
    moment = made.time("date") if isinstance(made, Item) else None
    if not isinstance(moment, datetime):
        raise UnknownFact("committed_at", "a commit does not say when it was made")
    parents = tuple(text(parent["sha"]) for parent in items_of(commit["parents"]))
    return Node(sha=text(commit["sha"]), parents=parents, at=moment)


def _introducing(item: Item, at: Subject) -> IntroducingPull:
    moment = item["merged_at"]
    if isinstance(moment, Unknown):
        moment.raise_()
    return IntroducingPull(
        id=pull_id(at, id_text(item["number"])), number=number(item["number"]), merged=moment is not None
    )
