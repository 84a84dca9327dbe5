"""People of an HR system and trainings of a platform: what tests make of them, beside a register and without one."""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from soc2test import Device, Identity, Person, UnknownFact
from soc2test.controls.control import control_of
from soc2test.evaluation.evaluate import evaluate
from soc2test.evaluation.limits import limits_of
from soc2test.evidence.read_limits import ReadLimits
from soc2test.inventory.dating import Clock
from soc2test.inventory.inventory import Inventory
from soc2test.inventory.load import Request, load_inventory
from soc2test.sources.loading import load_plugins
from soc2test.testing import check, resource
from soc2test.verdicts import ControlResult, Verdict
from soc2test_policies.cc1.structure import test_people_report_to_somebody_who_works_here as lines
from soc2test_policies.cc1.training import test_people_are_trained_each_year as yearly
from soc2test_policies.cc1.training import test_people_are_trained_on_hire as on_hire
from soc2test_policies.cc6.devices import test_devices_out_of_use_are_wiped as wiped
from soc2test_policies.cc6.leavers import test_leavers_lose_access_in_time as leavers

AS_OF = datetime(2026, 11, 20, 12, tzinfo=UTC)
COURSE = "Security Awareness 2026"
LIMITS = {"course": COURSE, "result": "attended"}


def employee(number: int, login: str, **more: Any) -> dict[str, Any]:
    return {
        "employeeId": str(number), "firstName": login.title(), "lastName": "Hill", "jobTitleName": "Engineer",
        "status": "Active", "_restrictedFields": [], "workEmail": f"{login}@acme.example", "hireDate": "2024-01-02",
        "originalHireDate": "2024-01-02", "terminationDate": None, "reportsToId": "1" if number > 1 else None, **more,
    }  # fmt: skip


def enrollment(number: int, login: str, **more: Any) -> dict[str, Any]:
    return {
        "enrollment_id": number, "content_type": "Store Purchase", "module_name": COURSE, "status": "Passed",
        "user": {"id": number, "email": f"{login}@acme.example"}, "completion_date": "2026-05-04T10:00:00.000Z", **more,
    }  # fmt: skip


def row(login: str, **more: Any) -> dict[str, Any]:
    return {
        "name": f"{login.title()} Hill", "email": f"{login}@acme.example", "employment": "employee", "active": True,
        "role": "Engineer", "manager_email": "ann@acme.example" if login != "ann" else None, "started_at": "2024-01-02",
        **more,
    }  # fmt: skip


ANN, BEN = employee(1, "ann"), employee(2, "ben")
LEO = employee(3, "leo", status="Inactive", terminationDate="2026-11-01")
TRAINED = [enrollment(1, "ann"), enrollment(2, "ben")]


def load(
    folder: Path, people: list[Any] | None, trained: list[Any] = TRAINED, rows: list[Any] | None = None,
    as_of: str = "2026-11-20",
) -> Inventory:  # fmt: skip
    files: dict[str, Any] = {"knowbe4/acme/training.enrollments.json": trained}
    if people is not None:
        files["bamboohr/acme/list-employees.json"] = {"data": people, "meta": {"total": len(people)}}
    if rows is not None:
        files["registers/people.json"] = {"register": "people", "as_of": as_of, "entries": rows}
    for name, body in files.items():
        path = folder / "exports" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(body))
    for system in {name.partition("/")[0] for name in files} - {"registers"}:
        (folder / "exports" / system / "manifest.yaml").write_text("collected_at: 2026-11-19T08:00:00Z")

    return load_again(folder)


def load_again(folder: Path) -> Inventory:
    plugins = load_plugins()
    sources = {name: plugins.sources[name] for name in ("bamboohr", "knowbe4", "registers")}
    loaded = load_inventory(
        Request(folder / "exports", sources, plugins.ask, {}, {}, ReadLimits(), Clock(AS_OF, AS_OF))
    )
    assert loaded.problems == ()
    return loaded.inventory


def result(control: Any, inventory: Inventory, **limits: Any) -> ControlResult:
    spec = control_of(control)
    assert spec is not None
    return evaluate([spec], inventory, {spec.id: limits_of(spec, limits)}, AS_OF)[spec.id].result


def people(inventory: Inventory) -> list[Person]:
    return [person for person in inventory.members(Person) if isinstance(person, Person)]


