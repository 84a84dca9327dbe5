"""Incidents and change requests of ServiceNow, and how many records its tables hold.

Guesses that the documents refuted: an answer says neither how many records there are nor whether more follow; a header
does, which no export holds; a count is a text; what an answer shows as to people is of somebody's time zone.
"""

import json
import re
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from soc2test import Incident, Ticket, TicketProject, UnknownFact
from soc2test.controls.control import control_of
from soc2test.evaluation.evaluate import evaluate
from soc2test.evaluation.limits import limits_of
from soc2test.evidence.read_limits import ReadLimits
from soc2test.inventory.dating import Clock
from soc2test.inventory.inventory import Inventory
from soc2test.inventory.load import Request, load_inventory
from soc2test.sources.loading import load_plugins
from soc2test.verdicts import Verdict
from soc2test_plugins import registers
from soc2test_policies.cc7.tickets import test_tickets_of_incidents_are_in_the_register as entered

AS_OF = datetime(2026, 11, 20, 12, tzinfo=UTC)
SAMPLE: dict[str, Any] = json.loads((Path(__file__).parent / "samples/incident.json").read_text())
RECORD: dict[str, Any] = SAMPLE["result"][0]
COUNTED: dict[str, Any] = {"result": {"stats": {"count": "1"}}}
DENIED = {
    "error": {"message": "User Not Authenticated", "detail": "Required to provide Auth information"},
    "status": "failure",
}


def record(**more: Any) -> dict[str, Any]:
    return {**RECORD, **more}


def without(key: str) -> dict[str, Any]:
    return {name: value for name, value in RECORD.items() if name != key}


def load(
    folder: Path,
    files: dict[str, Any],
    place: str = "servicenow/dev112093/incident",
    beside: dict[str, Any] | None = None,
) -> Inventory:
    for name, body in {**{f"{place}/{name}.json": body for name, body in files.items()}, **(beside or {})}.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(body))
    plugins = load_plugins()
    sources = {name: plugins.sources[name] for name in ("servicenow", "registers")}
    loaded = load_inventory(Request(folder, sources, plugins.ask, {}, {}, ReadLimits(), Clock(AS_OF, AS_OF)))
    assert loaded.problems == ()
    return loaded.inventory


def one(folder: Path, item: dict[str, Any]) -> Ticket:
    (ticket,) = load(folder, {"table": {"result": [item]}, "stats": COUNTED}).members(Ticket)
    assert isinstance(ticket, Ticket)
    return ticket


def gaps(inventory: Inventory, kind: Any = Ticket) -> set[str]:
    return {gap.code for gap in inventory.gaps(kind)}


def test_a_record_that_is_closed(tmp_path: Path) -> None:
    inventory = load(tmp_path, {"table": SAMPLE, "stats": COUNTED})
    (ticket,), (table,) = inventory.members(Ticket), inventory.members(TicketProject)
    assert isinstance(ticket, Ticket)
    assert isinstance(table, TicketProject)
    assert ticket.id == "servicenow/dev112093/incident/1c741bd70b2322007518478d83673af3"
    assert (ticket.name, ticket.title) == ("INC0000060", "Unable to connect to email")
    assert (ticket.project, ticket.type) == ("incident", "incident")
    assert ticket.created_at == datetime(2016, 12, 12, 15, 19, 57, tzinfo=UTC)
    assert ticket.closed_at == datetime(2016, 12, 14, 2, 46, 44, tzinfo=UTC)
    assert (table.name, table.tickets, gaps(inventory), gaps(inventory, TicketProject)) == ("incident", 1, set(), set())


def test_one_that_goes_on_is_not_over_when_it_is_resolved(tmp_path: Path) -> None:
    assert one(tmp_path, record(active="true", closed_at="", state="6")).closed_at is None


def test_a_change_request_has_a_table_of_its_own(tmp_path: Path) -> None:
    item = record(number="CHG0000001", sys_class_name="change_request")
    files = {"table": {"result": [item]}, "stats": COUNTED}
    (ticket,) = load(tmp_path, files, "servicenow/dev112093/change_request").members(Ticket)
    assert isinstance(ticket, Ticket)
    assert (ticket.name, ticket.project, ticket.type) == ("CHG0000001", "change_request", "change_request")


@pytest.mark.parametrize(
    ("fact", "item"),
    [
        ("closed_at", record(closed_at="")), ("closed_at", record(active="1")), ("closed_at", record(active=None)),
        ("closed_at", record(active=False)), ("closed_at", record(closed_at="yesterday")), ("closed_at", without("active")),
        ("created_at", record(sys_created_on="")), ("created_at", without("sys_created_on")),
        ("type", record(sys_class_name="Change Request")), ("type", without("sys_class_name")),
        ("name", record(number=60)), ("title", record(short_description={"value": "x", "display_value": "x"})),
        ("labels", RECORD),
    ],
)  # fmt: skip
def test_what_is_not_told_is_unknown(tmp_path: Path, fact: str, item: dict[str, Any]) -> None:
    ticket = one(tmp_path, item)
    with pytest.raises(UnknownFact):
        getattr(ticket, fact)


