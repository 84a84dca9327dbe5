"""Repositories: their settings, branch protection, rulesets, and both together."""

from pathlib import Path
from typing import Any

import pytest
from github_reading import error, gap_codes, load, only, repo

from soc2test import UnknownFact
from soc2test_plugins.github.kinds import GithubRepository

REVIEWS = {"dismiss_stale_reviews": True, "required_approving_review_count": 2}
CLASSIC: dict[str, Any] = {
    "required_pull_request_reviews": REVIEWS,
    "required_status_checks": {"contexts": ["test", "build"]},
    "enforce_admins": {"enabled": True},
    "allow_force_pushes": {"enabled": False},
}
UNPROTECTED = error("Branch not protected", "404")
CONDITIONS: dict[str, Any] = {"required_approving_review_count": 1, "dismiss_stale_reviews_on_push": True}
PULL = {"type": "pull_request", "ruleset_id": 9, "parameters": CONDITIONS}
CHECKS = {
    "type": "required_status_checks",
    "ruleset_id": 9,
    "parameters": {"required_status_checks": [{"context": "plan"}]},
}
RULES = [PULL, CHECKS, {"type": "non_fast_forward", "ruleset_id": 9}]
FACTS = ("protected", "required_approvals", "stale_approvals_dismissed", "admins_bound", "force_push_blocked")


def rulesets(*actors: str) -> list[dict[str, Any]]:
    return [{"id": 9, "bypass_actors": [{"actor_type": actor, "actor_id": 5} for actor in actors]}]


def web(folder: Path, branch: str = "main", **files: Any) -> GithubRepository:
    names = {
        "classic": f"repos.get-branch-protection.web~{branch}",
        "rules": f"repos.get-branch-rules.web~{branch}",
        "rulesets": "repos.get-repo-ruleset.web",
    }
    bodies = {names[name]: body for name, body in files.items()}
    return only(load(folder, {"repos.list-for-org": [repo()], **bodies}), GithubRepository)


def facts_of(found: GithubRepository) -> tuple[Any, ...]:
    return tuple(getattr(found, fact) for fact in FACTS)


def unknown(found: GithubRepository) -> set[str]:
    missing = set()
    for fact in FACTS:
        try:
            getattr(found, fact)
        except UnknownFact:
            missing.add(fact)
    return missing


def test_repository_settings(tmp_path: Path) -> None:
    found = web(tmp_path)
    assert (found.id, found.name, found.public, found.archived, found.default_branch) == (
        "github/acme/web", "web", False, False, "main",
    )  # fmt: skip
    assert unknown(found) == set(FACTS)


def test_public_repository(tmp_path: Path) -> None:
    assert only(load(tmp_path, {"repos.list-for-org": [repo(private=False)]}), GithubRepository).public is True


@pytest.mark.parametrize(("status", "on"), [("enabled", True), ("disabled", False)])
def test_secret_scanning(tmp_path: Path, status: str, on: bool) -> None:
    settings = {"secret_scanning": {"status": status}}
    inventory = load(tmp_path, {"repos.list-for-org": [repo(security_and_analysis=settings)]})
    assert only(inventory, GithubRepository).secret_scanning is on


@pytest.mark.parametrize(
    "more",
    [
        {},
        {"security_and_analysis": None},
        {"security_and_analysis": {}},
        *(
            {"security_and_analysis": {"secret_scanning": {"status": status}}}
            for status in (True, None, "on", "paused")
        ),
    ],
)
def test_secret_scanning_hidden_from_the_caller(tmp_path: Path, more: dict[str, Any]) -> None:
    found = only(load(tmp_path, {"repos.list-for-org": [repo(**more)]}), GithubRepository)
    with pytest.raises(UnknownFact):
        _ = found.secret_scanning


def test_a_repository_got_alone_fills_what_the_list_hides(tmp_path: Path) -> None:
    settings = {"secret_scanning": {"status": "enabled"}}
    files = {"repos.list-for-org": [repo()], "repos.get.web": repo(security_and_analysis=settings)}
    assert only(load(tmp_path, files), GithubRepository).secret_scanning is True


