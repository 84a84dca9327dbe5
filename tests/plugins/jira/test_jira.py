"""Issues of a project of Jira, how many it holds, and the users of a site.

The bodies are written after the examples of Atlassian's OpenAPI document (searchAndReconsileIssuesUsingJql, searchProjects,
getAllUsers) with texts of our own; keys of status categories and `statuscategorychangedate` after answers of real sites
(the samples of baserow's and Demisto's tests), since the document's example has made-up keys there.

Guesses that the documents refuted: an answer of a search neither says how many it found in all nor what it was asked,
so that a narrowed one looks whole; who is not signed in is answered with an empty list; an issue that is done may have
no resolution.
"""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from soc2test import Ticket, TicketProject, UnknownFact
from soc2test.evidence.read_limits import ReadLimits
from soc2test.inventory.dating import Clock
from soc2test.inventory.inventory import Inventory
from soc2test.inventory.load import Request, load_inventory
from soc2test_plugins.jira.kinds import JiraUser
from soc2test_plugins.jira.source import jira, jira_users

AS_OF = datetime(2026, 11, 20, 12, tzinfo=UTC)
API = "https://acme.atlassian.net/rest/api/3"
CATEGORY = {"self": f"{API}/statuscategory/3", "id": 3, "key": "done", "colorName": "green", "name": "Done"}
FIELDS: dict[str, Any] = {
    "summary": "Main order flow broken",
    "issuetype": {"self": f"{API}/issuetype/10101", "id": "10101", "name": "Incident", "subtask": False},
    "project": {"self": f"{API}/project/10010", "id": "10010", "key": "OPS", "name": "Operations"},
    "status": {"self": f"{API}/status/10002", "id": "10002", "name": "Closed", "statusCategory": CATEGORY},
    "statuscategorychangedate": "2026-10-06T23:38:23.115+0200", "created": "2026-10-06T23:30:42.007+0200",
    "labels": ["shop", "sev1"],
}  # fmt: skip
ISSUE: dict[str, Any] = {"expand": "", "id": "10002", "self": f"{API}/issue/10002", "key": "OPS-12", "fields": FIELDS}
PROJECT: dict[str, Any] = {
    "self": f"{API}/project/10010", "id": "10010", "key": "OPS", "name": "Operations", "simplified": False,
    "insight": {"totalIssueCount": 1, "lastIssueUpdateTime": "2026-11-05T14:20:07.000+0000"},
}  # fmt: skip
USER: dict[str, Any] = {
    "self": f"{API}/user?accountId=5b10a2844c20165700ede21g", "accountId": "5b10a2844c20165700ede21g",
    "accountType": "atlassian", "emailAddress": "mia@acme.example", "displayName": "Mia Krystof", "active": True,
}  # fmt: skip


def issue(**fields: Any) -> dict[str, Any]:
    """With other fields; None for an absent one."""
    return {**ISSUE, "fields": {**FIELDS, **fields}}


def status(key: Any) -> dict[str, Any]:
    return {**FIELDS["status"], "statusCategory": {**CATEGORY, "key": key}}


def without(item: dict[str, Any], key: str) -> dict[str, Any]:
    return {name: value for name, value in item.items() if name != key}


def found(*issues: Any, **more: Any) -> dict[str, Any]:
    return {"issues": list(issues), "isLast": True, **more}


def numbered(*numbers: int) -> list[dict[str, Any]]:
    return [{**ISSUE, "id": str(n), "key": f"OPS-{n}"} for n in numbers]


def projects(*values: Any, **more: Any) -> dict[str, Any]:
    return {"values": list(values), "isLast": True, "maxResults": 50, "startAt": 0, "total": len(values), **more}


def counting(count: Any) -> dict[str, Any]:
    return projects({**PROJECT, "insight": {**PROJECT["insight"], "totalIssueCount": count}})


