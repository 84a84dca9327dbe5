"""Insurances: what their certificates show, and what may not be all."""

from typing import Any

import pytest
from policy_case import Made, before, made
from policy_cases_continuity import INSURED, LAST_YEARS, OTHER_PLAN, TRIED

from soc2test import ContinuityPlan, Exercise, Insurance
from soc2test.testing import check
from soc2test.verdicts import ControlResult, Verdict
from soc2test_policies.cc9.continuity import test_insurance_is_in_force as insured


def over(*makes: Made, **more: Any) -> ControlResult:
    return check(insured, *(each.build() for each in makes), **more)


@pytest.mark.parametrize("kind", [ContinuityPlan, Exercise])
def test_a_company_that_keeps_no_such_register_is_insured_all_the_same(kind: type[Any]) -> None:
    assert over(INSURED, partial=[kind]).verdict is Verdict.PASS
    other = TRIED if kind is Exercise else OTHER_PLAN
    assert over(INSURED, other.but(document="i1.txt"), partial=[kind]).verdict is Verdict.FAIL


@pytest.mark.parametrize(("days", "verdict"), [(99, Verdict.PASS), (98, Verdict.FAIL), (464, Verdict.FAIL)])
def test_insurances_that_begin_together_may_have_one_certificate(days: int, verdict: Verdict) -> None:
    both = LAST_YEARS.but(document="i1.txt", starts_at=before(days=days))
    assert over(INSURED, both).verdict is verdict


def test_the_certificate_of_last_year_shows_nothing_of_this_one() -> None:
    last_year = LAST_YEARS.but(covers="cyber", document="i1.txt")
    result = over(INSURED, last_year)
    assert {finding.resource: finding.message for finding in result.findings} == {
        "I0": "runs from 2025-08-13 to 2026-08-13",
        "I1": "its document is that of I0 too, and one document shows one event",
    }
    own = made(Insurance, "I2", **INSURED.but(document="i2.txt").facts)
    assert over(INSURED, last_year, own).verdict is Verdict.PASS


def test_an_insurance_whose_certificate_is_unknown_may_have_this_one() -> None:
    assert check(insured, INSURED.build(), LAST_YEARS.build()).verdict is Verdict.PASS
    assert check(insured, INSURED.build(), LAST_YEARS.build(without="document")).verdict is Verdict.NOT_EVALUATED
