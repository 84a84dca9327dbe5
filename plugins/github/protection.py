"""What GitHub says of the protection of a default branch: branch protection, the rules of rulesets, their bypass lists.

Shapes are those of GitHub's REST description (`branch-protection`, `repository-rule-detailed`, `repository-ruleset`).
Which rulesets apply to a branch is not worked out here from their conditions: `rules/branches/{branch}` is GitHub's own
answer, from all levels, without rulesets whose enforcement is "evaluate" or "disabled".
"""

from collections.abc import Iterable
from typing import Any

from soc2test import (
    EVERY,
    Facts,
    Item,
    Several,
    Subject,
    dig,
    facts,
    flag,
    items_of,
    listed,
    meaning,
    number,
    or_unknown,
    text,
)
from soc2test_plugins.github.about import BRANCH, REPO
from soc2test_plugins.github.kinds import BranchRules, ClassicProtection, GithubRepository, RequiredCheck, Rule, Ruleset
from soc2test_plugins.github.source import NO_PLAN, NOT_PROTECTED, github, uid

_ANY_APP = -1
_ENFORCED = {"active": True, "evaluate": False, "disabled": False}
_IN_FULL = (  # a call that fails on the way must not end as a shorter list
    "ids=$(gh api --paginate 'OF/rulesets?per_page=100' --jq '.[].id')"
    ' && rulesets=$(for id in $ids; do gh api "OF/rulesets/$id" || exit; done)'
    ' && printf %s "$rulesets" | jq -s .'
)


def _one_by_one(of: str) -> Several:
    return Several(
        ids=f"gh api --paginate '{of}/rulesets?per_page=100' --jq '.[].id'",
        one=f'gh api "{of}/rulesets/{{ids}}"',
        together="jq -s .",
    )


@github.reads(
    "repos get-branch-protection",
    kind=GithubRepository,
    subject=("repo", "branch"),
    about={"repo": REPO, "branch": BRANCH},
    named_by={"branch": "default_branch"},
    absent=(NOT_PROTECTED, NO_PLAN),
    command="gh api repos/{org}/{repo}/branches/{branch}/protection",
)
def branch_protection(item: Item | None, at: Subject) -> Facts:
    """Branch protection of the default branch; 404 "Branch not protected" says that there is none."""
    told = or_unknown(lambda: _classic(item, at["branch"]))
    return facts(uid(at, at["repo"]), branch_protection=told)


@github.reads(
    "repos get-branch-rules",
    kind=GithubRepository,
    subject=("repo", "branch"),
    about={"repo": REPO},
    named_by={"branch": "default_branch"},
    absent=(NO_PLAN,),
    command='gh api --paginate --slurp "repos/{org}/{repo}/rules/branches/{branch}?per_page=100"',
)
def branch_rules(body: Any, at: Subject) -> Facts:
    """The rules in force on the default branch, whichever ruleset holds them; no inactive ones are listed."""
    told = or_unknown(lambda: _rules(items_of([] if body is None else body), at["branch"]))
    return facts(uid(at, at["repo"]), branch_rules=told)


@github.reads(
    "repos get-repo-ruleset",
    kind=GithubRepository,
    subject="repo",
    about={"repo": REPO},
    command=_IN_FULL.replace("OF", "repos/{org}/{repo}"),
    several=_one_by_one("repos/{org}/{repo}"),
)
def rulesets(body: Any, at: Subject) -> Facts:
    """Each ruleset of the repository in full, its organisation's too: only there it says who may bypass it."""
    return facts(uid(at, at["repo"]), rulesets=or_unknown(lambda: _rulesets(body)))


@github.reads(
    "repos get-org-ruleset",
    kind=GithubRepository,
    command=_IN_FULL.replace("OF", "orgs/{org}"),
    several=_one_by_one("orgs/{org}"),
)
def organization_rulesets(body: Any, at: Subject) -> Facts:
    """The organisation's rulesets in full, for exports of repositories that don't say who may bypass these."""
    return facts(EVERY, organization_rulesets=or_unknown(lambda: _rulesets(body)))


