"""Who works for a company and who left, as HiBob answers a search, and what the shipped controls rest on then.

Guesses that the documents refuted: an answer has no pages, and leaves out who left unless asked; a field that may not be
read is left out rather than null; who is "Inactive" may be on leave, so that the lifecycle status alone tells who left;
a title is the id of an item of a list.
"""

import json
import re
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from soc2test import Context, Identity, Person, Spell, UnknownFact
from soc2test.controls.control import control_of
from soc2test.evaluation.evaluate import evaluate
from soc2test.evaluation.limits import limits_of
from soc2test.evidence.read_limits import ReadLimits
from soc2test.inventory.dating import Clock
from soc2test.inventory.load import Request, load_inventory
from soc2test.sources.loading import load_plugins
from soc2test.testing import Read, check, read, resource
from soc2test.verdicts import ControlResult, Verdict
from soc2test_plugins.hibob.arranging import arrange
from soc2test_plugins.hibob.source import hibob
from soc2test_policies.cc1.structure import test_people_report_to_somebody_who_works_here as lines
from soc2test_policies.cc6.leavers import test_leavers_lose_access_in_time as leavers

AS_OF = datetime(2026, 11, 20, 12, tzinfo=UTC)
BEGAN, END = datetime(2024, 1, 2, tzinfo=UTC), datetime(2026, 11, 1, 23, 59, 59, tzinfo=UTC)
SAMPLE: dict[str, Any] = json.loads((Path(__file__).parent / "samples/people-search.json").read_text())


def person(number: int, login: str, **fields: Any) -> dict[str, Any]:
    """An employee in both shapes of an answer; None for a field is null, a field "-" is left out."""
    manager = {"id": "1", "email": "ben@acme.example", "displayName": "Ben Lake"} if number > 1 else None
    told = {
        "root.id": str(number), "root.companyId": 637323, "root.email": f"{login}@acme.example",
        "root.firstName": login.title(), "root.surname": "Hill", "work.title": "209192163", "work.startDate": "2024-01-02",
        "work.reportsTo": manager, "internal.lifecycleStatus": "employed", "internal.terminationDate": None, **fields,
    }  # fmt: skip
    employee: dict[str, Any] = {"humanReadable": {"work": {"title": "Engineer"}}}
    for field, value in told.items():
        if value == "-":
            continue
        category, name = field.split(".")
        employee[f"/{category}/{name}"] = {"value": value}
        place = employee if category == "root" else employee.setdefault(category, {})
        place[name] = value
    return employee


BEN, ANN = person(1, "ben"), person(2, "ann")
LEFT = {"internal.lifecycleStatus": "terminated", "internal.terminationDate": "2026-11-01"}
LEO = person(3, "leo", **LEFT)


def listed(*people: Any, company: str = "acme") -> Read:
    return read(hibob, "people-search", {"employees": list(people)}, company=company, as_of=AS_OF)


def of(told: Read, id: str) -> Person:
    (found,) = (each for each in told.resources if each.id == id)
    assert isinstance(found, Person)
    return found


def ann(**fields: Any) -> Person:
    return of(listed(BEN, person(2, "ann", **fields), LEO), "ann@acme.example")


def leo(**fields: Any) -> Person:
    return of(listed(BEN, ANN, person(3, "leo", **{**LEFT, **fields})), "leo@acme.example")


def test_somebody_who_works_here() -> None:
    told = listed(BEN, ANN, LEO)
    found = of(told, "ann@acme.example")
    assert (found.name, found.email, found.role) == ("Ann Hill", "ann@acme.example", "Engineer")
    assert (found.active, found.started_at, found.ended_at) == (True, BEGAN, None)
    assert (found.manager_email, of(told, "ben@acme.example").manager_email) == ("ben@acme.example", None)
    assert (found.stays_listed, told.gaps) == (True, ())


@pytest.mark.parametrize("shape", ["flat", "nested"])
def test_each_shape_of_an_answer_tells_the_same(shape: str) -> None:
    flat = {key: value for key, value in ANN.items() if key.startswith("/") or key == "humanReadable"}
    nested = {key: value for key, value in ANN.items() if not key.startswith("/")}
    found = of(listed(BEN, flat if shape == "flat" else nested, LEO), "ann@acme.example")
    assert (found.active, found.started_at, found.ended_at, found.role) == (True, BEGAN, None, "Engineer")
    assert found.manager_email == "ben@acme.example"


def test_people_of_a_client_s_tests() -> None:
    """They were asked for other fields: who works here is not known, when they came is."""
    told = read(hibob, "people-search", SAMPLE, company="acme", as_of=AS_OF)
    john = of(told, "john.doe@domain.tld")
    assert (john.name, john.manager_email) == ("John Doe", "jane.smith@domain.tld")
    assert john.started_at == datetime(2022, 10, 10, tzinfo=UTC)
    assert of(told, "jane.smith@domain.tld").manager_email is None
    for fact in ("active", "ended_at", "role", "stays_listed"):
        assert told.unknown("john.doe@domain.tld", fact) is not None


