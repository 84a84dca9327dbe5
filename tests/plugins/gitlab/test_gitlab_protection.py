"""What guards the default branch of a project of GitLab.

Guesses that the documents refuted: of several rules for a branch the most permissive counts, a rule that too few people
can meet is met by itself, and a switch that is null is off.
"""

from pathlib import Path
from typing import Any

import pytest
from gitlab_reading import SAMPLES, branch, gaps, group_files, load, members, project, rule, sample, settings, user

from soc2test import UnknownFact
from soc2test_plugins.gitlab.kinds import GitlabProject

BRANCHES = "projects.protected_branches.acme%2Fweb"
RULES = "projects.approval_rules.acme%2Fweb"
SETTINGS = "projects.approvals.acme%2Fweb"


def guarded(folder: Path, **answers: Any) -> GitlabProject:
    """The project of a group where nothing deviates but what is given; None: not exported."""
    files = {**group_files("acme/web"), **{name.replace("_of", ".acme%2Fweb"): body for name, body in answers.items()}}
    (found,) = members(
        load(folder, {name: body for name, body in files.items() if body is not None}), GitlabProject
    ).values()
    return found


def with_branches(folder: Path, *rules: Any) -> GitlabProject:
    return guarded(folder, **{BRANCHES: list(rules)})


def with_rules(folder: Path, *rules: Any) -> GitlabProject:
    return guarded(folder, **{RULES: list(rules)})


def all_guards(found: GitlabProject) -> tuple[Any, ...]:
    return (
        found.protected,
        found.admins_bound,
        found.force_push_blocked,
        found.stale_approvals_dismissed,
        found.locked,
    )


def test_projects_of_a_real_list(tmp_path: Path) -> None:
    assert SAMPLES.is_dir()
    inventory = load(tmp_path, {"groups.projects": sample("projects")}, host="gitlab.example.com", group="myorg")
    told = members(inventory, GitlabProject)
    assert {name: (each.public, each.archived, each.default_branch) for name, each in told.items()} == {
        "awesome-project": (False, False, "main"),
        "backend-service": (False, False, "master"),
        "frontend-app": (True, False, "main"),
    }
    assert told["backend-service"].id == "gitlab/gitlab.example.com/myorg/platform/backend-service"
    assert told["backend-service"].name == "myorg/platform/backend-service"
    assert gaps(inventory, GitlabProject) == set()


def test_a_branch_that_is_guarded(tmp_path: Path) -> None:
    found = guarded(tmp_path)
    assert all_guards(found) == (True, True, True, True, False)
    assert (found.required_approvals, found.required_checks, found.secret_scanning) == (1, ("pipeline",), True)


def test_a_branch_that_nobody_protects_is_open_to_each_developer(tmp_path: Path) -> None:
    found = with_branches(tmp_path, branch("release/*"))
    assert all_guards(found) == (False, False, False, True, False)
    assert found.required_checks == ()
    assert all_guards(with_branches(tmp_path / "none"))[:3] == (False, False, False)


KEY = {"id": 2, "access_level": 40, "access_level_description": "Deploy key", "deploy_key_id": 1}
SOMEBODY = {"id": 2, "access_level": None, "user_id": 4, "group_id": None, "access_level_description": "Ann"}
GROUP = {"id": 2, "access_level": None, "user_id": None, "group_id": 1234, "access_level_description": "Ops"}
NOBODY = {"id": 1, "access_level": 0, "access_level_description": "No one"}


@pytest.mark.parametrize("push", [30, 40, 60, [NOBODY, KEY], [NOBODY, SOMEBODY], [GROUP]], ids=str)
def test_whoever_may_push_goes_round_the_review(tmp_path: Path, push: Any) -> None:
    found = with_branches(tmp_path, branch(push=push))
    assert (found.protected, found.admins_bound, found.required_checks) == (False, False, ())
    assert found.force_push_blocked


@pytest.mark.parametrize("push", [[], [NOBODY]])
def test_where_nobody_may_push_all_comes_by_merge_requests(tmp_path: Path, push: Any) -> None:
    assert with_branches(tmp_path, branch(push=push)).protected


