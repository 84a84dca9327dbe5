"""Who is at the head, what a role is called, and what makes reporting lines, roles and the chart unknown."""

from typing import Any

import pytest
from policy_case import Made, before, made
from policy_cases_accountability import CHAIR
from policy_cases_organisation import ANN, APPOINTED, BOB, CHART, ENGINEER, HEAD, LEO, SECURITY

from soc2test import OrganisationChart, Person, RoleDescription
from soc2test.testing import check
from soc2test_policies.cc1.roles import test_roles_that_people_hold_are_described as described
from soc2test_policies.cc1.roles import test_somebody_is_named_for_security as named
from soc2test_policies.cc1.structure import test_people_report_to_somebody_who_works_here as reporting
from soc2test_policies.cc1.structure import test_the_organisation_chart_shows_who_works_here as chart


def _verdict(control: Any, *makes: Made, **limits: Any) -> str:
    return check(control, *(each.build() for each in makes), limits=limits).verdict.value


@pytest.mark.parametrize(("heads", "verdict"), [(1, "fail"), (2, "pass")])
def test_how_many_may_be_at_the_head_is_the_companys(heads: int, verdict: str) -> None:
    assert _verdict(reporting, ANN, BOB.but(manager_email=None), heads=heads) == verdict


def test_who_left_or_has_not_begun_is_no_head() -> None:
    new = made(Person, "new", **ANN.but(email="new@acme.example", active=False, started_at=before(days=-9)).facts)
    assert _verdict(reporting, ANN, BOB, LEO, new, heads=1) == "pass"


def test_an_unknown_manager_may_be_none() -> None:
    bob = BOB.build(without="manager_email")
    assert check(reporting, ANN.build(), bob, limits={"heads": 1}).verdict.value == "not_evaluated"


def test_who_works_below_a_circle_does_not_deviate_for_it() -> None:
    below = made(Person, "below", **BOB.but(email="below@acme.example", manager_email="bob@acme.example").facts)
    makes = (ANN.but(manager_email="bob@acme.example"), BOB, below)
    result = check(reporting, *(each.build() for each in makes))
    assert sorted(finding.resource for finding in result.findings) == ["ann", "bob"]


@pytest.mark.parametrize("title", ["CHIEF EXECUTIVE", "Chief-Executive", "chief executive"])
def test_a_role_is_one_however_it_is_written(title: str) -> None:
    assert _verdict(described, ANN, CHAIR, HEAD.but(title=title)) == "pass"


@pytest.mark.parametrize("title", ["chief executive officer", "executive"])
def test_a_role_of_other_words_is_another(title: str) -> None:
    assert _verdict(described, ANN, CHAIR, HEAD.but(title=title)) == "fail"


def test_of_several_descriptions_of_a_role_the_last_counts() -> None:
    old = made(RoleDescription, "old", **ENGINEER.but(reviewed_at=before(days=900), document=None).facts)
    new = made(RoleDescription, "new", **ENGINEER.but(reviewed_at=before(days=9), approved_at=None).facts)
    same = made(RoleDescription, "same", **ENGINEER.but(document=None).facts)
    undated = made(RoleDescription, "undated", **ENGINEER.but(reviewed_at=None, approved_at=None).facts)
    base = (ANN, BOB, CHAIR, HEAD, ENGINEER, SECURITY)
    assert _verdict(described, *base, old) == "pass"
    assert _verdict(described, *base, new) == "fail"
    assert _verdict(described, *base, same) == "fail"
    assert _verdict(described, *base, undated) == "not_evaluated"


def test_an_approver_without_an_address_can_t_be_looked_up() -> None:
    assert _verdict(described, ANN, CHAIR, HEAD.but(approved_by="the board")) == "not_evaluated"


def test_a_company_without_people_has_nobody_for_security() -> None:
    assert check(named).verdict.value == "fail"


@pytest.mark.parametrize("role", ["Chief Information Security Officer", "ciso", "engineer, Head of Security"])
def test_a_security_officer_has_many_names(role: str) -> None:
    title = role.rpartition(", ")[2]
    assert _verdict(named, ANN, BOB.but(role=role), APPOINTED.but(title=title)) == "pass"


@pytest.mark.parametrize("role", ["security engineer", "deputy security officer", "security officer of the gate"])
def test_a_role_that_only_sounds_like_it_names_nobody(role: str) -> None:
    assert _verdict(named, ANN, BOB.but(role=role), APPOINTED.but(title=role)) == "fail"


def test_an_approver_who_may_be_the_officer_is_unknown() -> None:
    assert _verdict(named, ANN.but(name="Second, Bob"), BOB, APPOINTED) == "not_evaluated"


def test_only_the_latest_chart_counts() -> None:
    last_year = CHART.but(drawn_at=before(days=500), reviewed_at=before(days=480), document="old.txt")
    old = made(OrganisationChart, "old", **last_year.facts)
    assert _verdict(chart, ANN, BOB, LEO, CHART, old) == "pass"
    assert _verdict(chart, ANN, BOB, LEO, old) == "fail"
    kept = old.but(document=CHART.facts["document"])
    result = check(chart, *(each.build() for each in (ANN, BOB, LEO, CHART, kept)))
    assert "its document is that of old too" in result.findings[0].message
    unknown = old.build(without="drawn_at")
    assert check(chart, *(each.build() for each in (ANN, BOB, LEO, CHART)), unknown).verdict.value == "not_evaluated"


def test_a_chart_is_held_against_the_day_of_its_review() -> None:
    before_he_left = CHART.but(reviewed_at=before(days=51))
    assert _verdict(chart, ANN, BOB, LEO, before_he_left) == "fail"
    with_leo = before_he_left.but(people=("ann@acme.example", "bob@acme.example", "leo@acme.example"))
    assert _verdict(chart, ANN, BOB, LEO, with_leo) == "pass"


def test_a_company_without_a_chart_deviates() -> None:
    assert check(chart, ANN.build()).verdict.value == "fail"
