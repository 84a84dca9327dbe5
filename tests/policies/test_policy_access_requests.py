"""Access that was asked for: where nothing tells when an account was made, days without times, empty lists."""

from datetime import timedelta
from typing import Any

import pytest
from policy_case import Made, before, made
from policy_cases_access_requests import ACCOUNT, ADMIN, ANN, GRANT, LISTED, MAX, PAT, REQUEST

from soc2test import AccessDecision, AccessReview, AccountEvent, Identity, Person, Spell
from soc2test.testing import check
from soc2test.verdicts import ControlResult, Verdict
from soc2test_policies.cc6.access_requests import test_accounts_are_approved_before_they_are_made as approved
from soc2test_policies.cc6.access_requests import test_rights_are_approved_before_they_are_given as rights

UNDATED = Made(ACCOUNT.kind, ACCOUNT.id, ACCOUNT.source, {k: v for k, v in ACCOUNT.facts.items() if k != "created_at"})
LET_IN = made(
    AccountEvent, "e1", source="dir", account="ann@acme.example", identity=None, action="enabled",
    happened_at=before(days=40),
)  # fmt: skip
REVIEW = made(AccessReview, "R1", system="dir", completed_at=before(days=370))
KEPT = made(AccessDecision, "R1/ann", review="R1", account="ann@acme.example", decision="keep")
LONG: dict[str, Any] = {
    "spells": (Spell(started_at=before(days=900), ended_at=None),),
    "active": True,
    "ended_at": None,
}


def _check(*makes: Made, **limits: object) -> ControlResult:
    return check(approved, *(each.build() for each in makes), limits=limits)


def _moved(event: Made, days: float) -> Made:
    return event.but(happened_at=before(days=days))


def test_the_log_tells_when_an_account_was_made_where_its_list_does_not() -> None:
    assert _check(UNDATED, LET_IN, REQUEST, ANN, MAX, PAT).verdict is Verdict.PASS
    late = _check(UNDATED, _moved(LET_IN, 43), REQUEST, ANN, MAX, PAT)
    assert late.verdict is Verdict.FAIL
    assert "after access was given at 2026-10-08 12:00Z" in (late.findings[0].message or "")


def test_an_account_that_was_let_in_again_is_given_again() -> None:
    earlier = Made(LET_IN.kind, "e0", "dir", {**LET_IN.facts, "happened_at": before(days=60)})
    assert _check(UNDATED, LET_IN, earlier, REQUEST, ANN, MAX, PAT).passed


@pytest.mark.parametrize("silent", [[], [LET_IN.but(action="disabled")], [LET_IN.but(account="bob@acme.example")]])
def test_an_account_of_which_nothing_tells_since_when_is_unknown(silent: list[Made]) -> None:
    result = _check(UNDATED, *silent, REQUEST, ANN, MAX, PAT)
    assert result.verdict is Verdict.NOT_EVALUATED
    assert "no list or log tells when dir account ann@acme.example was made" in (result.findings[0].message or "")


@pytest.mark.parametrize(
    ("review", "decision", "unknown"),
    [
        (REVIEW, KEPT, 0),
        (REVIEW, KEPT.but(decision="revoke"), 1),
        (REVIEW, KEPT.but(account="bob@acme.example"), 1),
        (REVIEW.but(system="other"), KEPT, 1),
        (REVIEW.but(completed_at=before(days=364)), KEPT, 1),
        (REVIEW.but(completed_at=None), KEPT, 1),
    ],
)
def test_a_review_before_the_window_shows_that_an_account_is_older(review: Made, decision: Made, unknown: int) -> None:
    result = _check(UNDATED, review, decision, REQUEST, ANN, MAX, PAT)
    assert result.unknown == unknown
    assert result.population == unknown


