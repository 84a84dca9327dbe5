"""Significant changes: what shows that one is missing, and how long a look at risks may take."""

from typing import Any

import pytest
from policy_case import Made, before, made
from policy_cases_continuity import CHANGE, NAMING

from soc2test import Risk, SignificantChange, Vendor
from soc2test.testing import check
from soc2test.verdicts import ControlResult
from soc2test_policies.cc3.changes import test_significant_changes_lead_to_a_look_at_risks as looked

NEW = made(Vendor, "mailer", onboarded_at=before(days=9))
OLD = made(Vendor, "cloud", onboarded_at=before(days=900))
LISTED = made(SignificantChange, "S2", happened_at=before(days=9), concerns=("mailer",))
ANSWER = made(Risk, "R9", concerns=("mailer",), reviewed_at=before(days=1))


def _checked(*makes: Made, **limits: Any) -> ControlResult:
    return check(looked, *(each.build() for each in makes), limits=limits)


def test_a_vendor_that_no_change_names_makes_the_list_partial() -> None:
    assert _checked(CHANGE, NAMING, OLD).verdict.value == "pass"
    lacking = _checked(CHANGE, NAMING, OLD, NEW)
    assert lacking.verdict.value == "not_evaluated"
    assert lacking.reason is not None
    assert "no change of the register concerns it" in lacking.reason.text
    assert _checked(CHANGE, NAMING, NEW, LISTED, ANSWER).verdict.value == "pass"


@pytest.mark.parametrize(
    ("began", "happened", "verdict"),
    [(55, 9, "not_evaluated"), (54, 9, "pass"), (9, 54, "pass"), (9, 55, "not_evaluated"), (9, 900, "not_evaluated")],
)
def test_a_change_of_other_days_is_not_that_a_vendor_was_taken_on(began: int, happened: int, verdict: str) -> None:
    change = LISTED.but(happened_at=before(days=happened))
    found = _checked(
        CHANGE, NAMING, change, ANSWER.but(reviewed_at=before(days=happened)), NEW.but(onboarded_at=before(days=began))
    )
    assert found.verdict.value == verdict


def test_an_empty_list_says_nothing() -> None:
    assert _checked(OLD).verdict.value == "not_evaluated"
    assert _checked(NEW).verdict.value == "not_evaluated"


def test_how_long_a_look_may_take_is_the_companys() -> None:
    assert _checked(CHANGE, NAMING, days=44).verdict.value == "fail"
    assert _checked(CHANGE, NAMING.but(reviewed_at=None), days=100).verdict.value == "no_occurrences"
