"""Consent: logs that are short or empty, words that nobody knows, and columns that are called as personal data is."""

from typing import Any

import pytest
from policy_case import Made, before
from policy_cases_privacy_consents import (
    ANN,
    BACK,
    COLUMN,
    FLAG,
    FOR_NEWS,
    FORM,
    GIVEN,
    GROUND,
    HOLDS,
    KEEPS,
    MEETING,
    NEEDS,
    NONE,
    NOTICE,
    ORDERS,
    PAPERS,
    PLACE,
    SHOP,
    TYPED,
    counted,
)

from soc2test.testing import check
from soc2test.verdicts import ControlResult
from soc2test_policies.p.consents import test_choices_are_explained_where_consent_is_asked as explained
from soc2test_policies.p.consents import test_consent_comes_before_use as before_use
from soc2test_policies.p.consents import test_sensitive_data_is_taken_by_explicit_consent_alone as explicit
from soc2test_policies.p.consents import test_withdrawals_of_consent_are_followed as followed
from soc2test_policies.p.fields import test_each_stored_field_is_declared as declared


def result(control: Any, *makes: Made, **limits: Any) -> ControlResult:
    return check(control, *(each.build() for each in makes), limits=limits)


def reason(found: ControlResult) -> str:
    assert found.verdict.value == "not_evaluated"
    assert found.reason is not None
    return found.reason.text


def again(make: Made, id: str, **facts: Any) -> Made:
    return Made(make.kind, id, "test", {**make.facts, **facts})


def test_a_log_that_is_shorter_than_the_sign_ups_shows_nothing() -> None:
    base = (GIVEN, PLACE, GROUND, NOTICE)
    assert result(before_use, *base, counted(1)).verdict.value == "pass"
    assert "the list counts 2 at CP-1" in reason(result(before_use, *base, counted(2)))
    assert "no system counted the sign ups at CP-1" in reason(result(before_use, *base))


def test_no_consent_means_something_where_the_places_counted_none() -> None:
    base = (PLACE, GROUND, NOTICE)
    assert result(before_use, *base, counted(0)).verdict.value == "no_occurrences"
    assert result(before_use, *base, counted(1)).verdict.value == "not_evaluated"
    assert result(before_use, GROUND, NOTICE, PLACE.but(in_use=False)).verdict.value == "no_occurrences"


def test_a_withdrawal_that_no_row_has_leaves_the_log_open() -> None:
    base = (HOLDS, PLACE, GROUND)
    assert result(followed, *base, counted(0, "withdrawals")).verdict.value == "no_occurrences"
    assert "counts 1 at CP-1" in reason(result(followed, *base, counted(1, "withdrawals")))
    assert "counts 2 at CP-1" in reason(result(followed, BACK, *base, counted(2, "withdrawals")))


def test_a_withdrawal_of_these_hours_may_still_be_followed() -> None:
    waiting = BACK.but(withdrawn_at=before(hours=47), stopped_at=None)
    early = counted(0, "withdrawals")  # it came after the last count
    found = result(followed, waiting, PLACE, GROUND, early)
    assert (found.pending, found.deviations) == (1, 0)


def test_a_place_that_asks_for_no_consent_owes_no_choice() -> None:
    assert result(explained, FORM, SHOP, GROUND, ORDERS).population == 1
    assert result(explained, SHOP, ORDERS).verdict.value == "not_evaluated"
    silent = FORM.but(activities=("PA-9",), choice=None)
    assert result(explained, silent, GROUND, ORDERS).verdict.value == "not_evaluated"


def test_a_choice_at_a_place_that_rests_on_no_consent_deviates() -> None:
    assert result(explained, FORM.but(activities=("PA-9",)), GROUND, ORDERS).verdict.value == "fail"


def test_a_channel_that_was_counted_ties_whatever_its_purposes_rest_on() -> None:
    other = GROUND.but(legal_basis="legitimate_interests")
    base = (PLACE, other, NOTICE)
    assert "the list counts 1 at CP-1" in reason(result(before_use, *base, counted(1)))
    assert "the list counts 1 at CP-1" in reason(result(followed, *base, counted(1, "withdrawals")))
    assert result(before_use, *base, counted(0)).verdict.value == "no_occurrences"


