"""Steps: their order, what waits for each alone, what is one of several and what is all of them."""

import pytest
from gap_results import a_finding, a_result, a_wanted, plan_for, step_of

from soc2test.gaps.records import Call, Wanted
from soc2test.verdicts import ControlResult, Verdict

UNSEEN = Verdict.NOT_EVALUATED


def ids(*results: ControlResult, wanted: tuple[Wanted, ...] = ()) -> list[str]:
    plan = plan_for(results, *wanted)
    return [step.id for step in plan.steps if step.kind != "write"]


def test_the_worst_severity_stands_first_however_much_waits_for_another() -> None:
    one = a_result("A-1", UNSEEN, "CC6.1", gaps=["lacks a"], severity="critical")
    two = a_result("A-2", UNSEEN, "CC6.2", gaps=["lacks b"], severity="medium")
    three = a_result("A-3", UNSEEN, "CC6.3", gaps=["lacks b"], severity="medium")
    assert ids(three, two, one, wanted=(a_wanted("b"), a_wanted("a"))) == ["collect:x/a", "collect:x/b"]


def test_of_one_severity_what_frees_more_criteria_alone_stands_first() -> None:
    both = a_result("A-1", UNSEEN, "CC6.1", gaps=["lacks a", "lacks c"])
    also = a_result("A-2", UNSEEN, "CC6.2", gaps=["lacks a", "lacks c"])
    alone = a_result("A-3", UNSEEN, "CC7.1", gaps=["lacks b"])
    wanted = (a_wanted("a"), a_wanted("b"), a_wanted("c"))
    assert ids(both, also, alone, wanted=wanted) == ["collect:x/b", "collect:x/a", "collect:x/c"]


def test_then_what_frees_more_tests() -> None:
    wide = [a_result(f"A-{number}", UNSEEN, "CC6.1", gaps=["lacks b"]) for number in range(3)]
    narrow = a_result("A-9", UNSEEN, "CC6.2", gaps=["lacks a"])
    assert ids(narrow, *wide, wanted=(a_wanted("a"), a_wanted("b"))) == ["collect:x/b", "collect:x/a"]


def test_then_what_most_tests_wait_for_though_not_for_it_alone() -> None:
    wide = [a_result(f"A-{number}", UNSEEN, "CC6.1", gaps=["lacks b", "lacks c"]) for number in range(3)]
    narrow = a_result("A-9", UNSEEN, "CC6.1", gaps=["lacks a", "lacks c"])
    wanted = (a_wanted("a"), a_wanted("b"), a_wanted("c"))
    assert ids(narrow, *wide, wanted=wanted) == ["collect:x/c", "collect:x/b", "collect:x/a"]


def test_a_criterion_that_waits_for_two_steps_is_freed_by_none_of_them_alone() -> None:
    one = a_result("A-1", UNSEEN, "CC6.1", gaps=["lacks a"])
    two = a_result("A-2", UNSEEN, "CC6.1", gaps=["lacks b"])
    plan = plan_for([one, two], a_wanted("a"), a_wanted("b"))
    step = step_of(plan, "collect:x/a")
    assert (step.controls, step.controls_alone) == (("A-1",), ("A-1",))
    assert (step.criteria, step.criteria_alone) == (("CC6.1",), ())
    row = next(row for row in plan.criteria if row.id == "CC6.1")
    assert row.steps == ("collect:x/a", "collect:x/b")


def test_a_test_that_waits_for_two_steps_waits_for_none_of_them_alone() -> None:
    plan = plan_for([a_result("A-1", UNSEEN, "CC6.1", gaps=["lacks a", "lacks b"])], a_wanted("a"), a_wanted("b"))
    assert [step_of(plan, f"collect:x/{name}").controls_alone for name in "ab"] == [(), ()]


def test_a_deviation_beside_a_gap_needs_both_steps() -> None:
    bad = a_result("A-1", Verdict.FAIL, "CC6.1", gaps=["lacks a"], deviations=1, findings=(a_finding("r"),))
    plan = plan_for([bad], a_wanted("a"))
    row = next(row for row in plan.criteria if row.id == "CC6.1")
    assert set(row.steps) == {"mend:A-1", "collect:x/a"}
    assert step_of(plan, "mend:A-1").criteria_alone == ()


