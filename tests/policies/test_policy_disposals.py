"""What shows that data is gone: words of nobody's, the window, lists that disagree."""

from typing import Any

import pytest
from policy_case import Made, before
from policy_cases_disposals import ANN, BOB, CERTIFIED, DISPOSED, DONE, PAPER, RETURNED, SHRED

from soc2test.testing import check
from soc2test.verdicts import ControlResult, Verdict
from soc2test_policies.cc6.devices import test_devices_out_of_use_are_wiped as wiped
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


@pytest.mark.parametrize(
    "days",
    [
        {"returned_at": before(days=500), "lost_at": None},
        {"returned_at": None, "lost_at": before(days=500)},
        {"returned_at": before(days=500), "lost_at": before(days=700)},
    ],
)
def test_what_went_out_of_use_long_ago_is_asked_for_its_certificate_when_it_is_disposed_of(
    days: dict[str, Any],
) -> None:
    assert _check(shown, DISPOSED.but(**days), CERTIFIED.but(serials=("S9",))).deviations == 1
    assert _check(shown, DISPOSED.but(**days), CERTIFIED).passed
    assert _check(shown, DISPOSED.but(**days, disposed_at=before(days=366)), CERTIFIED).population == 0


def test_what_is_out_of_use_since_nobody_knows_when_is_not_left_out() -> None:
    lost = RETURNED.but(status="lost", returned_at=before(days=500), wipe_shown_in=None)
    assert _check(shown, lost).deviations == 1


def test_devices_that_were_wiped_on_one_day_may_share_its_record() -> None:
    other = Made(RETURNED.kind, "S5", "test", {**RETURNED.facts, "wiped_at": before(days=28, hours=3)})
    assert _check(shown, RETURNED, other).passed
    assert _check(shown, RETURNED, other.but(wiped_at=before(days=26))).deviations == 2


@pytest.mark.parametrize(
    ("status", "gone", "verdict"),
    [
        ("returned", {"disposed_at": before(days=9)}, Verdict.NOT_EVALUATED),
        ("returned", {"lost_at": before(days=9)}, Verdict.NOT_EVALUATED),
        ("returned", {"lost_at": before(days=90)}, Verdict.PASS),  # lost, found and given back
        ("stock", {"disposed_at": before(days=9)}, Verdict.NOT_EVALUATED),
    ],
)
def test_a_later_day_contradicts_what_is_at_hand(status: str, gone: dict[str, Any], verdict: Verdict) -> None:
    device = RETURNED.but(status=status, **gone)
    assert _check(shown, device, CERTIFIED, DISPOSED).verdict is verdict
    assert _check(wiped, device, DISPOSED).verdict is verdict


@pytest.mark.parametrize(("ago", "pending", "deviations"), [(30, 1, 0), (31, 0, 1)])
def test_what_came_back_is_wiped_within_days(ago: int, pending: int, deviations: int) -> None:
    result = _check(wiped, RETURNED.but(returned_at=before(days=ago), wiped_at=None), DISPOSED)
    assert (result.pending, result.deviations) == (pending, deviations)


@pytest.mark.parametrize(("days", "deviations"), [(30, 0), (31, 1), (79, 1)])
def test_what_was_lost_is_wiped_within_as_many_days(days: int, deviations: int) -> None:
    lost = RETURNED.but(status="lost", returned_at=None, lost_at=before(days=days + 2), wiped_at=before(days=2))
    assert _check(wiped, lost).deviations == deviations


def test_what_was_wiped_late_long_ago_was_of_another_period() -> None:
    device = RETURNED.but(returned_at=before(days=420), wiped_at=before(days=366))
    assert _check(wiped, device).passed
    assert _check(wiped, device.but(wiped_at=before(days=365))).deviations == 1


def test_who_did_it_may_be_the_very_approver_by_another_address() -> None:
    again = Made(BOB.kind, "bob2", "test", {**BOB.facts, "email": "bob+x@acme.example"})
    disposal = DONE.but(approved_by="bob+x@acme.example")
    assert _check(certified, disposal, again, ANN, BOB, SHRED).verdict is Verdict.NOT_EVALUATED


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
