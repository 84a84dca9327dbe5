"""Privacy notices: whether they name each purpose, are shown where data is taken, and changes are announced."""

from datetime import datetime, timedelta
from operator import call
from typing import Any

from soc2test import (
    CollectionPoint,
    Disclosure,
    Person,
    Population,
    PrivacyNotice,
    ProcessingActivity,
    any_of,
    control,
    deviation,
)
from soc2test_policies._ages import day, disorder, overdue
from soc2test_policies._joins import problems
from soc2test_policies._notices import in_force
from soc2test_policies._people import named_problem, owner_problem


@control(
    "PRV-13",
    criteria=["P1.1"],
    nature="state",
    supports={"P4.1": "a use that is in no record and no notice would have no purpose to map to"},
    severity="high",
    limits={"review_days": 365},
    looser={"review_days": "higher"},
)
def test_each_purpose_is_named_by_a_notice(
    activity: ProcessingActivity,
    notices: Population[PrivacyNotice],
    persons: Population[Person],
    limits: Any,
    as_of: datetime,
) -> None:
    """Every purpose of the record of processing is named by a notice in force, and was by one when it began.

    The entry of the record itself is owned by an active person, and was read through within the year.

    P1.1: a notice is worth what it names, so that it is held against the record of all purposes.
    """
    naming = notices.all("activities", activity.id)
    assert any_of(naming, lambda notice: in_force(notice, as_of)), f"no notice in force on {day(as_of)} names it"
    began = activity.began_at
    problem = disorder(as_of, ("begun", began))
    assert not problem, problem
    assert any_of(naming, lambda notice: in_force(notice, began)), f"no notice named it when it began on {day(began)}"
    problem = overdue("last reviewed", activity.reviewed_at, limits.review_days, as_of)
    assert not problem, problem
    problem = owner_problem(activity.owner_email, persons, as_of)
    assert not problem, problem


def each_purpose_has_a_place(points: Population[CollectionPoint], activities: Population[ProcessingActivity]) -> None:
    """Data for each purpose is taken at a place in use; for what is held on behalf of others, these ask for it."""
    for activity in activities:
        ours = activity.legal_basis != "instructions"
        if ours and not any_of(points.all("activities", activity.id), lambda point: point.in_use):
            deviation(activity, f"no place is told where data is taken for {activity.id}")


@control(
    "PRV-14",
    criteria=["P1.1"],
    nature="state",
    severity="high",
    operates="yearly",
    where=lambda point: point.in_use,
    limits={"seen_days": 365, "change_days": 7},
    looser={"seen_days": "higher", "change_days": "higher"},
    complete=each_purpose_has_a_place,
)
def test_notices_are_shown_where_data_is_taken(
    point: CollectionPoint,
    notices: Population[PrivacyNotice],
    persons: Population[Person],
    limits: Any,
    as_of: datetime,
) -> None:
    """Every place where people are asked for data shows the notice in force for its purposes, as a person saw there.

    Somebody looked within the year, and after the notice last changed. There is such a place for each purpose.

    P1.1: people are told at the time when they give their data, not somewhere else.
    """
    assert point.activities, "no purpose is told for which data is taken there"
    assert point.notice is not None, "no notice is shown there"
    notice = notices.one("id", point.notice)
    assert notice is not None, f"there is no notice {point.notice}"
    assert in_force(notice, as_of), f"shows {point.notice}, which is not in force on {day(as_of)}"
    unnamed = sorted({*point.activities} - {*notice.activities})
    assert not unnamed, f"{point.notice} does not name {', '.join(unnamed)}"
    problem = overdue("last seen", point.seen_at, limits.seen_days, as_of)
    assert not problem, problem
    assert point.seen_at is not None
    assert notice.published_at is not None
    if as_of - notice.published_at > timedelta(days=limits.change_days):
        since = f"{point.notice} was published on {day(notice.published_at)}"
        assert point.seen_at >= notice.published_at, f"last seen on {day(point.seen_at)}, and {since}"
    problem = named_problem("witness", point.seen_by, point.seen_at, persons)
    assert not problem, problem


