"""What GitLab says of the protection of a project's branches and of the approvals that merge requests need.

docs.gitlab.com/api/protected_branches (doc/api of gitlabhq/gitlabhq, at 017a6c129d6a) and merge_request_approvals (at
003efb27fc4d). Approval rules and settings are of Premium and Ultimate.
"""

from typing import Any

from soc2test import Facts, Item, Subject, Unknown, UnknownFact, facts, flag, items_of, listed, number, or_unknown, text
from soc2test_plugins.gitlab.kinds import ApprovalRule, ApprovalSettings, GitlabProject, ProtectedBranch
from soc2test_plugins.gitlab.shapes import switch
from soc2test_plugins.gitlab.source import API, NOT_OFFERED, gitlab, project_id

_NAMED = ("deploy_key_id", "group_id", "user_id", "member_role_id")
_LEVELS = {0: False, 30: True, 40: True, 60: True}
"""No access, developer, maintainer, administrator."""
_PREMIUM = (
    "GitLab answers that there is no such call, or nothing to be seen: approvals can be demanded in Premium and "
    "Ultimate alone, and settings are shown to those who may change them"
)


@gitlab.reads(
    "projects protected_branches",
    kind=GitlabProject,
    subject="project",
    command=API + 'projects/{project:url}/protected_branches?per_page=100"',
)
def protected_branches(body: Any, at: Subject) -> Facts:
    """The rules of the project and those that it inherits from its group; a branch that none is for is unprotected."""
    told = or_unknown(lambda: tuple(_branch(item) for item in items_of(body)))
    return facts(project_id(at, at["project"]), protected_branches=told)


@gitlab.reads(
    "projects approval_rules",
    kind=GitlabProject,
    subject="project",
    absent=NOT_OFFERED,
    command=API + 'projects/{project:url}/approval_rules?per_page=100"',
)
def approval_rules(body: Any, at: Subject) -> Facts:
    """The rules that merge requests of the project begin with."""
    told = or_unknown(lambda: tuple(_rule(item) for item in items_of(_offered(body))))
    return facts(project_id(at, at["project"]), approval_rules=told)


@gitlab.reads(
    "projects approvals",
    kind=GitlabProject,
    subject="project",
    absent=NOT_OFFERED,
    command=API + 'projects/{project:url}/approvals"',
)
def approval_settings(body: Item | None, at: Subject) -> Facts:
    """What holds for all approvals; `approvals_before_merge` is deprecated, and rules say what is demanded."""
    return facts(project_id(at, at["project"]), approval_settings=or_unknown(lambda: _settings(_offered(body))))


def _offered(body: Any) -> Any:
    return Unknown(_PREMIUM, what="approvals").raise_() if body is None else body


def _branch(item: Item) -> ProtectedBranch:
    return ProtectedBranch(
        name=text(item["name"]),
        pushed=_anybody(item["push_access_levels"]),
        merged=_anybody(item["merge_access_levels"]),
        force_push=switch(item["allow_force_push"]),
    )


def _anybody(levels: Any) -> bool:
    """Somebody is let in by one of the levels; each must be known."""
    return any([_lets_in(level) for level in items_of(levels)])  # noqa: C419  # each must be known


def _lets_in(level: Item) -> bool:
    """A person, group or key by its id; in Premium the level beside it is null or 40. Else the number of a role."""
    if any(level.or_else(key, None) is not None for key in _NAMED):
        return True
    told = number(level["access_level"])
    if told not in _LEVELS:
        raise UnknownFact("access_level", "a branch is open to a role of a number that this plugin does not know")
    return _LEVELS[told]


def _rule(item: Item) -> ApprovalRule:
    return ApprovalRule(
        type=text(item["rule_type"]),
        approvals=number(item["approvals_required"]),
        eligible=len(listed(item["eligible_approvers"])),
        hidden=flag(item["contains_hidden_groups"]),
        branches=tuple(text(branch["name"]) for branch in items_of(item["protected_branches"])),
        all_protected=switch(item["applies_to_all_protected_branches"]),
    )


def _settings(item: Item) -> ApprovalSettings:
    return ApprovalSettings(
        by_author=switch(item["merge_requests_author_approval"]),
        editable=not switch(item["disable_overriding_approvers_per_merge_request"]),
        reset_on_push=switch(item["reset_approvals_on_push"]),
    )