@pytest.mark.parametrize("on", [True, False])
def test_dependency_alerts(tmp_path: Path, on: bool) -> None:
    told = {"data": {"repository": {"hasVulnerabilityAlertsEnabled": on}}}
    files = {"repos.list-for-org": [repo()], "graphql.repository.web": told}
    assert only(load(tmp_path, files), GithubRepository).dependency_alerts is on


@pytest.mark.parametrize("body", ["", {"data": {"repository": None}, "errors": [{"type": "NOT_FOUND"}]}])
def test_dependency_alerts_not_told(tmp_path: Path, body: Any) -> None:
    found = only(load(tmp_path, {"repos.list-for-org": [repo()], "graphql.repository.web": body}), GithubRepository)
    with pytest.raises(UnknownFact):
        _ = found.dependency_alerts


def test_branch_protection_alone(tmp_path: Path) -> None:
    found = web(tmp_path, classic=CLASSIC, rules=[])
    assert facts_of(found) == (True, 2, True, True, True)
    assert found.required_checks == ("build", "test")


def test_ruleset_alone(tmp_path: Path) -> None:
    found = web(tmp_path, classic=UNPROTECTED, rules=RULES, rulesets=rulesets())
    assert facts_of(found) == (True, 1, True, True, True)
    assert found.required_checks == ("plan",)


def test_both_add_up(tmp_path: Path) -> None:
    classic = {**CLASSIC, "required_pull_request_reviews": {**REVIEWS, "dismiss_stale_reviews": False}}
    found = web(tmp_path, classic=classic, rules=RULES, rulesets=rulesets("RepositoryRole"))
    assert facts_of(found) == (True, 2, True, True, True)
    assert found.required_checks == ("build", "plan", "test")


def test_neither(tmp_path: Path) -> None:
    found = web(tmp_path, classic=UNPROTECTED, rules=[])
    assert facts_of(found) == (False, 0, False, False, False)
    assert found.required_checks == ()


def test_free_plan_protects_no_private_repository(tmp_path: Path) -> None:
    plan = error("Upgrade to GitHub Pro or make this repository public to enable this feature.", "403")
    assert facts_of(web(tmp_path, classic=plan, rules=plan)) == (False, 0, False, False, False)


@pytest.mark.parametrize(
    ("change", "fact", "value"),
    [
        ({"required_pull_request_reviews": None}, "protected", False),
        ({"required_pull_request_reviews": {**REVIEWS, "required_approving_review_count": 0}}, "protected", False),
        ({"required_pull_request_reviews": {**REVIEWS, "required_approving_review_count": 0}}, "admins_bound", False),
        ({"enforce_admins": {"enabled": False}}, "admins_bound", False),
        (
            {"allow_force_pushes": {"enabled": True}, "enforce_admins": {"enabled": False}},
            "force_push_blocked",
            False,
        ),
        ({"allow_force_pushes": {"enabled": True}, "required_pull_request_reviews": None}, "force_push_blocked", False),
        ({"allow_force_pushes": {"enabled": True}}, "force_push_blocked", True),  # which overrides no other rule
        ({"required_status_checks": None}, "required_checks", ()),
        (
            {
                "required_pull_request_reviews": {
                    **REVIEWS,
                    "bypass_pull_request_allowances": {"users": [{"login": "a"}]},
                }
            },
            "admins_bound",
            False,
        ),
        (
            {"required_pull_request_reviews": {**REVIEWS, "bypass_pull_request_allowances": {"users": []}}},
            "admins_bound",
            True,
        ),
    ],
)
def test_deviating_branch_protection(tmp_path: Path, change: dict[str, Any], fact: str, value: Any) -> None:
    assert getattr(web(tmp_path, classic={**CLASSIC, **change}, rules=[]), fact) == value


ACTORS = [
    "OrganizationAdmin",
    "RepositoryRole",
    "Team",
    "EnterpriseOwner",
    "User",
    "Integration",
    "DeployKey",
    "Martian",
]


