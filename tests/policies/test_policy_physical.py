"""Rooms: who left a moment ago, badges without a holder, flags and days that disagree, logs that are not kept."""

from datetime import timedelta
from typing import Any

import pytest
from policy_case import Made, before, made
from policy_cases_physical import ANN, BADGE, GONE, KEPT, MAX, OFF, OFFICE, QUARTERS, REVIEW, REVOKED, VISIT

from soc2test import Badge, BadgeReview, Person, Site, Spell, Visit
from soc2test.testing import AS_OF, check
from soc2test.verdicts import ControlResult, Verdict
from soc2test_policies.cc6.badge_reviews import test_badges_are_reviewed_each_quarter as quarterly
from soc2test_policies.cc6.badge_reviews import test_reviews_of_badges_are_complete as complete
from soc2test_policies.cc6.badges import test_badges_are_approved_and_held_by_active_people as held
from soc2test_policies.cc6.badges import test_badges_of_leavers_are_switched_off as leavers
from soc2test_policies.cc6.sites import test_visitors_are_logged_and_accompanied as visitors

NOBODYS = made(
    Badge, "B-9", holder_email=None, active=True, issued_at=before(days=500), disabled_at=None
)  # fmt: skip


def _said(result: ControlResult) -> str:
    return "\n".join(
        [*(finding.message or "" for finding in result.findings), result.reason.text if result.reason else ""]
    )


def _check(control: object, *makes: Made, **limits: object) -> ControlResult:
    return check(control, *(each.build() for each in makes), limits=limits)  # type: ignore[arg-type]


@pytest.mark.parametrize(("hours", "verdict"), [(24, Verdict.PASS), (25, Verdict.FAIL)])
def test_who_left_a_moment_ago_may_have_a_badge_still(hours: float, verdict: Verdict) -> None:
    left = ANN.but(active=False, ended_at=before(hours=hours))
    assert _check(held, BADGE, left, MAX, OFFICE).verdict is verdict
    still_on = Made(BADGE.kind, "B-1", "test", {**BADGE.facts, "disabled_at": None})
    of_leaver = _check(leavers, left.but(started_at=before(days=900)), still_on)
    assert (of_leaver.pending, of_leaver.deviations) == ((1, 0) if hours <= 24 else (0, 1))


def test_a_colleague_of_one_name_may_be_the_holder() -> None:
    again = made(
        Person,
        "a.old@acme.example",
        email="a.old@acme.example",
        name="Ann Old",
        spells=ANN.facts["spells"],
        active=True,
    )
    result = _check(held, BADGE.but(approved_by="a.old@acme.example"), ANN, again, OFFICE)
    assert result.verdict is Verdict.NOT_EVALUATED
    assert "perhaps one person" in _said(result)


@pytest.mark.parametrize(
    ("badge", "unknown"),
    [
        (NOBODYS, 1),
        (NOBODYS.but(active=False, disabled_at=before(days=15)), 1),
        (NOBODYS.but(active=False, disabled_at=before(days=25)), 0),
        (NOBODYS.but(issued_at=before(days=10)), 0),
        (NOBODYS.but(holder_email="max@acme.example"), 0),
        (NOBODYS.but(holder_email="max@acme.example", issued_at=before(days=930)), 0),
        (NOBODYS.but(holder_email="max@acme.example", issued_at=before(days=931)), 1),
        (NOBODYS.but(holder_email="zoe@acme.example"), 1),
    ],
)
def test_a_badge_without_a_holder_may_be_that_of_who_left(badge: Made, unknown: int) -> None:
    result = _check(leavers, GONE, badge, MAX)
    assert (result.unknown, result.deviations) == (unknown, 0)
    holder = badge.facts["holder_email"]
    says = "names no holder" if holder is None else f"names {holder}, who did not work here when it was issued"
    assert not unknown or f"B-9 {says}" in _said(result)
    assert _check(leavers, GONE.but(ended_at=before(days=366)), badge, MAX).unknown == 0


@pytest.mark.parametrize(
    ("spells", "verdict"),
    [
        ([(270, None)], Verdict.PASS),  # the badge was made some days before the first one of work
        ([(269, None)], Verdict.FAIL),
        ([(900, 500), (200, None)], Verdict.FAIL),  # away when it was issued
        ([(900, 250), (200, None)], Verdict.PASS),  # what became of it in between is not told
        ([(100, None)], Verdict.FAIL),
    ],
)
def test_a_badge_was_issued_to_somebody_who_was_here(spells: list[tuple[int, int | None]], verdict: Verdict) -> None:
    worked = tuple(
        Spell(started_at=before(days=start), ended_at=None if end is None else before(days=end))
        for start, end in spells
    )
    assert _check(held, BADGE, ANN.but(spells=worked), MAX, OFFICE).verdict is verdict
    assert _check(held, BADGE, ANN.but(spells=worked), MAX, OFFICE, early_days=0).verdict is (
        Verdict.PASS if spells[0] == (900, 250) else Verdict.FAIL
    )


def test_a_badge_may_be_older_than_a_site_that_it_opens_since_a_move() -> None:
    new = Made(OFFICE.kind, "new", "test", {**OFFICE.facts, "opened_at": before(days=300)})
    old = OFFICE.but(closed_at=before(days=290))
    both = made(BadgeReview, "R5", sites=("new",), reviewed_at=before(days=290))
    reviews = [QUARTERS[0], both, *(each.but(sites=("new",)) for each in QUARTERS[2:])]
    badge = made(Badge, "B-1", sites=("new",), issued_at=before(days=800))
    assert _check(quarterly, old, new, *reviews, badge).verdict is Verdict.PASS
    gone_before = old.but(closed_at=before(days=850))
    assert "new is said to be in use since 2026-01-24, and badge B-1 of 2024-09-11 is older" in _said(
        _check(quarterly, gone_before, new, *reviews, badge)
    )
    others = old.but(operated_by="cloud")
    assert _check(quarterly, others, new, *reviews, badge).verdict is Verdict.FAIL


