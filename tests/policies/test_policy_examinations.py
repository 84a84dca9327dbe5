"""Findings, examinations and results of tests: what cases can't say."""

from datetime import timedelta
from typing import Any

import pytest
from policy_case import Made, before, made
from policy_cases_examinations import (
    ANN,
    AUDIT,
    BOB,
    CAT,
    DRILL,
    FOUND,
    LAB,
    LATE,
    MONTHS,
    OF_DRILL,
    OF_RUN,
    OPEN,
    ORDERS,
    PENTEST,
    PLAN,
    RUN,
    SHOP,
    SHOP_PLAN,
    TRIED,
)  # fmt: skip

from soc2test import Exercise
from soc2test.testing import AS_OF, check
from soc2test_policies.a1.exercises import test_continuity_plans_are_exercised as continued
from soc2test_policies.cc4.examinations import test_assessments_are_done_by_plan as by_plan
from soc2test_policies.cc4.examinations import (
    test_reports_reach_management_and_their_findings_the_register as tied,
)
from soc2test_policies.cc4.examinations import test_systems_are_penetration_tested_by_others as tested
from soc2test_policies.cc4.findings import test_findings_are_closed_by_a_fix_that_somebody_else_tried as closed
from soc2test_policies.cc4.findings import test_findings_are_reported_to_management as reported
from soc2test_policies.cc4.findings import test_findings_have_an_owner_and_a_due_date as owned
from soc2test_policies.cc4.findings import test_overdue_findings_are_escalated as escalated
from soc2test_policies.cc4.result_reviews import test_results_are_looked_at_each_month as monthly
from soc2test_policies.cc4.result_reviews import (
    test_results_are_signed_for_by_others_than_who_ran_the_tests as signed,
)
from soc2test_policies.cc7.exercises import test_the_response_to_incidents_is_exercised as exercised

CLEAN = PENTEST.but(findings=0, severe_findings=0)
ON_FINDINGS = (owned, reported, closed, escalated)


def _verdict(control: Any, *makes: Made, **limits: Any) -> str:
    return check(control, *(each.build() for each in makes), limits=limits).verdict.value


@pytest.mark.parametrize("control", ON_FINDINGS)
def test_an_empty_register_of_findings_says_something_only_where_reports_count_none(control: Any) -> None:
    assert _verdict(control, ANN) == "not_evaluated"
    assert _verdict(control, ANN, PENTEST) == "not_evaluated"
    assert _verdict(control, ANN, PENTEST.but(findings=None)) == "not_evaluated"
    assert _verdict(control, ANN, CLEAN) == "no_occurrences"
    assert _verdict(control, ANN, CLEAN.but(finished_at=before(days=366))) == "not_evaluated"
    assert _verdict(control, ANN, CLEAN.but(finished_at=None)) == "not_evaluated"
    assert _verdict(control, ANN, CLEAN, AUDIT.but(findings=None)) == "not_evaluated"
    assert check(control, ANN.build(), CLEAN.build(without="findings")).verdict.value == "not_evaluated"
    assert check(control, ANN.build(), CLEAN.build(without="finished_at")).verdict.value == "not_evaluated"


@pytest.mark.parametrize("control", ON_FINDINGS)
def test_findings_that_a_report_counts_and_the_register_lacks_hold_all_back(control: Any) -> None:
    people = (ANN, BOB, CAT)
    finding = LATE.but(retested_by="cat@acme.example", found_by=None)
    assert _verdict(control, *people, finding, CLEAN) == "pass"
    assert _verdict(control, *people, finding, CLEAN.but(findings=1)) == "not_evaluated"
    assert _verdict(control, *people, finding, CLEAN, RUN) == "not_evaluated"
    assert _verdict(control, *people, finding, CLEAN, DRILL) == "not_evaluated"


def test_nothing_is_overdue_where_all_findings_are_still_to_be_closed() -> None:
    assert _verdict(escalated, ANN, BOB, OPEN, CLEAN) == "no_occurrences"
    assert _verdict(closed, ANN, BOB, OPEN, CLEAN) == "no_occurrences"
    assert _verdict(escalated, ANN, BOB, OPEN.but(due_at=None), CLEAN) == "not_evaluated"


