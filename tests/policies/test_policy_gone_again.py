"""Who and what came within the year and went again: a sample of what came holds them too."""

from typing import Any

import pytest
from policy_case import before

from soc2test import Person, Vendor
from soc2test.testing import check, resource
from soc2test_policies.cc1.agreements import test_people_sign_a_confidentiality_agreement as agreement
from soc2test_policies.cc1.background import test_people_are_checked_by_their_first_day as background
from soc2test_policies.cc9.vendors import test_vendors_are_examined_before_use as examined
from soc2test_policies.cc9.vendors import test_vendors_with_personal_data_are_bound as bound


def _gone(started: float, ended: float, **facts: Any) -> Person:
    told = {"nda_signed_at": None, "background_check_at": None, **facts}
    return resource(
        Person,
        "leo",
        email="leo@acme.example",
        active=False,
        started_at=before(days=started),
        ended_at=before(days=ended),
        accounts=(),
        spells=(),
        **told,
    )


@pytest.mark.parametrize("control", [agreement, background])
def test_who_joined_in_the_year_and_left_is_asked_for_what_joining_asks_for(control: Any) -> None:
    assert check(control, _gone(170, 1)).deviations == 1
    done = {"nda_signed_at": before(days=170), "background_check_at": before(days=180)}
    assert check(control, _gone(170, 1, **done)).passed
    assert check(control, _gone(900, 1)).population == 0


@pytest.mark.parametrize(("started", "population"), [(365, 1), (366, 0)])
def test_the_check_of_who_left_is_asked_for_within_the_window(started: int, population: int) -> None:
    assert check(background, _gone(started, 1)).population == population


@pytest.mark.parametrize(("started", "ended", "population"), [(372, 1, 1), (373, 1, 0), (90, 83, 0), (90, 82, 1)])
def test_the_agreement_of_who_left_fell_due_within_the_window(started: int, ended: int, population: int) -> None:
    assert check(agreement, _gone(started, ended)).population == population


def _vendor(began: float, *, active: bool) -> Vendor:
    return resource(
        Vendor,
        "shred",
        name="Shred",
        active=active,
        personal_data=True,
        onboarded_at=before(days=began),
        diligence_at=None,
        dpa_signed_at=None,
    )


@pytest.mark.parametrize("control", [examined, bound])
def test_a_vendor_that_was_taken_on_in_the_year_and_given_up_is_asked_for_too(control: Any) -> None:
    assert check(control, _vendor(365, active=False)).deviations == 1
    assert check(control, _vendor(366, active=False)).population == 0
    assert check(control, _vendor(900, active=True)).deviations == 1
