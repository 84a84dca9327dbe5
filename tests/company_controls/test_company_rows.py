"""What the company's own controls show: the worst of their tests, and less where nothing bears out what they say."""

from collections.abc import Sequence
from datetime import UTC, date, datetime
from typing import Any

import pytest
from described import changed

from soc2test import Person, Population
from soc2test.company_controls.lookups import Lookups
from soc2test.company_controls.rows import company_controls
from soc2test.exceptions.named_people import People
from soc2test.populations.population import Gap
from soc2test.resources.kinds import Risk, Spell
from soc2test.run import AgeLimit, CompanyControlRow, CompanyControls
from soc2test.testing import resource
from soc2test.verdicts import ControlResult, Limit, Reason, Verdict

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)


def person(name: str, left: datetime | None = None) -> Person:
    spells = (Spell(started_at=datetime(2021, 1, 4, tzinfo=UTC), ended_at=left),)
    email = f"{name}@acme.example"
    return resource(Person, email, email=email, active=left is None, spells=spells)


def lookups(
    *persons: Person, gaps: Sequence[Gap] = (), risks: Sequence[str] = (), risk_gaps: Sequence[Gap] = ()
) -> Lookups:
    known = persons or (person("ann"), person("ben"))
    return Lookups(
        today=NOW.date(),
        people=People(Population(Person, known, tuple(gaps)), NOW),
        risks=Population(Risk, [resource(Risk, id) for id in risks], tuple(risk_gaps)),
    )


def result(id: str, verdict: Verdict = Verdict.PASS, **fields: Any) -> ControlResult:
    deviations = int(verdict is Verdict.FAIL)
    plain: dict[str, Any] = {
        "title": id, "criteria": ("CC6.1",), "supports": {}, "reason": None, "severity": "high", "operates": "daily",
        "limits": {}, "population": 3, "population_digest": None, "passed": 3 - deviations, "deviations": deviations,
        "waived": 0, "unknown": 0, "errors": 0, "findings": (), "evidence": (), "rests_on": ("system",),
    }  # fmt: skip
    return ControlResult(id=id, verdict=verdict, **plain | fields)


def shown(*results: ControlResult, known: Lookups | None = None, older: Any = None, **fields: Any) -> CompanyControlRow:
    control = changed(**{"tests": tuple(each.id for each in results), **fields})
    return matrix([control], results, known=known, older=older).controls[0]


def matrix(controls: Any, results: Any, known: Lookups | None = None, **other: Any) -> CompanyControls:
    return company_controls(controls, results, known or lookups(), **{"scope": (), **other})


@pytest.mark.parametrize(
    ("verdicts", "status"),
    [
        ([Verdict.PASS, Verdict.PASS], "no_deviations"),
        ([Verdict.PASS, Verdict.FAIL, Verdict.ERROR, Verdict.NOT_EVALUATED], "deviation"),
        ([Verdict.PASS, Verdict.ERROR], "not_evaluated"),
        ([Verdict.PASS, Verdict.NOT_EVALUATED, Verdict.ACCEPTED], "not_evaluated"),
        ([Verdict.PASS, Verdict.ACCEPTED], "accepted_deviation"),
        ([Verdict.PASS, Verdict.NO_OCCURRENCES], "no_deviations"),
        ([Verdict.NO_OCCURRENCES], "no_occurrences"),
        ([Verdict.PASS, Verdict.NOT_APPLICABLE], "no_deviations_partial"),
        ([Verdict.NOT_APPLICABLE], "no_test"),
        ([], "no_test"),
    ],
)
def test_the_worst_of_its_tests(verdicts: list[Verdict], status: str) -> None:
    assert shown(*(result(f"T-{place}", verdict) for place, verdict in enumerate(verdicts))).status == status


def test_each_test_stands_with_what_it_found() -> None:
    row = shown(result("T-2"), result("T-1", Verdict.FAIL))
    assert [(test.id, test.verdict, test.population, test.passed, test.deviations) for test in row.tests] == [
        ("T-1", "fail", 3, 2, 1),
        ("T-2", "pass", 3, 3, 0),
    ]


def test_rows_kept_by_hand_make_it_a_statement() -> None:
    assert shown(result("T-1", rests_on=("record",))).status == "statement_only"


def test_what_is_looser_or_older_makes_it_partial_and_says_why() -> None:
    limit = Limit(value=72, default=False, looser=True, tool_default=24)
    row = shown(result("T-1", limits={"hours": limit}))
    assert row.status == "no_deviations_partial"
    assert row.notes == ("T-1: limit hours 72, looser than the tool default 24 (3.0 times)",)
    age = AgeLimit(source="aws", hours=2160, tool_default=168, clause="7", approved_by="ann@acme.example")
    row = shown(result("T-1"), older={"T-1": [age]})
    assert row.status == "no_deviations_partial"
    assert row.notes == ("T-1: evidence of aws may be 90 days old, looser than the tool default 7 days",)


def test_a_criterion_that_none_of_its_tests_tests_is_no_tick() -> None:
    row = shown(result("T-1", supports={"CC6.6": "helps"}), criteria=("CC6.6", "CC6.1"))
    assert (row.status, row.criteria) == ("no_deviations_partial", ("CC6.1", "CC6.6"))
    assert row.notes == ("none of its tests tests CC6.6",)
    assert shown(result("T-1", Verdict.FAIL), criteria=("CC6.6",)).status == "deviation"