def test_a_finding_that_was_closed_on_its_day_was_never_overdue() -> None:
    on_time = FOUND.but(closed_at=FOUND.facts["due_at"])
    assert _verdict(escalated, ANN, BOB, on_time) == "no_occurrences"
    assert _verdict(escalated, ANN, BOB, on_time.but(closed_at=on_time.facts["due_at"] + timedelta(days=1))) == "fail"


@pytest.mark.parametrize("control", [owned, closed])
def test_a_year_that_is_mistyped_takes_no_finding_out(control: Any) -> None:
    assert _verdict(control, ANN, BOB, PENTEST.but(findings=1), FOUND.but(closed_at=before(days=3650))) == "fail"


def test_a_severity_of_another_word_has_no_limit() -> None:
    assert _verdict(owned, ANN, BOB, FOUND.but(severity="P1")) == "not_evaluated"


def test_who_tried_a_fix_may_be_who_made_it_by_another_address() -> None:
    again = made(BOB.kind, "bob2", **BOB.but(email="b.second@acme.example").facts)
    assert _verdict(closed, ANN, BOB, again, PENTEST, FOUND.but(retested_by="b.second@acme.example")) == "not_evaluated"


@pytest.mark.parametrize(
    ("fix", "verdict"),
    [
        ("Risk accepted", "fail"),
        ("The risk was accepted by management until 2027.", "fail"),
        ("none", "fail"),
        ("Won't fix", "fail"),
        ("No action needed: residual risk is low", "fail"),
        ("Closed", "fail"),
        ("Deferred to the next review", "fail"),
        ("False positive", "fail"),
        ("Out of scope", "fail"),
        ("Duplicate of F-2025-09", "fail"),
        ("Exception approved by CTO", "fail"),
        ("Closed as stale", "fail"),
        ("Vendor issue, nothing we can do", "fail"),
        ("Documentation updated, code unchanged", "fail"),
        ("Kein Handlungsbedarf", "fail"),
        ("Reverted on 2026-07-02, again open", "fail"),
        ("Orders are checked by merchant; reverted on 2026-07-02, open again", "fail"),
        ("Fixed", "fail"),
        ("Done.", "fail"),
        ("Resolved by the team", "fail"),
        ("Mitigated on 2026-06-18", "fail"),
        ("Works as designed", "fail"),
        ("See ACME-12", "fail"),
        ("It cannot be fixed", "fail"),
        ("Orders are looked up by merchant", "pass"),
        ("Port 22 is closed", "pass"),
        ("The owner's right to accept risks was taken away", "pass"),
        ("Fixed by #412", "pass"),
        ("Fixed in ACME-12", "pass"),
        ("Firewall rule added, code unchanged", "pass"),
        ("Documentation updated", "pass"),
        ("Reverted the commit that opened the port", "pass"),
        ("Duplicate rows are refused", "pass"),
        ("Exceptions are approved by the board", "pass"),
        ("The review was done", "pass"),
        ("The design was changed; no other change", "pass"),
        ("Open ports are closed", "pass"),
    ],
)
def test_words_that_say_that_nothing_was_done_are_no_fix(fix: str, verdict: str) -> None:
    assert _verdict(closed, ANN, BOB, CAT, PENTEST, FOUND.but(fix=fix), OPEN) == verdict


@pytest.mark.parametrize(
    ("tester", "verdict"),
    [
        ("max@probe.example", "pass"),  # of the firm that found it
        ("ivo@ledger.example", "pass"),  # led another examination
        ("eve@evil.example", "fail"),
        ("eve@sub.probe.example", "fail"),
        ("eve@acme.example", "fail"),
    ],
)
def test_who_examines_may_try_a_fix(tester: str, verdict: str) -> None:
    audit = AUDIT.but(examiner_email="ivo@ledger.example", findings=0, severe_findings=0)
    assert _verdict(closed, ANN, BOB, CAT, PENTEST, audit, FOUND.but(retested_by=tester), OPEN) == verdict


def test_two_mailboxes_of_one_provider_are_of_no_one_firm() -> None:
    test = PENTEST.but(examiner_email="tess@gmail.com")
    assert _verdict(closed, ANN, BOB, CAT, test, FOUND.but(retested_by="tess@gmail.com"), OPEN) == "pass"
    assert _verdict(closed, ANN, BOB, CAT, test, FOUND.but(retested_by="max@gmail.com"), OPEN) == "fail"