def test_who_comes_before_a_site_is_in_use_prepares_it() -> None:
    visit = made(Visit, "V-1", site="office", arrived_at=before(days=929))
    assert _check(quarterly, OFFICE, *QUARTERS, visit).verdict is Verdict.PASS
    assert _check(quarterly, OFFICE, *QUARTERS, visit, early_days=28).verdict is Verdict.FAIL
    elsewhere = visit.but(site="lab", arrived_at=before(days=2000))
    assert _check(quarterly, OFFICE, *QUARTERS, elsewhere).verdict is Verdict.PASS


@pytest.mark.parametrize(
    ("badge", "says"),
    [
        (OFF.but(active=True), "badge B-2 is active, and was switched off on 2026-10-31"),
        (OFF.but(disabled_at=None), "badge B-2 is off, and nothing says since when"),
    ],
)
def test_a_flag_without_its_day_tells_nothing(badge: Made, says: str) -> None:
    result = _check(leavers, GONE, badge)
    assert result.verdict is Verdict.NOT_EVALUATED
    assert says in _said(result)


def test_a_badge_that_came_or_went_on_the_very_day_may_be_decided_on_or_not() -> None:
    day = REVIEW.facts["reviewed_at"]
    hours = timedelta(hours=23)
    for badge in (KEPT.but(issued_at=day + hours), KEPT.but(active=False, disabled_at=day - hours)):
        assert _check(complete, REVIEW, badge, REVOKED, MAX).passed
        assert _check(complete, REVIEW.but(kept=()), badge, REVOKED, MAX).passed


def test_a_review_is_asked_for_only_while_a_site_is_in_use_and_ours() -> None:
    missing = [each for each in QUARTERS if each.id != "R1"]
    assert _check(quarterly, OFFICE, *missing).verdict is Verdict.FAIL
    assert _check(quarterly, OFFICE.but(opened_at=before(days=310)), *missing).verdict is Verdict.PASS
    region = made(Site, "region", operated_by="cloud", opened_at=before(days=900), closed_at=None)
    assert _check(quarterly, OFFICE, region, *QUARTERS).verdict is Verdict.PASS
    nothing_ours = _check(quarterly, region, *QUARTERS)
    assert nothing_ours.verdict is Verdict.NOT_EVALUATED
    assert "no site of ours is known" in _said(nothing_ours)
    shut = _check(quarterly, OFFICE.but(closed_at=before(days=100)), *QUARTERS[:3])
    assert shut.verdict is Verdict.PASS  # closed within the last full quarter
    assert _check(quarterly, OFFICE.but(closed_at=before(days=40)), *QUARTERS[:3]).verdict is Verdict.FAIL
    assert _check(quarterly, OFFICE).verdict is Verdict.FAIL


def test_a_visitor_may_be_here_still() -> None:
    here = VISIT.but(arrived_at=before(hours=3), left_at=None)
    site = made(Site, "office", operated_by=None, closed_at=None)
    result = _check(visitors, here, site, MAX)
    assert (result.pending, result.deviations) == (1, 0)


@pytest.mark.parametrize(
    ("other", "verdict"),
    [
        ({"operated_by": None, "closed_at": None}, Verdict.NOT_EVALUATED),
        ({"operated_by": "cloud", "closed_at": None}, Verdict.PASS),
        ({"operated_by": None, "closed_at": AS_OF}, Verdict.PASS),
    ],
)
def test_a_site_without_visits_keeps_no_log(other: dict[str, Any], verdict: Verdict) -> None:
    sites = [made(Site, "office", operated_by=None, closed_at=None), made(Site, "lab", **other)]
    result = _check(visitors, VISIT, *sites, MAX)
    assert result.verdict is verdict
    assert verdict is Verdict.PASS or "lab has no visit of the last 365 days in the log" in _said(result)


def test_a_visit_of_years_ago_fills_no_log() -> None:
    site = made(Site, "office", operated_by=None, closed_at=None)
    result = _check(visitors, VISIT.but(arrived_at=before(days=367), left_at=before(days=367)), site, MAX)
    assert (result.verdict, result.population) == (Verdict.NOT_EVALUATED, 0)


@pytest.mark.parametrize(
    ("other", "deviations"),
    [
        ({}, 1),
        ({"active": False}, 0),
        ({"sites": ("lab",)}, 0),
        ({"holder_email": "max@acme.example", "approved_by": "ann@acme.example"}, 0),
        ({"issued_at": before(hours=20), "approved_at": before(hours=30)}, 0),  # the old one may be on for a day
        ({"issued_at": before(hours=25), "approved_at": before(hours=30)}, 1),
        ({"issued_at": BADGE.facts["issued_at"], "approved_at": BADGE.facts["approved_at"]}, 1),
    ],
)
def test_nobody_has_two_badges_for_one_site(other: dict[str, Any], deviations: int) -> None:
    lab = made(OFFICE.kind, "lab", **OFFICE.facts)
    later = {**BADGE.facts, "issued_at": before(days=200), "approved_at": before(days=201), **other}
    world = [each.build() for each in (BADGE, made(BADGE.kind, "B-9", **later), ANN, MAX, OFFICE, lab)]
    result = check(held, *world)
    assert result.deviations == deviations
    assert check(held, *world, limits={"badges": 2}).deviations == 0