def test_several_sources_of_a_kind_are_one_of_and_their_exports_all_of() -> None:
    kind = a_wanted("k", source=None, operation=None, file=None, others=("okta", "entra"), titles={"entra": "Entra ID"})
    calls = [a_wanted(f"f{number}", operation="factors") for number in range(3)]
    one = a_result("A-1", UNSEEN, "CC6.1", gaps=["lacks k", *(call.text for call in calls)])
    plan = plan_for([one], kind, *calls)
    declare, factors = step_of(plan, "declare:okta+entra"), step_of(plan, "collect:x/factors")
    assert [way.text for way in declare.one_of] == ["declare okta", "declare entra (Entra ID)"]
    assert [part.file for part in factors.all_of] == [f"exports/x/f{number}.json" for number in range(3)]
    assert factors.one_of == ()
    assert (factors.effort.calls, factors.effort.text) == (3, "3 exports")


def test_one_source_is_no_choice() -> None:
    kind = a_wanted("k", source=None, operation=None, file=None, others=("okta",))
    step = step_of(plan_for([a_result("A-1", UNSEEN, "CC6.1", gaps=["lacks k"])], kind), "declare:okta")
    assert (step.one_of, step.source) == ((), "okta")
    assert "one of" not in step.title


def test_a_register_or_a_system_in_its_stead_are_one_of() -> None:
    register = a_wanted("devices", by_hand=True, has_template=True, others=("jamf",), about="Laptops.")
    step = step_of(plan_for([a_result("A-1", UNSEEN, "CC6.1", gaps=["lacks devices"])], register), "register:devices")
    assert [way.text for way in step.one_of] == ["keep the register devices", "declare jamf"]
    assert (step.command, step.about) == ("soc2test init --register devices", "Laptops.")
    assert (step.effort.rows, step.effort.text) == (None, "rows to write: how many is not known")


def test_calls_that_each_list_the_same_are_one_of_only_where_that_is_so_of_all_parts() -> None:
    other = Call(text="export y", command="y", file="exports/x/y.json")
    first = a_wanted("f1", operation="list", same=(other,))
    one = a_result("A-1", UNSEEN, "CC6.1", gaps=["lacks f1"])
    assert len(step_of(plan_for([one], first), "collect:x/list").one_of) == 2
    both = a_result("A-1", UNSEEN, "CC6.1", gaps=["lacks f1", "lacks f2"])
    assert step_of(plan_for([both], first, a_wanted("f2", operation="list")), "collect:x/list").one_of == ()


def test_rows_are_said_where_they_are_known() -> None:
    people = a_wanted("people", by_hand=True, has_template=True, rows=7, rows_from="okta")
    stale = a_wanted("vendors", by_hand=True, code="stale", rows=12)
    one = a_result("A-1", UNSEEN, "CC6.1", gaps=["lacks people", "lacks vendors"])
    plan = plan_for([one], people, stale)
    write, again = step_of(plan, "register:people"), step_of(plan, "again:x/vendors")
    assert write.effort.rows == 7
    assert write.effort.text.endswith("one for each identity that okta lists; whether these are all is not known")
    assert write.command == "soc2test init --register people --from okta"
    assert (again.effort.rows, again.effort.text) == (12, "12 rows to look through")


@pytest.mark.parametrize(
    ("code", "id"),
    [
        ("missing", "collect:x/a"), ("stale", "again:x/a"), ("denied", "allow:x/a"), ("partial", "evidence:x/a.json"),
        ("unreadable", "evidence:x/a.json"), ("undated", "evidence:x/a.json"),
    ],
)  # fmt: skip
def test_what_is_wrong_with_an_export_tells_what_to_do(code: str, id: str) -> None:
    wanted = a_wanted("a", code=code, evidence="x/a.json")
    plan = plan_for([a_result("A-1", UNSEEN, "CC6.1", gaps=["lacks a"])], wanted)
    assert [step.id for step in plan.steps if step.kind != "write"] == [id]


def test_a_plugin_that_did_not_load_is_to_be_repaired() -> None:
    lost = a_wanted("p", code="plugin", operation=None, file=None)
    plan = plan_for([a_result("A-1", UNSEEN, "CC6.1", gaps=["lacks p"])], lost)
    assert step_of(plan, "repair:x").all_of[0].text == "lacks p"


def test_steps_that_no_test_waits_for_stand_last_and_free_nothing() -> None:
    unproven = a_result("A-1", Verdict.PASS, "CC6.1", proven=None, severity="critical")
    low = a_result("A-2", UNSEEN, "CC6.2", gaps=["lacks a"], severity="low")
    plan = plan_for([unproven, low], a_wanted("a"))
    assert plan.steps[-1].id == "prove:A-1"
    assert plan.steps[-1].criteria_alone == plan.steps[-1].controls_alone == ()
