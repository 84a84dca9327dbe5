"""Who approved a merge request, and whether that was of its final commit.

`GET /projects/:id/merge_requests/:iid/approvals` says who approves it now and since when (`approved_at`), not what he
saw; `/versions` says when GitLab got each push. docs.gitlab.com/api/merge_request_approvals and merge_requests, List
diff versions; the entities `MergeRequestApprovals`, `Approvals` and `MergeRequestDiff` (gitlab-org/gitlab lib/api).
"""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from soc2test import (
    Approval,
    Facts,
    Item,
    LaterReview,
    Population,
    Subject,
    UnknownFact,
    facts,
    items_of,
    or_unknown,
    text,
)
from soc2test_plugins.gitlab.about import NUMBER
from soc2test_plugins.gitlab.kinds import MergeApproval, MergeRequest, MergeVersion, ProjectMember
from soc2test_plugins.gitlab.merge_requests import MERGE_REQUEST
from soc2test_plugins.gitlab.shapes import moment
from soc2test_plugins.gitlab.source import gitlab, merge_request_id

_OTHER_HEAD = "the pushes exported do not end with the final commit: export them and the list again"
_REBASED = (
    "an approval was given before the last push, which changed nothing of what is proposed: whether the approver saw "
    "the final commit is not told"
)
_LEFT = "an approver is not in the list of the project's members: whether he could write then is not told"


@gitlab.reads(
    "merge_requests approvals",
    kind=MergeRequest,
    subject=("project", "number"),
    about={"number": NUMBER},
    command=MERGE_REQUEST + '/approvals"',
)
def approvals_given(item: Item, at: Subject) -> Facts:
    """The approvals that stand; one that was taken back, or lapsed with a push, is not there any more."""
    told = or_unknown(lambda: tuple(_approval(approval) for approval in items_of(item["approved_by"])))
    return facts(merge_request_id(at, at["number"]), given=told)


@gitlab.reads(
    "merge_requests versions",
    kind=MergeRequest,
    subject=("project", "number"),
    command=MERGE_REQUEST + '/versions?per_page=100"',
)
def versions(body: Any, at: Subject) -> Facts:
    """What was proposed since each push."""
    told = or_unknown(lambda: tuple(_version(version) for version in items_of(body)))
    return facts(merge_request_id(at, at["number"]), versions=told)


@gitlab.derives(MergeRequest, "approvals")
def approvals(change: MergeRequest) -> tuple[Approval, ...]:
    """Those between the last push and the merge."""
    return tuple(Approval(login=approval.login, at=approval.at) for approval in _of_final_commit(change))


@gitlab.derives(MergeRequest, "approvers")
def approvers(change: MergeRequest) -> tuple[str, ...]:
    """Who gave them."""
    return tuple(sorted({approval.login for approval in _of_final_commit(change)}))


@gitlab.derives(MergeRequest, "later_reviews")
def later_reviews(change: MergeRequest) -> tuple[LaterReview, ...]:
    """Approvals after the merge; GitLab tells of no other decision."""
    return tuple(LaterReview(login=approval.login, at=approval.at, approves=True) for approval in _later(change))


@gitlab.derives(MergeRequest, "entitled_approvers", joins=ProjectMember)
def entitled_approvers(change: MergeRequest, members: Population[ProjectMember]) -> tuple[str, ...]:
    """The approvers who may write to the project."""
    return _entitled(change, _of_final_commit(change), members)


@gitlab.derives(MergeRequest, "entitled_later", joins=ProjectMember)
def entitled_later(change: MergeRequest, members: Population[ProjectMember]) -> tuple[str, ...]:
    """Of those who approve after the merge, who may write."""
    return _entitled(change, _later(change), members)


def _of_final_commit(change: MergeRequest) -> list[MergeApproval]:
    """Raises `UnknownFact` where none is certainly of the final commit and one may be."""
    before = [given for given in change.given if change.merged_at is None or given.at <= change.merged_at]
    if not before:
        return []
    pushes = sorted(change.versions, key=lambda version: version.at)
    if not pushes or pushes[-1].head != change.head_sha:
        raise UnknownFact("versions", _OTHER_HEAD)
    final = [given for given in before if given.at >= pushes[-1].at]
    if not final and any(given.at >= _since_unchanged(pushes) for given in before):
        raise UnknownFact("approvers", _REBASED)
    return final


def _since_unchanged(pushes: list[MergeVersion]) -> datetime:
    """The first of the last pushes that all propose the same, by the id of the patch."""
    since = pushes[-1]
    for push in reversed(pushes):
        if push.patch is None or push.patch != pushes[-1].patch:
            break
        since = push
    return since.at


def _later(change: MergeRequest) -> list[MergeApproval]:
    merged_at = change.merged_at
    if merged_at is None:
        return []
    return sorted((given for given in change.given if given.at > merged_at), key=lambda given: given.at)


def _entitled(
    change: MergeRequest, given: Iterable[MergeApproval], members: Population[ProjectMember]
) -> tuple[str, ...]:
    """Raises `UnknownFact` where nobody is known to, and somebody might."""
    entitled, unknown = set[str](), None
    for approval in given:
        try:
            if _writes(approval.login, change, members):
                entitled.add(approval.login)
        except UnknownFact as error:
            unknown = unknown or error
    if unknown is not None and not entitled - {change.author}:
        raise unknown
    return tuple(sorted(entitled))


def _writes(login: str, change: MergeRequest, members: Population[ProjectMember]) -> bool:
    project = change.id.rpartition("/merge_requests/")[0]
    member = members.one("id", f"{project}/members/{login}")
    if member is None:
        raise UnknownFact("entitled_approvers", _LEFT)
    return member.writes


def _approval(item: Item) -> MergeApproval:
    return MergeApproval(login=text(item["user"]["username"]), at=moment(item, "approved_at"))


def _version(item: Item) -> MergeVersion:
    patch = item.or_else("patch_id_sha", None)
    return MergeVersion(
        head=text(item["head_commit_sha"]),
        at=moment(item, "created_at"),
        patch=None if patch is None else text(patch),
    )