def one(inventory: Inventory, id: str = "ann@acme.example") -> Person:
    (person,) = (each for each in people(inventory) if each.id == id)
    return person


# What the two systems tell without a register


def test_trainings_rest_on_system_evidence(tmp_path: Path) -> None:
    inventory = load(tmp_path, [ANN, BEN, LEO])
    found = result(yearly, inventory, **LIMITS)
    assert (found.verdict, found.population, found.passed) == (Verdict.PASS, 2, 2)
    assert found.rests_on == ("system",)
    reports = result(lines, inventory)
    assert (reports.verdict, reports.population, reports.rests_on) == (Verdict.PASS, 2, ("system",))


@pytest.mark.parametrize(
    "planted",
    [
        [TRAINED[0]],
        [TRAINED[0], enrollment(2, "ben", status="Past Due", completion_date=None)],
        [TRAINED[0], enrollment(2, "ben", completion_date="2025-05-04T10:00:00.000Z")],
        [TRAINED[0], enrollment(2, "ben", module_name="Another", campaign_name=COURSE)],
        [TRAINED[0], enrollment(2, "ben", content_type="Uploaded Policy")],
    ],
)
def test_who_was_not_trained_is_found(tmp_path: Path, planted: list[Any]) -> None:
    found = result(yearly, load(tmp_path, [ANN, BEN, LEO], planted), **LIMITS)
    assert (found.verdict, found.passed) == (Verdict.FAIL, 1)
    assert [finding.resource for finding in found.findings] == ["ben@acme.example"]


def test_that_a_training_was_passed_says_nothing_of_its_result(tmp_path: Path) -> None:
    found = result(yearly, load(tmp_path, [ANN, BEN, LEO]), course=COURSE)
    assert (found.verdict, found.passed, found.deviations) == (Verdict.NOT_EVALUATED, 0, 0)
    assert "no score" in found.findings[0].message


def test_who_will_begin_later_owes_no_training_yet(tmp_path: Path) -> None:
    later = employee(4, "eve", status="Inactive", hireDate="2027-01-04", originalHireDate="2027-01-04")
    assert result(yearly, load(tmp_path, [ANN, BEN, LEO, later]), **LIMITS).population == 2


def test_who_joined_this_year_was_trained_on_hire(tmp_path: Path) -> None:
    eve = employee(4, "eve", hireDate="2026-06-01", originalHireDate="2026-06-01")
    late = enrollment(4, "eve", completion_date="2026-08-01T10:00:00.000Z")
    found = result(on_hire, load(tmp_path, [ANN, BEN, LEO, eve], [*TRAINED, late]), **LIMITS)
    assert [finding.resource for finding in found.findings if finding.outcome == "deviation"] == ["eve@acme.example"]


def test_pages_that_are_missing_pass_nothing(tmp_path: Path) -> None:
    inventory = load(tmp_path, [ANN, BEN, LEO])
    (tmp_path / "exports/bamboohr/acme/list-employees.json").write_text(
        json.dumps({"data": [ANN, BEN], "meta": {"total": 3}})
    )
    assert inventory.gaps(Person) == ()
    found = result(yearly, load_again(tmp_path), **LIMITS)
    assert (found.verdict, found.passed) == (Verdict.NOT_EVALUATED, 2)


# Who left

KEPT = resource(
    Identity,
    "a/ann",
    source="a",
    name="ann",
    email="ann@acme.example",
    human=True,
    root=False,
    active=True,
    stays_listed=True,
)
LEOS = resource(
    Identity,
    "a/leo",
    source="a",
    name="leo",
    email="leo@acme.example",
    human=True,
    root=False,
    active=True,
    stays_listed=True,
)
SPARE = resource(
    Device, "d", status="in_use", owner_email="ann@acme.example", returned_at=None, lost_at=None, disposed_at=None
)


def test_a_list_of_active_people_alone_shows_no_leavers(tmp_path: Path) -> None:
    """Neither that nobody left, nor that nobody who left had a device."""
    found = check(leavers, *people(load(tmp_path, [ANN, BEN])), KEPT)
    assert (found.verdict, found.population) == (Verdict.NOT_EVALUATED, 0)
    assert found.reason is not None
    assert "a list of active people alone would look the same" in found.reason.text
    assert check(wiped, *people(load(tmp_path, [ANN, BEN])), SPARE).verdict is Verdict.NOT_EVALUATED


