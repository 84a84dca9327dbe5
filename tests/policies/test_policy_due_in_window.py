"""What happened shortly before the window and had to be followed by something within it is asked for it."""

from datetime import timedelta
from typing import Any

import pytest
from policy_case import before

from soc2test import AuditFinding, Evaluation, Examination, Incident, Resource, ResultReview, SignificantChange
from soc2test.testing import AS_OF, check, resource
from soc2test_policies._ages import due_in_window
from soc2test_policies.cc1.evaluations import test_evaluations_look_at_duties_for_security as evaluated
from soc2test_policies.cc3.changes import test_significant_changes_lead_to_a_look_at_risks as looked_at
from soc2test_policies.cc4.examinations import test_assessments_are_done_by_plan as done_by_plan
from soc2test_policies.cc4.examinations import test_reports_reach_management_and_their_findings_the_register as taken_up
from soc2test_policies.cc4.findings import test_findings_are_reported_to_management as reported
from soc2test_policies.cc4.result_reviews import test_results_are_signed_for_by_others_than_who_ran_the_tests as signed
from soc2test_policies.p.breaches import test_incidents_are_assessed_for_personal_data as assessed


def test_the_last_day_of_the_limit_is_of_the_window() -> None:
    limit = timedelta(days=10)
    assert due_in_window(before(days=375), limit, 365, AS_OF)
    assert not due_in_window(before(days=375.1), limit, 365, AS_OF)
    assert due_in_window(None, limit, 365, AS_OF)


def _unsigned(days: float) -> Resource:
    return resource(
        Evaluation, "e", person_email="ann@acme.example", held_at=before(days=days), signed_at=None,
        topics=("security",), document="e.txt",
    )  # fmt: skip


def _unperformed(days: float) -> Resource:
    return resource(
        Examination, "x", category="internal_audit", planned_for=before(days=days), started_at=None, finished_at=None,
        examiner_email=None,
    )  # fmt: skip


def _unreported(days: float) -> Resource:
    return resource(
        Examination, "x", category="internal_audit", started_at=before(days=days + 9), finished_at=before(days=days),
        reported_at=None, received_at=None,
    )  # fmt: skip


def _untold(days: float) -> Resource:
    return resource(
        AuditFinding, "f", found_at=before(days=days), closed_at=before(days=days), reported_at=None, reported_to=None,
        owner_email=None,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("control", "made", "limit"),
    [
        (evaluated, _unsigned, 30),
        (done_by_plan, _unperformed, 30),
        (taken_up, _unreported, 45),
        (reported, _untold, 30),
        (looked_at, lambda days: resource(SignificantChange, "c", happened_at=before(days=days), concerns=("x",)), 45),
        (signed, lambda days: resource(ResultReview, "r", run_at=before(days=days), reviewed_at=None), 14),
        (assessed, lambda days: resource(Incident, "i", detected_at=before(days=days)), 3),
    ],
)
def test_what_was_due_in_the_window_and_not_done_deviates(control: Any, made: Any, limit: int) -> None:
    assert check(control, made(365 + limit)).deviations == 1
    assert check(control, made(366 + limit)).population == 0