def test_a_colleague_of_an_examiner_of_the_company_is_in_its_register() -> None:
    found = FOUND.but(found_by="IA", fixed_by="ann@acme.example", owner_email="ann@acme.example")
    audit = AUDIT.but(examiner_email="cat@acme.example", findings=1)
    world = (ANN, BOB, CAT, PENTEST.but(findings=1, severe_findings=0), audit, OPEN)
    assert _verdict(closed, *world, found.but(retested_by="eve@acme.example")) == "fail"
    assert _verdict(closed, *world, found.but(retested_by="bob@acme.example")) == "pass"


@pytest.mark.parametrize("control", [reported, escalated])
def test_who_is_told_may_be_of_another_line_of_the_company(control: Any) -> None:
    told = {"reported_to": "cat@acme.example", "escalated_to": "cat@acme.example"}
    peer = CAT.but(manager_email="ann@acme.example")
    assert _verdict(control, ANN, BOB, peer, LATE.but(**told)) == "pass"
    assert _verdict(control, ANN, BOB, CAT, LATE.but(**told)) == "fail"
    below_two = made(CAT.kind, "dan", **CAT.but(email="dan@acme.example", manager_email="cat@acme.example").facts)
    told = {"reported_to": "dan@acme.example", "escalated_to": "dan@acme.example"}
    assert _verdict(control, ANN, BOB, CAT, below_two, LATE.but(**told)) == "fail"


def test_management_without_an_address_is_nobody_who_can_be_looked_up() -> None:
    assert _verdict(reported, ANN, BOB, FOUND.but(reported_to="the board")) == "not_evaluated"
    assert _verdict(signed, ANN, BOB, RUN.but(reviewed_by="the board"), *OF_RUN) == "not_evaluated"


@pytest.mark.parametrize(
    ("tester", "verdict"),
    [
        ("tess@probe.example", "pass"),
        ("tess@probe-acme.example", "pass"),
        ("tess@acme.example", "fail"),
        ("tess@ACME.example", "fail"),
        ("tess@red.acme.example", "fail"),
    ],
)
def test_a_tester_is_of_another_company_by_the_domain(tester: str, verdict: str) -> None:
    assert _verdict(tested, ANN, SHOP, PENTEST.but(examiner_email=tester)) == verdict


def test_a_contractors_domain_is_not_ours() -> None:
    guest = made(ANN.kind, "guest", **ANN.but(email="gus@probe.example", employment="contractor").facts)
    assert _verdict(tested, ANN, guest, SHOP, PENTEST) == "pass"
    assert _verdict(tested, ANN, guest, SHOP, PENTEST.but(examiner_email="Gus@probe.example")) == "fail"


def test_which_systems_are_tried_is_the_companys() -> None:
    internal = SHOP.but(criticality="low")
    assert _verdict(tested, ANN, internal) == "fail"  # nothing important is in production: on_empty
    assert _verdict(tested, ANN, internal, PENTEST, levels=("low",)) == "pass"


def test_an_examination_that_goes_on_may_end_yet() -> None:
    begun = PENTEST.but(started_at=before(days=90), finished_at=None)
    assert check(tied, *(each.build() for each in (ANN, BOB, begun))).pending == 1
    assert _verdict(tied, ANN, BOB, begun, run_days=89) == "fail"
    audit = begun.but(category="external_audit", started_at=before(days=365))
    assert check(tied, *(each.build() for each in (ANN, BOB, audit))).pending == 1
    assert _verdict(tied, ANN, BOB, audit, audit_days=364) == "fail"
    assert _verdict(tied, ANN, BOB, begun.but(started_at=before(days=4000))) == "fail"


def test_one_report_is_that_of_one_examination_also_of_the_same_day() -> None:
    other = made(PENTEST.kind, "IA", **PENTEST.but(category="internal_audit", findings=0, severe_findings=0).facts)
    result = check(tied, *(each.build() for each in (ANN, BOB, PENTEST, other, FOUND, OPEN)))
    assert [finding.resource for finding in result.findings] == ["IA", "PT"]
    assert _verdict(tied, ANN, BOB, PENTEST, other.but(report="ia.pdf"), FOUND, OPEN) == "pass"


