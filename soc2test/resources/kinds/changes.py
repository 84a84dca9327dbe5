"""Code, how it is changed and where it is released to."""

from datetime import datetime

import msgspec

from soc2test.resources.resource import Resource

__all__ = [
    "Approval",
    "Change",
    "ChangeLabel",
    "Commit",
    "Environment",
    "LaterReview",
    "Repository",
    "Reviewer",
    "Writer",
]


class Repository(Resource, frozen=True, gc=False, kw_only=True):
    """A source repository; protection facts are about its default branch, branch protection and rulesets together."""

    name: str
    public: bool
    archived: bool
    default_branch: str
    protected: bool
    """changes reach the default branch only through a reviewed pull request"""
    required_approvals: int
    locked: bool
    """the default branch is read-only for everybody, administrators included: it takes no change at all, and is
    protected without a demand for approvals"""
    stale_approvals_dismissed: bool
    """a new commit makes earlier approvals void"""
    admins_bound: bool
    """nobody can bypass the review, administrators included"""
    force_push_blocked: bool
    """nobody can rewrite the history: force pushes are refused, or stopped by what is demanded of everybody"""
    required_checks: tuple[str, ...]
    secret_scanning: bool
    """secrets in commits are found, and pushes that hold one are stopped or alerted"""
    dependency_alerts: bool


class Writer(msgspec.Struct, frozen=True, gc=False, kw_only=True):
    """An account that authored or committed a commit of a change."""

    login: str
    address: str | None
    """the e-mail address in the commit, which the provider holds to be the account's; None: the commit has none"""
    human: bool
    """False: the account is a program's by its type"""
    joined_only: bool = False
    """all that it authored are merges that the provider itself committed: whether it changed anything in them, as who
    resolves a conflict in the browser does, is not told"""


class Approval(msgspec.Struct, frozen=True, gc=False, kw_only=True):
    """When one of the approvers of a change approved it last."""

    login: str
    at: datetime


class LaterReview(msgspec.Struct, frozen=True, gc=False, kw_only=True):
    """A decisive review of a change that was submitted after it was merged."""

    login: str
    at: datetime
    approves: bool
    """it approves the final commit; False: it asks for changes, approves another commit, or was dismissed"""


class ChangeLabel(msgspec.Struct, frozen=True, gc=False, kw_only=True):
    """A label that a change bears, with who set it last and when."""

    name: str
    by: str | None
    """login; None: the account was deleted since"""
    human: bool
    """False: a program set it"""
    at: datetime


class Change(Resource, frozen=True, gc=False, kw_only=True):
    """A change that was proposed for production code, e.g. a pull request."""

    repository: str
    """name of the `Repository`"""
    number: int
    title: str
    author: str
    """login of who proposed it; a program's own where a program did"""
    requesters: tuple[str, ...]
    """logins of the people who had a program write it, and so are its authors; none where a person proposed it"""
    base_branch: str
    merged: bool
    merged_at: datetime | None
    merged_by: str | None
    approvers: tuple[str, ...]
    """logins whose last decisive review approves the final commit"""
    approvals: tuple[Approval, ...]
    """when each of them did"""
    labels: tuple[str, ...]
    """names of the labels that it bears"""
    labelled: tuple[ChangeLabel, ...]
    """the same with their setting, as the provider's own log of the change tells it"""
    later_reviews: tuple[LaterReview, ...]
    """decisive reviews by people after the merge, oldest first: they let nothing in"""
    entitled_later: tuple[str, ...]
    """logins of those who approve in them and may write to the repository"""
    entitled_approvers: tuple[str, ...]
    """those of the approvers who may write to the repository: whoever can read a public one can approve there"""
    commit_authors: tuple[str, ...]
    """logins (or names where none is known) that authored, co-authored or committed any of its commits, but for those
    who are told to have `joined_only`"""
    writers: tuple[Writer, ...]
    """the accounts of those who authored or committed them, by which the people behind them may be found"""
    missing_checks: tuple[str, ...]
    """automated checks that the default branch demands and that had not passed, on the final commit, when it was
    merged; none for a change into another branch, which reaches the default one by a change of its own"""
    skipped_checks: tuple[str, ...]
    """those that count as passed and were skipped, or ended neutral, where none of all that are demanded succeeded;
    empty: one did, or none is demanded"""


class Commit(Resource, frozen=True, gc=False, kw_only=True):
    """A commit that the default branch of a repository holds, however it came there."""

    repository: str
    """name of the `Repository`"""
    sha: str
    author: str | None
    """login of who wrote it; None: the provider knows no account of that address"""
    squashed: bool
    """it is the merge of its change and no joining of branches, so that its author wrote some of it"""
    committed_at: datetime
    """when it was committed, by the clock of who committed it; where no list tells it, the latest that it can be"""
    change: str | None
    """id of the merged `Change` into the default branch that brought it; None: none did, it was pushed"""


class Reviewer(msgspec.Struct, frozen=True, gc=False, kw_only=True):
    """An account that may approve a deployment to an environment, whoever else may."""

    login: str
    human: bool
    """False: the account is a program's by its type"""


class Environment(Resource, frozen=True, gc=False, kw_only=True):
    """A place that a repository is deployed to, as the deploying system guards it."""

    name: str
    """"production", "staging" ..."""
    repository: str
    """name of the `Repository`"""
    approval_required: bool
    """a deployment waits until a named person or team approves it"""
    reviewers: tuple[Reviewer, ...]
    """the single accounts of which one approval is enough"""
    reviewing_teams: tuple[str, ...]
    """names of the teams of which one member's approval is enough"""
    self_approval_blocked: bool
    """whoever started a deployment can't approve it"""
    admins_bound: bool
    """administrators can't deploy without the approval"""
