"""What guards a default branch: the rules that protect it, and the approvals that merge requests need.

"When a branch matches multiple rules, the most permissive rule determines the level of protection for the branch"
(docs.gitlab.com, Protected branches). Since 16.0 administrators of the instance may push where they are let, alone.
"""

import re
from operator import call

from soc2test import UnknownFact, all_of, any_of
from soc2test_plugins.gitlab.kinds import ApprovalRule, GitlabProject, ProtectedBranch
from soc2test_plugins.gitlab.source import gitlab

__all__ = ["PIPELINE"]

PIPELINE = "pipeline"
"""The one check that GitLab demands: the pipeline as a whole."""

_OPTIONAL = ("code_owner", "report_approver")
"""Rules that demand nothing of a merge request that touches no owned file, or whose report is well."""
_OWN_APPROVAL = (
    "a rule has as many people who may approve as it demands approvals: GitLab takes it for approved where one of them "
    "proposes the merge request"
)
_HIDDEN = "a rule names groups that are hidden from whoever exported it: whether enough people may approve is not told"
_NOT_DEMANDED = (
    "approvals are set to lapse, and no rule demands one: GitLab answers so in editions too that hold nobody to it "
    "(Premium)"
)


@gitlab.derives(GitlabProject, "protected")
def protected(project: GitlabProject) -> bool:
    """Nobody may push, and a merge needs an approval by another than who proposes it; or nothing gets in at all."""
    return any_of((lambda: _locked(project), lambda: _reviewed(project)), call)


@gitlab.derives(GitlabProject, "locked")
def locked(project: GitlabProject) -> bool:
    """Nobody may push or merge."""
    return _locked(project)


@gitlab.derives(GitlabProject, "required_approvals")
def required_approvals(project: GitlabProject) -> int:
    """The most that a rule for the default branch demands: one approval counts for each rule that it fits."""
    return _demanded(project)


@gitlab.derives(GitlabProject, "admins_bound")
def admins_bound(project: GitlabProject) -> bool:
    """Nobody may push past the approvals that are demanded, or change the demand in a merge request of his own."""
    bound = (lambda: _reviewed(project), lambda: not project.approval_settings.editable)
    return any_of((lambda: _locked(project), lambda: all_of(bound, call)), call)


@gitlab.derives(GitlabProject, "force_push_blocked")
def force_push_blocked(project: GitlabProject) -> bool:
    """No rule lets whoever may push rewrite the branch, or nobody may push; an unprotected one is rewritten at will."""
    rules = _rules(project)
    return bool(rules) and (not any(rule.force_push for rule in rules) or not _pushed(project))


@gitlab.derives(GitlabProject, "stale_approvals_dismissed")
def stale_approvals_dismissed(project: GitlabProject) -> bool:
    """New commits remove approvals; a rebase that changes nothing does not."""
    if not project.approval_settings.reset_on_push:
        return False
    if not _demanded(project):
        raise UnknownFact("stale_approvals_dismissed", _NOT_DEMANDED)
    return True


@gitlab.derives(GitlabProject, "required_checks")
def required_checks(project: GitlabProject) -> tuple[str, ...]:
    """The pipeline, where merges need it to succeed and nobody may push past them."""
    demanded = all_of((lambda: project.pipelines_must_succeed, lambda: not _pushed(project)), call)
    return (PIPELINE,) if demanded else ()


def _reviewed(project: GitlabProject) -> bool:
    return all_of(
        (
            lambda: not _pushed(project),
            lambda: _demanded(project) > 0,
            lambda: not project.approval_settings.by_author,
        ),
        call,
    )


def _locked(project: GitlabProject) -> bool:
    rules = _rules(project)
    return bool(rules) and not any(rule.pushed or rule.merged for rule in rules)


def _pushed(project: GitlabProject) -> bool:
    """Somebody may push: a branch without a rule is open to each developer."""
    rules = _rules(project)
    return not rules or any(rule.pushed for rule in rules)


def _rules(project: GitlabProject) -> list[ProtectedBranch]:
    return [rule for rule in project.protected_branches if _fits(rule.name, project.default_branch)]


def _fits(pattern: str, branch: str) -> bool:
    """A star stands for any text, slashes too; "branch names and wildcards are case-sensitive"."""
    parts = (re.escape(part) for part in pattern.split("*"))
    return re.fullmatch(".*".join(parts), branch) is not None


def _demanded(project: GitlabProject) -> int:
    """Raises `UnknownFact` where a rule that may not hold would demand more than those that do."""
    certain, unknown = 0, list[tuple[int, UnknownFact]]()
    for rule in project.approval_rules:
        if not _is_for(rule, project):
            continue
        try:
            certain = max(certain, _holding(rule))
        except UnknownFact as error:
            unknown.append((rule.approvals, error))
    for approvals, reason in unknown:
        if approvals > certain:
            raise reason
    return certain


def _is_for(rule: ApprovalRule, project: GitlabProject) -> bool:
    if rule.all_protected:
        return bool(_rules(project))
    return not rule.branches or any(_fits(name, project.default_branch) for name in rule.branches)


def _holding(rule: ApprovalRule) -> int:
    """How many approvals a rule demands of whoever proposes.

    Rules that can't be met are "auto approved": too few people may approve, or the author alone (docs.gitlab.com, Merge
    request approvals, Invalid rules).
    """
    if rule.type in _OPTIONAL:
        return 0
    if rule.type == "any_approver":
        return rule.approvals
    if rule.type != "regular":
        raise UnknownFact("rule_type", "GitLab knows a type of approval rules that this plugin does not know")
    if rule.eligible > rule.approvals:
        return rule.approvals
    if rule.hidden:
        raise UnknownFact("approval_rules", _HIDDEN)
    if rule.eligible == rule.approvals and rule.approvals:
        raise UnknownFact("approval_rules", _OWN_APPROVAL)
    return 0