def test_somebody_who_left_worked_on_the_last_day() -> None:
    assert (leo().active, leo().ended_at) == (False, END)


def test_an_answer_of_active_people_alone_does_not_say_that_it_keeps_who_left() -> None:
    told = listed(BEN, ANN)
    assert "without showInactive would look the same" in str(told.unknown("ann@acme.example", "stays_listed"))
    assert told.gaps == ()


def test_an_end_that_lies_ahead_is_told() -> None:
    assert ann(**{"internal.terminationDate": "2026-12-31"}).ended_at == datetime(2026, 12, 31, 23, 59, 59, tzinfo=UTC)


def test_an_end_before_the_start_is_of_a_time_before() -> None:
    assert ann(**{"internal.terminationDate": "2022-05-31"}).ended_at is None
    with pytest.raises(UnknownFact):
        _ = leo(**{"internal.terminationDate": "2022-05-31"}).ended_at


AHEAD = {"internal.lifecycleStatus": "hired", "work.startDate": "2027-01-04"}


def test_who_will_begin_later_is_nobody_yet() -> None:
    told = listed(BEN, ANN, person(3, "eve", **AHEAD))
    assert ([each.id for each in told.resources if isinstance(each, Person)], told.gaps) == (
        ["ann@acme.example", "ben@acme.example"],
        (),
    )


@pytest.mark.parametrize("end", ["-", "2025-05-31"])
def test_who_was_here_before_or_may_have_been_is_no_future_hire(end: str) -> None:
    told = listed(BEN, ANN, person(3, "eve", **AHEAD, **{"internal.terminationDate": end}))
    found = of(told, "eve@acme.example")
    assert found.active is False
    assert told.unknown("eve@acme.example", "started_at") is not None


@pytest.mark.parametrize(
    ("fact", "field", "value"),
    [
        ("active", "internal.lifecycleStatus", "garden leave"), ("active", "internal.lifecycleStatus", "parental leave"),
        ("active", "internal.lifecycleStatus", "Employed"), ("active", "internal.lifecycleStatus", None),
        ("active", "internal.lifecycleStatus", "-"), ("ended_at", "internal.lifecycleStatus", "unpaid leave"),
        ("ended_at", "internal.terminationDate", "soon"), ("ended_at", "internal.terminationDate", 7),
        ("ended_at", "internal.terminationDate", "-"), ("started_at", "work.startDate", None),
        ("started_at", "work.startDate", "10/10/2022 or so"), ("started_at", "work.startDate", "-"),
        ("started_at", "work.startDate", "2027-01-04"), ("manager_email", "work.reportsTo", "-"),
        ("manager_email", "work.reportsTo", {"id": "1"}), ("manager_email", "work.reportsTo", "Ben Lake"),
        ("name", "root.surname", None), ("name", "root.surname", "-"),
    ],
)  # fmt: skip
def test_what_is_not_told_is_unknown(fact: str, field: str, value: Any) -> None:
    found = ann(**{field: value})
    with pytest.raises(UnknownFact):
        getattr(found, fact)


@pytest.mark.parametrize(
    "fact", ["employment", "accounts", "nda_signed_at", "background_check_at", "code_of_conduct_at"]
)
def test_what_hibob_does_not_tell_is_unknown(fact: str) -> None:
    found = ann()
    with pytest.raises(UnknownFact):
        getattr(found, fact)


@pytest.mark.parametrize("readable", [{}, {"work": {}}, {"work": {"title": "Director, Sales"}}, None])
def test_a_title_that_is_not_there_in_words_is_unknown(readable: Any) -> None:
    told = listed(BEN, {**ANN, "humanReadable": readable}, LEO)
    assert told.unknown("ann@acme.example", "role") is not None


def test_a_leaver_without_a_date_left_at_no_known_time() -> None:
    with pytest.raises(UnknownFact, match="no termination date"):
        _ = leo(**{"internal.terminationDate": None}).ended_at


@pytest.mark.parametrize("address", [None, " ", "ann", "-"])
def test_who_has_no_address_is_there_all_the_same(address: Any) -> None:
    told = listed(BEN, ANN, person(3, "leo", **LEFT, **{"root.email": address}))
    found = of(told, "hibob/acme/people/3")
    assert (found.active, told.gaps) == (False, ())
    with pytest.raises(UnknownFact):
        _ = found.email


