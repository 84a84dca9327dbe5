"""Third parties with personal data: several purposes and notices, what is still open, and words nobody knows."""

from typing import Any

import pytest
from policy_case import Made, before
from policy_cases_privacy_third_parties import ANN, FLOW, KEEPS, MAIL, NEWS, NOTICE, OLD, SINGLE, TELLS

from soc2test import DeclaredScope
from soc2test.testing import check, resource
from soc2test_policies.p.processors import test_processors_have_to_tell_of_breaches as bound_to_tell
from soc2test_policies.p.processors import test_processors_keep_to_their_agreement as kept_to
from soc2test_policies.p.third_parties import test_disclosures_were_allowed_before as allowed
from soc2test_policies.p.third_parties import test_each_flow_to_a_third_party_is_recorded as recorded
from soc2test_policies.p.third_parties import test_people_know_which_vendors_get_their_data as told_of


def verdict(control: Any, *makes: Made, **limits: Any) -> str:
    return check(control, *(each.build() for each in makes), limits=limits).verdict.value


def again(make: Made, id: str, **facts: Any) -> Made:
    return Made(make.kind, id, "test", {**make.facts, **facts})


def test_a_vendor_is_told_of_for_each_of_its_purposes() -> None:
    orders = again(NEWS, "PA-2")
    assert verdict(told_of, MAIL, NEWS, orders, NOTICE) == "fail"
    terms = again(NOTICE, "terms", activities=("PA-2",))
    assert verdict(told_of, MAIL, NEWS, orders, NOTICE, terms) == "pass"


def test_a_basis_that_nobody_knows_is_none_for_certain() -> None:
    assert verdict(told_of, MAIL, NEWS.but(legal_basis="because"), NOTICE) == "not_evaluated"


def test_a_notice_that_comes_tomorrow_tells_nobody_today() -> None:
    assert verdict(told_of, MAIL, NEWS, NOTICE.but(published_at=before(days=-1))) == "fail"


@pytest.mark.parametrize("control", [told_of, kept_to, bound_to_tell])
def test_a_vendor_of_a_declared_source_has_to_be_in_the_register(control: Any) -> None:
    scope = resource(DeclaredScope, "github/acme", source="github", hosted_by=("GitHub",), sold_by=())
    others = [each.build() for each in (MAIL.but(name="Mailgrid"), NEWS, NOTICE, ANN, KEEPS.but(**TELLS.facts))]
    assert check(control, *others).verdict.value == "pass"
    found = check(control, *others, scope)
    assert found.verdict.value == "not_evaluated"
    assert found.reason is not None
    assert "no row is of GitHub" in found.reason.text


def test_a_flow_that_ends_later_still_goes_on() -> None:
    assert verdict(recorded, NEWS, FLOW.but(ended_at=before(days=-9)), MAIL) == "pass"
    assert verdict(recorded, NEWS, FLOW.but(ended_at=before()), MAIL) == "fail"


def test_each_recipient_is_looked_for() -> None:
    two = NEWS.but(recipients=("mail", "print"))
    assert verdict(recorded, two, FLOW, MAIL) == "fail"
    other = again(FLOW, "DIS-2", recipient="print")
    assert verdict(recorded, two, FLOW, other, MAIL, again(MAIL, "print")) == "pass"


def test_what_was_allowed_on_its_first_day_was_allowed_before() -> None:
    assert verdict(allowed, FLOW, NEWS, OLD, ANN) == "pass"
    assert verdict(allowed, FLOW.but(began_at=before(days=600, hours=1)), NEWS, OLD, ANN) == "fail"


def test_what_went_on_for_weeks_was_no_single_time() -> None:
    short = SINGLE.but(began_at=before(days=31), ended_at=before(), authorised_at=before(days=40))
    assert verdict(allowed, short, NEWS, ANN) == "pass"
    assert verdict(allowed, short, NEWS, ANN, single_days=30) == "fail"
    told = NOTICE.but(recipients=("tax-office",))
    assert verdict(allowed, short, NEWS, told, ANN, single_days=30) == "pass"
    years = SINGLE.but(began_at=before(days=900), ended_at=before(days=1), authorised_at=before(days=950))
    assert verdict(allowed, years, NEWS, NOTICE, ANN) == "fail"
    assert verdict(allowed, years, NEWS, told, ANN) == "fail"
    assert verdict(allowed, years, NEWS, told.but(published_at=before(days=900)), ANN) == "pass"


def test_nothing_that_failed_has_to_be_corrected() -> None:
    assert verdict(kept_to, MAIL, KEEPS.but(failures=0, correct_by=None, corrected_at=None), ANN) == "pass"


def test_a_failure_may_stay_open_until_its_day_is_over() -> None:
    lately = KEEPS.but(privacy_assessed_at=before(days=90), corrected_at=None)
    assert verdict(kept_to, MAIL, lately.but(correct_by=before(days=-30)), ANN) == "pass"
    assert verdict(kept_to, MAIL, lately.but(correct_by=before(hours=23)), ANN) == "pass"
    assert verdict(kept_to, MAIL, lately.but(correct_by=before(days=1)), ANN) == "fail"


def test_how_often_and_how_soon_is_the_companys() -> None:
    assert verdict(kept_to, MAIL, KEEPS, ANN, assess_days=364) == "fail"
    assert verdict(kept_to, MAIL, KEEPS, ANN, correct_days=179) == "fail"
    assert verdict(bound_to_tell, MAIL, TELLS, ANN, notice_hours=47) == "fail"
    assert verdict(bound_to_tell, MAIL, TELLS, ANN, answer_days=6) == "fail"


def test_an_agreement_without_delay_names_no_hours() -> None:
    assert verdict(bound_to_tell, MAIL, TELLS.but(notice_hours=None), ANN) == "pass"
