"""What guards a default branch: branch protection and rulesets together.

GitHub applies both, and of several versions of a rule the most restrictive ("About rule layering" in its guide to
rulesets), so a fact is true where either makes it so, and false only where both are known.
"""

from collections.abc import Callable

from soc2test import UnknownFact
from soc2test_plugins.github.kinds import BranchRules, ClassicProtection, GithubRepository, RequiredCheck, Rule, Ruleset
from soc2test_plugins.github.source import github

__all__ = ["demanded_checks"]

_NOT_SHOWN = "GitHub shows who may bypass a ruleset only to whoever may edit it: export it with those rights"
_NOT_EXPORTED = "the ruleset that requires the approval was not exported in full"


def demanded_checks(repo: GithubRepository) -> tuple[RequiredCheck, ...]:
    """The automated checks of both. Raises `UnknownFact` where one of them is unknown."""
    ruled = (check for rule in _rules_of(repo).rules for check in rule.checks)
    return tuple(dict.fromkeys((*_classic_of(repo).checks, *ruled)))


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
    """Either refuses force pushes.

    Somebody may still be let pass: that is told by `admins_bound`, since whoever can't push past a required pull
    request can't rewrite the branch either.
    """
    return _either(
        repo,
        lambda classic: classic.blocks_force_push,
        lambda rules: any(rule.type == "non_fast_forward" for rule in rules.rules),
    )


@github.derives(GithubRepository, "admins_bound")
def admins_bound(repo: GithubRepository) -> bool:
    """One of those that require an approval lets nobody bypass it.

    An app or a deploy key that may bypass it is a way round for people too: who writes a workflow acts as the app of
    GitHub Actions, and whoever holds a deploy key's other half pushes with it.
    """
    return _either(
        repo,
        lambda classic: (classic.approvals or 0) > 0 and classic.binds_admins and not classic.bypassed,
        lambda rules: _bound(repo, _reviewed(rules)),
    )


@github.derives(GithubRepository, "required_approvals")
def required_approvals(repo: GithubRepository) -> int:
    """The most that any of them asks for."""
    return max([_classic_of(repo).approvals or 0, *(rule.approvals for rule in _rules_of(repo).rules)])


@github.derives(GithubRepository, "required_checks")
def required_checks(repo: GithubRepository) -> tuple[str, ...]:
    """The names of the checks of both."""
    return tuple(sorted({check.name for check in demanded_checks(repo)}))


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


def _bound(repo: GithubRepository, rules: list[Rule]) -> bool:
    """True where nobody may bypass one of `rules`, even if who may bypass another is unknown."""
    unknown: UnknownFact | None = None
    for rule in rules:
        try:
            if not _bypass(repo, rule.ruleset):
                return True
        except UnknownFact as error:
            unknown = unknown or error
    if unknown is not None:
        raise unknown
    return False


def _bypass(repo: GithubRepository, id: int) -> tuple[str, ...]:
    """Who may bypass a ruleset, by the repository's own export, else by the organisation's."""
    unknown: UnknownFact | None = None
    for fact in ("rulesets", "organization_rulesets"):
        try:
            found: tuple[Ruleset, ...] = getattr(repo, fact)
        except UnknownFact as error:
            unknown = unknown or error
            continue
        for ruleset in found:
            if ruleset.id == id and ruleset.bypass is not None:
                return ruleset.bypass
            if ruleset.id == id:
                unknown = UnknownFact("rulesets", _NOT_SHOWN, code="denied")
    raise unknown or UnknownFact("rulesets", _NOT_EXPORTED)
