"""GitHub's kinds: the neutral ones with what GitHub tells beside them."""

from datetime import datetime

import msgspec

from soc2test import (
    AIUse,
    AppGrant,
    Change,
    ChangeLabel,
    Commit,
    Environment,
    Identity,
    Repository,
    Tenant,
    Vulnerability,
    Writer,
)

__all__ = [
    "AppInstallation",
    "BranchRules",
    "Check",
    "ClassicProtection",
    "CodeScanningAlert",
    "Collaborator",
    "CopilotSeat",
    "DependabotAlert",
    "GithubCommit",
    "GithubEnvironment",
    "GithubMember",
    "GithubOrganization",
    "GithubRepository",
    "IntroducingPull",
    "OutsideCollaborator",
    "PullCommit",
    "PullRequest",
    "RequiredCheck",
    "Review",
    "Rule",
    "Ruleset",
    "SecretAlert",
]


class GithubMember(Identity, frozen=True, gc=False, kw_only=True):
    """A member of the organisation.

    GitHub tells no e-mail address (None) but that of single sign-on, where it is exported: join people by their
    accounts, "github:" and the `name`. It does not tell machine users from people either: each account of type User
    counts as human and must meet what people must.
    """

    saml_name_id: str
    """by what its identity of SAML single sign-on is named"""


class AppInstallation(AppGrant, frozen=True, gc=False, kw_only=True):
    """A GitHub App that was installed in the organisation; its rights hold in all repositories or in some of them."""


class CopilotSeat(AIUse, frozen=True, gc=False, kw_only=True):
    """A seat of GitHub Copilot in the organisation; the account need not be a member's."""


class OutsideCollaborator(Identity, frozen=True, gc=False, kw_only=True):
    """Somebody with access to repositories who is no member of the organisation; never its administrator."""


class GithubOrganization(Tenant, frozen=True, gc=False, kw_only=True):
    """The organisation. It holds no storage or disks: those facts of a tenant stay unknown."""

    default_repository_permission: str
    """what each member may do in each repository: "read", "write", "admin", "none\""""
    members_create_public_repositories: bool


class RequiredCheck(msgspec.Struct, frozen=True, gc=False, kw_only=True):
    """An automated check that a branch demands."""

    name: str
    app: int | None
    """id of the GitHub App that must report it; None: whoever does"""


class ClassicProtection(msgspec.Struct, frozen=True, gc=False, kw_only=True):
    """What branch protection says about one branch; an unprotected branch has nothing of it."""

    branch: str
    approvals: int | None = None
    """approvals that a pull request needs; None: none is required to push"""
    dismisses_stale: bool = False
    binds_admins: bool = False
    bypassed: bool = False
    """named people, teams or apps may do without a pull request"""
    demands_pulls: bool = False
    """a change needs a pull request, even where that needs no approval"""
    blocks_force_push: bool = False
    locked: bool = False
    """read-only, without the exception for what a fork takes over from its upstream"""
    checks: tuple[RequiredCheck, ...] = ()


class Rule(msgspec.Struct, frozen=True, gc=False, kw_only=True):
    """One rule of a ruleset that is in force on a branch."""

    type: str
    ruleset: int
    approvals: int = 0
    dismisses_stale: bool = False
    locks: bool = False
    """it lets nobody update the branch, without the exception for what a fork takes over from its upstream"""
    checks: tuple[RequiredCheck, ...] = ()


class BranchRules(msgspec.Struct, frozen=True, gc=False, kw_only=True):
    """All rules in force on one branch, from the repository's, organisation's and enterprise's rulesets."""

    branch: str
    rules: tuple[Rule, ...]


class Ruleset(msgspec.Struct, frozen=True, gc=False, kw_only=True):
    """Who may bypass a ruleset, by GitHub's actor types: "OrganizationAdmin", "RepositoryRole", "Integration" ..."""

    id: int
    active: bool
    """False: it is off, or only watched ("evaluate"), and enforces nothing"""
    bypass: tuple[str, ...] | None
    """None: not shown to whoever exported it"""
    push_bypass: tuple[str, ...] | None
    """those of them who may also push without a pull request, or are not met by the rules at all"""


class Collaborator(msgspec.Struct, frozen=True, gc=False, kw_only=True):
    """Somebody who has access to a repository, by whatever way: as owner, by a team, by the default, or invited."""

    login: str
    writes: bool
    """may push: the permissions write, maintain and admin, and roles of the organisation's own built upon them"""


class GithubRepository(Repository, frozen=True, gc=False, kw_only=True):
    """A repository. Branch protection and rulesets add up: what either requires is required."""

    branch_protection: ClassicProtection
    branch_rules: BranchRules
    rulesets: tuple[Ruleset, ...]
    organization_rulesets: tuple[Ruleset, ...]
    """those of the whole organisation, whose bypass list only its owners are shown"""
    collaborators: tuple[Collaborator, ...]
    """everybody with access to it when it was exported"""
    members_write: bool
    """the organisation lets each of its members write to each repository"""