def test_a_label_that_nobody_tells_leaves_open_whether_a_system_must_be_tried() -> None:
    unlabelled = ORDERS.build(without="classification")
    holds_it = LAB.but(assets=("orders",))
    others = [each.build() for each in (ANN, SHOP, PENTEST)]
    assert check(tested, *others, holds_it.build(), unlabelled).verdict.value == "not_evaluated"
    assert check(tested, *others, holds_it.but(criticality="critical").build(), unlabelled).verdict.value == "fail"
    tried = PENTEST.but(scope=("shop", "lab")).build()
    assert check(tested, *others[:2], tried, holds_it.build(), ORDERS.build()).passed == 2


def test_a_year_without_a_planned_assessment_fails() -> None:
    assert _verdict(by_plan, ANN, BOB, SHOP) == "fail"
    assert _verdict(by_plan, ANN, BOB, SHOP, AUDIT.but(planned_for=before(days=366))) == "fail"
    assert _verdict(by_plan, ANN, BOB, SHOP, AUDIT.but(planned_for=before(days=-9), finished_at=None)) == "fail"


def test_an_assessment_by_others_needs_nobody_of_ours() -> None:
    assert _verdict(by_plan, ANN, BOB, SHOP, AUDIT.but(examiner_email="ivo@ledger.example")) == "pass"


def test_a_planned_assessment_may_be_some_days_late() -> None:
    waiting = AUDIT.but(planned_for=before(days=30), finished_at=None)
    assert check(by_plan, *(each.build() for each in (ANN, BOB, SHOP, waiting))).pending == 1
    assert _verdict(by_plan, ANN, BOB, SHOP, waiting.but(planned_for=before(days=31))) == "fail"


def test_the_month_that_goes_on_is_not_asked_for() -> None:
    assert {f"{each.facts['run_at']:%Y-%m}" for each in MONTHS} >= {"2026-10", "2025-11"}
    assert f"{AS_OF:%Y-%m}" not in {f"{each.facts['run_at']:%Y-%m}" for each in MONTHS}
    assert _verdict(monthly, *MONTHS) == "pass"
    assert _verdict(monthly, *MONTHS[:3], months=3) == "pass"
    assert _verdict(monthly, *MONTHS[:2], months=3) == "fail"


def test_tests_that_run_by_themselves_have_nobody_who_ran_them() -> None:
    assert _verdict(signed, ANN, BOB, RUN.but(run_by=None), *OF_RUN) == "pass"


def test_more_findings_than_tests_deviated_tie_out_no_better() -> None:
    assert _verdict(signed, ANN, BOB, RUN.but(deviations=1), *OF_RUN) == "fail"


def test_a_year_without_an_exercise_fails() -> None:
    assert _verdict(exercised, ANN, BOB, CAT, PLAN, OF_DRILL) == "fail"
    assert _verdict(exercised, ANN, BOB, CAT, PLAN, OF_DRILL, DRILL.but(held_at=before(days=366))) == "fail"
    other = DRILL.but(category="business-continuity")
    assert _verdict(exercised, ANN, BOB, CAT, PLAN, OF_DRILL, other) == "fail"


def test_a_leader_who_is_listed_twice_is_one_person() -> None:
    assert _verdict(exercised, ANN, BOB, CAT, PLAN, OF_DRILL, DRILL.but(led_by="bob@acme.example")) == "fail"
    assert (
        _verdict(exercised, ANN, BOB, PLAN, OF_DRILL, DRILL.but(participants=("bob@acme.example",)), participants=1)
        == "pass"
    )


def test_the_last_exercise_of_a_plan_counts() -> None:
    people = (ANN, BOB, CAT, OF_DRILL, SHOP_PLAN)
    again = made(Exercise, "EX2", **TRIED.but(held_at=before(days=5), findings=0, document="ex2.txt").facts)
    slow = again.but(downtime_hours=9)
    assert _verdict(continued, *people, TRIED, again) == "pass"
    assert _verdict(continued, *people, TRIED, slow) == "fail"
    assert _verdict(continued, *people, TRIED.but(downtime_hours=9), again) == "pass"


def test_an_exercise_that_was_talked_through_has_no_time_to_compare() -> None:
    people = (ANN, BOB, CAT, OF_DRILL)
    assert _verdict(continued, *people, SHOP_PLAN.but(rto_hours=None), TRIED.but(downtime_hours=None)) == "pass"