@pytest.mark.parametrize("actor", ACTORS)
def test_whoever_bypasses_a_ruleset(tmp_path: Path, actor: str) -> None:
    found = web(tmp_path, classic=UNPROTECTED, rules=RULES, rulesets=rulesets(actor))
    assert (found.protected, found.admins_bound) == (True, False)


@pytest.mark.parametrize("mode", ["always", "pull_request", "exempt", "another"])
def test_every_mode_of_bypassing_counts(tmp_path: Path, mode: str) -> None:
    told = [{"id": 9, "bypass_actors": [{"actor_type": "Team", "actor_id": 5, "bypass_mode": mode}]}]
    assert web(tmp_path, classic=UNPROTECTED, rules=RULES, rulesets=told).admins_bound is False


@pytest.mark.parametrize(
    "told",
    [
        [{"id": 9}],
        [{"id": 9, "bypass_actors": None}],
        [{"id": 9, "bypass_actors": [{}]}],
        [{"id": "9", "bypass_actors": []}],
        [{"id": 8, "bypass_actors": []}],
        [],
        error("Not Found", "404"),
    ],
)
def test_unknown_bypass(tmp_path: Path, told: Any) -> None:
    assert unknown(web(tmp_path, classic=UNPROTECTED, rules=RULES, rulesets=told)) == {"admins_bound"}


def test_a_bypass_list_that_was_not_shown_says_which_rights_show_it(tmp_path: Path) -> None:
    found = web(tmp_path, classic=UNPROTECTED, rules=RULES, rulesets=[{"id": 9}])
    with pytest.raises(UnknownFact, match="only to whoever may edit it"):
        _ = found.admins_bound


def test_a_list_that_was_not_shown_hides_no_other(tmp_path: Path) -> None:
    second = {**PULL, "ruleset_id": 7}
    told = [{"id": 9}, {"id": 7, "bypass_actors": []}]
    for place, rules in enumerate(([PULL, second], [second, PULL])):
        assert web(tmp_path / str(place), classic=UNPROTECTED, rules=rules, rulesets=told).admins_bound is True
    found = web(tmp_path / "3", classic=UNPROTECTED, rules=[PULL, second], rulesets=[{"id": 9}])
    assert unknown(found) == {"admins_bound", "force_push_blocked"}


LOCKED = {**CLASSIC, "required_pull_request_reviews": None, "lock_branch": {"enabled": True}}
UPDATE: dict[str, Any] = {"type": "update", "ruleset_id": 9}
FETCH = {**UPDATE, "parameters": {"update_allows_fetch_and_merge": True}}


@pytest.mark.parametrize(
    ("files", "locked"),
    [
        ({"classic": LOCKED, "rules": []}, True),
        ({"classic": {**LOCKED, "allow_fork_syncing": {"enabled": False}}, "rules": []}, True),
        ({"classic": {**LOCKED, "allow_fork_syncing": {"enabled": True}}, "rules": []}, False),
        ({"classic": {**LOCKED, "enforce_admins": {"enabled": False}}, "rules": []}, False),
        ({"classic": {**LOCKED, "lock_branch": {"enabled": False}}, "rules": []}, False),
        ({"classic": UNPROTECTED, "rules": [UPDATE], "rulesets": rulesets()}, True),
        ({"classic": UNPROTECTED, "rules": [UPDATE], "rulesets": rulesets("Team")}, False),
        ({"classic": UNPROTECTED, "rules": [FETCH], "rulesets": rulesets()}, False),
    ],
)
def test_a_branch_that_is_read_only_for_everybody_takes_no_change(
    tmp_path: Path, files: dict[str, Any], locked: bool
) -> None:
    found = web(tmp_path, **files)
    assert (found.locked, found.protected, found.admins_bound) == (locked, locked, locked)
    assert found.required_approvals == 0


@pytest.mark.parametrize("value", ["true", None, 1, {}])
def test_a_lock_that_is_no_switch_is_unknown(tmp_path: Path, value: Any) -> None:
    for place, key in enumerate(("lock_branch", "allow_fork_syncing")):
        found = web(tmp_path / str(place), classic={**LOCKED, key: {"enabled": value}}, rules=[])
        with pytest.raises(UnknownFact):
            _ = found.locked