def test_a_test_or_a_criterion_that_nobody_knows_is_no_tick() -> None:
    row = shown(result("T-1"), tests=("T-1", "T-9"))
    assert (row.status, row.notes) == ("not_evaluated", ("it names the test T-9, which is not loaded",))
    assert [(test.id, test.verdict) for test in row.tests] == [("T-1", "pass"), ("T-9", None)]
    assert shown(tests=("T-9",)).status == "not_evaluated"
    assert shown(result("T-1", Verdict.FAIL), tests=("T-1", "T-9")).status == "deviation"
    row = shown(result("T-1"), criteria=("CC6.1", "CC66"))
    assert (row.status, row.criteria) == ("not_evaluated", ("CC6.1",))
    assert row.notes == ("it names the criterion CC66, which there is not",)


def test_who_left_or_is_not_known_is_said() -> None:
    left = lookups(person("ann", left=datetime(2026, 8, 31, tzinfo=UTC)), person("ben"))
    row = shown(result("T-1"), known=left)
    assert row.status == "no_deviations_partial"
    assert row.notes == ("owner is ann@acme.example, who does not work here on 2026-11-20",)
    row = shown(result("T-1"), performer="zoe@acme.example")
    assert row.notes == ("performer is zoe@acme.example, who is not in the register of people",)
    gone = lookups(gaps=(Gap("missing", "export the register of people"),))
    assert "can't be looked up" in shown(result("T-1"), known=gone).notes[0]
    nothing = Lookups(today=NOW.date(), people=None, risks=None)
    row = shown(result("T-1"), known=nothing, risks=("R-1",), performer=None)
    assert row.status == "no_deviations_partial"
    assert row.notes == (
        "owner ann@acme.example can't be looked up: the exports could not be read",
        "risk R-1 can't be looked up: the exports could not be read",
    )


def test_risks_are_looked_up() -> None:
    assert shown(result("T-1"), known=lookups(risks=["R-1"]), risks=("R-1",)).status == "no_deviations"
    row = shown(result("T-1"), known=lookups(risks=["R-1"]), risks=("R-2",))
    assert (row.status, row.notes) == ("no_deviations_partial", ("risk R-2 is not in the register of risks",))
    partial = lookups(risks=["R-1"], risk_gaps=(Gap("unreadable", "row 4 can't be read"),))
    row = shown(result("T-1"), known=partial, risks=("R-1", "R-2"))
    assert row.notes == ("risk R-2 can't be looked up, since not all risks are known: row 4 can't be read",)


def test_one_that_is_not_in_force_is_listed_as_such_and_describes_nothing() -> None:
    late = changed(id="CTL-02", since=date(2026, 11, 21), tests=("T-1",), criteria=("CC6.2",))
    ended = changed(id="CTL-03", until=date(2026, 11, 19), tests=("T-2",), criteria=("CC6.3",))
    found = matrix([ended, late], [result("T-1"), result("T-2", Verdict.FAIL)])
    assert [(row.id, row.status) for row in found.controls] == [("CTL-02", "not_in_force"), ("CTL-03", "not_in_force")]
    assert [row.notes[0] for row in found.controls] == [
        "in force from 2026-11-21",
        "in force from 2026-01-01 to 2026-11-19",
    ]
    assert found.tests_without == ("T-1", "T-2")
    assert {"CC6.2", "CC6.3"} <= set(found.criteria_without)


def test_what_no_control_names() -> None:
    out = result("T-3", Verdict.NOT_APPLICABLE, reason=Reason("scope", "tests P1.1 alone"))
    found = matrix([changed(tests=("T-1",))], [result("T-1"), result("T-2"), out], not_relevant=["A1.1"])
    assert found.tests_without == ("T-2",)
    assert "CC6.1" not in found.criteria_without
    assert "CC6.2" in found.criteria_without
    assert not [id for id in found.criteria_without if id.startswith(("A", "P"))]
    wider = matrix([], [], scope=["availability"], not_relevant=["A1.1"])
    assert [id for id in wider.criteria_without if id.startswith("A")] == ["A1.2", "A1.3"]


def test_tests_of_categories_out_of_scope_show_nothing() -> None:
    out = result("T-2", Verdict.NOT_APPLICABLE, reason=Reason("scope", "tests P1.1 alone"))
    assert shown(out).status == "no_test"
    row = shown(result("T-1"), out)
    assert (row.status, row.notes) == ("no_deviations_partial", ("T-2: tests P1.1 alone",))


def test_controls_stand_by_id_whatever_their_order() -> None:
    controls = [changed(id="CTL-02"), changed(id="CTL-01")]
    assert matrix(controls, [result("IAM-01")]) == matrix(controls[::-1], [result("IAM-01")])
    assert [row.id for row in matrix(controls, []).controls] == ["CTL-01", "CTL-02"]


def test_without_a_test_it_says_so_whatever_else_is_wrong() -> None:
    assert shown(criteria=("CC66",)).status == "no_test"
