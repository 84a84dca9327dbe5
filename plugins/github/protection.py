"""What guards a default branch: branch protection, rulesets, and both together.

GitHub applies both, so a fact is true where either makes it so, and false only where both are known.
"""

from collections.abc import Callable
from typing import Any

from soc2test import Facts, Item, Subject, UnknownFact, facts
from soc2test_plugins.github.kinds import BranchRules, ClassicProtection, GithubRepository, Rule, Ruleset
from soc2test_plugins.github.shapes import as_items, dig, flag, or_unknown
from soc2test_plugins.github.source import NO_PLAN, NOT_PROTECTED, github, uid

_MACHINES = {"Integration", "DeployKey"}
_PEOPLE = {"OrganizationAdmin", "EnterpriseOwner", "RepositoryRole", "Team", "User"}


@github.reads(
    "repos get-branch-protection",
    kind=GithubRepository,
    subject=("repo", "branch"),
    absent=(NOT_PROTECTED, NO_PLAN),
    command="gh api repos/{org}/{name}/branches/{default_branch}/protection",
)
def branch_protection(item: Item | None, at: Subject) -> Facts:
    """Branch protection of the default branch; 404 "Branch not protected" says that there is none."""
    told = or_unknown(lambda: _classic(item, at["branch"]))
    return facts(uid(at, at["repo"]), branch_protection=told)


@github.reads(
    "repos get-branch-rules",
    kind=GithubRepository,
    subject=("repo", "branch"),
    absent=(NO_PLAN,),
    command='gh api --paginate --slurp "repos/{org}/{name}/rules/branches/{default_branch}?per_page=100"',
)
def branch_rules(body: Any, at: Subject) -> Facts:
    """The rules in force on the default branch, whichever ruleset holds them; no inactive ones are listed."""
    rules = tuple(_rule(each) for each in as_items([] if body is None else body))
    return facts(uid(at, at["repo"]), branch_rules=BranchRules(branch=at["branch"], rules=rules))


@github.reads(
    "repos get-repo-ruleset",
    kind=GithubRepository,
    subject="repo",
    command="gh api repos/{org}/{name}/rulesets --jq '.[].id'"
    " | xargs -I{{}} gh api repos/{org}/{name}/rulesets/{{}} | jq -s .",
)
def rulesets(body: Any, at: Subject) -> Facts:
    """Each ruleset of the repository in full, its organisation's too: only there it says who may bypass it."""
    told = or_unknown(lambda: tuple(_ruleset(each) for each in ([body] if isinstance(body, Item) else as_items(body))))
    return facts(uid(at, at["repo"]), rulesets=told)


@github.reads(
    "repos get-org-ruleset",
    kind=GithubRepository,
    command="gh api orgs/{org}/rulesets --jq '.[].id' | xargs -I{{}} gh api orgs/{org}/rulesets/{{}} | jq -s .",
)
def organization_rulesets(body: Any, at: Subject) -> Facts:
    """The organisation's rulesets in full, for exports of repositories that don't say who may bypass these."""
    told = or_unknown(lambda: tuple(_ruleset(each) for each in ([body] if isinstance(body, Item) else as_items(body))))
    return facts("*", organization_rulesets=told)


def _classic(item: Item | None, branch: str) -> ClassicProtection:
    """An object is left out of GitHub's answer where its requirement is switched off."""
    if item is None:
        return ClassicProtection(branch=branch)
    reviews = item.or_else("required_pull_request_reviews", None)
    checks = item.or_else("required_status_checks", None)
    return ClassicProtection(
        branch=branch,
        approvals=None if reviews is None else int(reviews["required_approving_review_count"]),
        dismisses_stale=reviews is not None and flag(reviews["dismiss_stale_reviews"]),
        binds_admins=flag(dig(item, "enforce_admins", "enabled")),
        bypassed=reviews is not None and _allowances(reviews),
        blocks_force_push=not flag(dig(item, "allow_force_pushes", "enabled")),
        checks=() if checks is None else tuple(sorted(checks["contexts"])),
    )


def _allowances(reviews: Item) -> bool:
    allowed = reviews.or_else("bypass_pull_request_allowances", None)
    return allowed is not None and any(allowed.or_else(who, []) for who in ("users", "teams", "apps"))


def _rule(item: Item) -> Rule:
    kind, ruleset, parameters = str(item["type"]), int(item["ruleset_id"]), item.or_else("parameters", None)
    if kind == "pull_request":
        return Rule(
            type=kind,
            ruleset=ruleset,
            approvals=int(parameters["required_approving_review_count"]),
            dismisses_stale=flag(parameters["dismiss_stale_reviews_on_push"]),
        )
    if kind == "required_status_checks":
        checks = tuple(str(check["context"]) for check in parameters["required_status_checks"])
        return Rule(type=kind, ruleset=ruleset, checks=checks)
    return Rule(type=kind, ruleset=ruleset)


