"""Why a test is not without deviation, and which step is against it: nothing that was not seen goes without a cause."""

import msgspec
import pytest
from gap_results import a_finding, a_result, a_wanted, plan_for, step_of

from soc2test.coverage.statuses import STATUSES
from soc2test.gaps.matching import Matching
from soc2test.gaps.needs import needs_of
from soc2test.gaps.records import Refused, Wanted
from soc2test.verdicts import ControlResult, Reason, TakenOut, Verdict

NOBODY = Matching(())
UNSEEN = Verdict.NOT_EVALUATED


def causes(result: ControlResult, *wanted: Wanted) -> list[str]:
    return [need.cause for need in needs_of(result, Matching(wanted))]


@pytest.mark.parametrize("verdict", [verdict for verdict in Verdict if verdict is not Verdict.NO_OCCURRENCES])
def test_every_verdict_but_a_pass_has_a_cause(verdict: Verdict) -> None:
    out = TakenOut("no_population", "", "none", "a", "b", "2026-01-01", "2026-12-31", UNSEEN)
    taken_out = out if verdict is Verdict.NOT_APPLICABLE else None
    result = a_result("A-1", verdict, "CC6.1", reason=Reason("why", "so it is"), taken_out=taken_out)
    assert bool(needs_of(result, NOBODY)) is (verdict is not Verdict.PASS)


def test_every_criterion_in_scope_that_is_not_without_deviation_has_a_why() -> None:
    results = [
        a_result("A-1", Verdict.FAIL, "CC6.1", deviations=1, findings=(a_finding("r"),)),
        a_result("A-2", UNSEEN, "CC6.2", reason=Reason("empty", "there is none")),
        a_result("A-3", Verdict.NO_OCCURRENCES, "CC6.3"),
        a_result("A-4", Verdict.PASS, "CC6.4", rests_on=("record",), tested_facts=("record",)),
        a_result("A-5", Verdict.PASS, "CC6.5"),
        a_result("A-6", Verdict.ERROR, "CC6.6", reason=Reason("raised", "it broke")),
        a_result("A-7", Verdict.PASS, "CC6.7", exempt=1),
    ]
    plan = plan_for(results)
    told = {row.id: [why.cause for why in row.why] for row in plan.criteria}
    assert "CC6.5" not in told
    assert {id: told[id][0] for id in ("CC6.1", "CC6.2", "CC6.3", "CC6.4", "CC6.6", "CC6.7", "CC6.8")} == {
        "CC6.1": "deviation", "CC6.2": "not_told", "CC6.3": "nothing_to_test", "CC6.4": "own_word", "CC6.6": "error",
        "CC6.7": "partial", "CC6.8": "statement_needed",
    }  # fmt: skip
    assert len(plan.criteria) == plan.in_scope - plan.statuses["no_deviations"]
    assert set(plan.statuses) <= set(STATUSES)


def test_a_reason_that_quotes_a_gap_leads_to_its_step() -> None:
    text = "not all of Identity is known: lacks a"
    assert causes(a_result("A-1", UNSEEN, reason=Reason("unknown_fact", text)), a_wanted("a", file=None)) == ["missing"]


def test_the_file_in_a_finding_leads_to_its_step() -> None:
    call = msgspec.structs.replace(a_wanted("a"), text="export it as exports/x/a.json")
    found = a_finding("r", "unknown", f"mfa is unknown: export it as {call.file}")
    result = a_result("A-1", UNSEEN, unknown=1, findings=(found,), reason=Reason("unknown_fact", "x"))
    assert [need.wanted for need in needs_of(result, Matching([call]))] == [call]


def test_what_nothing_would_tell_is_told_as_that() -> None:
    found = a_finding("r", "unknown", "nobody tells mfa of it")
    result = a_result("A-1", UNSEEN, "CC6.1", unknown=1, findings=(found,), reason=Reason("unknown_fact", "x"))
    step = step_of(plan_for([result]), "tell:A-1")
    assert [part.text for part in step.all_of] == ["nobody tells mfa of it"]