def nothing_is_new(
    notices: Population[PrivacyNotice],
    activities: Population[ProcessingActivity],
    disclosures: Population[Disclosure],
    as_of: datetime,
) -> None:
    """No purpose and no recipient came after the notices that name them, so that none had to change."""
    for activity in activities:
        for notice in notices.all("activities", activity.id):
            published = notice.published_at
            late = published is not None and in_force(notice, as_of) and activity.began_at > published
            assert not late, f"{activity.id} began after {notice.id} was published"
    for flow in disclosures:
        for notice in notices.all("activities", flow.activity):
            published, goes_on = notice.published_at, flow.ended_at is None
            late = published is not None and in_force(notice, as_of) and goes_on and flow.began_at > published
            assert not late, f"{flow.id} began after {notice.id} was published"


def each_change_is_told(notices: Population[PrivacyNotice], activities: Population[ProcessingActivity]) -> None:
    """A version that was replaced has one that says so, unless all that it named has ended."""
    for notice in notices:
        replaced = notice.replaced_at is not None
        goes_on = any(activities.all("id", id) for id in notice.activities)
        if replaced and goes_on and not notices.all("replaces", notice.id):
            deviation(notice, f"{notice.id} was replaced, and no version says that it took its place")


def _stays_beside(other: PrivacyNotice, notice: PrivacyNotice) -> bool:
    """A notice that was there before stays in force beside one that names a purpose of it."""
    before, published = other.published_at, notice.published_at
    if other.id == notice.id or before is None or published is None or before >= published:
        return False
    return in_force(other, published) and not {*other.activities}.isdisjoint(notice.activities)


def _is_a_change(notice: PrivacyNotice, notices: Population[PrivacyNotice], as_of: datetime) -> bool:
    if notice.published_at is None or notice.published_at > as_of:
        return False
    ways = (
        lambda: notice.replaces is not None,
        lambda: any_of(notices, lambda other: _stays_beside(other, notice)),
    )
    return any_of(ways, call)


@control(
    "PRV-15",
    criteria=["P1.1"],
    nature="event",
    dated="published_at",
    severity="medium",
    operates="per event",
    where=_is_a_change,
    limits={"announce_days": 14},
    looser={"announce_days": "lower"},
    on_empty="no_occurrences",
    agrees=nothing_is_new,
    complete=each_change_is_told,
    blind_spots={
        "PrivacyNotice.replaces": "one that was replaced and that no version names is asked for beside the rows",
        "PrivacyNotice.published_at": "what was not published took nobody's place",
        "PrivacyNotice.activities": "is asked where versions are held against each other and the record of processing",
    },
)
def test_changes_of_notices_are_announced(
    notice: PrivacyNotice,
    notices: Population[PrivacyNotice],
    persons: Population[Person],
    limits: Any,
    as_of: datetime,
) -> None:
    """Each new version of a notice was approved by a person, announced days ahead, and took the old one's place.

    It took it on the day on which it was published, so that there was always one, and never two: a notice that names a
    purpose of another one which stays in force is a change as well, whatever it says that it replaces. What was
    announced had been approved by then. One that is announced for a day to come is looked at once it holds.

    P1.1: who gave data by one notice hears of the next before it holds.
    """
    published = notice.published_at
    assert published is not None
    assert notice.approved_at is not None, f"was published on {day(published)} without approval"
    problem = disorder(as_of, ("approved", notice.approved_at), ("published", published))
    assert not problem, problem
    problem = named_problem("approver", notice.approved_by, notice.approved_at, persons)
    assert not problem, problem
    told = notice.announced_at
    assert told is not None, f"was published on {day(published)}, and nobody was told before"
    problem = disorder(as_of, ("approved", notice.approved_at), ("announced", told))
    assert not problem, problem
    ahead = (published - told).days
    assert ahead >= limits.announce_days, f"was announced {ahead} days before it held, limit {limits.announce_days}"
    assert notice.announced_how, "was announced, and nobody says how"
    if notice.replaces is not None:
        earlier = notices.one("id", notice.replaces)
        assert earlier is not None, f"replaces {notice.replaces}, which is not there"
        assert earlier.replaced_at == published, (
            f"{earlier.id} was not replaced on {day(published)}, when it was published"
        )

    def stays(other: PrivacyNotice) -> str:
        return f"{other.id} stayed in force beside it" if _stays_beside(other, notice) else ""

    problem = problems(stays, notices)
    assert not problem, f"names a purpose that was named, and {problem}"
