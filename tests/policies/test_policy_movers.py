"""People who changed their job: open reviews, later changes, accounts that came since, nobody's accounts."""

from policy_case import Made, before, made
from policy_cases_movers import ANN, GONE, HERE, KEPT, MAX, MOVE

from soc2test import Group, Identity, Person
from soc2test.testing import check
from soc2test.verdicts import ControlResult, Verdict
from soc2test_policies.cc6.movers import test_access_follows_a_change_of_role as movers


def _check(*makes: Made) -> ControlResult:
    return check(movers, *(each.build() for each in makes))


def _said(result: ControlResult) -> str:
    return " ".join(finding.message or "" for finding in result.findings)


def test_a_change_of_this_month_may_be_open() -> None:
    result = _check(MOVE.but(moved_at=before(days=9), reviewed_at=None), ANN, MAX, KEPT, GONE)
    assert (result.pending, result.deviations) == (1, 0)


def test_a_later_change_has_the_role_of_now() -> None:
    later = Made(MOVE.kind, "M2", "test", {**MOVE.facts, "moved_at": before(days=20), "reviewed_at": before(days=19)})
    assert _check(MOVE.but(to_role="intern"), later, ANN, MAX, KEPT, GONE).passed == 2
    assert _check(MOVE, later.but(to_role="intern"), ANN, MAX, KEPT, GONE).deviations == 1


def test_an_account_that_was_made_since_is_of_the_new_work() -> None:
    new = made(
        Identity, "x/ann", source="x", name="ann@acme.example", email="ann@acme.example", active=True, admin=False
    )
    assert _check(MOVE, ANN, MAX, KEPT, GONE, new.but(created_at=before(days=49))).passed
    assert _check(MOVE, ANN, MAX, KEPT, GONE, new.but(created_at=before(days=51))).deviations
    assert _check(MOVE, ANN, MAX, KEPT, GONE, new).deviations  # nobody says when it was made


def test_who_has_no_account_in_any_list_shows_nothing() -> None:
    result = _check(MOVE, ANN.but(accounts=()), MAX)
    assert result.verdict is Verdict.NOT_EVALUATED
    assert "no list holds an account of ann@acme.example" in _said(result)


def test_an_account_that_is_off_needs_no_decision() -> None:
    assert _check(MOVE.but(removed=()), ANN, MAX, KEPT, GONE).passed


def test_a_group_is_no_account_of_a_person() -> None:
    group = made(Group, "g", name="ann@acme.example", email="ann@acme.example")
    assert _check(MOVE, ANN, MAX, KEPT, GONE, group).passed


def test_the_reviewer_may_be_who_moved_under_another_address() -> None:
    again = made(Person, "a.one@acme.example", email="a.one@acme.example", name="Ann One", active=True, spells=HERE)
    result = _check(MOVE.but(reviewed_by="a.one@acme.example"), ANN, MAX, KEPT, GONE, again.but(accounts=(), role="x"))
    assert result.verdict is Verdict.NOT_EVALUATED
    assert "perhaps one person" in _said(result)


def test_a_change_before_the_window_is_left_out() -> None:
    assert _check(MOVE.but(moved_at=before(days=396)), ANN, MAX, KEPT, GONE).population == 0


def test_a_change_whose_review_fell_due_in_the_window_is_asked_for() -> None:
    assert _check(MOVE.but(moved_at=before(days=395), reviewed_at=None), ANN, MAX, KEPT, GONE).deviations == 1