def load(folder: Path, files: dict[str, Any], below: str = "jira/acme/OPS") -> Inventory:
    place = folder / below
    place.mkdir(parents=True, exist_ok=True)
    for name, body in files.items():
        (place / f"{name}.json").write_text(json.dumps(body))
    sources = {"jira": jira} if below.startswith("jira/") else {"jira_users": jira_users}
    loaded = load_inventory(Request(folder, sources, lambda _: [], {}, {}, ReadLimits(), Clock(AS_OF, AS_OF)))
    assert loaded.problems == ()
    return loaded.inventory


def one(folder: Path, item: dict[str, Any]) -> Ticket:
    (ticket,) = load(folder, {"search-jql": found(item)}).members(Ticket)
    assert isinstance(ticket, Ticket)
    return ticket


def users(folder: Path, *items: Any) -> list[JiraUser]:
    members = load(folder, {"users-search": list(items)}, "jira_users/acme").members(JiraUser)
    return [member for member in members if isinstance(member, JiraUser)]


def gaps(inventory: Inventory, kind: Any = Ticket) -> set[str]:
    return {gap.code for gap in inventory.gaps(kind)}


def test_an_issue_that_is_done(tmp_path: Path) -> None:
    ticket = one(tmp_path, ISSUE)
    assert (ticket.id, ticket.name, ticket.project) == ("jira/acme/issues/10002", "OPS-12", "OPS")
    assert (ticket.title, ticket.type, ticket.labels) == ("Main order flow broken", "Incident", ("shop", "sev1"))
    assert ticket.created_at == datetime(2026, 10, 6, 21, 30, 42, 7000, tzinfo=UTC)
    assert ticket.closed_at == datetime(2026, 10, 6, 21, 38, 23, 115000, tzinfo=UTC)


@pytest.mark.parametrize("key", ["new", "indeterminate"])
def test_one_that_goes_on_whatever_resolution_it_has(tmp_path: Path, key: str) -> None:
    assert one(tmp_path, issue(status=status(key), resolutiondate="2026-10-07T01:00:00.000+0200")).closed_at is None


@pytest.mark.parametrize("key", ["undefined", "Done", "completed", "", None, 3])
def test_a_category_that_is_not_documented_is_unknown(tmp_path: Path, key: Any) -> None:
    ticket = one(tmp_path, issue(status=status(key)))
    with pytest.raises(UnknownFact):
        _ = ticket.closed_at


@pytest.mark.parametrize(
    ("fact", "more"),
    [
        ("title", {"summary": None}), ("type", {"issuetype": None}), ("type", {"issuetype": "Incident"}),
        ("type", {"issuetype": {"id": "1"}}), ("project", {"project": None}), ("labels", {"labels": None}),
        ("labels", {"labels": [None]}), ("labels", {"labels": "shop"}), ("created_at", {"created": "yesterday"}),
        ("created_at", {"created": None}), ("closed_at", {"statuscategorychangedate": None}),
        ("closed_at", {"statuscategorychangedate": 7}), ("closed_at", {"status": None}), ("closed_at", {"status": "Done"}),
    ],
)  # fmt: skip
def test_what_has_another_shape_is_unknown(tmp_path: Path, fact: str, more: Any) -> None:
    ticket = one(tmp_path, issue(**more))
    with pytest.raises(UnknownFact):
        getattr(ticket, fact)


@pytest.mark.parametrize(
    ("key", "fact"),
    [
        ("summary", "title"), ("issuetype", "type"), ("project", "project"), ("labels", "labels"), ("created", "created_at"),
        ("status", "closed_at"), ("statuscategorychangedate", "closed_at"),
    ],
)  # fmt: skip
def test_a_field_that_was_not_asked_for_is_unknown(tmp_path: Path, key: str, fact: str) -> None:
    ticket = one(tmp_path, {**ISSUE, "fields": without(FIELDS, key)})
    with pytest.raises(UnknownFact):
        getattr(ticket, fact)


def test_ids_alone_are_no_issues(tmp_path: Path) -> None:
    inventory = load(tmp_path, {"search-jql": found({"id": "10002"})})
    assert (list(inventory.members(Ticket)), bool(gaps(inventory))) == ([], True)