@pytest.mark.parametrize(
    ("actors", "bound", "blocked"),
    [
        ([], True, True),
        ([{"actor_type": "Team", "bypass_mode": "always"}], False, False),
        ([{"actor_type": "Team", "bypass_mode": "exempt"}], False, False),
        ([{"actor_type": "Team", "bypass_mode": "sometimes"}], False, False),
        ([{"actor_type": "Team"}], False, False),
        ([{"actor_type": "Team", "bypass_mode": "pull_request"}], False, True),  # merges, and can't push
    ],
)
def test_nobody_pushes_past_a_pull_request_that_is_demanded_of_all(
    tmp_path: Path, actors: list[Any], bound: bool, blocked: bool
) -> None:
    told = [{"id": 9, "enforcement": "active", "bypass_actors": actors}]
    found = web(tmp_path, classic=UNPROTECTED, rules=[PULL], rulesets=told)
    assert (found.admins_bound, found.force_push_blocked) == (bound, blocked)


def test_a_pull_request_without_approvals_stops_force_pushes_too(tmp_path: Path) -> None:
    rule = {**PULL, "parameters": {**CONDITIONS, "required_approving_review_count": 0}}
    found = web(tmp_path, classic=UNPROTECTED, rules=[rule], rulesets=rulesets())
    assert (found.protected, found.force_push_blocked) == (False, True)


@pytest.mark.parametrize("enforcement", ["evaluate", "disabled", "enforced", None])
def test_a_ruleset_that_is_not_in_force_and_a_rule_of_it_contradict_each_other(
    tmp_path: Path, enforcement: Any
) -> None:
    told = [{"id": 9, "enforcement": enforcement, "bypass_actors": []}]
    assert "admins_bound" in unknown(web(tmp_path, classic=UNPROTECTED, rules=RULES, rulesets=told))


def test_what_the_caller_may_do_says_nothing_of_others(tmp_path: Path) -> None:
    told = [{"id": 9, "enforcement": "active", "current_user_can_bypass": "never"}]
    assert unknown(web(tmp_path, classic=UNPROTECTED, rules=RULES, rulesets=told)) == {"admins_bound"}


def test_one_ruleset_got_alone(tmp_path: Path) -> None:
    assert web(tmp_path, classic=UNPROTECTED, rules=RULES, rulesets=rulesets()[0]).admins_bound is True


def test_what_one_requires_needs_no_word_of_the_other(tmp_path: Path) -> None:
    assert unknown(web(tmp_path, classic=CLASSIC)) == {"required_approvals"}
    assert unknown(web(tmp_path / "2", rules=RULES, rulesets=rulesets())) == {"required_approvals"}


def test_what_one_lacks_needs_the_other(tmp_path: Path) -> None:
    assert unknown(web(tmp_path, classic=UNPROTECTED)) == set(FACTS)
    assert unknown(web(tmp_path / "2", rules=[])) == set(FACTS)


def test_hidden_repository_is_not_unprotected(tmp_path: Path) -> None:
    assert unknown(web(tmp_path, classic=error("Not Found", "404"), rules=[])) == set(FACTS)


@pytest.mark.parametrize("key", ["enforce_admins", "allow_force_pushes"])
def test_cut_branch_protection_is_unknown(tmp_path: Path, key: str) -> None:
    cut = {name: value for name, value in CLASSIC.items() if name != key}
    assert "protected" in unknown(web(tmp_path, classic=cut, rules=[]))


def test_protection_of_another_branch_says_nothing(tmp_path: Path) -> None:
    assert unknown(web(tmp_path, branch="release%2F1", classic=CLASSIC, rules=RULES)) == set(FACTS)


def test_rules_over_a_full_page_are_not_known_to_be_all(tmp_path: Path) -> None:
    many = [{"type": "deletion", "ruleset_id": 9} for _ in range(30)]
    inventory = load(
        tmp_path,
        {
            "repos.list-for-org": [repo()],
            "repos.get-branch-protection.web~main": UNPROTECTED,
            "repos.get-branch-rules.web~main": many,
        },
    )
    assert gap_codes(inventory, GithubRepository) == set()
    assert "github/acme/repos.get-branch-rules.web~main.json" in {
        entry.path for entry in inventory.entries() if not entry.complete
    }