def test_a_count_that_ended_needs_no_whole_year() -> None:
    closed = counted(0, channel="CP-8").but(last_day=before(days=300))
    assert result(before_use, GIVEN, PLACE, GROUND, NOTICE, counted(1), closed).verdict.value == "pass"


@pytest.mark.parametrize("how", ["shouted", ""])
def test_an_act_that_nobody_knows_is_no_consent(how: str) -> None:
    assert result(before_use, GIVEN.but(how=how), PLACE, GROUND, NOTICE, counted(1)).unknown == 1
    assert result(explicit, NEEDS, MEETING, TYPED.but(how=how)).unknown == 1


def test_a_company_may_take_a_ticked_box_for_explicit() -> None:
    ticked = TYPED.but(how="ticked_box")
    assert result(explicit, NEEDS, MEETING, ticked).verdict.value == "fail"
    wider = ("signed", "typed", "double_opt_in", "ticked_box")
    assert result(explicit, NEEDS, MEETING, ticked, explicit=wider).verdict.value == "pass"


def test_categories_that_are_called_sensitive_are_so() -> None:
    hidden = NEEDS.but(sensitive=(), data_categories=("trade union",), legal_basis="legitimate_interests")
    assert result(explicit, hidden, MEETING).verdict.value == "fail"
    assert result(explicit, PAPERS).verdict.value == "not_evaluated"


def test_no_entry_stands_for_a_table_with_personal_data() -> None:
    wide = again(FOR_NEWS, "test:db/public.readers.*")
    found = result(declared, COLUMN, wide, KEEPS, ANN)
    assert [finding.message for finding in found.findings] == ["has no entry of its own, in a table with personal data"]


def test_an_entry_of_its_own_comes_before_that_of_the_table() -> None:
    wide = again(FOR_NEWS, "test:db/public.readers.*", activity=None, data_category=None)
    assert result(declared, COLUMN, FOR_NEWS, wide, KEEPS, ANN).verdict.value == "pass"
    assert result(declared, COLUMN, wide, KEEPS, ANN).verdict.value == "fail"
    why = wide.but(reason="addresses of our own")
    assert result(declared, COLUMN, why, KEEPS, ANN).verdict.value == "fail"
    own = FOR_NEWS.but(activity=None, data_category=None, reason="an address of our own")
    assert result(declared, COLUMN, own, KEEPS, ANN).verdict.value == "pass"


@pytest.mark.parametrize("name", ["Email", "customer_phone", "birth_date", "last_name", "ip", "delivery_address"])
def test_columns_are_known_by_their_names(name: str) -> None:
    flag = FLAG.but(column_name=name)
    assert result(declared, flag, NONE, KEEPS, ANN).verdict.value == "fail"


@pytest.mark.parametrize("name", ["id", "shipped", "zip_file", "emails_sent_count", "addressed"])
def test_columns_of_like_names_are_not_taken_for_personal(name: str) -> None:
    assert result(declared, FLAG.but(column_name=name), NONE, KEEPS, ANN).verdict.value == "pass"


@pytest.mark.parametrize("kind", ["jsonb", "XML", "bytea"])
def test_a_column_that_may_hold_anything_is_none_by_an_entry_of_its_own(kind: str) -> None:
    column = FLAG.but(data_type=kind)
    assert result(declared, column, NONE, KEEPS, ANN).verdict.value == "fail"
    own = Made(NONE.kind, FLAG.id, "test", {**NONE.facts, "reason": "settings of the program"})
    assert result(declared, column, own, KEEPS, ANN).verdict.value == "pass"


def test_a_store_whose_list_is_missing_leaves_the_fields_open() -> None:
    other = again(FOR_NEWS, "test:other/public.readers.email")
    assert "fields of test:other are declared, and the store's own list is missing" in reason(
        result(declared, COLUMN, FOR_NEWS, other, KEEPS, ANN)
    )


def test_a_declared_column_that_the_stores_list_lacks_leaves_the_fields_open() -> None:
    cut = again(FOR_NEWS, "test:db/public.readers.phone")
    table = again(NONE, "test:db/public.guests.*")
    base = (COLUMN, FLAG, FOR_NEWS, NONE, KEEPS, ANN)
    assert result(declared, *base).verdict.value == "pass"
    for lacking in (cut, table):
        assert f"{lacking.id} is declared, and the store's own list lacks it" in reason(result(declared, *base, lacking))
