"""Flows of data: what leaves nothing, what nobody knows, and which ends count."""

from typing import Any

import pytest
from policy_case import Made, before
from policy_cases_flows import ANN, BOB, BUCKET, DATABASE, LISTED, MAIL, MAILED, ROW, SEEN

from soc2test.testing import check
from soc2test_policies.cc6.flows import test_flows_end_where_data_is_held_alike as held_alike
from soc2test_policies.cc6.flows import test_flows_that_are_seen_are_allowed as allowed


def verdict(control: Any, *makes: Made, **limits: Any) -> str:
    return check(control, *(each.build() for each in makes), limits=limits).verdict.value


def without(make: Made, fact: str) -> Made:
    return Made(make.kind, make.id, make.source, {name: value for name, value in make.facts.items() if name != fact})


def again(make: Made, id: str, **facts: Any) -> Made:
    return Made(make.kind, id, "test", {**make.facts, **facts})


PEOPLE = (ANN, BOB)


def test_what_stays_in_its_place_needs_no_row() -> None:
    stays = again(SEEN, "stays", goes_to="database")
    assert verdict(allowed, SEEN, stays, ROW, DATABASE, BUCKET, *PEOPLE) == "pass"
    assert verdict(allowed, stays, DATABASE) == "not_evaluated"  # nothing is left to look at


@pytest.mark.parametrize(("label", "found"), [("Internal", "not_evaluated"), (None, "fail"), ("secret", "fail")])
def test_only_a_harmless_label_takes_a_flow_out(label: str | None, found: str) -> None:
    assert verdict(allowed, SEEN, DATABASE.but(classification=label), *PEOPLE) == found


def test_a_store_whose_label_nobody_tells_takes_no_flow_out() -> None:
    assert verdict(allowed, SEEN, ROW, without(DATABASE, "classification"), *PEOPLE) == "not_evaluated"


def test_what_comes_from_no_known_store_is_asked_for_too() -> None:
    foreign = SEEN.but(comes_from="postgres://old:5432")
    assert verdict(allowed, foreign, ROW, DATABASE, BUCKET, *PEOPLE) == "fail"
    row = ROW.but(comes_from="postgres://old:5432")
    assert verdict(allowed, foreign, row, DATABASE, BUCKET, *PEOPLE) == "pass"


@pytest.mark.parametrize("end", ["comes_from", "goes_to"])
def test_an_end_that_is_not_seen_is_any_that_a_row_of_the_job_names(end: str) -> None:
    assert verdict(allowed, SEEN.but(**{end: None}), ROW, DATABASE, BUCKET, *PEOPLE) == "pass"
    assert verdict(allowed, SEEN.but(**{end: None}), ROW.but(job="other"), DATABASE, BUCKET, *PEOPLE) == "fail"


@pytest.mark.parametrize("end", ["comes_from", "goes_to"])
def test_an_end_that_nobody_knows_is_no_pass(end: str) -> None:
    assert verdict(allowed, without(SEEN, end), ROW, DATABASE, BUCKET, *PEOPLE) == "not_evaluated"
    assert verdict(held_alike, without(SEEN, end), DATABASE, BUCKET) == "not_evaluated"


def test_one_row_that_is_allowed_is_enough() -> None:
    other = again(ROW, "FLOW-9", approved_by=None)
    assert verdict(allowed, SEEN, other, ROW, DATABASE, BUCKET, *PEOPLE) == "pass"


@pytest.mark.parametrize(
    ("there", "found"),
    [
        ("restricted", "pass"),
        ("confidential", "pass"),
        (" CONFIDENTIAL", "pass"),
        ("internal", "fail"),
        ("secret", "not_evaluated"),
    ],
)
def test_the_label_at_the_end_is_as_strict(there: str, found: str) -> None:
    assert verdict(held_alike, SEEN, DATABASE, BUCKET.but(classification=there)) == found


def test_what_comes_from_no_known_store_goes_by_its_own_labels() -> None:
    foreign = SEEN.but(comes_from="postgres://old:5432")
    assert verdict(held_alike, foreign.but(classes=("confidential",)), BUCKET) == "pass"
    assert verdict(held_alike, foreign.but(classes=("confidential",)), BUCKET.but(classification="public")) == "fail"
    assert verdict(held_alike, foreign.but(classes=()), BUCKET) == "not_evaluated"
    assert verdict(held_alike, foreign, BUCKET) == "not_evaluated"


def test_each_row_that_ends_at_a_place_has_to_name_a_bound_vendor() -> None:
    assert verdict(held_alike, MAILED, LISTED, DATABASE, MAIL) == "pass"
    ours = again(LISTED, "FLOW-3", vendor=None)
    assert verdict(held_alike, MAILED, LISTED, ours, DATABASE, MAIL) == "fail"


def test_an_agreement_of_tomorrow_binds_nobody_today() -> None:
    assert verdict(held_alike, MAILED, LISTED, DATABASE, MAIL.but(dpa_signed_at=before(hours=-1))) == "fail"
