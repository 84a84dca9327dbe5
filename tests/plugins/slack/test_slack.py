"""Members of a Slack workspace, and what the shipped controls say of them.

Guesses that the documents refuted: `is_app_user` marks no bot, `is_bot` is false for Slackbot, `has_2fa` is shown to
administrators alone (and to anybody of himself), and one page with fewer members than asked for need not be the last.
"""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from soc2test import Resource, UnknownFact
from soc2test.evidence.read_limits import ReadLimits
from soc2test.inventory.dating import Clock
from soc2test.inventory.inventory import Inventory
from soc2test.inventory.load import Request, load_inventory
from soc2test_plugins.okta import soc2_sources as okta_sources
from soc2test_plugins.slack.kinds import SlackUser
from soc2test_plugins.slack.source import slack

AS_OF = datetime(2026, 11, 20, 12, tzinfo=UTC)
SAMPLES = Path(__file__).parent / "samples"
WORKSPACE = "TTPQ4FBPT"
MEMBERS = json.loads((SAMPLES / "users.list.json").read_text())["members"]
ADMIN, MEMBER, BOT = MEMBERS
LOGIN = {"ok": True, "url": "https://acme.slack.com/", "team": "Acme", "team_id": WORKSPACE, "user_id": "SLACKUSER1"}


def page(*members: Any, cursor: Any = "", **more: Any) -> dict[str, Any]:
    return {"ok": True, "members": members, "cache_ts": 1, "response_metadata": {"next_cursor": cursor}, **more}


def without(item: dict[str, Any], *keys: str) -> dict[str, Any]:
    return {key: value for key, value in item.items() if key not in keys}


def member(**more: Any) -> dict[str, Any]:
    return {**MEMBER, **more}


DEACTIVATED = {
    **without(MEMBER, "color", "real_name", "tz", "tz_label", "tz_offset", "is_admin", "is_owner", "is_primary_owner",
              "is_restricted", "is_ultra_restricted", "is_email_confirmed", "who_can_share_contact_card"),
    "id": "U05LEFT", "deleted": True, "is_forgotten": False,
}  # fmt: skip
"""As issue 258 of brekkylab/backlot measured it: the keys are not false, they are not there."""
SLACKBOT = {
    "id": "USLACKBOT",
    "team_id": WORKSPACE,
    "name": "slackbot",
    "deleted": False,
    "is_bot": False,
    "profile": {},
}
OUTSIDER = {
    "id": "U0REX",
    "team_id": "T123ABC456",
    "name": "rex",
    "profile": {"team": "T123ABC456"},
    "is_stranger": True,
}
"""As docs.slack.dev shows an external member (Slack Connect)."""
ORGANIZATION = {"id": "U1", "enterprise_id": "E1", "enterprise_name": "Acme", "is_admin": False, "is_owner": False}


def load(folder: Path, files: dict[str, Any], below: str = WORKSPACE) -> Inventory:
    for name, body in files.items():
        path = folder / (f"{name}.json" if "/" in name else f"slack/{below}/{name}.json")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(body))
    (okta,) = okta_sources()
    request = Request(
        folder, {"slack": slack, "okta": okta}, lambda _: [], {}, {},
        ReadLimits(), Clock(AS_OF, AS_OF),
    )  # fmt: skip
    loaded = load_inventory(request)
    assert loaded.problems == ()
    return loaded.inventory


def users(inventory: Inventory) -> dict[str, SlackUser]:
    found = (each for each in inventory.members(SlackUser) if isinstance(each, SlackUser))
    return {each.id.rpartition("/")[2]: each for each in found}


def one(folder: Path, item: dict[str, Any]) -> SlackUser:
    (found,) = users(load(folder, {"users.list": page(item)})).values()
    return found


def gaps(inventory: Inventory, kind: type[Resource] = SlackUser) -> set[str]:
    return {gap.code for gap in inventory.gaps(kind)}


def test_members_of_a_real_list(tmp_path: Path) -> None:
    inventory = load(tmp_path, {"users.list": page(*MEMBERS)})
    told = users(inventory)
    assert {id: (each.human, each.admin, each.active, each.guest) for id, each in told.items()} == {
        "SLACKUSER1": (True, True, True, False),
        "SLACKUSER2": (True, False, True, False),
        "SLACKBOT1": (False, False, True, False),
    }
    assert told["SLACKUSER1"].id == f"slack/{WORKSPACE}/SLACKUSER1"
    assert (told["SLACKUSER1"].name, told["SLACKBOT1"].name) == ("mbsimpson@simpson.corp", "SLACKBOT1")
    assert told["SLACKBOT1"].email is None
    assert told["SLACKUSER1"].disabled_at is None
    assert gaps(inventory) == set()


