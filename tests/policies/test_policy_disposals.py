"""What shows that data is gone: words of nobody's, the window, lists that disagree."""

import pytest
from policy_case import Made, before
from policy_cases_disposals import ANN, BOB, CERTIFIED, DISPOSED, DONE, PAPER, RETURNED, SHRED

from soc2test.testing import check
from soc2test.verdicts import ControlResult, Verdict
from soc2test_policies.cc6.disposals import test_media_are_disposed_of_with_a_certificate as certified
from soc2test_policies.cc6.disposals import test_wipes_are_shown_by_a_record_or_a_certificate as shown


def _check(control: object, *makes: Made) -> ControlResult:
    return check(control, *(each.build() for each in makes))  # type: ignore[arg-type]


def test_one_of_several_disposals_fits() -> None:
    other = Made(CERTIFIED.kind, "D0", "test", {**CERTIFIED.facts, "disposed_at": before(days=400)})
    assert _check(shown, DISPOSED, other, CERTIFIED).passed
    empty = Made(CERTIFIED.kind, "D0", "test", {**CERTIFIED.facts, "certificate": None})
    late = CERTIFIED.but(disposed_at=before(days=20))
    assert _check(shown, DISPOSED, empty, late).deviations  # the one with a certificate is of another day


def test_what_went_out_of_use_before_the_window_is_left_out() -> None:
    old = RETURNED.but(returned_at=before(days=366), wipe_shown_in=None)
    assert _check(shown, old).population == 0
    assert _check(shown, old.but(returned_at=before(days=365))).deviations == 1


@pytest.mark.parametrize(("status", "found"), [("stock", 1), ("in_use", 1), ("returned", 1)])
def test_what_came_back_and_lies_in_stock_was_wiped_too(status: str, found: int) -> None:
    assert _check(shown, RETURNED.but(status=status, wipe_shown_in=None)).deviations == found


def test_a_category_of_nobodys_is_unknown() -> None:
    assert _check(certified, DONE.but(category="cloud"), ANN, BOB, SHRED).verdict is Verdict.NOT_EVALUATED


@pytest.mark.parametrize("role", ["approved_by"])
def test_a_name_without_an_address_is_nobody_who_can_be_looked_up(role: str) -> None:
    assert _check(certified, DONE.but(**{role: "the board"}), ANN, BOB, SHRED).verdict is Verdict.NOT_EVALUATED


def test_no_disposal_means_something_where_no_device_was_disposed_of() -> None:
    old = PAPER.but(disposed_at=before(days=366))
    assert _check(certified, old, ANN, BOB, SHRED, RETURNED).verdict is Verdict.NO_OCCURRENCES
    result = _check(certified, old, ANN, BOB, SHRED, DISPOSED)
    assert result.verdict is Verdict.NOT_EVALUATED
    assert result.reason is not None
    assert "1 devices were disposed of in the window, such as S2" in result.reason.text
