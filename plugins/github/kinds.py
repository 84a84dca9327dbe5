"""GitHub's kinds: the neutral ones with what GitHub tells beside them."""

from datetime import datetime

import msgspec

from soc2test import Change, Environment, Identity, Repository, Tenant, Vulnerability

__all__ = [
    "BranchRules",
    "Check",
    "ClassicProtection",
    "CodeScanningAlert",
    "Commit",
    "DependabotAlert",
    "GithubEnvironment",
    "GithubMember",
    "GithubOrganization",
    "GithubRepository",
    "OutsideCollaborator",
    "PullRequest",
    "RequiredCheck",
    "Review",
    "Rule",
    "Ruleset",
    "SecretAlert",
]


class GithubMember(Identity, frozen=True, gc=False, kw_only=True):
    """A member of the organisation.

    GitHub tells no e-mail address (None): join people by their accounts, "github:" and the `name`. It does not tell
    machine users from people either: each account of type User counts as human and must meet what people must.
    """


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
    blocks_force_push: bool = False
    checks: tuple[RequiredCheck, ...] = ()


class Rule(msgspec.Struct, frozen=True, gc=False, kw_only=True):
    """One rule of a ruleset that is in force on a branch."""

    type: str
    ruleset: int
    approvals: int = 0
    dismisses_stale: bool = False
    checks: tuple[RequiredCheck, ...] = ()


class BranchRules(msgspec.Struct, frozen=True, gc=False, kw_only=True):
    """All rules in force on one branch, from the repository's, organisation's and enterprise's rulesets."""

    branch: str
    rules: tuple[Rule, ...]


class Ruleset(msgspec.Struct, frozen=True, gc=False, kw_only=True):
    """Who may bypass a ruleset, by GitHub's actor types: "OrganizationAdmin", "RepositoryRole", "Integration" ..."""

    id: int
    bypass: tuple[str, ...] | None
    """None: not shown to whoever exported it"""


class GithubRepository(Repository, frozen=True, gc=False, kw_only=True):
    """A repository. Branch protection and rulesets add up: what either requires is required."""

    branch_protection: ClassicProtection
    branch_rules: BranchRules
    rulesets: tuple[Ruleset, ...]
    organization_rulesets: tuple[Ruleset, ...]
    """those of the whole organisation, whose bypass list only its owners are shown"""


class GithubEnvironment(Environment, frozen=True, gc=False, kw_only=True):
    """A deployment environment of a repository."""


class Review(msgspec.Struct, frozen=True, gc=False, kw_only=True):
    """One submitted review of a pull request, by an account that still exists."""

    user: str
    human: bool
    state: str
    """"APPROVED", "CHANGES_REQUESTED", "COMMENTED", "DISMISSED\""""
    commit: str | None
    at: datetime


class Commit(msgspec.Struct, frozen=True, gc=False, kw_only=True):
    """One commit of a pull request, and the logins that authored and committed it."""

    sha: str
    writers: tuple[str, ...]


class Check(msgspec.Struct, frozen=True, gc=False, kw_only=True):
    """One run of an automated check on a commit, or a status that another system set on it."""

    name: str
    app: int | None
    """id of the GitHub App that reported it; None: a status, which names none"""
    commit: str
    passed: bool
    begun_at: datetime
    ended_at: datetime | None
    """None: still runs"""


class PullRequest(Change, frozen=True, gc=False, kw_only=True):
    """A pull request. Apps and deleted accounts are no `approvers`; GitHub's own web-flow is no commit author.

    `commit_authors` is unknown where GitHub knows no account for a commit. Who is named in the text of a commit alone
    (`Co-authored-by`) is not among them. What was pushed to a branch without a pull request is no `PullRequest`.
    """

    head_sha: str
    """the last commit proposed, what was merged"""
    reviews: tuple[Review, ...]
    commits: tuple[Commit, ...]
    check_runs: tuple[Check, ...]
    commit_statuses: tuple[Check, ...]


class DependabotAlert(Vulnerability, frozen=True, gc=False, kw_only=True):
    """A dependency with a known weakness. One that an auto-triage rule closed is dismissed by nobody (None)."""


class CodeScanningAlert(Vulnerability, frozen=True, gc=False, kw_only=True):
    """A finding of CodeQL or another scanner.

    Its severity is the rule's security severity; where a tool gives none, its level: error is high, warning medium.
    """


class SecretAlert(Vulnerability, frozen=True, gc=False, kw_only=True):
    """A secret in a repository. GitHub rates none: each is critical. A revoked one is fixed, any other is dismissed.

    GitHub's list leaves out alerts of generic patterns (private keys, connection strings), which a repository may have
    switched on, unless the call names them (`secret_type`): those are not known here.
    """