@pytest.mark.parametrize("fact", ["created_at", "last_used_at", "password", "mfa"])
def test_what_the_list_does_not_tell_is_unknown(tmp_path: Path, fact: str) -> None:
    """`updated` is when any field changed last, and no use of the account."""
    with pytest.raises(UnknownFact):
        getattr(one(tmp_path, MEMBER), fact)


@pytest.mark.parametrize("on", [True, False])
def test_a_second_factor_is_what_an_administrator_is_told(tmp_path: Path, on: bool) -> None:
    assert one(tmp_path, member(has_2fa=on)).mfa is on


@pytest.mark.parametrize("odd", [None, "true", 1])
def test_an_odd_word_on_the_second_factor_is_unknown(tmp_path: Path, odd: Any) -> None:
    with pytest.raises(UnknownFact):
        _ = one(tmp_path, member(has_2fa=odd)).mfa


def test_who_asks_without_being_an_administrator_is_told_of_himself_alone(tmp_path: Path) -> None:
    told = users(load(tmp_path, {"users.list": page({**ADMIN, "has_2fa": True}, MEMBER)}))
    assert told["SLACKUSER1"].mfa
    with pytest.raises(UnknownFact, match="administrators alone"):
        _ = told["SLACKUSER2"].mfa


@pytest.mark.parametrize("on", [True, False])
def test_where_a_directory_signs_people_in_to_slack_its_own_factor_says_nothing(tmp_path: Path, on: bool) -> None:
    """Slack leaves the factor to the identity provider then, and says nowhere whom that signs in."""
    app = {
        "id": "0oa1", "label": "Slack", "name": "slack", "status": "ACTIVE", "signOnMode": "SAML_2_0",
        "_links": {"self": {"href": "https://acme.okta.com/api/v1/apps/0oa1"}},
    }  # fmt: skip
    files = {"users.list": page(member(has_2fa=on)), "okta/acme/listApplications": [app]}
    (user,) = users(load(tmp_path, files)).values()
    with pytest.raises(UnknownFact, match="single sign-on"):
        _ = user.mfa
    files["okta/acme/listApplications"] = [{**app, "label": "Payroll"}]
    (user,) = users(load(tmp_path, files)).values()
    assert user.mfa is on


def test_a_directory_that_does_not_tell_its_applications_may_sign_people_in(tmp_path: Path) -> None:
    refused = {"errorCode": "E0000006", "errorSummary": "You do not have permission"}
    files = {"users.list": page(member(has_2fa=True), {**ADMIN, "has_2fa": False})}
    told = users(load(tmp_path, {**files, "okta/acme/listApplications": refused}))
    assert told["SLACKUSER2"].mfa
    with pytest.raises(UnknownFact, match="E0000006"):
        _ = told["SLACKUSER1"].mfa


def test_who_was_deactivated_has_no_roles_and_no_date(tmp_path: Path) -> None:
    found = one(tmp_path, DEACTIVATED)
    assert (found.active, found.admin, found.human, found.stays_listed) == (False, False, True, True)
    for fact in ("disabled_at", "mfa", "guest"):
        with pytest.raises(UnknownFact):
            getattr(found, fact)


def test_deleted_may_be_left_out_of_who_is_not(tmp_path: Path) -> None:
    """ "Otherwise the value is false, or the field may not appear at all" (docs.slack.dev, user object)."""
    assert one(tmp_path, without(MEMBER, "deleted")).active


def test_who_allowed_an_app_is_no_bot_and_slackbot_is_no_person(tmp_path: Path) -> None:
    inventory = load(tmp_path, {"users.list": page(member(is_app_user=True), SLACKBOT)})
    assert {id: each.human for id, each in users(inventory).items()} == {"SLACKUSER2": True}
    assert gaps(inventory) == set()


@pytest.mark.parametrize("key", ["is_restricted", "is_ultra_restricted"])
def test_guests(tmp_path: Path, key: str) -> None:
    assert one(tmp_path, member(**{key: True})).guest


@pytest.mark.parametrize("key", ["is_admin", "is_owner", "is_primary_owner"])
def test_administrators(tmp_path: Path, key: str) -> None:
    assert one(tmp_path, member(**{key: True})).admin
    with pytest.raises(UnknownFact):
        _ = one(tmp_path / "odd", member(**{key: None})).admin