def test_a_day_without_a_time_does_not_say_which_came_first() -> None:
    midnight = before(hours=12)
    account = ACCOUNT.but(created_at=midnight + timedelta(hours=9))
    same = REQUEST.but(requested_at=before(days=2), approved_at=midnight)
    result = _check(account, same, ANN, MAX, PAT)
    assert result.verdict is Verdict.NOT_EVALUATED
    assert "write the time of approval" in (result.findings[0].message or "")
    assert _check(account, same.but(approved_at=midnight + timedelta(hours=8)), ANN, MAX, PAT).passed
    assert _check(account, same.but(approved_at=midnight + timedelta(hours=10)), ANN, MAX, PAT).deviations
    assert _check(account, same.but(approved_at=midnight - timedelta(days=1)), ANN, MAX, PAT).passed


def test_one_request_that_was_approved_is_enough() -> None:
    open_one = Made(REQUEST.kind, "REQ-2", "test", {**REQUEST.facts, "approved_at": None})
    assert _check(ACCOUNT, open_one, REQUEST, ANN, MAX, PAT).passed
    assert _check(ACCOUNT, REQUEST.but(approved_by=None), open_one, ANN, MAX, PAT).deviations


def test_who_approved_may_be_who_asked_under_another_address() -> None:
    again = made(Person, "m.lead@acme.example", email="m.lead@acme.example", name="Max Lead", accounts=(), **LONG)
    result = _check(ACCOUNT, REQUEST.but(requested_by="m.lead@acme.example"), ANN, MAX, PAT, again)
    assert result.verdict is Verdict.NOT_EVALUATED
    assert "perhaps one person" in (result.findings[0].message or "")


def test_programs_and_the_root_are_no_accounts_of_people() -> None:
    others = [ACCOUNT.but(human=False), ACCOUNT.but(root=True)]
    assert [_check(other, REQUEST, ANN, MAX, PAT).population for other in others] == [0, 0]


def test_no_account_in_the_window_means_something_where_nobody_began() -> None:
    old = made(Identity, "dir/old", human=True, root=False, created_at=before(days=366))
    here = MAX.but(started_at=before(days=900))
    assert _check(old, here).verdict is Verdict.NO_OCCURRENCES
    began = _check(old, here, ANN.but(started_at=before(days=9)))
    assert began.verdict is Verdict.NOT_EVALUATED
    assert began.reason is not None
    assert "1 people began in the window, such as ann@acme.example" in began.reason.text


@pytest.mark.parametrize("role", ["requested_by", "approved_by"])
def test_a_name_without_an_address_is_nobody_who_can_be_looked_up(role: str) -> None:
    assert _check(ACCOUNT, REQUEST.but(**{role: "IT"}), ANN, MAX, PAT).verdict is Verdict.NOT_EVALUATED


def _rights(*makes: Made) -> ControlResult:
    return check(rights, *(each.build() for each in makes))


def test_a_right_that_a_login_got_is_that_of_its_account() -> None:
    by_login = GRANT.but(identity=None, account="ann@acme.example")
    assert _rights(by_login, LISTED, ADMIN, ANN, MAX, PAT).passed
    gone = GRANT.but(identity=None, account="ann-dir")
    named = ANN.but(accounts=("dir:ann-dir",))
    assert _rights(gone, LISTED, ADMIN, named, MAX, PAT).passed
    assert _rights(gone, LISTED, ADMIN, ANN, MAX, PAT).deviations


def test_a_right_that_was_given_before_the_window_is_left_out() -> None:
    assert _rights(GRANT.but(given_at=before(days=365)), LISTED, ADMIN, ANN, MAX, PAT).population == 1
    assert _rights(GRANT.but(given_at=before(days=365.1)), LISTED, ADMIN, ANN, MAX, PAT).population == 0


def test_a_right_whose_moment_no_system_tells_is_unknown() -> None:
    undated = Made(GRANT.kind, "g1", "dir", {name: fact for name, fact in GRANT.facts.items() if name != "given_at"})
    assert _rights(undated, LISTED, ADMIN, ANN, MAX, PAT).verdict is Verdict.NOT_EVALUATED


def test_a_request_for_a_right_approves_the_account_too() -> None:
    assert _check(ACCOUNT, REQUEST.but(right="admin"), ANN, MAX, PAT).passed
