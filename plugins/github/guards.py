"""What guards a default branch: branch protection and rulesets together.

GitHub applies both, and of several versions of a rule the most restrictive ("About rule layering" in its guide to
rulesets), so a fact is true where either makes it so, and false only where both are known.
"""

from collections.abc import Callable, Iterator
from operator import call

from soc2test import UnknownFact, any_of
from soc2test_plugins.github.kinds import BranchRules, ClassicProtection, GithubRepository, RequiredCheck, Rule, Ruleset
from soc2test_plugins.github.source import github

__all__ = ["demanded_checks"]

_RULESETS = ("rulesets", "organization_rulesets")
_NOT_SHOWN = "GitHub shows who may bypass a ruleset only to whoever may edit it: export it with those rights"
_NOT_IN_FORCE = "a rule is listed for the branch whose ruleset is not in force by its own export: export both again"
_NOT_EXPORTED = "the ruleset that holds the rule was not exported in full"


def demanded_checks(repo: GithubRepository) -> tuple[RequiredCheck, ...]:
    """The automated checks of both. Raises `UnknownFact` where one of them is unknown."""
    ruled = (check for rule in _rules_of(repo).rules for check in rule.checks)
    return tuple(dict.fromkeys((*_classic_of(repo).checks, *ruled)))


@github.derives(GithubRepository, "protected")
def protected(repo: GithubRepository) -> bool:
    """At least one approval is required before a change reaches the default branch, or none reaches it at all."""
    return _either(
        repo,
        lambda classic: (classic.approvals or 0) > 0 or _locked(classic),
        lambda rules: bool(_reviewed(rules)) or _bound(repo, _locks(rules)),
    )


@github.derives(GithubRepository, "locked")
def locked(repo: GithubRepository) -> bool:
    """Either makes the branch read-only for everybody: a lock that binds administrators, a rule without a bypass.

    What a fork takes over from its upstream would be a change that nobody here reviewed.
    """
    return _either(repo, _locked, lambda rules: _bound(repo, _locks(rules)))


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
    """Either refuses force pushes, or lets nobody push without a pull request: a force push overrides no other rule.

    Where force pushes are refused, somebody may still be let pass: that is told by `admins_bound`, since whoever can't
    push past a required pull request can't rewrite the branch either.
    """
    return _either(
        repo,
        lambda classic: classic.blocks_force_push or _demands_pulls(classic) or _locked(classic),
        lambda rules: (
            any(rule.type == "non_fast_forward" for rule in rules.rules)
            or _bound(repo, _pulls(rules), pushing=True)
            or _bound(repo, _locks(rules))
        ),
    )


@github.derives(GithubRepository, "admins_bound")
def admins_bound(repo: GithubRepository) -> bool:
    """One of those that require an approval, or lock the branch, lets nobody bypass it.

    An app or a deploy key that may bypass it is a way round for people too: who writes a workflow acts as the app of
    GitHub Actions, and whoever holds a deploy key's other half pushes with it.
    """
    return _either(
        repo,
        lambda classic: ((classic.approvals or 0) > 0 and _demands_pulls(classic)) or _locked(classic),
        lambda rules: _bound(repo, [*_reviewed(rules), *_locks(rules)]),
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
    return any_of((lambda: classic(_classic_of(repo)), lambda: rules(_rules_of(repo))), call)


def _classic_of(repo: GithubRepository) -> ClassicProtection:
    _check_branch(repo, repo.branch_protection.branch)
    return repo.branch_protection


def _rules_of(repo: GithubRepository) -> BranchRules:
    _check_branch(repo, repo.branch_rules.branch)
    off = {ruleset.id for ruleset in _exported(repo) if not ruleset.active}
    if any(rule.ruleset in off for rule in repo.branch_rules.rules):
        raise UnknownFact("branch_rules", _NOT_IN_FORCE, code="conflict")
    return repo.branch_rules


def _exported(repo: GithubRepository) -> Iterator[Ruleset]:
    """Those rulesets that are known."""
    for fact in _RULESETS:
        try:
            yield from getattr(repo, fact)
        except UnknownFact:
            continue


def _check_branch(repo: GithubRepository, branch: str) -> None:
    if branch != repo.default_branch:
        raise UnknownFact("default_branch", "the protection exported is that of another branch than the default one")


def _locked(classic: ClassicProtection) -> bool:
    return classic.locked and classic.binds_admins


def _demands_pulls(classic: ClassicProtection) -> bool:
    """Of everybody."""
    return classic.demands_pulls and classic.binds_admins and not classic.bypassed


def _reviewed(rules: BranchRules) -> list[Rule]:
    return [rule for rule in _pulls(rules) if rule.approvals > 0]


def _pulls(rules: BranchRules) -> list[Rule]:
    return [rule for rule in rules.rules if rule.type == "pull_request"]


def _locks(rules: BranchRules) -> list[Rule]:
    return [rule for rule in rules.rules if rule.locks]


def _bound(repo: GithubRepository, rules: list[Rule], *, pushing: bool = False) -> bool:
    """True where nobody may bypass one of `rules`, or do so when `pushing`, even if another's list is unknown."""
    return any_of(rules, lambda rule: not _bypass(repo, rule.ruleset, pushing=pushing))


def _bypass(repo: GithubRepository, id: int, *, pushing: bool) -> tuple[str, ...]:
    """Who may bypass a ruleset, by the repository's own export, else by the organisation's."""
    unknown: UnknownFact | None = None
    for fact in _RULESETS:
        try:
            found: tuple[Ruleset, ...] = getattr(repo, fact)
        except UnknownFact as error:
            unknown = unknown or error
            continue
        for ruleset in found:
            actors = ruleset.push_bypass if pushing else ruleset.bypass
            if ruleset.id == id and actors is not None:
                return actors
            if ruleset.id == id:
                unknown = UnknownFact("rulesets", _NOT_SHOWN, code="denied")
    raise unknown or UnknownFact("rulesets", _NOT_EXPORTED)
