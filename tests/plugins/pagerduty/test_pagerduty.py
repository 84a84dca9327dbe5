"""What PagerDuty paged somebody for, and its users.

Guesses that the documents refuted: without `date_range` the last month alone is listed, and no answer says what it was
asked; who acknowledged is told while an incident goes on alone; ids are given once for each endpoint, not for all.
"""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from soc2test import Page, UnknownFact
from soc2test.evidence.read_limits import ReadLimits
from soc2test.inventory.dating import Clock
from soc2test.inventory.inventory import Inventory
from soc2test.inventory.load import Request, load_inventory
from soc2test_plugins.pagerduty.kinds import PagerdutyUser
from soc2test_plugins.pagerduty.source import pagerduty

AS_OF = datetime(2026, 11, 20, 12, tzinfo=UTC)
USERS: list[dict[str, Any]] = json.loads((Path(__file__).parent / "samples/users.json").read_text())
INCIDENT: dict[str, Any] = {
    "id": "Q1ANN", "type": "incident", "summary": "[#1234] The shop is slow.", "incident_number": 1234,
    "self": "https://api.pagerduty.com/incidents/Q1ANN", "html_url": "https://subdomain.pagerduty.com/incidents/Q1ANN",
    "title": "The shop is slow.", "created_at": "2026-10-06T21:30:42Z", "updated_at": "2026-10-06T21:40:23Z",
    "status": "resolved", "resolved_at": "2026-10-06T21:38:23Z", "assignments": [], "acknowledgements": [],
    "service": {"id": "PSHOP", "type": "service_reference", "summary": "Shop"}, "pending_actions": [],
    "priority": {"id": "PPRIO2", "type": "priority_reference", "summary": "P2"}, "resolve_reason": None, "urgency": "high",
}  # fmt: skip
MERGED = {"type": "merge_resolve_reason", "incident": {"id": "Q2BEN", "type": "incident_reference"}}


def answer(key: str, *items: Any, **paging: Any) -> dict[str, Any]:
    return {key: list(items), "limit": 100, "offset": 0, "total": None, "more": False, **paging}


def listed(*items: Any, **paging: Any) -> dict[str, Any]:
    return answer("incidents", *items, **paging)


def incident(**more: Any) -> dict[str, Any]:
    return {**INCIDENT, **more}


def numbered(count: int, start: int = 0) -> list[dict[str, Any]]:
    return [incident(id=f"Q{n}", incident_number=n) for n in range(start, start + count)]


def load(folder: Path, files: dict[str, Any], account: str = "subdomain") -> Inventory:
    below = folder / "pagerduty" / account
    below.mkdir(parents=True, exist_ok=True)
    for name, body in files.items():
        (below / f"{name}.json").write_text(json.dumps(body))
    request = Request(
        folder, {"pagerduty": pagerduty}, lambda _: [], {}, {},
        ReadLimits(), Clock(AS_OF, AS_OF),
    )  # fmt: skip
    loaded = load_inventory(request)
    assert loaded.problems == ()
    return loaded.inventory


def one(folder: Path, item: dict[str, Any]) -> Page:
    (found,) = load(folder, {"listIncidents": listed(item)}).members(Page)
    assert isinstance(found, Page)
    return found


def one_user(folder: Path, item: dict[str, Any]) -> PagerdutyUser:
    (found,) = load(folder, {"listUsers": answer("users", item)}).members(PagerdutyUser)
    assert isinstance(found, PagerdutyUser)
    return found


def gaps(inventory: Inventory, kind: Any = Page) -> set[str]:
    return {gap.code for gap in inventory.gaps(kind)}