@pytest.mark.parametrize(
    ("facts", "verdict"),
    [
        ({"downtime_hours": None}, "fail"),  # talked through: what took too long is not made again
        ({"downtime_hours": 8}, "pass"),
        ({"downtime_hours": 9}, "fail"),
        ({"downtime_hours": 8, "category": "incident-response"}, "fail"),
        ({"downtime_hours": 8, "held_at": before(days=11)}, "fail"),  # before the one that took too long
        ({"downtime_hours": 8, "held_at": before(days=10)}, "fail"),  # which of both was later is not told
        ({"downtime_hours": 8, "document": None}, "fail"),
        ({"downtime_hours": 8, "document": "ex.txt"}, "fail"),
    ],
)
def test_what_took_too_long_is_made_again_and_measured(facts: dict[str, Any], verdict: str) -> None:
    people = (ANN, BOB, CAT, OF_DRILL, SHOP_PLAN)
    slow = TRIED.but(held_at=before(days=10), downtime_hours=11)
    later = {"held_at": before(days=5), "findings": 0, "document": "ex2.txt", **facts}
    assert _verdict(continued, *people, slow, made(Exercise, "EX2", **TRIED.but(**later).facts)) == verdict


def test_what_was_measured_stands_behind_exercises_that_were_talked_through() -> None:
    people = (ANN, BOB, CAT, OF_DRILL, SHOP_PLAN)
    talked = [
        made(
            Exercise, f"T{days}",
            **TRIED.but(held_at=before(days=days), findings=0, document=f"{days}.txt", downtime_hours=None).facts,
        )
        for days in (5, 10)
    ]  # fmt: skip
    assert _verdict(continued, *people, TRIED, *talked) == "pass"
    assert _verdict(continued, *people, TRIED.but(downtime_hours=9), *talked) == "fail"
    assert _verdict(continued, *people, TRIED.but(document=None), *talked) == "fail"  # then nothing shows what it took
    nobody = talked[0].but(led_by=None)
    assert _verdict(continued, *people, TRIED, nobody, talked[1]) == "fail"
    twin = made(Exercise, "twin", **nobody.facts)
    assert _verdict(continued, *people, TRIED, *talked, twin) == "fail"


def test_an_exercise_that_may_have_been_measured_leaves_it_open() -> None:
    built = [each.build() for each in (ANN, BOB, CAT, OF_DRILL, SHOP_PLAN, TRIED)]
    later = made(Exercise, "EX2", **TRIED.but(held_at=before(days=5), findings=0, document="ex2.txt").facts)
    assert check(continued, *built, later.build()).verdict.value == "pass"
    assert check(continued, *built, later.build(without="downtime_hours")).verdict.value == "not_evaluated"
    assert check(continued, *built, later.build(without="category")).verdict.value == "not_evaluated"


def test_one_day_of_exercises_may_have_one_record() -> None:
    talk = DRILL.but(category="business-continuity", plans=("B1",))
    same_day = made(Exercise, "BC", **talk.facts)
    assert _verdict(exercised, ANN, BOB, CAT, PLAN, OF_DRILL, DRILL, same_day) == "pass"
    other_day = same_day.but(held_at=before(days=300))
    assert _verdict(exercised, ANN, BOB, CAT, PLAN, OF_DRILL, DRILL, other_day) == "fail"


def test_no_plan_for_continuity_is_no_exercised_one() -> None:
    assert _verdict(continued, ANN, BOB, CAT, OF_DRILL, TRIED) == "fail"


@pytest.mark.parametrize(
    ("scenario", "verdict"),
    [
        ("Postponed to next year", "not_evaluated"),
        ("Cancelled", "not_evaluated"),
        ("It was called off because of the incident", "not_evaluated"),
        ("did not take place; see the minutes", "not_evaluated"),
        ("Planned for the next quarter", "not_evaluated"),
        ("verschoben auf 2027", "not_evaluated"),
        ("A cancelled contract takes the hosting away", "pass"),
        ("Postponed payments are asked for by an attacker", "pass"),
        ("The home region is lost", "pass"),
    ],
)
def test_a_scenario_that_was_called_off_contradicts_its_row(scenario: str, verdict: str) -> None:
    told = DRILL.but(scenario=scenario)
    assert _verdict(exercised, ANN, BOB, CAT, PLAN, told, OF_DRILL) == verdict
    assert _verdict(exercised, ANN, BOB, CAT, PLAN, told.but(document=None), OF_DRILL) == "fail"
    tried = TRIED.but(scenario=scenario)
    assert _verdict(continued, ANN, BOB, CAT, SHOP_PLAN, tried, OF_DRILL) == verdict
