"""What a `Case` can't say of customers, what they have and were told."""

from typing import Any

import pytest
from policy_case import Made, before, made
from policy_cases_customers import C1, COUNT, CUSTOMERS, M1, NEEDED, NEW, NOTICE, SITE, T1, TEXT, TOLD
from policy_cases_objectives import ANN, BEN, JOAN

from soc2test import Customer, CustomerNotice
from soc2test.testing import check
from soc2test_policies.cc2.customers import test_commitments_stand_in_what_customers_have as stands
from soc2test_policies.cc2.customers import test_customers_are_told_of_changes as told
from soc2test_policies.cc2.customers import test_customers_have_what_they_need as needed
from soc2test_policies.cc2.customers import test_customers_signed_terms_with_commitments as signed
from soc2test_policies.cc2.customers import test_documents_for_customers_are_approved_and_reviewed as approved
from soc2test_policies.cc2.security_txt import test_security_txt_names_a_contact as security_txt


def _verdict(control: Any, *makes: Made, **limits: Any) -> str:
    return check(control, *(each.build() for each in makes), limits=limits).verdict.value


@pytest.mark.parametrize("control", [approved, needed, stands, security_txt])
def test_an_empty_register_deviates(control: Any) -> None:
    assert check(control).verdict.value == "fail"


@pytest.mark.parametrize("control", [signed, told])
def test_without_customers_or_changes_nothing_is_shown(control: Any) -> None:
    assert check(control).verdict.value == "not_evaluated"


@pytest.mark.parametrize(
    ("count", "verdict"),
    [
        (COUNT, "pass"),
        (COUNT.but(count=2), "not_evaluated"),
        (COUNT.but(count=0), "not_evaluated"),
        (COUNT.but(what="sign_ups"), "not_evaluated"),
        (COUNT.but(last_day=before(days=93)), "not_evaluated"),
        (COUNT.but(counted_at=before(days=61)), "not_evaluated"),
    ],
)
def test_the_register_holds_whom_the_billing_system_counts(count: Made, verdict: str) -> None:
    assert _verdict(signed, M1, T1, C1, count) == verdict


def test_a_customer_who_left_is_counted_while_there() -> None:
    left = made(Customer, "m2", since=before(days=900), until=before(days=59))
    assert _verdict(signed, M1, left, T1, C1, COUNT) == "not_evaluated"
    assert _verdict(signed, M1, left, T1, C1, COUNT.but(count=2)) == "pass"


def test_a_missing_count_hides_no_deviation() -> None:
    assert _verdict(signed, M1.but(terms=None), T1, C1) == "fail"


@pytest.mark.parametrize(("days", "verdict"), [(365, "pass"), (364, "fail")])
def test_a_policy_may_ask_for_reviews_more_often(days: int, verdict: str) -> None:
    assert _verdict(approved, TEXT, ANN, BEN, JOAN, review_days=days) == verdict


@pytest.mark.parametrize(("days", "verdict"), [(30, "pass"), (31, "fail")])
def test_a_policy_may_promise_to_tell_earlier(days: int, verdict: str) -> None:
    assert _verdict(told, NEW, NOTICE, *CUSTOMERS, BEN, ahead_days=days) == verdict


@pytest.mark.parametrize(("days", "verdict"), [(30, "pass"), (31, "fail")])
def test_what_is_no_agreement_may_be_told_afterwards(days: int, verdict: str) -> None:
    description = NEW.but(topic="system-description", valid_from=before(days=90 + days))
    assert _verdict(told, description, NOTICE, *CUSTOMERS, BEN) == verdict


def test_one_notice_that_reached_all_is_enough() -> None:
    first = made(CustomerNotice, "n0", **{**NOTICE.facts, "recipients": 1, "document": "n0.txt"})
    assert _verdict(told, NEW, first, NOTICE, *CUSTOMERS, BEN) == "pass"


def test_how_many_an_unknown_customer_makes_is_unknown() -> None:
    unsure = made(Customer, "m5", since=before(days=400))
    assert _verdict(told, NEW, NOTICE, *CUSTOMERS, unsure, BEN) == "not_evaluated"
    assert _verdict(told, NEW, NOTICE.but(recipients=1), *CUSTOMERS, unsure, BEN) == "fail"


def test_a_sender_without_an_address_is_unknown() -> None:
    assert _verdict(told, NEW, NOTICE.but(sent_by="Marketing"), *CUSTOMERS, BEN) == "not_evaluated"


def test_fewer_documents_are_asked_for_where_the_company_says_so() -> None:
    asked = [NEEDED[0], NEEDED[1], TOLD, *CUSTOMERS, BEN]
    assert _verdict(needed, *asked) == "fail"
    assert _verdict(needed, *asked, topics=("system-description", "terms")) == "pass"


def test_each_document_that_counts_was_told_of_by_a_notice_of_its_own() -> None:
    """Which topics must be there is the company's; of what is there customers were told, by a file for each notice."""
    asked = [*NEEDED, TOLD, *CUSTOMERS, BEN]
    levels = NEEDED[1].but(topic="service-levels")
    levels = made(levels.kind, "levels", **levels.facts)
    notice = made(CustomerNotice, "n2", **{**NOTICE.facts, "about": ("levels",), "document": "n2.txt"})
    assert _verdict(needed, *asked, levels) == "fail"
    assert _verdict(needed, *asked, levels, notice) == "pass"
    assert _verdict(needed, *asked, levels, notice.but(document="N.txt", sent_at=before(days=89))) == "fail"


@pytest.mark.parametrize("contact", ["tel:+31-20-555-0100", "https://acme.example/report", "MAILTO:a@acme.example"])
def test_outsiders_may_be_asked_to_call_or_to_fill_in_a_form(contact: str) -> None:
    assert _verdict(security_txt, SITE.but(contacts=(contact,))) == "pass"


@pytest.mark.parametrize(
    "contact",
    [
        "mailto:", "mailto: ", "mailto:security", "mailto:tbd@acme.example", "mailto:?subject=hello", "tel:", "tel:none",
        "https://", "https://localhost", "mailto:security@example.com", "mailto:<address>", "http://acme.example/report",
    ],
)  # fmt: skip
def test_a_contact_that_leads_to_nobody_is_none(contact: str) -> None:
    assert _verdict(security_txt, SITE.but(contacts=(contact,))) == "fail"


@pytest.mark.parametrize("contact", ["mailto:security@acme.example?subject=A%20weakness", "https://acme.example"])
def test_a_contact_that_leads_to_somebody_is_one(contact: str) -> None:
    assert _verdict(security_txt, SITE.but(contacts=(contact,))) == "pass"