def test_a_list_that_is_not_there_comes_before_calls_about_what_it_names() -> None:
    single = a_wanted("one", after=("lacks list",), single=True)
    result = a_result("A-1", UNSEEN, gaps=["lacks one"])
    assert [need.text for need in needs_of(result, Matching([single, a_wanted("list")]))] == ["lacks list"]
    assert [need.text for need in needs_of(result, Matching([single]))] == ["lacks one"]


def test_what_a_second_source_says_waits_for_the_lists() -> None:
    said = Reason("contradicted", "not all may be told: somebody else")
    result = a_result("A-1", UNSEEN, gaps=["lacks a"])
    both = msgspec.structs.replace(result, gaps=(*result.gaps, said))
    assert causes(both, a_wanted("a")) == ["missing"]
    assert causes(both) == ["not_told", "not_told"]


def test_a_second_source_that_names_a_register_which_is_not_there_waits_for_it() -> None:
    said = Reason("contradicted", "nobody in the register of people has it")
    result = msgspec.structs.replace(a_result("A-1", UNSEEN), gaps=(said,))
    people, other = a_wanted("people", by_hand=True), a_wanted("logs")
    needs = needs_of(result, Matching([people, other]), seconds=[people, other])
    assert [(need.wanted, need.text) for need in needs] == [(people, said.text)]
    assert [need.kind for need in needs_of(result, NOBODY)] == ["tell"]


def test_a_population_that_fails_as_a_whole_while_it_lacks_something_keeps_its_cause_and_waits_for_the_lack() -> None:
    whole = a_result("A-1", Verdict.FAIL, "CC6.1", gaps=["lacks a"], reason=Reason("assertion", "no review was done"))
    plan = plan_for([whole], a_wanted("a"))
    row = next(row for row in plan.criteria if row.id == "CC6.1")
    assert [(why.cause, why.steps) for why in row.why] == [("deviation", ()), ("missing", ("collect:x/a",))]


def test_a_process_that_is_not_shown_is_to_be_started_and_a_state_to_be_mended() -> None:
    for nature, id in (("occurrence", "process:A-1"), ("state", "mend:A-1")):
        bad = a_result("A-1", Verdict.FAIL, "CC6.1", nature=nature, operates="quarterly")
        step = step_of(plan_for([bad]), id)
        assert step.effort.interval == ("quarterly" if nature == "occurrence" else None)


def test_resources_to_mend_are_counted_and_the_first_ones_named() -> None:
    found = tuple(a_finding(f"r{number}") for number in range(3))
    step = step_of(plan_for([a_result("A-1", Verdict.FAIL, "CC6.1", deviations=3, findings=found)]), "mend:A-1")
    assert (step.effort.resources, step.effort.text) == (3, "3 resources to mend")
    assert [part.text for part in step.all_of] == ["r0: is bad", "r1: is bad", "r2: is bad"]


def test_an_exemption_that_can_t_be_looked_up_hides_no_deviation() -> None:
    found = (a_finding("r1"), a_finding("r2"))
    bad = a_result("A-1", Verdict.FAIL, "CC6.1", deviations=2, findings=found)
    refused = Refused(text="approver can't be looked up: lacks people", test="A-1", resources=("r1",))
    plan = plan_for([bad], a_wanted("people", by_hand=True), refused=[refused])
    assert [part.text for part in step_of(plan, "mend:A-1").all_of] == ["r2: is bad"]
    row = next(row for row in plan.criteria if row.id == "CC6.1")
    assert "1 of 10 deviate that an exemption names, whose approval can't be looked up" in [why.text for why in row.why]
    assert "register:people" in row.steps


def test_an_exemption_that_is_refused_for_another_reason_exempts_nothing() -> None:
    bad = a_result("A-1", Verdict.FAIL, "CC6.1", deviations=1, findings=(a_finding("r1"),))
    refused = Refused(text="approver and owner are one person", test="A-1", resources=("r1",))
    step = step_of(plan_for([bad], a_wanted("people"), refused=[refused]), "mend:A-1")
    assert step.effort.resources == 1


def test_whether_a_test_was_proven_is_no_cause_where_proofs_can_t_be_read() -> None:
    unproven = a_result("A-1", Verdict.PASS, "CC6.1", proven=None)
    assert [need.cause for need in needs_of(unproven, NOBODY)] == ["not_proven"]
    assert needs_of(unproven, NOBODY, decided=False) == []