@pytest.mark.parametrize(
    "body",
    [
        {"issues": [ISSUE]}, [ISSUE], found(ISSUE, isLast=False), found(ISSUE, isLast=None), found(ISSUE, isLast="true"),
        found(ISSUE, nextPageToken="CAEaAggD"), found(ISSUE, isLast=False, nextPageToken="CAEaAggD"),
        found(ISSUE, warnings=[{"type": "LIMIT", "message": "-"}]),
    ],
)  # fmt: skip
def test_a_page_of_several_is_not_all(tmp_path: Path, body: Any) -> None:
    assert gaps(load(tmp_path, {"search-jql": body, "project-search": counting(1)}))


def test_all_pages_together_are(tmp_path: Path) -> None:
    files = {
        "search-jql.page1": found(*numbered(1, 2), isLast=False, nextPageToken="CAEaAggD"),
        "search-jql.page2": found(*numbered(3)),
        "project-search": counting(3),
    }
    inventory = load(tmp_path, files)
    assert (len(list(inventory.members(Ticket))), gaps(inventory), gaps(inventory, TicketProject)) == (3, set(), set())


def test_a_page_in_the_middle_that_is_lost_is_missed(tmp_path: Path) -> None:
    files = {
        "search-jql.page1": found(*numbered(1), isLast=False, nextPageToken="x"),
        "search-jql.page2": found(*numbered(4)),
    }
    assert gaps(load(tmp_path, {**files, "project-search": counting(4)}))


def test_an_empty_list_is_what_anybody_gets(tmp_path: Path) -> None:
    inventory = load(tmp_path, {"search-jql": found(), "project-search": projects()})
    assert (gaps(inventory), gaps(inventory, TicketProject)) == ({"empty"}, {"empty"})


def test_a_search_that_was_narrowed_holds_fewer_than_the_project(tmp_path: Path) -> None:
    assert gaps(load(tmp_path, {"search-jql": found(ISSUE), "project-search": counting(2)}))
    assert not gaps(load(tmp_path / "whole", {"search-jql": found(ISSUE), "project-search": counting(1)}))


def test_issues_made_since_the_count_are_none_too_many(tmp_path: Path) -> None:
    inventory = load(tmp_path, {"search-jql": found(*numbered(1, 2)), "project-search": counting(1)})
    (project,) = inventory.members(TicketProject)
    assert isinstance(project, TicketProject)
    assert (project.name, project.tickets, gaps(inventory)) == ("OPS", 1, set())


@pytest.mark.parametrize("insight", [None, {}, {"totalIssueCount": None}, {"totalIssueCount": "5"}, "5"])
def test_without_a_count_it_is_unknown(tmp_path: Path, insight: Any) -> None:
    (project,) = load(tmp_path, {"project-search": projects({**PROJECT, "insight": insight})}).members(TicketProject)
    assert isinstance(project, TicketProject)
    with pytest.raises(UnknownFact):
        _ = project.tickets


def test_an_issue_of_another_project_or_site_refuses_the_folder(tmp_path: Path) -> None:
    other = issue(project={**FIELDS["project"], "key": "DEV"})
    assert "identity" in gaps(load(tmp_path / "project", {"search-jql": found(ISSUE, other)}))
    elsewhere = {**ISSUE, "self": "https://globex.atlassian.net/rest/api/3/issue/10002"}
    assert "identity" in gaps(load(tmp_path / "site", {"search-jql": found(elsewhere)}))
    gateway = {
        **ISSUE,
        "self": "https://api.atlassian.com/ex/jira/5af33b11-85f9-4c9a-a6d5-249a362c4325/rest/api/3/issue/10002",
    }
    assert "identity" not in gaps(load(tmp_path / "gateway", {"search-jql": found(gateway)}))
    listed = projects({**PROJECT, "key": "DEV"})
    assert "identity" in gaps(load(tmp_path / "listed", {"project-search": listed}), TicketProject)


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ({"errorMessages": ["You do not have permission."], "errors": {}, "status": 403}, "denied"),
        ({"errorMessages": ["-"], "errors": {}, "status": 401}, "denied"),
        ({"errorMessages": ["-"], "errors": {}}, "failed"), ({"errorMessages": ["-"], "errors": {}, "status": 400}, "failed"),
        ({"errorMessages": [], "errors": {"jql": "-"}, "status": True}, "failed"),
    ],
)  # fmt: skip
def test_an_error_is_no_answer(tmp_path: Path, body: Any, code: str) -> None:
    inventory = load(tmp_path, {"search-jql": body, "project-search": body})
    assert (gaps(inventory), gaps(inventory, TicketProject)) == ({code}, {code})


