"""What rows of vendors say of their reports that a `Case` can't."""

from typing import Any

import pytest
from policy_case import Made, before
from policy_cases_registers import ANN, NOTED, REPORT

from soc2test.testing import check
from soc2test_policies.cc9.vendor_reports import test_exceptions_in_reports_are_assessed as exceptions
from soc2test_policies.cc9.vendor_reports import test_subservice_organisations_have_a_current_report as report


def _verdict(control: Any, *makes: Made, **limits: Any) -> str:
    return check(control, *(each.build() for each in makes), limits=limits).verdict.value


@pytest.mark.parametrize("told", [{"report_opinion": "unqualified"}, {"report_period_end": before(days=90)}])
def test_a_report_of_no_type_contradicts_itself(told: dict[str, Any]) -> None:
    nothing = NOTED.but(report_type=None, report_opinion=None, report_period_end=None)
    assert check(exceptions, ANN.build(), nothing.build()).population == 0
    result = check(exceptions, ANN.build(), nothing.but(**told).build())
    assert (result.verdict.value, result.population, result.unknown) == ("not_evaluated", 1, 1)


def test_a_letter_bridges_as_far_as_it_may() -> None:
    """The letter's own last day counts from the end of the period, and is enough where it is of today."""
    old = REPORT.but(report_period_start=before(days=900), report_period_end=before(days=400), bridge_letter="l.pdf")
    assert _verdict(report, ANN, old.but(bridge_letter_until=before(days=-57))) == "pass"
    assert _verdict(report, ANN, old.but(bridge_letter_until=before(days=-58))) == "fail"
    assert _verdict(report, ANN, old.but(bridge_letter_until=before(days=-58)), bridge_days=93) == "pass"
