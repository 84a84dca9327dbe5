"""Reviews of who can enter: that they happen, and that they went through all badges."""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from typing import Any

from soc2test import Badge, BadgeReview, Person, Population, Site, UnknownFact, Visit, any_of, control
from soc2test_policies._ages import day, disorder, full_quarters, late
from soc2test_policies._badges import closed, off_at, ours, was_on
from soc2test_policies._joins import known, problems
from soc2test_policies._people import named_problem

_DAY = timedelta(days=1)
"""What a day without a time leaves open."""


@control(
    "PHY-03",
    criteria=["CC6.4"],
    nature="occurrence",
    dated="reviewed_at",
    severity="medium",
    operates="quarterly",
    limits={"quarters": 4, "early_days": 30},
    looser={"quarters": "lower", "early_days": "higher"},
    least={"quarters": 1},
    against=["badges", "visits"],
    on_empty="fail",
)
def test_badges_are_reviewed_each_quarter(
    reviews: Population[BadgeReview],
    sites: Population[Site],
    badges: Population[Badge],
    visits: Population[Visit],
    limits: Any,
    as_of: datetime,
) -> None:
    """The badges of every site of ours were reviewed in each of the last full quarters in which it was in use.

    A site is in use since its row says so, and not for longer: no review of its badges is older, and no visit by more
    than `early_days`; nor is a badge that opens it, where the register has no other site for which it was issued.

    CC6.4: badges that should have been switched off and were forgotten come to light when all are gone through.
    """
    quarters = full_quarters(as_of, limits.quarters)
    early = timedelta(days=limits.early_days)

    def check(site: Site) -> str:
        if not ours(site):
            return ""
        problem = _used_before(site, reviews, visits, badges, sites, early)
        if problem:
            return problem
        of_site = [review for review in reviews if site.id in review.sites]
        missing = [
            name
            for name, start, end in quarters
            if site.opened_at < end and not closed(site, end) and not any_of(of_site, _between(start, end))
        ]
        return f"no review of the badges of {site.id} in {', '.join(missing)}" if missing else ""

    problem = problems(check, sites)
    assert not problem, problem
    if not any_of(sites.members, ours):
        raise UnknownFact("", "no site of ours is known, so nothing says which badges must be reviewed", code="empty")


def _used_before(
    site: Site,
    reviews: Population[BadgeReview],
    visits: Population[Visit],
    badges: Population[Badge],
    sites: Population[Site],
    early: timedelta,
) -> str:
    """What shows that a site was in use before its row says; "" where nothing does."""
    opened = site.opened_at
    settled = opened - early

    def is_older(badge: Badge) -> bool:
        return site.id in badge.sites and badge.issued_at < settled and not _has_another(badge, site, sites, early)

    reviewed, no_review = known(reviews, lambda review: site.id in review.sites and review.reviewed_at < opened - _DAY)
    visited, no_visit = known(visits.members, lambda visit: visit.site == site.id and visit.arrived_at < settled)
    issued, no_badge = known(badges.members, is_older)
    shown = [f"review {review.id} of {day(review.reviewed_at)}" for review in reviewed]
    shown += [f"visit {visit.id} of {day(visit.arrived_at)}" for visit in visited]
    shown += [f"badge {badge.id} of {day(badge.issued_at)}" for badge in issued]
    if shown:
        return f"{site.id} is said to be in use since {day(opened)}, and {shown[0]} is older"
    for unknown in (no_review, no_visit, no_badge):
        if unknown is not None:
            raise unknown
    return ""


def _has_another(badge: Badge, site: Site, sites: Population[Site], early: timedelta) -> bool:
    """Whether another site of ours was in use when a badge was issued: it may open this one since then."""

    def was_in_use(other: Site) -> bool:
        if other.id == site.id or not ours(other):
            return False
        return other.opened_at <= badge.issued_at + early and not closed(other, badge.issued_at)

    return any_of(sites, was_in_use)


def _between(start: datetime, end: datetime) -> Any:
    return lambda review: start <= review.reviewed_at < end


@control(
    "PHY-04",
    criteria=["CC6.4"],
    nature="occurrence",
    dated="reviewed_at",
    severity="medium",
    operates="quarterly",
    limits={"revocation_days": 7},
    looser={"revocation_days": "higher"},
)
def test_reviews_of_badges_are_complete(
    review: BadgeReview, badges: Population[Badge], persons: Population[Person], limits: Any, as_of: datetime
) -> None:
    """Every review of badges decided on all that were on that day and no others, and what it revoked went off in time.

    It decided on each once. Who decided worked here then. One that was issued or switched off on the very day may be
    decided on or not.

    CC6.4: a review that leaves badges out says nothing of those, and one that switches none off has no effect.
    """
    named = {*review.kept, *review.revoked}
    limit = timedelta(days=limits.revocation_days)

    def left_out(badge: Badge) -> str:
        if badge.id in named or not set(badge.sites) & set(review.sites):
            return ""
        return f"did not decide on badge {badge.id}" if was_on(badge, review.reviewed_at) else ""

    def decided(id: str) -> str:
        return problems(
            lambda badge: _decided_problem(badge, id in review.revoked, review, limit, as_of), _one(id, badges)
        )

    problem = disorder(as_of, ("reviewed", review.reviewed_at))
    problem = problem or named_problem("reviewer", review.reviewer_email, review.reviewed_at, persons)
    assert not problem, problem
    both = sorted({*review.kept} & {*review.revoked})
    assert not both, f"of {day(review.reviewed_at)}: both kept and revoked {', '.join(both)}"
    looks: tuple[Callable[[], str], ...] = (
        lambda: problems(left_out, badges),
        lambda: problems(decided, sorted(named)),
    )
    wrong = problems(lambda look: look(), looks)
    assert not wrong, f"of {day(review.reviewed_at)}: {wrong}"


def _one(id: str, badges: Population[Badge]) -> Iterator[Badge | None]:
    found = badges.all("id", id)
    yield from found
    if not found:
        yield None


def _decided_problem(badge: Badge | None, revoked: bool, review: BadgeReview, limit: timedelta, as_of: datetime) -> str:
    if badge is None:
        return "decided on a badge that no list holds"
    if was_on(badge, review.reviewed_at) is False:
        return f"decided on badge {badge.id}, which was off or not issued yet"
    if not revoked:
        return ""
    wrong = late("switched off", off_at(badge), review.reviewed_at, limit, as_of)
    return f"badge {badge.id}, which it revoked, was {wrong}" if wrong else ""