def test_a_user(tmp_path: Path) -> None:
    (user,) = users(tmp_path, USER)
    assert (user.id, user.name, user.email) == (
        "jira/acme/users/5b10a2844c20165700ede21g", "mia@acme.example", "mia@acme.example",
    )  # fmt: skip
    assert (user.human, user.root, user.active, user.disabled_at, user.stays_listed) == (True, False, True, None, True)


def test_one_who_was_switched_off(tmp_path: Path) -> None:
    (user,) = users(tmp_path, {**USER, "active": False})
    assert user.active is False
    with pytest.raises(UnknownFact):
        _ = user.disabled_at


@pytest.mark.parametrize(
    "hidden", [without(USER, "emailAddress"), {**USER, "emailAddress": None}, {**USER, "emailAddress": ""}]
)
def test_an_address_that_a_profile_hides_is_unknown(tmp_path: Path, hidden: Any) -> None:
    (user,) = users(tmp_path, hidden)
    assert user.name == "5b10a2844c20165700ede21g"
    with pytest.raises(UnknownFact, match="hides the address"):
        _ = user.email


@pytest.mark.parametrize("fact", ["mfa", "admin", "created_at", "last_used_at"])
def test_what_the_list_does_not_tell_of_users_is_unknown(tmp_path: Path, fact: str) -> None:
    (user,) = users(tmp_path, USER)
    with pytest.raises(UnknownFact):
        getattr(user, fact)


@pytest.mark.parametrize("active", [None, "true", 1])
def test_a_switch_of_another_shape_is_unknown(tmp_path: Path, active: Any) -> None:
    (user,) = users(tmp_path, {**USER, "active": active})
    with pytest.raises(UnknownFact):
        _ = user.active


def test_apps_customers_and_corrupted_records_are_no_users(tmp_path: Path) -> None:
    others = [{**USER, "accountId": "a1", "accountType": "app"}, {**USER, "accountId": "c1", "accountType": "customer"}]
    inventory = load(tmp_path, {"users-search": [USER, *others, {**USER, "accountId": "unknown"}]}, "jira_users/acme")
    assert (len(list(inventory.members(JiraUser))), gaps(inventory, JiraUser)) == (1, set())


@pytest.mark.parametrize("type", ["unknown", "agent", None])
def test_a_type_of_account_that_nobody_documents_is_missed(tmp_path: Path, type: Any) -> None:
    inventory = load(
        tmp_path, {"users-search": [USER, {**USER, "accountId": "x", "accountType": type}]}, "jira_users/acme"
    )
    assert gaps(inventory, JiraUser)


@pytest.mark.parametrize(("count", "codes"), [(0, {"empty"}), (50, {"partial"}), (51, set()), (1000, {"partial"})])
def test_a_full_page_of_users_may_be_one_of_several(tmp_path: Path, count: int, codes: set[str]) -> None:
    listed = [{**USER, "accountId": f"u{n}"} for n in range(count)]
    assert gaps(load(tmp_path, {"users-search": listed}, "jira_users/acme"), JiraUser) == codes


def test_users_of_another_site_are_refused(tmp_path: Path) -> None:
    assert "identity" in gaps(load(tmp_path, {"users-search": [USER]}, "jira_users/globex"), JiraUser)
