"""Where two people are asked for, a second address of one of them leaves it unknown whether there are two."""

from typing import Any

import policy_cases_ai as ai
import policy_cases_examinations as looked
import policy_cases_organisation as roles
import policy_cases_processing as processing
import pytest
from policy_case import Case, Made, bad

from soc2test.testing import check
from soc2test.verdicts import Verdict
from soc2test_policies.cc1.roles import test_roles_that_people_hold_are_described as described
from soc2test_policies.cc3.ai_systems import test_ai_systems_are_reviewed_and_among_the_risks as among_risks
from soc2test_policies.cc4.examinations import test_assessments_are_done_by_plan as by_plan
from soc2test_policies.cc4.examinations import test_reports_reach_management_and_their_findings_the_register as tied
from soc2test_policies.pi1.specifications import test_processing_jobs_are_specified as specified
from soc2test_policies.pi1.totals import test_totals_agree_or_are_explained as agree


def _verdict(cases: list[Case], control: Any, *rows: Made) -> Verdict:
    """What the control says over its clean resources with these rows in their place."""
    case = next(case for case in cases if case.control is control)
    return check(control, *case.planted(bad(*rows, says=""))).verdict


def _twin(person: Made) -> Made:
    """The same person, once more in the register by another address."""
    login, _, domain = str(person.facts["email"]).partition("@")
    return Made(person.kind, f"{person.id}2", person.source, {**person.facts, "email": f"{login}+x@{domain}"})


def _by(row: Made, fact: str, person: Made) -> Made:
    return row.but(**{fact: person.facts["email"]})


@pytest.mark.parametrize(
    ("cases", "control", "row", "fact", "person"),
    [
        (ai.CASES, among_risks, ai.SYSTEM, "reviewed_by", ai.ANN),
        (processing.CASES, specified, processing.JOB, "approved_by", processing.ANN),
        (processing.CASES, agree, processing.EXPLAINED, "explained_by", processing.ANN),
        (looked.CASES, by_plan, looked.AUDIT, "examiner_email", looked.ANN),
        (looked.CASES, tied, looked.PENTEST, "examiner_email", looked.ANN),
    ],
)
def test_one_person_by_two_addresses_is_not_two(
    cases: list[Case], control: Any, row: Made, fact: str, person: Made
) -> None:
    assert _verdict(cases, control, _by(row, fact, person)) is Verdict.FAIL
    twin = _twin(person)
    assert _verdict(cases, control, _by(row, fact, twin), twin) is Verdict.NOT_EVALUATED


def test_who_holds_a_role_approves_no_description_of_it_by_another_address() -> None:
    twin = _twin(roles.BOB).but(role="chief executive")  # of a description that somebody else approved
    own = _by(roles.ENGINEER, "approved_by", roles.BOB)
    assert _verdict(roles.CASES, described, own) is Verdict.FAIL
    assert _verdict(roles.CASES, described, _by(own, "approved_by", twin), twin) is Verdict.NOT_EVALUATED
