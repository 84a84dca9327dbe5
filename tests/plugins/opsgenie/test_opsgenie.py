"""What Opsgenie called somebody for, and how many alerts it counts.

Guesses that the documents refuted: there is no urgency, and a priority that nobody set is P3; an answer says neither how
many there are nor what it was asked; how long an alert was open is told in no unit that is documented.
"""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from soc2test import Page, UnknownFact
from soc2test.controls.control import control_of
from soc2test.evaluation.evaluate import evaluate
from soc2test.evaluation.limits import limits_of
from soc2test.evidence.read_limits import ReadLimits
from soc2test.inventory.dating import Clock
from soc2test.inventory.inventory import Inventory
from soc2test.inventory.load import Request, load_inventory
from soc2test.sources.loading import load_plugins
from soc2test.verdicts import ControlResult, Verdict
from soc2test_policies.cc7.pages import test_urgent_pages_are_in_the_register_of_incidents as entered

AS_OF = datetime(2026, 11, 20, 12, tzinfo=UTC)
ID = "8743a1b2-11da-480e-8493-744660987bef"
ALERT: dict[str, Any] = {
    "id": ID, "tinyId": "1791", "alias": ID, "message": "The shop is slow", "status": "closed", "acknowledged": True,
    "isSeen": True, "tags": [], "snoozed": False, "count": 3, "lastOccurredAt": "2026-10-06T21:40:23.000Z",
    "createdAt": "2026-10-06T21:30:42.007Z", "updatedAt": "2026-10-06T21:40:23.115Z", "source": "prometheus", "owner": "",
    "priority": "P1", "responders": [], "integration": {"id": "i", "name": "API", "type": "API"},
    "report": {"ackTime": 15702, "closeTime": 60503, "acknowledgedBy": "ann@acme.example", "closedBy": "ann@acme.example"},
}  # fmt: skip


def alert(**more: Any) -> dict[str, Any]:
    return {**ALERT, **more}


def numbered(*numbers: int) -> list[dict[str, Any]]:
    return [alert(id=f"{ID[:-1]}{number}", tinyId=str(number)) for number in numbers]


def answer(*alerts: Any, **paging: str) -> dict[str, Any]:
    told = {"first": "https://api.opsgenie.com/v2/alerts?offset=0", **paging}
    return {"data": list(alerts), "paging": told, "took": 0.03, "requestId": "r"}


def counting(count: Any) -> dict[str, Any]:
    return {"data": {"count": count}, "took": 0.01, "requestId": "r"}


def load(folder: Path, files: dict[str, Any], beside: dict[str, Any] | None = None) -> Inventory:
    for name, body in {
        **{f"opsgenie/acme/{name}.json": body for name, body in files.items()},
        **(beside or {}),
    }.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(body))
    plugins = load_plugins()
    sources = {name: plugins.sources[name] for name in ("opsgenie", "registers")}
    loaded = load_inventory(Request(folder, sources, plugins.ask, {}, {}, ReadLimits(), Clock(AS_OF, AS_OF)))
    assert loaded.problems == ()
    return loaded.inventory


def one(folder: Path, item: dict[str, Any]) -> Page:
    (found,) = load(folder, {"listAlerts": answer(item)}).members(Page)
    assert isinstance(found, Page)
    return found


def gaps(inventory: Inventory) -> set[str]:
    return {gap.code for gap in inventory.gaps(Page)}


def test_an_alert(tmp_path: Path) -> None:
    inventory = load(tmp_path, {"listAlerts": answer(ALERT), "countAlerts": counting(1)})
    (page,) = inventory.members(Page)
    assert isinstance(page, Page)
    assert (page.id, page.name, page.reference) == (f"opsgenie/acme/alerts/{ID}", "1791", ID)
    assert (page.title, page.urgency, page.priority, page.merged_into) == ("The shop is slow", "high", "P1", None)
    assert page.created_at == datetime(2026, 10, 6, 21, 30, 42, 7000, tzinfo=UTC)
    assert (page.tenant, gaps(inventory)) == ("acme", set())


def test_one_that_goes_on(tmp_path: Path) -> None:
    assert one(tmp_path, alert(status="open", report={})).resolved_at is None


def test_when_one_was_closed_is_told_in_no_unit_that_is_documented(tmp_path: Path) -> None:
    page = one(tmp_path, ALERT)
    with pytest.raises(UnknownFact, match="closeTime"):
        _ = page.resolved_at