def _classic(item: Item | None, branch: str) -> ClassicProtection:
    """An object is left out of GitHub's answer where its requirement is switched off."""
    if item is None:
        return ClassicProtection(branch=branch)
    reviews = item.or_else("required_pull_request_reviews", None)
    checks = item.or_else("required_status_checks", None)
    return ClassicProtection(
        branch=branch,
        approvals=None if reviews is None else number(reviews["required_approving_review_count"]),
        dismisses_stale=reviews is not None and flag(reviews["dismiss_stale_reviews"]),
        demands_pulls=reviews is not None,
        binds_admins=flag(dig(item, "enforce_admins", "enabled")),
        bypassed=reviews is not None and _allowances(reviews),
        blocks_force_push=not flag(dig(item, "allow_force_pushes", "enabled")),
        locked=_switched_on(item, "lock_branch") and not _switched_on(item, "allow_fork_syncing"),
        checks=() if checks is None else _classic_checks(checks),
    )


def _switched_on(item: Item, name: str) -> bool:
    """Servers before 3.7 know neither locks nor what excepts from them, and leave both out."""
    return name in item and flag(dig(item, name, "enabled"))


def _allowances(reviews: Item) -> bool:
    """The object is left out where nobody may bypass."""
    allowed = reviews.or_else("bypass_pull_request_allowances", None)
    if allowed is None:
        return False
    return any([listed(allowed.or_else(who, [])) for who in ("users", "teams", "apps")])  # noqa: C419  # each must be one


def _classic_checks(checks: Item) -> tuple[RequiredCheck, ...]:
    """`contexts` are the same checks without their apps, and all that older servers tell."""
    told = tuple(_required(each, "app_id") for each in items_of(checks.or_else("checks", [])))
    names = {check.name for check in told}
    contexts = [text(each) for each in listed(checks["contexts"] if "contexts" in checks or not told else [])]
    return (*told, *(RequiredCheck(name=name, app=None) for name in contexts if name not in names))


def _required(item: Item, key: str) -> RequiredCheck:
    """An app that is left out or null stands for any, as does -1, by which any app is asked for."""
    app = item.or_else(key, None)
    bound = None if app is None or number(app) == _ANY_APP else number(app)
    return RequiredCheck(name=text(item["context"]), app=bound)


def _rules(items: Iterable[Item], branch: str) -> BranchRules:
    return BranchRules(branch=branch, rules=tuple(_rule(each) for each in items))


def _rule(item: Item) -> Rule:
    kind, ruleset = text(item["type"]), number(item["ruleset_id"])
    if kind == "pull_request":
        return Rule(
            type=kind,
            ruleset=ruleset,
            approvals=number(dig(item, "parameters", "required_approving_review_count")),
            dismisses_stale=flag(dig(item, "parameters", "dismiss_stale_reviews_on_push")),
        )
    if kind == "update":
        excepted = dig(item, "parameters", "update_allows_fetch_and_merge") if "parameters" in item else False
        return Rule(type=kind, ruleset=ruleset, locks=not flag(excepted))
    if kind == "required_status_checks":
        checks = items_of(dig(item, "parameters", "required_status_checks"))
        return Rule(type=kind, ruleset=ruleset, checks=tuple(_required(each, "integration_id") for each in checks))
    return Rule(type=kind, ruleset=ruleset)


def _rulesets(body: Any) -> tuple[Ruleset, ...]:
    return tuple(_ruleset(each) for each in ([body] if isinstance(body, Item) else items_of(body)))


def _ruleset(item: Item) -> Ruleset:
    """GitHub leaves `bypass_actors` out where the caller may not edit the ruleset.

    `current_user_can_bypass` is about the caller alone, and is no answer in its place.
    """
    id, active = number(item["id"]), meaning(item.or_else("enforcement", "active"), _ENFORCED)
    if "bypass_actors" not in item:
        return Ruleset(id=id, active=active, bypass=None, push_bypass=None)
    actors = items_of(item["bypass_actors"])
    return Ruleset(
        id=id,
        active=active,
        bypass=tuple(sorted(text(actor["actor_type"]) for actor in actors)),
        push_bypass=tuple(sorted(text(actor["actor_type"]) for actor in actors if _may_push(actor))),
    )


def _may_push(actor: Item) -> bool:
    """In the mode "pull_request" somebody may merge one without what is demanded, and not push without one.

    A mode of another name, like one that is left out, is taken for the widest.
    """
    return bool(actor.or_else("bypass_mode", "always") != "pull_request")