class GithubEnvironment(Environment, frozen=True, gc=False, kw_only=True):
    """A deployment environment of a repository."""


class Review(msgspec.Struct, frozen=True, gc=False, kw_only=True):
    """One submitted review of a pull request."""

    user: str | None
    """None: the account was deleted since"""
    human: bool
    state: str
    """"APPROVED", "CHANGES_REQUESTED", "COMMENTED", "DISMISSED\""""
    commit: str | None
    at: datetime
    association: str | None
    """what the reviewer is to the repository when it is exported: "MEMBER", "CONTRIBUTOR" ...; None: not told"""


class PullCommit(msgspec.Struct, frozen=True, gc=False, kw_only=True):
    """One commit of a pull request, and who wrote it."""

    sha: str
    writers: tuple[Writer, ...]
    """the accounts that authored and committed it"""
    merged_by_github: bool
    """GitHub itself joined two branches by it, as its signature shows: "Update branch", or conflicts that were resolved
    in the browser"""
    co_authors: tuple[str, ...]
    """logins of the people whom its text names as co-authors"""
    addresses: tuple[str, ...]
    """e-mail addresses of further co-authors, whose accounts GitHub's answer does not tell"""


class Check(msgspec.Struct, frozen=True, gc=False, kw_only=True):
    """One run of an automated check on a commit, or a status that another system set on it."""

    name: str
    app: int | None
    """id of the GitHub App that reported it; None: a status, which names none"""
    commit: str
    passed: bool
    succeeded: bool
    """it passed by a result: it was neither skipped nor neutral"""
    begun_at: datetime
    ended_at: datetime | None
    """None: still runs"""


class PullRequest(Change, frozen=True, gc=False, kw_only=True):
    """A pull request. Apps are no `approvers`; GitHub's own web-flow is no commit author.

    `commit_authors` is unknown where GitHub knows no account for a commit, or for a co-author that its text names.
    `requesters` are known for programs that say whom they worked for: by co-authors, assignees or their text. What was
    pushed to a branch without a pull request is no `PullRequest`.
    """

    head_sha: str
    """the last commit proposed, what was merged"""
    merge_commit: str | None
    """id of the commit that brought it to its branch: the merge, the squashed one, or the last of those rebased;
    None: not merged"""
    author_type: str
    """type of the proposing account: "User" or "Bot\""""
    commit_count: int
    """commits that GitHub counts in it"""
    on_default_line: bool
    """its merge was put onto the default branch itself, whatever that was called then"""
    assignees: tuple[str, ...]
    """logins of the people it is assigned to"""
    requested_by: tuple[str, ...]
    """logins that its text names after "requested by\""""
    label_events: tuple[ChangeLabel, ...]
    """each setting of a label, also of one that it bears no more"""
    reviews: tuple[Review, ...]
    commits: tuple[PullCommit, ...]
    check_runs: tuple[Check, ...]
    commit_statuses: tuple[Check, ...]


class IntroducingPull(msgspec.Struct, frozen=True, gc=False, kw_only=True):
    """A pull request that GitHub says a commit came with."""

    id: str
    number: int
    merged: bool


class GithubCommit(Commit, frozen=True, gc=False, kw_only=True):
    """A commit of a default branch: one of its list, or one that a listed commit names as its parent.

    Its time is that of the committer, or of the newest commit before it, if that is later: who commits sets his own
    clock, and can't set those of others. A pull request brought it where its own or its carrier's merge is that of the
    pull request, else where GitHub's answer for the commit says so.
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
    introduced_by: tuple[IntroducingPull, ...]


class DependabotAlert(Vulnerability, frozen=True, gc=False, kw_only=True):
    """A dependency with a known weakness. One that an auto-triage rule closed is dismissed by nobody (None)."""


class CodeScanningAlert(Vulnerability, frozen=True, gc=False, kw_only=True):
    """A finding of CodeQL or another scanner.

    Its severity is the rule's security severity; where a tool gives none, its level: error is high, warning medium.
    """


class SecretAlert(Vulnerability, frozen=True, gc=False, kw_only=True):
    """A secret in a repository. GitHub rates none: each is critical. A revoked one is fixed, any other is dismissed;
    open is, though its alert was closed, one that GitHub saw work ("validity": "active"), and one that won't be fixed,
    unless GitHub saw that it no longer works ("inactive").

    GitHub's list leaves out alerts of generic patterns (private keys, connection strings), which a repository may have
    switched on, unless the call names them (`secret_type`): those are not known here.
    """