@pytest.mark.parametrize("fact", ["created_at", "closed_at", "type"])
def test_times_that_are_shown_as_to_people_are_of_somebody_s_time_zone(tmp_path: Path, fact: str) -> None:
    ticket = one(tmp_path, record(sys_class_name="Incident"))
    with pytest.raises(UnknownFact, match="without sysparm_display_value"):
        getattr(ticket, fact)


@pytest.mark.parametrize("count", ["2", "0"])
def test_fewer_or_more_than_are_counted_are_a_gap(tmp_path: Path, count: str) -> None:
    inventory = load(tmp_path, {"table": SAMPLE, "stats": {"result": {"stats": {"count": count}}}})
    assert (gaps(inventory) != set()) is (count == "2")


@pytest.mark.parametrize(
    "result", [{"stats": {"count": 6}}, {"stats": {"count": "many"}}, {"stats": {}}, [{"stats": {"count": "6"}}], {}]
)
def test_a_count_of_another_shape_is_unknown(tmp_path: Path, result: Any) -> None:
    (table,) = load(tmp_path, {"table": SAMPLE, "stats": {"result": result}}).members(TicketProject)
    assert isinstance(table, TicketProject)
    with pytest.raises(UnknownFact):
        _ = table.tickets


def test_pages_are_read_together(tmp_path: Path) -> None:
    files = {
        "table.page1": SAMPLE,
        "table.page2": {"result": [record(sys_id="f" * 32, number="INC0000061")]},
        "stats": {"result": {"stats": {"count": "2"}}},
    }
    inventory = load(tmp_path, files)
    assert (len(list(inventory.members(Ticket))), gaps(inventory)) == (2, set())


@pytest.mark.parametrize(
    ("code", "body"),
    [
        ("empty", {"result": []}),
        ("denied", DENIED),
        ("denied", {"error": {"message": "Insufficient rights to query records", "detail": None}, "status": "failure"}),
        ("failed", {"error": {"message": "Invalid table", "detail": None}, "status": "failure"}),
        ("unreadable", {"result": RECORD}),
        ("unreadable", {"result": ["INC0000060"]}),
        ("unreadable", {"result": [without("sys_id")]}),
    ],
)
def test_what_is_not_all_is_a_gap(tmp_path: Path, code: str, body: Any) -> None:
    found = gaps(load(tmp_path, {"table": body, "stats": COUNTED}))
    assert code in found, found


def test_records_of_another_instance_refuse_the_folder(tmp_path: Path) -> None:
    assert gaps(load(tmp_path, {"table": SAMPLE, "stats": COUNTED}, "servicenow/acme/incident")) == {"identity"}


@pytest.mark.parametrize(
    ("key", "taken"),
    [
        ("INC0000060", True),
        ("CHG0030002", True),
        ("OPS-12", True),
        ("later", False),
        ("see 12", False),
        ("inc0000060", False),
    ],
)
def test_a_row_names_records_by_their_numbers(key: str, taken: bool) -> None:
    schema = json.loads((Path(registers.__file__).parent / "schemas/incidents.schema.json").read_text())
    tickets = schema["properties"]["entries"]["items"]["properties"]["tickets"]
    assert bool(re.search(tickets["items"]["pattern"], key)) is taken


def row(**more: Any) -> dict[str, Any]:
    return {
        "id": "INC-1", "title": "No mail", "severity": "low", "detected_at": "2026-10-06T21:30:42Z", "resolved_at": "2026-10-06T22:38:23Z",
        "tickets": ["INC0000060"], **more,
    }  # fmt: skip


@pytest.mark.parametrize(("tickets", "verdict"), [(["INC0000060"], Verdict.PASS), ([], Verdict.FAIL)])
def test_each_incident_of_servicenow_is_held_against_the_register(
    tmp_path: Path, tickets: list[str], verdict: Verdict
) -> None:
    item = record(sys_created_on="2026-10-06 21:30:42", closed_at="2026-10-06 22:38:23")
    register = {"register": "incidents", "as_of": "2026-11-20", "entries": [row(tickets=tickets)]}
    inventory = load(
        tmp_path, {"table": {"result": [item]}, "stats": COUNTED}, beside={"registers/incidents.json": register}
    )
    assert len(list(inventory.members(Incident))) == 1
    spec = control_of(entered)
    assert spec is not None
    limits = {spec.id: limits_of(spec, {"incident_tickets": ("incident",)})}
    found = evaluate([spec], inventory, limits, AS_OF)[spec.id].result
    assert (found.verdict, found.population) == (verdict, 1)
    assert "system" in found.rests_on