def test_an_administrator_of_the_organization_is_one_of_its_workspaces(tmp_path: Path) -> None:
    assert one(tmp_path, member(enterprise_user={**ORGANIZATION, "is_admin": True, "teams": [WORKSPACE]})).admin


@pytest.mark.parametrize("profile", [{}, {"email": None}, {"email": ""}, None])
def test_an_address_that_is_not_shown_is_unknown(tmp_path: Path, profile: Any) -> None:
    found = one(tmp_path, member(profile=profile))
    with pytest.raises(UnknownFact, match=r"users:read\.email"):
        _ = found.email
    assert found.name == "SLACKUSER2"


def test_people_of_a_company_that_shares_a_channel_are_no_accounts_here(tmp_path: Path) -> None:
    inventory = load(
        tmp_path, {"users.list": page(MEMBER, OUTSIDER, {**OUTSIDER, "id": "U0DEV", "is_stranger": False})}
    )
    assert (set(users(inventory)), gaps(inventory)) == ({"SLACKUSER2"}, set())


def test_members_of_an_organization_are_those_of_the_workspace(tmp_path: Path) -> None:
    inside = member(team_id="T0OTHER", enterprise_user={**ORGANIZATION, "teams": ["T0OTHER", WORKSPACE]})
    assert one(tmp_path, inside).id == f"slack/{WORKSPACE}/SLACKUSER2"
    outside = member(team_id="T0OTHER", enterprise_user={**ORGANIZATION, "teams": ["T0OTHER"]})
    inventory = load(tmp_path / "other", {"users.list": page(MEMBER, {**outside, "id": "U2"})})
    assert gaps(inventory)


def test_a_member_of_no_workspace_is_missed(tmp_path: Path) -> None:
    assert gaps(load(tmp_path, {"users.list": page(MEMBER, without({**MEMBER, "id": "U2"}, "team_id"))}))


@pytest.mark.parametrize("cursor", ["dXNlcjpVMDYxTkZUVDI=", 7])
def test_a_page_that_another_follows_is_not_all(tmp_path: Path, cursor: Any) -> None:
    assert gaps(load(tmp_path, {"users.list": page(MEMBER, cursor=cursor)}))


def test_all_pages_together_are(tmp_path: Path) -> None:
    files = {"users.list.page1": page(MEMBER, cursor="dXNl"), "users.list.page2": page(ADMIN, BOT)}
    inventory = load(tmp_path, files)
    assert (len(users(inventory)), gaps(inventory)) == (3, set())


@pytest.mark.parametrize("end", [{}, {"response_metadata": {}}, {"response_metadata": {"next_cursor": None}}])
def test_an_answer_without_a_cursor_is_the_last(tmp_path: Path, end: dict[str, Any]) -> None:
    assert gaps(load(tmp_path, {"users.list": {"ok": True, "members": [MEMBER], **end}})) == set()


def test_a_list_that_was_cut_out_of_an_answer_is_not_all(tmp_path: Path) -> None:
    assert gaps(load(tmp_path, {"users.list": {"members": [MEMBER]}}))


def test_an_empty_list_is_a_gap(tmp_path: Path) -> None:
    assert gaps(load(tmp_path, {"users.list": page()}))


@pytest.mark.parametrize(
    ("error", "code"), [("missing_scope", "denied"), ("not_authed", "denied"), ("ratelimited", "failed")]
)
def test_a_refusal_is_told(tmp_path: Path, error: str, code: str) -> None:
    """Slack refuses with HTTP 200, so that curl ends well."""
    body = {"ok": False, "error": error, "needed": "users:read", "provided": "chat:write"}
    inventory = load(tmp_path, {"users.list": body})
    assert not users(inventory)
    assert code in gaps(inventory)


def test_the_export_of_another_workspace_is_refused(tmp_path: Path) -> None:
    primary = {**ADMIN, "is_primary_owner": True}
    assert gaps(load(tmp_path, {"users.list": page(primary, MEMBER)})) == set()
    other = load(tmp_path / "other", {"users.list": page(primary, MEMBER)}, below="T0OTHER")
    assert (gaps(other), users(other)) == ({"identity"}, {})


def test_the_login_of_another_workspace_is_refused(tmp_path: Path) -> None:
    files = {"users.list": page(MEMBER), "auth.test": LOGIN}
    assert gaps(load(tmp_path, files)) == set()
    assert gaps(load(tmp_path, {**files, "auth.test": {**LOGIN, "team_id": "T0OTHER"}})) == {"identity"}
