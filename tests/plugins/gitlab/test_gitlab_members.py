"""Who is in a group of GitLab, and what lists of users tell of them.

Guesses that the documents refuted: who is deactivated gets in again by signing in, a list of a group's members does not
hold those of its projects, and nothing in it says which account is a program's.
"""

from pathlib import Path
from typing import Any

import pytest
from gitlab_reading import HOST, full_user, gaps, group_files, load, member, members, project, sample

from soc2test import Identity, UnknownFact
from soc2test_plugins.gitlab.kinds import GitlabGroup, GitlabMember, ProjectMember


def listed(folder: Path, *people: Any, **more: Any) -> dict[str, GitlabMember]:
    """The members of one project who are all in the group too."""
    return members(load(folder, {**group_files("acme/web", members=list(people)), **more}), GitlabMember)


def one(folder: Path, **more: Any) -> GitlabMember:
    return listed(folder, member("ann", **more))["ann"]


def test_members_of_a_real_list(tmp_path: Path) -> None:
    here = sample("members")
    files = {
        "groups.projects": [project("myorg/web", web_url="https://gitlab.example.com/myorg/web")],
        "groups.members.all": here,
        "projects.members.all.myorg%2Fweb": here,
    }
    inventory = load(tmp_path, files, host="gitlab.example.com", group="myorg")
    told = members(inventory, GitlabMember)
    assert {name: (each.admin, each.active, each.human, each.email) for name, each in told.items()} == {
        "alice": (True, True, True, "alice@example.com"),
        "bob": (False, True, True, "bob@example.com"),
    }
    assert told["alice"].id == "gitlab/gitlab.example.com/myorg/members/alice"
    assert {name: each.writes for name, each in members(inventory, ProjectMember).items()} == {
        "alice": True, "bob": False,
    }  # fmt: skip
    assert gaps(inventory, Identity) == set()


@pytest.mark.parametrize(
    ("state", "active"),
    [("active", True), ("deactivated", True), ("blocked", False), ("banned", False), ("ldap_blocked", False),
     ("blocked_pending_approval", False)],
)  # fmt: skip
def test_who_can_sign_in(tmp_path: Path, state: str, active: bool) -> None:
    assert one(tmp_path, state=state).active is active


@pytest.mark.parametrize(
    "odd", [{"state": "sleeping"}, {"state": None}, {"membership_state": "awaiting"}, {"membership_state": "x"}]
)
def test_an_odd_state_or_a_membership_that_waits_is_unknown(tmp_path: Path, odd: dict[str, Any]) -> None:
    with pytest.raises(UnknownFact):
        _ = one(tmp_path, **odd).active


@pytest.mark.parametrize(
    ("level", "writes", "admin"),
    [(10, False, False), (15, False, False), (20, False, False), (25, False, False), (30, True, False),
     (40, True, False), (50, True, True), (60, True, True)],
)  # fmt: skip
def test_what_roles_may_do(tmp_path: Path, level: int, writes: bool, admin: bool) -> None:
    inventory = load(tmp_path, group_files("acme/web", members=[member("ann", level)]))
    assert members(inventory, GitlabMember)["ann"].admin is admin
    assert members(inventory, ProjectMember)["ann"].writes is writes


@pytest.mark.parametrize("odd", [{"level": 35}, {"level": 10, "member_role": {"id": 1, "name": "Auditor"}}])
def test_a_role_that_is_not_known_is_unknown(tmp_path: Path, odd: dict[str, Any]) -> None:
    inventory = load(tmp_path, group_files("acme/web", members=[member("ann", **odd)]))
    for fact, found in (("admin", members(inventory, GitlabMember)), ("writes", members(inventory, ProjectMember))):
        with pytest.raises(UnknownFact):
            getattr(found["ann"], fact)


def test_who_is_in_a_project_alone_is_a_member_and_no_owner(tmp_path: Path) -> None:
    """The group's list does not hold him, so the projects' lists make the population."""
    files = group_files("acme/web", "acme/api", members=[member("ann", 50)])
    files["projects.members.all.acme%2Fapi"] = [member("ann", 50), member("dev", 50)]
    inventory = load(tmp_path, files)
    told = members(inventory, GitlabMember)
    assert {name: each.admin for name, each in told.items()} == {"ann": True, "dev": False}
    assert gaps(inventory, GitlabMember) == set()