def test_an_incident_that_is_over(tmp_path: Path) -> None:
    inventory = load(tmp_path, {"listIncidents": listed(INCIDENT)})
    (page,) = inventory.members(Page)
    assert isinstance(page, Page)
    assert (page.id, page.name, page.reference) == ("pagerduty/subdomain/incidents/Q1ANN", "1234", "Q1ANN")
    assert (page.title, page.urgency, page.priority, page.merged_into) == ("The shop is slow.", "high", "P2", None)
    assert page.created_at == datetime(2026, 10, 6, 21, 30, 42, tzinfo=UTC)
    assert page.resolved_at == datetime(2026, 10, 6, 21, 38, 23, tzinfo=UTC)
    assert (page.tenant, gaps(inventory)) == ("subdomain", set())


@pytest.mark.parametrize("status", ["triggered", "acknowledged"])
def test_one_that_goes_on(tmp_path: Path, status: str) -> None:
    assert one(tmp_path, incident(status=status, resolved_at=None)).resolved_at is None


def test_one_without_a_priority(tmp_path: Path) -> None:
    assert one(tmp_path, incident(priority=None)).priority is None


def test_a_priority_that_is_told_in_full(tmp_path: Path) -> None:
    assert one(tmp_path, incident(priority={"id": "P1", "type": "priority", "summary": "1", "name": "SEV-1"})).priority == "SEV-1"


def test_one_that_was_merged_into_another(tmp_path: Path) -> None:
    assert one(tmp_path, incident(resolve_reason=MERGED)).merged_into == "Q2BEN"


@pytest.mark.parametrize(
    ("fact", "more"),
    [
        ("urgency", {"urgency": "severe"}), ("urgency", {"urgency": None}), ("urgency", {"urgency": "High"}),
        ("priority", {"priority": "P1"}), ("priority", {"priority": {}}), ("resolved_at", {"status": "snoozed"}),
        ("resolved_at", {"resolved_at": None}), ("resolved_at", {"status": None}),
        ("merged_into", {"resolve_reason": {**MERGED, "type": "closed"}}), ("merged_into", {"resolve_reason": "merged"}),
        ("merged_into", {"resolve_reason": {"type": "merge_resolve_reason", "incident": None}}),
        ("name", {"incident_number": "1234"}), ("created_at", {"created_at": "yesterday"}), ("title", {"title": 7}),
    ],
)  # fmt: skip
def test_what_is_not_documented_is_unknown(tmp_path: Path, fact: str, more: Any) -> None:
    page = one(tmp_path, incident(**more))
    with pytest.raises(UnknownFact):
        getattr(page, fact)


@pytest.mark.parametrize("key", ["urgency", "priority", "resolve_reason", "created_at", "status"])
def test_what_is_left_out_is_unknown(tmp_path: Path, key: str) -> None:
    page = one(tmp_path, {name: value for name, value in INCIDENT.items() if name != key})
    fact = {"resolve_reason": "merged_into", "status": "resolved_at"}.get(key, key)
    with pytest.raises(UnknownFact):
        getattr(page, fact)


@pytest.mark.parametrize(
    "body",
    [
        listed(INCIDENT, more=True), listed(INCIDENT, more=None), listed(INCIDENT, more="false"), [INCIDENT],
        {"incidents": [INCIDENT]}, listed(INCIDENT, offset=100), listed(INCIDENT, offset=None), listed(INCIDENT, limit=None),
        listed(*numbered(3), limit=2), listed(INCIDENT, total=2),
    ],
)  # fmt: skip
def test_a_page_of_several_is_not_all(tmp_path: Path, body: Any) -> None:
    assert gaps(load(tmp_path, {"listIncidents": body}))


def test_an_empty_list_may_be_of_the_last_month(tmp_path: Path) -> None:
    assert gaps(load(tmp_path, {"listIncidents": listed()})) == {"empty"}


def test_all_pages_together_are(tmp_path: Path) -> None:
    files = {
        "listIncidents.page1": listed(*numbered(2), limit=2, more=True),
        "listIncidents.page2": listed(*numbered(1, start=2), limit=2, offset=2),
    }
    inventory = load(tmp_path, files)
    assert (len(list(inventory.members(Page))), gaps(inventory)) == (3, set())


