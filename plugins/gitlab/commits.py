"""The commits of a default branch, and the merge request that each came with.

docs.gitlab.com/api/commits, List repository commits ("if not given, the default branch") and List merge requests
associated with a commit (gitlab-org/gitlab, doc/api/commits.md).
"""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from soc2test import (
    Facts,
    Item,
    Person,
    Population,
    Subject,
    Unknown,
    UnknownFact,
    facts,
    items_of,
    listed,
    number,
    or_unknown,
    text,
    unpaged,
)
from soc2test_plugins.branch_history import Node, carriers, moments, outside
from soc2test_plugins.gitlab.about import PROJECT
from soc2test_plugins.gitlab.authorship import logins
from soc2test_plugins.gitlab.kinds import GitlabCommit, GitlabProject, IntroducingMerge, MergeRequest
from soc2test_plugins.gitlab.merge_requests import is_merged
from soc2test_plugins.gitlab.shapes import moment
from soc2test_plugins.gitlab.source import API, commit_id, gitlab, merge_request_id

_COMMITS = API + "projects/{project:url}/repository/commits"
_ENDS = "the list of the branch's commits ends before it: export the list from further back, whole if need be"
_EMPTY = "lists no commit: export the list from further back, whole if need be"


@gitlab.reads(
    "repository commits",
    kind=GitlabCommit,
    lists=True,
    per=GitlabProject,
    subject="project",
    paging=unpaged,  # what a cut list leaves out shows in the parents of what it holds
    command=_COMMITS + '?per_page=100"',
)
def branch_commits(body: Any, at: Subject) -> Iterable[Facts]:
    """The commits of the default branch, newest first, and the parents where the list ends.

    `&since=` in the call spares what is older. How far back the list goes shows in itself: a parent that it does not
    hold is a commit that may be as new as what follows it.
    """
    commits = items_of(body)
    if not commits:
        raise UnknownFact("", _EMPTY)
    nodes = [_node(commit) for commit in commits]
    known, brought = moments(nodes), carriers(nodes)
    for commit, node in zip(commits, nodes, strict=True):
        yield facts(
            commit_id(at, node.sha),
            repository=at["project"],
            sha=node.sha,
            address=commit["author_email"],
            joins_branches=len(node.parents) > 1,
            listed=True,
            dated=known[node.sha],
            carrier=commit_id(at, brought[node.sha]),
        )
    for sha, latest in outside(nodes, known).items():
        end = Unknown(_ENDS)
        yield facts(commit_id(at, sha), repository=at["project"], sha=sha, listed=end, not_after=latest)


@gitlab.reads(
    "repository commits merge_requests",
    kind=GitlabCommit,
    subject=("project", "sha"),
    about={"project": PROJECT},
    command=_COMMITS + '/{sha}/merge_requests?per_page=100"',
)
def introducing_merges(body: Any, at: Subject) -> Facts:
    """The merge requests that introduced a commit; an empty list says that it came without one."""
    told = or_unknown(lambda: tuple(_introducing(item, at) for item in items_of(body)))
    return facts(commit_id(at, at["sha"]), introduced_by=told)


@gitlab.derives(GitlabCommit, "committed_at")
def committed_at(commit: GitlabCommit) -> datetime:
    """When it was made; of one that the list ends before, the latest that it can be."""
    try:
        return commit.dated
    except UnknownFact:
        return commit.not_after


@gitlab.derives(GitlabCommit, "author", joins=Person)
def author(commit: GitlabCommit, people: Population[Person]) -> str | None:
    """The account of who has its address; of several of one person the first."""
    return min(logins(commit.address, people))


@gitlab.derives(GitlabCommit, "change", joins=MergeRequest)
def change(commit: GitlabCommit, changes: Population[MergeRequest]) -> str | None:
    """The merge request that landed by it, or by the merge that brought it; else the one that GitLab names for it.

    Of several the first is taken, by which it was proposed.
    """
    if not commit.listed:
        raise UnknownFact("change", _ENDS)
    for id in (commit.id, commit.carrier):
        landed = [(merged.number, merged.id) for merged in changes.all("landed", id).hits]
        if landed:
            return min(landed)[1]
    named = [(merge.number, merge.id) for merge in commit.introduced_by if merge.merged]
    return min(named)[1] if named else None


@gitlab.derives(GitlabCommit, "squashed", joins=MergeRequest)
def squashed(commit: GitlabCommit, changes: Population[MergeRequest]) -> bool:
    """Also the last commit of what was put onto the branch as it was, whose author wrote some of it too."""
    return not commit.joins_branches and bool(changes.all("landed", commit.id).hits)


def _node(commit: Item) -> Node:
    parents = tuple(text(sha) for sha in listed(commit["parent_ids"]))
    return Node(sha=text(commit["id"]), parents=parents, at=moment(commit, "committed_date"))


def _introducing(item: Item, at: Subject) -> IntroducingMerge:
    place = number(item["iid"])
    return IntroducingMerge(id=merge_request_id(at, place), number=place, merged=is_merged(item))