@pytest.mark.parametrize("value", ["false", "", None, 0])
def test_a_repository_whose_privacy_is_no_switch_is_not_taken_for_private(tmp_path: Path, value: Any) -> None:
    found = only(load(tmp_path, {"repos.list-for-org": [repo(private=value)]}), GithubRepository)
    with pytest.raises(UnknownFact):
        _ = found.public


@pytest.mark.parametrize("switch", ["enforce_admins", "allow_force_pushes"])
@pytest.mark.parametrize("value", ["false", "", None, 0])
def test_a_switch_that_is_neither_true_nor_false_is_unknown(tmp_path: Path, switch: str, value: Any) -> None:
    found = web(tmp_path, classic={**CLASSIC, switch: {"enabled": value}}, rules=[])
    for fact in ("admins_bound", "force_push_blocked"):
        with pytest.raises(UnknownFact):
            getattr(found, fact)


ODD: list[Any] = [True, "1", None, 1.5, [1]]


@pytest.mark.parametrize("count", ODD)
def test_a_number_of_approvals_that_is_none_is_unknown(tmp_path: Path, count: Any) -> None:
    classic = {**CLASSIC, "required_pull_request_reviews": {**REVIEWS, "required_approving_review_count": count}}
    assert "protected" in unknown(web(tmp_path, classic=classic, rules=[]))
    rule = {**PULL, "parameters": {**CONDITIONS, "required_approving_review_count": count}}
    assert "protected" in unknown(web(tmp_path / "2", classic=UNPROTECTED, rules=[rule], rulesets=rulesets()))


@pytest.mark.parametrize("change", [{"parameters": None}, {"parameters": {}}, {"ruleset_id": "9"}, {"type": None}])
@pytest.mark.parametrize("rule", [PULL, CHECKS])
def test_a_rule_of_another_shape_is_unknown(tmp_path: Path, rule: dict[str, Any], change: dict[str, Any]) -> None:
    found = web(tmp_path, classic=UNPROTECTED, rules=[{**rule, **change}], rulesets=rulesets())
    assert unknown(found) == set(FACTS)


@pytest.mark.parametrize("contexts", ["test", None, {"a": 1}, [None], [3]])
def test_contexts_that_are_no_names_are_unknown(tmp_path: Path, contexts: Any) -> None:
    found = web(tmp_path, classic={**CLASSIC, "required_status_checks": {"contexts": contexts}}, rules=[])
    with pytest.raises(UnknownFact):
        _ = found.required_checks


@pytest.mark.parametrize("who", [None, "", 0, "false"])
def test_allowances_that_are_no_list_are_unknown(tmp_path: Path, who: Any) -> None:
    reviews = {**REVIEWS, "bypass_pull_request_allowances": {"users": [], "teams": who}}
    assert "admins_bound" in unknown(
        web(tmp_path, classic={**CLASSIC, "required_pull_request_reviews": reviews}, rules=[])
    )


@pytest.mark.parametrize("who", ["users", "teams", "apps"])
def test_each_allowance_is_a_way_round(tmp_path: Path, who: str) -> None:
    reviews = {**REVIEWS, "bypass_pull_request_allowances": {"users": [], who: [{"id": 1}]}}
    assert web(tmp_path, classic={**CLASSIC, "required_pull_request_reviews": reviews}, rules=[]).admins_bound is False


def test_checks_with_and_without_their_apps(tmp_path: Path) -> None:
    told = {"contexts": ["a", "b"], "checks": [{"context": "a", "app_id": 15368}, {"context": "c", "app_id": None}]}
    found = web(tmp_path, classic={**CLASSIC, "required_status_checks": told}, rules=[])
    assert found.required_checks == ("a", "b", "c")
    assert {check.name: check.app for check in found.branch_protection.checks} == {"a": 15368, "b": None, "c": None}