@pytest.mark.parametrize(
    ("priority", "urgency"), [("P1", "high"), ("P2", "high"), ("P3", None), ("P4", "low"), ("P5", "low")]
)
def test_priorities_tell_how_urgent_it_is_unless_it_is_the_one_that_nobody_set(
    tmp_path: Path, priority: str, urgency: str | None
) -> None:
    page = one(tmp_path, alert(priority=priority))
    assert page.priority == priority
    if urgency is None:
        with pytest.raises(UnknownFact, match="of which nobody said"):
            _ = page.urgency
    else:
        assert page.urgency == urgency


@pytest.mark.parametrize(
    ("fact", "more"),
    [
        ("urgency", {"priority": "P0"}), ("urgency", {"priority": "high"}), ("urgency", {"priority": None}),
        ("priority", {"priority": None}), ("resolved_at", {"status": "acked"}), ("resolved_at", {"status": None}),
        ("created_at", {"createdAt": "lately"}), ("title", {"message": None}), ("name", {"tinyId": 1791}),
    ],
)  # fmt: skip
def test_what_is_not_documented_is_unknown(tmp_path: Path, fact: str, more: Any) -> None:
    page = one(tmp_path, alert(**more))
    with pytest.raises(UnknownFact):
        getattr(page, fact)


def test_all_pages_together_are(tmp_path: Path) -> None:
    files = {
        "listAlerts.page1": answer(*numbered(1, 2), next="https://api.opsgenie.com/v2/alerts?offset=2"),
        "listAlerts.page2": answer(*numbered(3)),
        "countAlerts": counting(3),
    }
    inventory = load(tmp_path, files)
    assert (len(list(inventory.members(Page))), gaps(inventory)) == (3, set())


@pytest.mark.parametrize(
    ("code", "body"),
    [
        ("partial", answer(ALERT, next="https://api.opsgenie.com/v2/alerts?offset=100")),
        ("empty", answer()),
        ("failed", {"message": "Key format is not valid!", "took": 0.001, "requestId": "r"}),
        ("denied", {"message": "-", "code": 403, "took": 0.001, "requestId": "r"}),
        ("partial", {"data": {"alerts": [ALERT]}}),
        ("partial", [ALERT]),
        ("unreadable", answer(alert(id=None))),
    ],
)
def test_what_is_not_all_is_a_gap(tmp_path: Path, code: str, body: Any) -> None:
    found = gaps(load(tmp_path, {"listAlerts": body}))
    assert code in found, found


def test_a_search_that_was_narrowed_holds_fewer_than_are_counted(tmp_path: Path) -> None:
    assert gaps(load(tmp_path, {"listAlerts": answer(ALERT), "countAlerts": counting(2)}))


@pytest.mark.parametrize("count", ["1", None, True])
def test_a_count_of_another_shape_is_named(tmp_path: Path, count: Any) -> None:
    assert gaps(load(tmp_path, {"listAlerts": answer(ALERT), "countAlerts": counting(count)}))


def judged(folder: Path, item: dict[str, Any], pages: list[str]) -> ControlResult:
    row = {
        "id": "INC-1", "title": "The shop was slow", "severity": "low", "detected_at": "2026-10-06T21:30:42Z",
        "resolved_at": "2026-10-06T22:38:23Z", "pages": pages,
    }  # fmt: skip
    old = alert(id=f"{ID[:-1]}0", tinyId="1", priority="P5", createdAt="2024-01-01T00:00:00Z")
    register = {"register": "incidents", "as_of": "2026-11-20", "entries": [row]}
    files = {"listAlerts": answer(old, item), "countAlerts": counting(2)}
    inventory = load(folder, files, beside={"registers/incidents.json": register})
    spec = control_of(entered)
    assert spec is not None
    return evaluate([spec], inventory, {spec.id: limits_of(spec, {})}, AS_OF)[spec.id].result


@pytest.mark.parametrize(("pages", "verdict"), [([ID], Verdict.PASS), ([], Verdict.FAIL)])
def test_each_alert_of_high_priority_is_held_against_the_register(
    tmp_path: Path, pages: list[str], verdict: Verdict
) -> None:
    found = judged(tmp_path, ALERT, pages)
    assert (found.verdict, found.population) == (verdict, 1)
    assert "system" in found.rests_on


def test_an_alert_of_the_default_priority_passes_nothing(tmp_path: Path) -> None:
    found = judged(tmp_path, alert(priority="P3"), [ID])
    assert found.verdict is Verdict.NOT_EVALUATED
