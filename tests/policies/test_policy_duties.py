"""Duties that must not meet: programs and who answers for them, accounts that are nobody's, what is not known."""

import pytest
from policy_case import Made, made
from policy_cases_duties import ADMIN, ANN, BOB, CLOUD, PAIR, PLAIN

from soc2test import Group, Identity
from soc2test.testing import check
from soc2test.verdicts import ControlResult, Verdict
from soc2test_policies.cc6.duties import test_duties_that_conflict_are_apart as apart

PROGRAM = made(Identity, "t/deploy", name="deploy", email=None, active=True, root=False, admin=True, owner=None)


def _check(*makes: Made) -> ControlResult:
    return check(apart, *(each.build() for each in makes))


def _said(result: ControlResult) -> str:
    return " ".join(finding.message or "" for finding in result.findings)


def _unknown(made_of: Made, *facts: str) -> Made:
    return Made(made_of.kind, made_of.id, made_of.source, {k: v for k, v in made_of.facts.items() if k not in facts})


def test_what_a_program_may_do_counts_for_who_answers_for_it() -> None:
    assert _check(PAIR, PROGRAM.but(owner="bob@acme.example"), CLOUD, ANN, BOB).deviations
    by_register = _check(PAIR, PROGRAM, CLOUD, ANN, BOB.but(accounts=("test:deploy",)))
    assert "meet in bob@acme.example (deploy, bob@acme.example)" in _said(by_register)


def test_a_right_of_nobody_known_may_be_anybodys() -> None:
    result = _check(PAIR, PROGRAM, CLOUD, ANN.but(accounts=()), BOB)
    assert result.verdict is Verdict.NOT_EVALUATED
    assert "test account deploy holds it, and nobody is known to have the account" in _said(result)


@pytest.mark.parametrize("fact", ["active", "root", "admin"])
def test_who_may_hold_a_right_is_not_known(fact: str) -> None:
    bobs = PLAIN.but(admin=True, owner=None)
    assert _check(PAIR, ADMIN, _unknown(bobs, fact), CLOUD, ANN, BOB).verdict is Verdict.NOT_EVALUATED
    other = made(Identity, "t/x", name="x", email=None, active=True, root=False, admin=True, owner=None)
    found = _check(PAIR, bobs, _unknown(other, fact), CLOUD, ANN, BOB)
    assert found.verdict is Verdict.FAIL  # what is known is enough


@pytest.mark.parametrize("change", [{"active": False}, {"root": True}, {"admin": False}])
def test_who_does_not_hold_a_right_is_left_out(change: dict[str, bool]) -> None:
    bobs = PLAIN.but(admin=True, owner=None)
    assert _check(PAIR, bobs.but(**change), CLOUD, ANN, BOB).passed


def test_a_group_is_no_person() -> None:
    group = Made(Group, "t/group", "test", {"name": "bob@acme.example", "anybody": True})
    assert _check(PAIR, ADMIN, group, CLOUD, ANN, BOB).passed


@pytest.mark.parametrize("right", ["cloud owner", "cloud", "moon account", "cloud:other account"])
def test_a_right_that_no_export_tells_is_unknown(right: str) -> None:
    assert _check(PAIR.but(other=right), ADMIN, CLOUD, ANN, BOB).verdict is Verdict.NOT_EVALUATED


def test_no_pair_that_was_declared_says_nothing() -> None:
    assert _check(ADMIN, CLOUD, ANN, BOB).verdict is Verdict.NOT_EVALUATED