def test_pages_of_which_one_in_the_middle_is_missing_are_not_all(tmp_path: Path) -> None:
    files = {
        "listIncidents.page1": listed(*numbered(2), limit=2, more=True),
        "listIncidents.page2": listed(*numbered(1, start=4), limit=2, offset=4),  # numbered by hand: 2 to 3 are lost
    }
    assert gaps(load(tmp_path, files)) == {"partial"}


@pytest.mark.parametrize("code", [2006, 2008, 2010, 2012, 2014])
def test_who_may_not_look_is_told(tmp_path: Path, code: int) -> None:
    body = {"error": {"message": "Access Denied", "code": code, "errors": ["..."]}}
    inventory = load(tmp_path, {"listIncidents": body, "listUsers": body})
    assert (gaps(inventory), gaps(inventory, PagerdutyUser)) == ({"denied"}, {"denied"})


@pytest.mark.parametrize("code", [2000, 2016, None, "x", True])
def test_another_error_is_a_failure(tmp_path: Path, code: Any) -> None:
    assert gaps(load(tmp_path, {"listIncidents": {"error": {"message": "-", "code": code}}})) == {"failed"}


def test_users_of_the_documentation(tmp_path: Path) -> None:
    inventory = load(tmp_path, {"listUsers": answer("users", *USERS)})
    first, _ = sorted(inventory.members(PagerdutyUser), key=lambda each: each.id, reverse=True)
    assert isinstance(first, PagerdutyUser)
    assert (first.id, first.email) == ("pagerduty/subdomain/users/PXPGF42", "125.greenholt.earline@graham.name")
    assert (first.name, first.role, first.admin) == (first.email, "admin", True)
    assert (first.human, first.root, first.active, first.disabled_at, first.stays_listed) == (True, False, True, None, False)
    assert gaps(inventory, PagerdutyUser) == set()


@pytest.mark.parametrize(
    ("role", "admin"),
    [
        ("owner", True), ("user", False), ("limited_user", False), ("observer", False), ("restricted_access", False),
        ("read_only_user", False), ("read_only_limited_user", False),
    ],
)  # fmt: skip
def test_roles(tmp_path: Path, role: str, admin: bool) -> None:
    assert one_user(tmp_path, {**USERS[0], "role": role}).admin is admin


@pytest.mark.parametrize(("fact", "more"), [("admin", {"role": "root"}), ("admin", {"role": None}), ("email", {"email": None})])
def test_words_of_users_that_are_not_documented_are_unknown(tmp_path: Path, fact: str, more: Any) -> None:
    user = one_user(tmp_path, {**USERS[0], **more})
    with pytest.raises(UnknownFact):
        getattr(user, fact)


@pytest.mark.parametrize("fact", ["mfa", "created_at", "last_used_at"])
def test_what_no_list_tells_of_users_is_unknown(tmp_path: Path, fact: str) -> None:
    user = one_user(tmp_path, USERS[0])
    with pytest.raises(UnknownFact):
        getattr(user, fact)


def test_a_list_without_any_user_was_read_with_too_few_rights(tmp_path: Path) -> None:
    assert gaps(load(tmp_path, {"listUsers": answer("users")}), PagerdutyUser) == {"empty"}


def test_the_address_of_an_incident_names_its_account(tmp_path: Path) -> None:
    assert "identity" in gaps(load(tmp_path, {"listIncidents": listed(INCIDENT)}, account="other"))
    european = listed(incident(html_url="https://other.eu.pagerduty.com/incidents/Q1ANN"))
    assert gaps(load(tmp_path / "eu", {"listIncidents": european}, account="other")) == set()
    assert "identity" in gaps(load(tmp_path / "no-eu", {"listIncidents": european}, account="acme"))


def test_one_account_under_two_names_is_refused(tmp_path: Path) -> None:
    silent = {key: value for key, value in INCIDENT.items() if key != "html_url"}
    load(tmp_path, {"listIncidents": listed(silent)}, account="acme")
    assert "identity" in gaps(load(tmp_path, {"listIncidents": listed(silent)}, account="acme-2"))