@pytest.mark.parametrize(
    "odd",
    [{"push": 50}, {"push": [{"id": 1}]}, {"push": [{"access_level": None}]}, {"push": "No one"}, {"merge": None}],
)
def test_a_level_that_is_not_known_is_unknown(tmp_path: Path, odd: dict[str, Any]) -> None:
    with pytest.raises(UnknownFact):
        _ = with_branches(tmp_path, branch(**odd)).protected


def test_a_role_of_a_new_number_is_named_as_such(tmp_path: Path) -> None:
    with pytest.raises(UnknownFact, match="a role of a number"):
        _ = with_branches(tmp_path, branch(push=50)).protected


def test_of_several_rules_the_most_permissive_counts(tmp_path: Path) -> None:
    found = with_branches(tmp_path, branch(), branch("m*", push=40), branch("other", push=30))
    assert not found.protected
    forced = with_branches(tmp_path / "forced", branch(push=40), branch("*", push=0, allow_force_push=True))
    assert not forced.force_push_blocked


def test_patterns_are_told_apart_by_case_and_a_star_stands_for_slashes_too(tmp_path: Path) -> None:
    assert not with_branches(tmp_path, branch("MAIN"), branch("main.")).protected
    files = group_files("acme/web", projects=[project(default_branch="production/eu/app-server")])
    files[BRANCHES] = [branch("production/*")]
    (found,) = members(load(tmp_path / "star", files), GitlabProject).values()
    assert found.protected


def test_force_pushes_are_no_matter_where_nobody_may_push(tmp_path: Path) -> None:
    assert with_branches(tmp_path, branch(push=0, allow_force_push=True)).force_push_blocked
    assert not with_branches(tmp_path / "push", branch(push=40, allow_force_push=True)).force_push_blocked


def test_a_branch_that_takes_nothing_is_locked_whatever_the_edition(tmp_path: Path) -> None:
    free = {RULES: {"error": "404 Not Found"}, SETTINGS: {"error": "404 Not Found"}}
    found = guarded(tmp_path, **{BRANCHES: [branch(push=0, merge=0)], **free})
    assert (found.locked, found.protected, found.admins_bound) == (True, True, True)


@pytest.mark.parametrize("status", ["404 Not Found", "403 Forbidden"])
def test_an_edition_that_demands_no_approvals_is_no_pass(tmp_path: Path, status: str) -> None:
    """Free has no such call, and what one may not see is answered alike."""
    refused = {"message": status}
    found = guarded(tmp_path, **{RULES: refused, SETTINGS: refused})
    for fact in ("protected", "required_approvals", "admins_bound", "stale_approvals_dismissed"):
        with pytest.raises(UnknownFact, match="Premium"):
            getattr(found, fact)
    assert found.force_push_blocked
    assert not guarded(tmp_path / "open", **{RULES: refused, SETTINGS: refused, BRANCHES: [branch(push=40)]}).protected


@pytest.mark.parametrize("name", [RULES, SETTINGS, BRANCHES])
def test_what_was_not_exported_is_unknown(tmp_path: Path, name: str) -> None:
    with pytest.raises(UnknownFact):
        _ = guarded(tmp_path, **{name: None}).protected


def test_without_a_rule_no_approval_is_demanded(tmp_path: Path) -> None:
    for place, rules in enumerate([(), (rule(0),), (rule(2, "report_approver"),), (rule(1, "code_owner"),)]):
        found = with_rules(tmp_path / str(place), *rules)
        assert (found.required_approvals, found.protected, found.admins_bound) == (0, False, False)


def test_the_most_that_a_rule_demands(tmp_path: Path) -> None:
    assert with_rules(tmp_path, rule(1), rule(2, "regular", 3)).required_approvals == 2


def test_a_rule_that_too_few_can_meet_is_met_by_itself(tmp_path: Path) -> None:
    found = with_rules(tmp_path, rule(2, "regular", 1))
    assert (found.required_approvals, found.protected) == (0, False)


def test_a_rule_that_one_of_its_own_people_meets_by_proposing_is_unknown(tmp_path: Path) -> None:
    """ "The only eligible approver is the merge request author"."""
    with pytest.raises(UnknownFact, match="takes it for approved"):
        _ = with_rules(tmp_path, rule(1, "regular", 1)).required_approvals
    assert with_rules(tmp_path / "any", rule(1), rule(1, "regular", 1)).required_approvals == 1