def test_an_account_that_stayed_on_is_found(tmp_path: Path) -> None:
    found = check(leavers, *people(load(tmp_path, [ANN, BEN, LEO])), KEPT, LEOS)
    assert (found.verdict, [finding.resource for finding in found.findings]) == (Verdict.FAIL, ["leo@acme.example"])


@pytest.mark.parametrize(
    "more",
    [
        {"workEmail": None},
        {"terminationDate": None},
        {"terminationDate": None, "_restrictedFields": ["terminationDate"]},
    ],
)
def test_a_leaver_of_whom_too_little_is_told_passes_nothing(tmp_path: Path, more: Any) -> None:
    off = resource(
        Identity, "a/leo", source="a", name="leo", email="leo@acme.example", human=True, root=False, active=False,
        stays_listed=True, disabled_at=datetime(2026, 11, 1, 12, tzinfo=UTC),
    )  # fmt: skip
    found = check(leavers, *people(load(tmp_path, [ANN, BEN, {**LEO, **more}])), KEPT, off)
    assert (found.verdict, found.passed) == (Verdict.NOT_EVALUATED, 0)


def test_who_came_back_is_no_nobody(tmp_path: Path) -> None:
    """What the record does not tell of a time before is not evaluated, and not left out."""
    back = {**BEN, "originalHireDate": "2020-02-03"}
    found = check(leavers, *people(load(tmp_path, [ANN, back])), KEPT)
    assert found.verdict is Verdict.NOT_EVALUATED
    assert any(finding.resource == "ben@acme.example" for finding in found.findings)


# Beside a register of people


def test_a_row_that_agrees_leaves_the_word_to_the_system(tmp_path: Path) -> None:
    person = one(
        load(tmp_path, [ANN, BEN, LEO], rows=[row("ann"), row("ben"), row("leo", active=False, ended_at="2026-11-01")])
    )
    assert person.source == "bamboohr"
    origin = person.origin
    assert {"accounts", "employment"} <= {*origin.by_hand}
    assert not {"name", "email", "active", "started_at", "ended_at", "role", "manager_email"} & {*origin.by_hand}
    assert (person.accounts, person.employment) == ((), "employee")


def test_what_a_test_rests_on_rises_with_the_system(tmp_path: Path) -> None:
    """PPL-09 reads nothing but what BambooHR tells; whose an account is, which may contradict PPL-05, a row says."""
    rows = [row("ann"), row("ben")]
    beside, alone = load(tmp_path, [ANN, BEN, LEO], rows=rows), load(tmp_path / "alone", None, rows=rows)
    assert (result(lines, alone).rests_on, result(lines, beside).rests_on) == (("record",), ("system",))
    assert result(yearly, alone, **LIMITS).rests_on == ("system", "record")  # the trainings are KnowBe4's
    assert result(yearly, beside, **LIMITS).rests_on == ("system", "record")
    assert result(yearly, beside, **LIMITS).verdict is Verdict.PASS


@pytest.mark.parametrize("as_of", ["2026-11-18", "2026-11-20"])
def test_a_row_does_not_bring_back_who_left(tmp_path: Path, as_of: str) -> None:
    """A row that is younger than the system's word contradicts it; an older one is outdone."""
    person = one(load(tmp_path, [ANN, BEN, LEO], rows=[row("leo")], as_of=as_of), "leo@acme.example")
    if as_of == "2026-11-18":
        assert person.active is False
        return
    with pytest.raises(UnknownFact, match="contradicts itself"):
        _ = person.active


def test_a_row_tells_what_the_system_does_not(tmp_path: Path) -> None:
    hidden = {**LEO, "terminationDate": None, "_restrictedFields": ["terminationDate"]}
    ended = row("leo", active=False, ended_at="2026-11-01")
    person = one(load(tmp_path, [ANN, BEN, hidden], rows=[ended]), "leo@acme.example")
    assert person.ended_at == datetime(2026, 11, 1, 23, 59, 59, tzinfo=UTC)
    assert "ended_at" in person.origin.by_hand


def test_who_is_in_the_register_alone_is_there_by_a_row(tmp_path: Path) -> None:
    inventory = load(tmp_path, [ANN, BEN, LEO], rows=[row("ann"), row("contractor")])
    assert one(inventory, "contractor@acme.example").source == "registers"
    found = result(yearly, inventory, **LIMITS)
    assert (found.verdict, found.rests_on) == (Verdict.FAIL, ("system", "record"))