@pytest.mark.parametrize(
    ("code", "body"),
    [
        ("empty", {"employees": []}),
        ("failed", {"key": "access_denied", "error": "No access"}),
        ("failed", {"error": "unauthorized"}),
        ("unreadable", {"employees": {"1": ANN}}),
        ("unreadable", [ANN]),
        ("unreadable", {"employees": [ANN, "ben"]}),
        ("partial", {"employees": [ANN], "response_metadata": {"next_cursor": "abc"}}),
    ],
)
def test_what_is_not_everybody_is_a_gap(code: str, body: Any) -> None:
    gaps = {gap.code for gap in read(hibob, "people-search", body, company="acme", as_of=AS_OF).gaps}
    assert code in gaps, gaps


def test_a_record_says_that_it_was_refused(tmp_path: Path) -> None:
    record = {
        "soc2test": "evidence/1", "source": "hibob", "operation": "people-search", "subject": {"company": "acme"},
        "collected_at": "2026-11-19T08:00:00Z", "status": "error", "error": {"code": "Forbidden", "http": 403},
        "body": None,
    }  # fmt: skip
    inventory = loaded(tmp_path, {"hibob/acme/people-search.json": record})
    assert "denied" in {gap.code for gap in inventory.gaps(Person)}


def test_the_number_of_the_company_is_held_against_the_folder() -> None:
    assert listed(BEN, ANN, company="637323").gaps == ()
    assert {gap.code for gap in listed(BEN, ANN, company="637324").gaps} == {"identity"}


def test_a_day_begins_and_ends_where_the_company_is() -> None:
    zone = ZoneInfo("America/Los_Angeles")
    (found,) = arrange({"employees": [LEO]}, Context(as_of=AS_OF, zone=zone))["employees"]
    assert found["work.startDate"].astimezone(UTC) == datetime(2024, 1, 2, 8, tzinfo=UTC)
    assert found["internal.terminationDate"].astimezone(UTC) == datetime(2026, 11, 2, 7, 59, 59, tzinfo=UTC)


# Times of work before


def entries(*rows: tuple[str, str]) -> list[dict[str, Any]]:
    return [{"id": n, "status": status, "effectiveDate": day} for n, (status, day) in enumerate(rows)]


ONCE = entries(("hired", "2023-12-01"), ("employed", "2024-01-02"))
TWICE = entries(
    ("employed", "2020-02-03"), ("parental leave", "2021-03-01"), ("terminated", "2022-05-31"), ("hired", "2023-12-01"),
    ("employed", "2024-01-02"),
)  # fmt: skip
BEFORE = Spell(started_at=datetime(2020, 2, 3, tzinfo=UTC), ended_at=datetime(2022, 5, 31, 23, 59, 59, tzinfo=UTC))
NOW = Spell(started_at=BEGAN, ended_at=None)


def lifecycle(*values: Any, **more: Any) -> dict[str, Any]:
    results = [{"employeeId": str(number), "values": each} for number, each in enumerate(values, 1)]
    return {"results": results, "response_metadata": {"next_cursor": None}, **more}


def worked(folder: Path, table: Any, id: str = "ann@acme.example") -> Any:
    """The times of work of somebody, or why they are unknown."""
    files = {"hibob/acme/people-search.json": {"employees": [BEN, ANN, LEO]}}
    if table is not None:
        files["hibob/acme/bulk-people-lifecycle.json"] = table
    (found,) = (each for each in loaded(folder, files).members(Person) if each.id == id)
    try:
        return found.spells
    except UnknownFact as unknown:
        return unknown.reason


def test_who_was_here_once(tmp_path: Path) -> None:
    assert worked(tmp_path, lifecycle(ONCE, ONCE, ONCE)) == (NOW,)


def test_who_came_back_was_here_twice(tmp_path: Path) -> None:
    assert worked(tmp_path, lifecycle(ONCE, TWICE, ONCE)) == (BEFORE, NOW)


def test_who_left_was_here_until_then(tmp_path: Path) -> None:
    left = [*ONCE, *entries(("terminated", "2026-11-01"))]
    assert worked(tmp_path, lifecycle(ONCE, ONCE, left), "leo@acme.example") == (Spell(started_at=BEGAN, ended_at=END),)


def test_entries_that_are_wrapped_are_read(tmp_path: Path) -> None:
    wrapped = [{"values": TWICE, "restricted_columns": {}}]
    assert worked(tmp_path, lifecycle(ONCE, wrapped, ONCE)) == (BEFORE, NOW)


