"""Members, owners, outside collaborators, 2FA and the organisation."""

from pathlib import Path
from typing import Any

import pytest
from github_reading import error, every, gap_codes, load, only, user

from soc2test import UnknownFact
from soc2test_plugins.github.kinds import GithubMember, GithubOrganization, OutsideCollaborator

ORG = {
    "login": "acme",
    "two_factor_requirement_enabled": True,
    "default_repository_permission": "read",
    "members_can_create_public_repositories": False,
}
PEOPLE = [user("ann"), user("bob")]


def members(folder: Path, **files: Any) -> dict[str, GithubMember]:
    named = {f"orgs.list-members.{name.removeprefix('_')}": body for name, body in files.items()}
    inventory = load(folder, {"orgs.list-members": PEOPLE, **named})
    return {each.name: each for each in every(inventory, GithubMember)}


def test_member_is_what_the_list_says(tmp_path: Path) -> None:
    ann = members(tmp_path)["ann"]
    assert (ann.id, ann.email, ann.human, ann.root, ann.active, ann.disabled_at) == (
        "github/acme/ann", None, True, False, True, None,
    )  # fmt: skip
    for fact in ("mfa", "admin", "password", "last_used_at", "created_at"):
        with pytest.raises(UnknownFact):
            getattr(ann, fact)


def test_unknown_mfa_names_the_filtered_list(tmp_path: Path) -> None:
    with pytest.raises(UnknownFact, match="filter=2fa_disabled"):
        _ = members(tmp_path)["ann"].mfa


def test_email_is_read_where_it_is_told(tmp_path: Path) -> None:
    inventory = load(tmp_path, {"orgs.list-members": [user("ann", email="ann@acme.example")]})
    assert only(inventory, GithubMember).email == "ann@acme.example"


@pytest.mark.parametrize(("kind", "human"), [("User", True), ("Bot", False)])
def test_account_types(tmp_path: Path, kind: str, human: bool) -> None:
    inventory = load(tmp_path, {"orgs.list-members": [user("ann", type=kind)]})
    assert only(inventory, GithubMember).human is human


def test_other_account_type_is_unknown(tmp_path: Path) -> None:
    inventory = load(tmp_path, {"orgs.list-members": [user("ann", type="Mannequin")]})
    with pytest.raises(UnknownFact):
        _ = only(inventory, GithubMember).human


def test_filtered_lists_tell_of_those_named_and_of_all_others(tmp_path: Path) -> None:
    found = members(tmp_path, _2fa_disabled=[user("bob")], admin=[user("ann")])
    assert (found["ann"].mfa, found["bob"].mfa) == (True, False)
    assert (found["ann"].admin, found["bob"].admin) == (True, False)


def test_empty_filtered_list_means_that_all_have_2fa(tmp_path: Path) -> None:
    assert all(each.mfa for each in members(tmp_path, _2fa_disabled=[]).values())


@pytest.mark.parametrize(
    "refusal", [error("Only owners can use this filter.", "422"), error("Must have admin rights", "403"), ""]
)
def test_refused_filtered_list_tells_nothing(tmp_path: Path, refusal: Any) -> None:
    with pytest.raises(UnknownFact):
        _ = members(tmp_path, _2fa_disabled=refusal)["ann"].mfa


def test_full_page_of_those_without_2fa_says_nothing_of_others(tmp_path: Path) -> None:
    hundred = [user(f"u{number}") for number in range(100)]
    inventory = load(tmp_path, {"orgs.list-members": [*PEOPLE, *hundred], "orgs.list-members.2fa_disabled": hundred})
    ann = next(each for each in every(inventory, GithubMember) if each.id == "github/acme/ann")
    with pytest.raises(UnknownFact):
        _ = ann.mfa


def test_full_page_of_members_is_partial(tmp_path: Path) -> None:
    inventory = load(tmp_path, {"orgs.list-members": [user(f"u{number}") for number in range(30)]})
    assert gap_codes(inventory, GithubMember) == {"partial"}


def test_slurped_pages_are_one_list(tmp_path: Path) -> None:
    inventory = load(tmp_path, {"orgs.list-members": [[user("ann")], [user("bob")]]})
    assert gap_codes(inventory, GithubMember) == set()
    assert len(list(inventory.members(GithubMember))) == 2


def test_stranger_without_2fa_makes_the_list_partial(tmp_path: Path) -> None:
    inventory = load(tmp_path, {"orgs.list-members": PEOPLE, "orgs.list-members.2fa_disabled": [user("eve")]})
    assert gap_codes(inventory, GithubMember) == {"unnamed"}


def test_member_without_login_is_no_member(tmp_path: Path) -> None:
    inventory = load(tmp_path, {"orgs.list-members": [{"id": 1, "type": "User"}]})
    assert gap_codes(inventory, GithubMember) == {"unreadable"}


def test_outside_collaborators_are_a_population_of_their_own(tmp_path: Path) -> None:
    inventory = load(
        tmp_path,
        {
            "orgs.list-outside-collaborators": [user("ext")],
            "orgs.list-outside-collaborators.2fa_disabled": [user("ext")],
        },
    )
    assert gap_codes(inventory, GithubMember) == {"missing"}
    collaborator = only(inventory, OutsideCollaborator)
    assert (collaborator.mfa, collaborator.admin, collaborator.active) == (False, False, True)


@pytest.mark.parametrize("required", [True, False])
def test_organization(tmp_path: Path, required: bool) -> None:
    org = only(load(tmp_path, {"orgs.get": {**ORG, "two_factor_requirement_enabled": required}}), GithubOrganization)
    assert (org.id, org.name, org.mfa_required) == ("github/acme", "acme", required)
    assert (org.default_repository_permission, org.members_create_public_repositories) == ("read", False)


@pytest.mark.parametrize("change", [{"two_factor_requirement_enabled": None}, {}])
def test_organization_shown_to_a_member(tmp_path: Path, change: dict[str, Any]) -> None:
    body = {key: value for key, value in ORG.items() if key != "two_factor_requirement_enabled"}
    org = only(load(tmp_path, {"orgs.get": {**body, **change}}), GithubOrganization)
    with pytest.raises(UnknownFact):
        _ = org.mfa_required


@pytest.mark.parametrize("named", ["_2fa_disabled", "admin"])
@pytest.mark.parametrize("login", [None, 7, True])
def test_somebody_without_a_login_says_nothing_of_all_others(tmp_path: Path, named: str, login: Any) -> None:
    found = members(tmp_path, **{named: [user("ann"), {**user("bob"), "login": login}]})
    with pytest.raises(UnknownFact):
        _ = found["bob"].mfa if named == "_2fa_disabled" else found["bob"].admin
