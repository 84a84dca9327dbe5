"""GitLab's kinds: the neutral ones with what GitLab tells beside them."""

from datetime import datetime

import msgspec

from soc2test import Change, Commit, Identity, Repository, Resource, Tenant

__all__ = [
    "ApprovalRule",
    "ApprovalSettings",
    "GitlabCommit",
    "GitlabGroup",
    "GitlabMember",
    "GitlabProject",
    "GitlabUser",
    "IntroducingMerge",
    "MergeApproval",
    "MergeCommit",
    "MergeRequest",
    "MergeVersion",
    "Pipeline",
    "ProjectMember",
    "ProtectedBranch",
]


class GitlabGroup(Tenant, frozen=True, gc=False, kw_only=True):
    """The top-level group. It holds no storage or disks: those facts of a tenant stay unknown."""


class GitlabMember(Identity, frozen=True, gc=False, kw_only=True):
    """An account with access to a project of the group: as member of the project, of a group above it or of one that
    was invited.

    No list of members says which accounts are programs', or who signs in how: what a list of users says is taken over
    from there. Where none does, each account counts as human and must meet what people must, and none has an e-mail
    address (None) that GitLab does not show: join people by their accounts, "gitlab:" and the `name`.
    """

    group_owner: bool
    """owns the top-level group"""
    saml_name_id: str
    """by what its identity of the group's SAML single sign-on is named"""
    shown_email: str
    """its address, which GitLab shows to owners for accounts that the group owns (enterprise users)"""


class GitlabUser(Resource, frozen=True, gc=False, kw_only=True):
    """What a list of users tells of an account: that of an instance to its administrators, or that of a group's SAML
    single sign-on to its owners."""

    bot: bool
    email: str | None
    two_factor: bool
    """a second factor is set up with GitLab, which asks for it beside the password"""
    signs_in_by: tuple[str, ...]
    """providers of single sign-on to which the account is linked"""
    administrator: bool
    """of the whole instance"""
    created_at: datetime
    last_used_at: datetime | None


class ProjectMember(Resource, frozen=True, gc=False, kw_only=True):
    """What somebody may do in one project, by whatever way he is in."""

    writes: bool
    """has the role of a developer or more, which may push and merge"""


class ProtectedBranch(msgspec.Struct, frozen=True, gc=False, kw_only=True):
    """A rule that protects the branches of its name or pattern."""

    name: str
    pushed: bool
    """somebody may push to it, a role, a person, a group or a deploy key"""
    merged: bool
    """somebody may merge into it"""
    force_push: bool
    """whoever may push may rewrite it"""


class ApprovalRule(msgspec.Struct, frozen=True, gc=False, kw_only=True):
    """A rule that demands approvals of merge requests."""

    type: str
    approvals: int
    eligible: int
    """how many may give them, as far as they are shown"""
    hidden: bool
    """some of them are in groups that whoever exported it may not see"""
    branches: tuple[str, ...]
    """names or patterns of the protected branches that it is for"""
    all_protected: bool
    """it is for all protected branches; else without `branches` for all branches"""


class ApprovalSettings(msgspec.Struct, frozen=True, gc=False, kw_only=True):
    """What holds for all approvals in a project."""

    by_author: bool
    """who proposes a merge request may approve it"""
    editable: bool
    """the rules may be changed in a single merge request"""
    reset_on_push: bool


class GitlabProject(Repository, frozen=True, gc=False, kw_only=True):
    """A project of the group or of a group below it; its `name` is the path with its groups."""

    protected_branches: tuple[ProtectedBranch, ...]
    approval_rules: tuple[ApprovalRule, ...]
    approval_settings: ApprovalSettings
    pipelines_must_succeed: bool
    """what a merge request proposes can be merged once its pipeline succeeded"""
    skipped_pipelines_pass: bool


class MergeApproval(msgspec.Struct, frozen=True, gc=False, kw_only=True):
    """An approval of a merge request that was not taken back."""

    login: str
    at: datetime


class MergeVersion(msgspec.Struct, frozen=True, gc=False, kw_only=True):
    """What a merge request proposed since a push."""

    head: str
    """id of the last commit"""
    at: datetime
    """when it was pushed, by GitLab's clock"""
    patch: str | None
    """id of what it changes, which is the same after a rebase; None: not told"""


class MergeCommit(msgspec.Struct, frozen=True, gc=False, kw_only=True):
    """One commit of a merge request, and the e-mail addresses of those who wrote it, co-authors too."""

    sha: str
    addresses: tuple[str, ...]


class Pipeline(msgspec.Struct, frozen=True, gc=False, kw_only=True):
    """The pipeline that ran for a merge request last."""

    sha: str
    status: str
    finished_at: datetime | None
    """None: it runs, or waits"""


class MergeRequest(Change, frozen=True, gc=False, kw_only=True):
    """A merge request. What was pushed to a branch without one is no `MergeRequest`.

    `commit_authors` is unknown where nobody in the register of people has the address of a commit. `labelled` stays
    unknown: who set a label is not read.
    """

    head_sha: str
    """the last commit proposed"""
    landed: tuple[str, ...]
    """ids of the commits by which it came to its branch: the merge, the squashed one, and the last one proposed, which
    a fast-forward puts there as it is; none of what is not merged"""
    given: tuple[MergeApproval, ...]
    """all approvals, also those of earlier commits and those after the merge"""
    versions: tuple[MergeVersion, ...]
    commits: tuple[MergeCommit, ...]
    pipeline: Pipeline | None


class IntroducingMerge(msgspec.Struct, frozen=True, gc=False, kw_only=True):
    """A merge request that GitLab says introduced a commit."""

    id: str
    number: int
    merged: bool


class GitlabCommit(Commit, frozen=True, gc=False, kw_only=True):
    """A commit of a default branch: one of its list, or one that a listed commit names as its parent.

    Its time is that of the committer, or of the newest commit before it, if that is later. A merge request brought it
    where the merge request landed by it or by its carrier, else where GitLab's answer for the commit says so.
    """

    joins_branches: bool
    """it has several parents"""
    listed: bool
    """unknown for one that the list ends before"""
    dated: datetime
    not_after: datetime
    """of one that the list ends before: when the commit after it was made"""
    carrier: str
    """id of the commit by which the branch got it: a merge, or itself where it was put onto the branch"""
    address: str
    """e-mail address of who wrote it"""
    introduced_by: tuple[IntroducingMerge, ...]
