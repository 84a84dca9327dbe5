"""What a `Case` can't say of commitments and of how much risk is taken."""

from typing import Any

import pytest
from policy_case import Made, made
from policy_cases_objectives import ANN, BEN, C1, JOAN, PROMISED, Q1, RISK, TAKEN

from soc2test import Risk
from soc2test.testing import check
from soc2test_policies.cc3.objectives import test_commitments_are_approved_and_reviewed as approved
from soc2test_policies.cc3.objectives import test_commitments_are_tied_to_requirements_and_risks as tied
from soc2test_policies.cc3.objectives import test_risks_lie_within_a_stated_appetite as appetite


def _verdict(control: Any, *makes: Made, **limits: Any) -> str:
    return check(control, *(each.build() for each in makes), limits=limits).verdict.value


@pytest.mark.parametrize("control", [approved, tied, appetite])
def test_an_empty_register_deviates(control: Any) -> None:
    assert check(control).verdict.value == "fail"


@pytest.mark.parametrize(("days", "verdict"), [(365, "pass"), (364, "fail")])
def test_a_policy_may_ask_for_reviews_more_often(days: int, verdict: str) -> None:
    assert _verdict(approved, PROMISED, ANN, BEN, JOAN, review_days=days) == verdict


@pytest.mark.parametrize("name", ["The board", "Ann Able"])
def test_an_approver_without_an_address_is_unknown(name: str) -> None:
    assert _verdict(approved, PROMISED.but(approved_by=name), ANN, BEN, JOAN) == "not_evaluated"


def test_an_owner_who_approves_by_another_address_is_unknown() -> None:
    again = ANN.but(name="Ben Best")
    assert _verdict(approved, PROMISED, again, BEN, JOAN) == "not_evaluated"


def test_commitments_that_only_the_same_risk_of_another_spelling_threatens_deviate() -> None:
    assert _verdict(tied, C1.but(risks=("r3",)), Q1, made(Risk, "r1"), made(Risk, "r2")) == "fail"


@pytest.mark.parametrize(("treatment", "verdict"), [("mitigate", "pass"), (None, "pass"), ("accept", "fail")])
def test_only_accepted_risks_have_to_lie_within_the_appetite(treatment: str | None, verdict: str) -> None:
    high = RISK.but(likelihood=5, impact=5, treatment=treatment)
    assert _verdict(appetite, high, TAKEN, ANN, BEN, JOAN) == verdict


def test_the_stricter_of_two_appetites_counts() -> None:
    second = TAKEN.but(most=5)
    stricter = made(second.kind, "a2", **second.facts)
    assert _verdict(appetite, RISK, TAKEN, stricter, ANN, BEN, JOAN) == "fail"


def test_an_unknown_treatment_is_unknown() -> None:
    without = {name: value for name, value in RISK.facts.items() if name != "treatment"}
    assert _verdict(appetite, made(Risk, "r1", **without), TAKEN, ANN, BEN, JOAN) == "not_evaluated"