def _ruleset(item: Item) -> Ruleset:
    actors = item["bypass_actors"]  # left out where the caller may not edit the ruleset
    return Ruleset(id=int(item["id"]), bypass=tuple(sorted(str(actor["actor_type"]) for actor in actors)))


@github.derives(GithubRepository, "protected")
def protected(repo: GithubRepository) -> bool:
    """At least one approval is required before a change reaches the default branch."""
    return _either(repo, lambda classic: (classic.approvals or 0) > 0, lambda rules: bool(_reviewed(rules)))


@github.derives(GithubRepository, "stale_approvals_dismissed")
def stale_approvals_dismissed(repo: GithubRepository) -> bool:
    """Either voids approvals on a new commit."""
    return _either(
        repo,
        lambda classic: classic.dismisses_stale,
        lambda rules: any(rule.dismisses_stale for rule in rules.rules),
    )


@github.derives(GithubRepository, "force_push_blocked")
def force_push_blocked(repo: GithubRepository) -> bool:
    """Either refuses force pushes."""
    return _either(
        repo,
        lambda classic: classic.blocks_force_push,
        lambda rules: any(rule.type == "non_fast_forward" for rule in rules.rules),
    )


@github.derives(GithubRepository, "admins_bound")
def admins_bound(repo: GithubRepository) -> bool:
    """One of those that require an approval lets neither administrators nor other people or teams bypass it."""
    return _either(
        repo,
        lambda classic: (classic.approvals or 0) > 0 and classic.binds_admins and not classic.bypassed,
        lambda rules: any(not _people_bypass(repo, rule) for rule in _reviewed(rules)),
    )


@github.derives(GithubRepository, "required_approvals")
def required_approvals(repo: GithubRepository) -> int:
    """The most that any of them asks for."""
    return max([_classic_of(repo).approvals or 0, *(rule.approvals for rule in _rules_of(repo).rules)])


@github.derives(GithubRepository, "required_checks")
def required_checks(repo: GithubRepository) -> tuple[str, ...]:
    """The checks of both."""
    ruled = (check for rule in _rules_of(repo).rules for check in rule.checks)
    return tuple(sorted({*_classic_of(repo).checks, *ruled}))


def _either(
    repo: GithubRepository, classic: Callable[[ClassicProtection], bool], rules: Callable[[BranchRules], bool]
) -> bool:
    """True where either says so, even if the other is unknown; raises `UnknownFact` where one that matters is."""
    unknown: UnknownFact | None = None
    try:
        if classic(_classic_of(repo)):
            return True
    except UnknownFact as error:
        unknown = error
    if rules(_rules_of(repo)):
        return True
    if unknown is not None:
        raise unknown
    return False


def _classic_of(repo: GithubRepository) -> ClassicProtection:
    _check_branch(repo, repo.branch_protection.branch)
    return repo.branch_protection


def _rules_of(repo: GithubRepository) -> BranchRules:
    _check_branch(repo, repo.branch_rules.branch)
    return repo.branch_rules


def _check_branch(repo: GithubRepository, branch: str) -> None:
    if branch != repo.default_branch:
        raise UnknownFact("default_branch", "the protection exported is that of another branch than the default one")


def _reviewed(rules: BranchRules) -> list[Rule]:
    return [rule for rule in rules.rules if rule.type == "pull_request" and rule.approvals > 0]


def _people_bypass(repo: GithubRepository, rule: Rule) -> bool:
    """Teams and roles count as people with administrators among them: who is in is not in the ruleset."""
    ruleset = _find(repo, rule.ruleset)
    if any(actor in _PEOPLE for actor in ruleset.bypass):
        return True
    if not _MACHINES.issuperset(ruleset.bypass):
        raise UnknownFact("rulesets", "a ruleset may be bypassed by an actor of an unknown type")
    return False


def _find(repo: GithubRepository, id: int) -> Ruleset:
    """The ruleset of the repository's own export, else of the organisation's."""
    unknown: UnknownFact | None = None
    for fact in ("rulesets", "organization_rulesets"):
        try:
            found: tuple[Ruleset, ...] = getattr(repo, fact)
        except UnknownFact as error:
            unknown = unknown or error
            continue
        for ruleset in found:
            if ruleset.id == id:
                return ruleset
    raise unknown or UnknownFact("rulesets", "the ruleset that requires the approval was not exported in full")
