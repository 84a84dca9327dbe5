"""What a company may set otherwise for tests of registers, and words and counts that nobody knows."""

from typing import Any

import pytest
from policy_case import Made, made
from policy_cases_cc1 import CERTIFIED, DONE, HIRED
from policy_cases_cc2_cc5 import ANN, DOCUMENT, FRAUD, PUBLISHED
from policy_cases_registers import MONITORED, NOTED, REPORT

from soc2test import Incident
from soc2test.testing import check
from soc2test_policies.cc1.training import test_people_are_trained_on_hire as on_hire
from soc2test_policies.cc3.fraud import test_fraud_is_considered as fraud
from soc2test_policies.cc3.ratings import test_risks_are_told_apart_by_their_ratings as told_apart
from soc2test_policies.cc5.documents import test_policies_are_approved as approved
from soc2test_policies.cc5.documents import test_policies_are_published as published
from soc2test_policies.cc7.incident_actions import test_what_postmortems_decide_is_done as done
from soc2test_policies.cc9.vendor_reports import test_exceptions_in_reports_are_assessed as exceptions
from soc2test_policies.cc9.vendor_reports import test_subservice_organisations_have_a_current_report as report

SPOT = REPORT.but(report_type="soc2_type1", report_period_start=None, monitored_by=None)
CERTIFICATE = REPORT.but(report_type="iso27001", report_opinion=None, report_period_start=None, monitored_by=None)


def _verdict(control: Any, *makes: Made, **limits: Any) -> str:
    return check(control, *(each.build() for each in makes), limits=limits).verdict.value


@pytest.mark.parametrize("other", [SPOT, CERTIFICATE])
def test_which_reports_are_accepted_is_the_companys(other: Made) -> None:
    accepted = ("soc2_type2", other.facts["report_type"])
    assert _verdict(report, ANN, other) == "fail"
    assert _verdict(report, ANN, other, report_types=accepted) == "pass"
    assert _verdict(report, ANN, other.but(report_opinion="adverse"), report_types=accepted) == "fail"


def test_a_report_with_an_opinion_has_one_whatever_type_is_accepted() -> None:
    assert _verdict(report, ANN, SPOT.but(report_opinion=None), report_types=("soc2_type1",)) == "fail"


@pytest.mark.parametrize("opinion", ["except for", "clean"])
def test_an_opinion_of_another_word_is_unknown(opinion: str) -> None:
    assert _verdict(report, ANN, REPORT.but(report_opinion=opinion)) == "not_evaluated"
    assert _verdict(exceptions, ANN, NOTED.but(report_opinion=opinion)) == "not_evaluated"


def test_how_long_a_report_covers_is_the_companys() -> None:
    half = REPORT.but(report_period_start=REPORT.facts["report_period_end"], previous_report_period_end=None)
    assert _verdict(report, ANN, half) == "fail"
    assert _verdict(report, ANN, half, cover_days=1) == "pass"


def test_exceptions_that_nobody_counted_are_unknown() -> None:
    assert _verdict(exceptions, ANN, NOTED.but(report_exceptions=None)) == "not_evaluated"


@pytest.mark.parametrize("name", ["Ann", "the board", "audit firm"])
def test_a_name_without_an_address_is_nobody_who_can_be_looked_up(name: str) -> None:
    assert _verdict(approved, ANN, DOCUMENT.but(approved_by=name)) == "not_evaluated"
    assert _verdict(exceptions, ANN, NOTED.but(exceptions_assessed_by=name)) == "not_evaluated"
    assert _verdict(report, ANN, MONITORED.but(monitored_by=name)) == "not_evaluated"


def test_owners_may_approve_where_the_company_says_so() -> None:
    own = DOCUMENT.but(owner_email="ANN@acme.example")
    assert _verdict(approved, ANN, own) == "fail"
    assert _verdict(approved, ANN, own, owner_may_approve=True) == "pass"


def test_a_day_of_publishing_before_the_approval_tells_nothing() -> None:
    earlier = PUBLISHED.facts["published_at"].replace(year=2024)
    assert _verdict(published, PUBLISHED.but(published_at=earlier)) == "not_evaluated"
    assert _verdict(published, PUBLISHED.but(published_at=earlier, approved_at=None)) == "pass"


def test_attendance_is_enough_where_the_company_says_so() -> None:
    attended = DONE.but(score=None, pass_mark=None)
    assert _verdict(on_hire, HIRED, attended) == "fail"
    assert _verdict(on_hire, HIRED, attended, result="attended") == "pass"


@pytest.mark.parametrize("missing", ["score", "pass_mark"])
def test_a_certificate_needs_no_score_beside_it(missing: str) -> None:
    bare = CERTIFIED.build(without=missing)
    assert check(on_hire, HIRED.build(), bare).verdict.value == "pass"
    assert check(on_hire, HIRED.build(), DONE.build(without=missing)).verdict.value == "not_evaluated"


def test_how_many_scenarios_there_are_is_the_companys() -> None:
    assert _verdict(fraud, FRAUD) == "fail"
    assert _verdict(fraud, FRAUD, scenarios=1) == "pass"


@pytest.mark.parametrize(("risks", "verdict"), [(4, "not_evaluated"), (5, "fail")])
def test_a_short_register_says_nothing_of_its_ratings(risks: int, verdict: str) -> None:
    rated = [made(FRAUD.kind, f"R{number}", likelihood=2, impact=2) for number in range(risks)]
    assert _verdict(told_apart, *rated) == verdict


def test_a_severity_of_another_word_holds_no_postmortem_back() -> None:
    other = made(Incident, "I1", severity="low", postmortem_at=None)
    assert _verdict(done, other) == "not_evaluated"