def test_a_project_whose_members_are_not_exported_is_a_gap(tmp_path: Path) -> None:
    files = group_files("acme/web", "acme/api")
    del files["projects.members.all.acme%2Fapi"]
    assert gaps(load(tmp_path, files), Identity) == {"missing"}


def test_a_call_for_a_project_names_it_as_it_stands_in_an_address(tmp_path: Path) -> None:
    (gap,) = load(tmp_path, {"groups.projects": [project("acme/platform/api")]}).gaps(GitlabMember)
    assert '"https://gitlab.com/api/v4/projects/acme%2Fplatform%2Fapi/members/all?per_page=100"' in gap.text
    assert "exports/gitlab/gitlab.com/acme/projects.members.all.acme%2Fplatform%2Fapi.json" in gap.text


def test_a_member_of_the_group_whom_no_project_lists_is_a_gap(tmp_path: Path) -> None:
    """Members of a group are in each of its projects, so one of the lists is older, or of somebody who sees less."""
    files = group_files("acme/web", members=[member("ann", 50)])
    files["groups.members.all"] = [member("ann", 50), member("zoe", 30)]
    assert gaps(load(tmp_path, files), GitlabMember) == {"unnamed"}


def test_who_has_minimal_access_is_in_no_project(tmp_path: Path) -> None:
    files = group_files("acme/web", members=[member("ann", 50)])
    files["groups.members.all"] = [member("ann", 50), member("zoe", 5)]
    inventory = load(tmp_path, files)
    assert (set(members(inventory, GitlabMember)), gaps(inventory, GitlabMember)) == ({"ann"}, set())


@pytest.mark.parametrize("count", [20, 100])
def test_a_list_that_is_just_a_full_page_may_be_cut(tmp_path: Path, count: int) -> None:
    """The headers that tell of a next page are in no export."""
    full = [member(f"m{place}", 30) for place in range(count - 1)] + [member("ann", 50)]
    assert gaps(load(tmp_path, group_files("acme/web", members=full)), GitlabMember)
    more = group_files("acme/web", members=[*full, member("zoe")])
    assert gaps(load(tmp_path / "more", more), GitlabMember) == set()


def test_pages_in_files_of_their_own_are_one_list(tmp_path: Path) -> None:
    files = group_files("acme/web", members=[member(f"m{place}", 50) for place in range(101)])
    everybody = files.pop("projects.members.all.acme%2Fweb")
    files["projects.members.all.acme%2Fweb.page1"] = everybody[:100]
    files["projects.members.all.acme%2Fweb.page2"] = everybody[100:]
    inventory = load(tmp_path, files)
    assert (len(members(inventory, GitlabMember)), gaps(inventory, GitlabMember)) == (101, set())


def test_a_project_that_lists_nobody_is_a_gap(tmp_path: Path) -> None:
    """Somebody owns the group, and is in each project."""
    files = {"groups.projects": [project()], "projects.members.all.acme%2Fweb": []}
    assert gaps(load(tmp_path, files), GitlabMember)


def test_a_group_that_lists_nobody_does_not_tell_who_owns_it(tmp_path: Path) -> None:
    inventory = load(tmp_path, {**group_files("acme/web"), "groups.members.all": []})
    with pytest.raises(UnknownFact):
        _ = members(inventory, GitlabMember)["ann"].admin


def test_without_a_list_of_users_a_second_factor_is_unknown_and_each_counts_as_a_person(tmp_path: Path) -> None:
    told = listed(tmp_path, member("ann", 50), member("project_7_bot_4ffca233d8298ea1", 40))
    assert [each.human for each in told.values()] == [True, True]
    assert told["ann"].email is None
    for fact in ("mfa", "created_at", "last_used_at"):
        with pytest.raises(UnknownFact, match="no list of users names"):
            getattr(told["ann"], fact)


@pytest.mark.parametrize("operation", ["users", "groups.saml_users"])
@pytest.mark.parametrize("on", [True, False])
def test_a_second_factor_of_gitlab_s_own(tmp_path: Path, operation: str, on: bool) -> None:
    found = listed(tmp_path, member("ann", 50), **{operation: [full_user("ann", two_factor_enabled=on)]})["ann"]
    assert found.mfa is on
    assert str(found.last_used_at) == "2026-11-18 00:00:00+00:00"
    assert str(found.created_at) == "2024-01-02 03:04:05+00:00"


