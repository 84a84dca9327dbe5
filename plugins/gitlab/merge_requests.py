"""Merge requests: what was proposed by whom, what was merged, when and by whom.

docs.gitlab.com/api/merge_requests (gitlab-org/gitlab doc/api/merge_requests.md) and the entity `MergeRequestBasic` in
its lib/api.
"""

import re
from datetime import datetime
from typing import Any

from soc2test import Facts, Item, Subject, Unknown, UnknownFact, dig, facts, id_text, listed, meaning, or_unknown, text
from soc2test_plugins.gitlab.about import PROJECT
from soc2test_plugins.gitlab.kinds import GitlabProject, MergeRequest
from soc2test_plugins.gitlab.shapes import moment
from soc2test_plugins.gitlab.source import API, commit_id, gitlab, merge_request_id

__all__ = ["MERGE_REQUEST", "is_merged"]

MERGE_REQUEST = API + "projects/{project:url}/merge_requests/{number}"
_STATES: dict[str, bool | Unknown] = {
    "merged": True,
    "opened": False,
    "closed": False,
    "locked": Unknown("a merge was under way when the list was made: export it again", what="state"),
}
_BOT = re.compile(r"(?:project|group)_\d+_bot\w*|service_account_\w+", re.ASCII)
"""How GitLab names the accounts of access tokens of projects and groups, and service accounts, by itself."""
_PROGRAM = "a program proposed it, by its name, and GitLab does not say who had it written"


@gitlab.reads(
    "projects merge_requests",
    kind=MergeRequest,
    items="",
    lists=True,
    per=GitlabProject,
    subject="project",
    about={"project": PROJECT},
    command=API + 'projects/{project:url}/merge_requests?state=merged&scope=all&per_page=100"',
)
def merge_request(item: Item, at: Subject) -> Facts:
    """A merge request of a project, also one that comes from a fork. What is not merged let nothing in."""
    number = id_text(item["iid"])
    merged = or_unknown(lambda: is_merged(item))
    return facts(
        merge_request_id(at, number),
        repository=at["project"],
        number=item["iid"],
        title=item["title"],
        author=dig(item, "author", "username"),
        base_branch=item["target_branch"],
        merged=merged,
        merged_at=or_unknown(lambda: _merged_at(item, merged)),
        merged_by=or_unknown(lambda: _merged_by(item)),
        labels=or_unknown(lambda: tuple(text(label) for label in listed(item["labels"]))),
        head_sha=item["sha"],
        landed=or_unknown(lambda: _landed(item, at, merged)),
    )


def is_merged(item: Item) -> bool:
    """By the state of a merge request. Raises `UnknownFact` for one that is not known, or that tells nothing."""
    return meaning(item["state"], _STATES)


@gitlab.derives(MergeRequest, "requesters")
def requesters(change: MergeRequest) -> tuple[str, ...]:
    """None of what a person proposed. A program that bears a name of its own counts as a person, who must be known."""
    if _BOT.fullmatch(change.author):
        raise UnknownFact("requesters", _PROGRAM)
    return ()


def _merged_at(item: Item, merged: Any) -> datetime | None:
    """Null of what is not merged; of what was imported GitLab need not know it."""
    if merged is False and item["merged_at"] is None:
        return None
    return moment(item, "merged_at")


def _landed(item: Item, at: Subject, merged: Any) -> tuple[str, ...]:
    """GitLab makes no merge commit where it fast-forwards, and no squashed one where it does not squash."""
    if isinstance(merged, Unknown):
        merged.raise_()
    if not merged:
        return ()
    made = (item["merge_commit_sha"], item["squash_commit_sha"])
    return tuple(commit_id(at, text(sha)) for sha in (item["sha"], *made) if sha is not None)


def _merged_by(item: Item) -> str | None:
    """`merge_user`, in the place of `merged_by`, which is deprecated; null where nobody or a deleted account did."""
    who = item["merge_user"] if "merge_user" in item else item["merged_by"]
    return None if who is None else text(dig(who, "username"))