@pytest.mark.parametrize(
    ("says", "table"),
    [
        ("may not view", lifecycle(ONCE[1:], ONCE[1:], ONCE[1:])),
        ("may not view", lifecycle(ONCE, [{"values": ONCE, "restricted_columns": {"no_view_permission": ["x"]}}], ONCE)),
        ("bulk-people-lifecycle|api.hibob.com", None),
        ("lifecycle", lifecycle(ONCE)),
        ("none that say", lifecycle(ONCE, [{"status": "employed"}], ONCE)),
        ("none that say", lifecycle(ONCE, entries(("employed", "soon")), ONCE)),
        ("none that say", lifecycle(ONCE, [*ONCE, {"status": None, "effectiveDate": "2024-05-01"}], ONCE)),
        ("none that say", lifecycle(ONCE, {"1": ONCE}, ONCE)),
        ("not known here", lifecycle(ONCE, entries(("sabbatical", "2024-01-02")), ONCE)),
        ("goes beyond", lifecycle(ONCE, entries(("employed", "2020-02-03"), ("terminated", "2024-05-31")), ONCE)),
    ],
)  # fmt: skip
def test_times_that_are_not_told_are_unknown(tmp_path: Path, says: str, table: Any) -> None:
    assert re.search(says, str(worked(tmp_path, table)))


def test_a_further_page_of_the_table_is_named(tmp_path: Path) -> None:
    table = lifecycle(ONCE, response_metadata={"next_cursor": "c2"})
    assert not isinstance(worked(tmp_path, table), tuple)


# What shipped controls make of it


def loaded(folder: Path, files: dict[str, Any]) -> Any:
    for name, body in files.items():
        path = folder / "exports" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(body))
    plugins = load_plugins()
    sources = {name: plugins.sources[name] for name in ("hibob", "registers")}
    found = load_inventory(Request(folder / "exports", sources, plugins.ask, {}, {}, ReadLimits(), Clock(AS_OF, AS_OF)))
    assert found.problems == ()
    return found.inventory


def result(control: Any, inventory: Any) -> ControlResult:
    spec = control_of(control)
    assert spec is not None
    return evaluate([spec], inventory, {spec.id: limits_of(spec, {})}, AS_OF)[spec.id].result


def row(login: str) -> dict[str, Any]:
    manager = "ben@acme.example" if login != "ben" else None
    return {
        "name": f"{login.title()} Hill", "email": f"{login}@acme.example", "employment": "employee", "active": True,
        "role": "Engineer", "manager_email": manager, "started_at": "2024-01-02",
    }  # fmt: skip


def test_reporting_lines_rest_on_the_system_where_hibob_tells_them(tmp_path: Path) -> None:
    register = {"register": "people", "as_of": "2026-11-20", "entries": [row("ann"), row("ben")]}
    rows = {"registers/people.json": register}
    told = {
        "hibob/acme/people-search.json": {"employees": [BEN, ANN, LEO]},
        "hibob/acme/bulk-people-lifecycle.json": lifecycle(ONCE, ONCE, ONCE),
    }
    by_hand, by_system = result(lines, loaded(tmp_path / "hand", rows)), result(lines, loaded(tmp_path / "bob", told))
    assert (by_hand.verdict, by_hand.rests_on) == (Verdict.PASS, ("record",))
    assert (by_system.verdict, by_system.rests_on, by_system.population) == (Verdict.PASS, ("system",), 2)


def test_beside_a_register_only_the_times_of_work_stay_by_hand(tmp_path: Path) -> None:
    """What follows from several exports tells what no row does."""
    files = {
        "registers/people.json": {"register": "people", "as_of": "2026-11-20", "entries": [row("ann"), row("ben")]},
        "hibob/acme/people-search.json": {"employees": [BEN, ANN, LEO]},
    }
    (found,) = (each for each in loaded(tmp_path, files).members(Person) if each.id == "ann@acme.example")
    assert found.source == "hibob"
    told = {"name", "email", "active", "started_at", "ended_at", "role", "manager_email"}
    assert not told & {*found.origin.by_hand}
    assert {"spells", "employment", "accounts"} <= {*found.origin.by_hand}


def account(login: str, **more: Any) -> Identity:
    return resource(
        Identity, f"a/{login}", source="a", name=login, email=f"{login}@acme.example", human=True, root=False,
        stays_listed=True, **{"active": True, **more},
    )  # fmt: skip


def test_an_account_that_stayed_on_is_found() -> None:
    people = [each for each in listed(BEN, ANN, LEO).resources if isinstance(each, Person)]
    found = check(leavers, *people, account("ann"), account("leo"))
    late = [finding.resource for finding in found.findings if finding.outcome == "deviation"]
    assert (found.verdict, late) == (Verdict.FAIL, ["leo@acme.example"])


def test_an_answer_without_who_left_shows_no_leavers() -> None:
    people = [each for each in listed(BEN, ANN).resources if isinstance(each, Person)]
    found = check(leavers, *people, account("ann"))
    assert found.verdict is Verdict.NOT_EVALUATED