@pytest.mark.parametrize("on", [True, False])
def test_where_another_provider_signs_the_account_in_its_factor_says_nothing(tmp_path: Path, on: bool) -> None:
    linked = [{"provider": "group_saml", "extern_uid": "2435223452345", "saml_provider_id": 1}]
    told = [full_user("ann", two_factor_enabled=on, identities=linked)]
    with pytest.raises(UnknownFact, match="another provider"):
        _ = listed(tmp_path, member("ann", 50), **{"groups.saml_users": told})["ann"].mfa


@pytest.mark.parametrize("lacks", [{"two_factor_enabled": None}, {"two_factor_enabled": "true"}, {"identities": None}])
def test_an_odd_word_on_the_second_factor_is_unknown(tmp_path: Path, lacks: dict[str, Any]) -> None:
    with pytest.raises(UnknownFact):
        _ = listed(tmp_path, member("ann", 50), users=[full_user("ann", **lacks)])["ann"].mfa


def test_a_second_factor_that_is_left_out_is_unknown(tmp_path: Path) -> None:
    told = {key: value for key, value in full_user("ann").items() if key != "two_factor_enabled"}
    with pytest.raises(UnknownFact):
        _ = listed(tmp_path, member("ann", 50), users=[told])["ann"].mfa


def test_a_list_of_users_as_somebody_who_is_no_administrator_gets_it(tmp_path: Path) -> None:
    """Names alone: nothing that is left out is false, and so none of them is a person or signs in with a factor."""
    found = listed(tmp_path, member("ann", 50), users=[{"id": 1, "username": "ann", "name": "Ann", "state": "active"}])
    for fact in ("mfa", "human", "email", "created_at", "last_used_at"):
        with pytest.raises(UnknownFact):
            getattr(found["ann"], fact)


def test_what_a_list_of_users_says_of_programs_and_administrators(tmp_path: Path) -> None:
    users = [full_user("ann"), full_user("ci", bot=True, email=""), full_user("root", is_admin=True)]
    told = listed(tmp_path, member("ann", 50), member("ci", 40), member("root", 30), users=users)
    assert {name: (each.human, each.admin, each.email) for name, each in told.items()} == {
        "ann": (True, True, "ann@acme.example"),
        "ci": (False, False, None),
        "root": (True, True, "root@acme.example"),
    }


def test_users_of_the_host_who_are_not_in_the_group_are_no_gap(tmp_path: Path) -> None:
    files = group_files("acme/web", members=[member("ann", 50)])
    inventory = load(tmp_path, {**files, "users": [full_user("ann"), full_user("elsewhere")]})
    assert (set(members(inventory, GitlabMember)), gaps(inventory, Identity)) == ({"ann"}, set())


def test_who_never_used_the_account(tmp_path: Path) -> None:
    never = {"last_sign_in_at": None, "current_sign_in_at": None, "last_activity_on": None}
    assert listed(tmp_path, member("ann", 50), users=[full_user("ann", **never)])["ann"].last_used_at is None


def test_an_address_that_gitlab_shows_to_owners(tmp_path: Path) -> None:
    saml = {"extern_uid": "ann@acme.example", "provider": "group_saml", "saml_provider_id": 10}
    assert one(tmp_path / "email", email="ann@acme.example").email == "ann@acme.example"
    assert one(tmp_path / "saml", group_saml_identity=saml).email == "ann@acme.example"
    assert one(tmp_path / "id", group_saml_identity={**saml, "extern_uid": "ABC-1234567890"}).email is None
    assert one(tmp_path / "none", group_saml_identity=None).email is None


@pytest.mark.parametrize("demanded", [True, False])
def test_the_group_demands_a_second_factor(tmp_path: Path, demanded: bool) -> None:
    body = {"full_path": "acme", "web_url": f"{HOST}/groups/acme", "require_two_factor_authentication": demanded}
    (group,) = members(load(tmp_path, {"groups.get": body}), GitlabGroup).values()
    assert (group.id, group.mfa_required) == ("gitlab/gitlab.com/acme", demanded)