def test_people_in_hidden_groups_may_be_enough(tmp_path: Path) -> None:
    with pytest.raises(UnknownFact, match="hidden"):
        _ = with_rules(tmp_path, rule(1, "regular", 0, contains_hidden_groups=True)).required_approvals
    assert with_rules(tmp_path / "more", rule(1, "regular", 2, contains_hidden_groups=True)).required_approvals == 1


@pytest.mark.parametrize(
    "odd",
    [{"rule_type": "vulnerability"}, {"approvals_required": "1"}, {"eligible_approvers": None},
     {"applies_to_all_protected_branches": "yes"}, {"protected_branches": None}],
)  # fmt: skip
def test_an_odd_rule_is_unknown(tmp_path: Path, odd: dict[str, Any]) -> None:
    with pytest.raises(UnknownFact):
        _ = with_rules(tmp_path, {**rule(1, "regular", 2), **odd}).protected


def test_a_rule_for_other_branches_demands_nothing(tmp_path: Path) -> None:
    assert with_rules(tmp_path, rule(1, protected_branches=[branch("release/*")])).required_approvals == 0
    own = rule(1, protected_branches=[branch("release/*"), branch("ma*")])
    assert with_rules(tmp_path / "own", own).required_approvals == 1
    every = rule(1, applies_to_all_protected_branches=True)
    assert with_rules(tmp_path / "every", every).required_approvals == 1
    assert guarded(tmp_path / "free", **{RULES: [every], BRANCHES: []}).required_approvals == 0


def test_who_approves_his_own_is_no_review(tmp_path: Path) -> None:
    assert not guarded(tmp_path, **{SETTINGS: settings(merge_requests_author_approval=True)}).protected
    assert guarded(tmp_path / "null", **{SETTINGS: settings(merge_requests_author_approval=None)}).protected


@pytest.mark.parametrize("off", [False, None])
def test_rules_that_a_merge_request_may_change_bind_nobody(tmp_path: Path, off: Any) -> None:
    found = guarded(tmp_path, **{SETTINGS: settings(disable_overriding_approvers_per_merge_request=off)})
    assert (found.protected, found.admins_bound) == (True, False)


def test_approvals_that_outlive_a_push(tmp_path: Path) -> None:
    assert not guarded(tmp_path, **{SETTINGS: settings(reset_approvals_on_push=False)}).stale_approvals_dismissed


def test_that_approvals_lapse_where_none_is_demanded_says_nothing(tmp_path: Path) -> None:
    """An edition that answers so need not hold anybody to it."""
    with pytest.raises(UnknownFact, match="Premium"):
        _ = with_rules(tmp_path).stale_approvals_dismissed


@pytest.mark.parametrize("off", [False, None])
def test_merges_that_need_no_pipeline(tmp_path: Path, off: Any) -> None:
    files = group_files("acme/web", projects=[project(only_allow_merge_if_pipeline_succeeds=off)])
    (found,) = members(load(tmp_path, files), GitlabProject).values()
    assert found.required_checks == ()


@pytest.mark.parametrize("said", [False, None, "on"])
def test_secrets_may_be_looked_for_in_pipelines_too(tmp_path: Path, said: Any) -> None:
    files = group_files("acme/web", projects=[project(secret_push_protection_enabled=said)])
    (found,) = members(load(tmp_path, files), GitlabProject).values()
    for fact in ("secret_scanning", "dependency_alerts"):
        with pytest.raises(UnknownFact, match="pipelines"):
            getattr(found, fact)


@pytest.mark.parametrize("odd", [{"visibility": "secret"}, {"visibility": None}])
def test_a_visibility_that_is_not_known_is_unknown(tmp_path: Path, odd: dict[str, Any]) -> None:
    (found,) = members(load(tmp_path, {"groups.projects": [project(**odd)]}), GitlabProject).values()
    with pytest.raises(UnknownFact):
        _ = found.public


def test_an_empty_repository_is_none(tmp_path: Path) -> None:
    empty = project("acme/new", 8, empty_repo=True, default_branch=None)
    inventory = load(tmp_path, group_files("acme/web", projects=[project(), empty]))
    assert (set(members(inventory, GitlabProject)), gaps(inventory, GitlabProject)) == ({"web"}, set())


def test_names_of_people_are_of_no_matter_to_a_rule_for_everybody(tmp_path: Path) -> None:
    assert with_rules(tmp_path, rule(1, users=[user("ann")])).required_approvals == 1
