"""Badges: who holds them, and what becomes of those of people who leave."""

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from typing import Any

from soc2test import Badge, Person, Population, Site, UnknownFact, control, normal_email
from soc2test_policies._ages import WINDOW, day, disorder, in_window, late
from soc2test_policies._badges import closed, off_at, ours, was_here_at_issue
from soc2test_policies._closed_accounts import all_leavers_told
from soc2test_policies._joins import known, problems
from soc2test_policies._named import signer_problem
from soc2test_policies._one_person import must_be_two
from soc2test_policies._people import left, owner_problem


def _holds_a_badge(badge: Badge) -> bool:
    return badge.active


@control(
    "PHY-01",
    criteria=["CC6.4"],
    nature="state",
    severity="high",
    where=_holds_a_badge,
    limits={"removal_hours": 24, "early_days": 30, "badges": 1},
    looser={"removal_hours": "higher", "early_days": "higher", "badges": "higher"},
    least={"badges": 1},
)
def test_badges_are_approved_and_held_by_active_people(
    badge: Badge,
    badges: Population[Badge],
    sites: Population[Site],
    persons: Population[Person],
    limits: Any,
    as_of: datetime,
) -> None:
    """Every active badge is that of somebody who works here, and another person approved it before it was issued.

    One of who left a moment ago may be on for `removal_hours`: PHY-02 counts it as pending. Its holder worked here when
    it was issued, or began within `early_days`: one that is handed on is issued anew, and approved for whom it is then.
    It opens sites of the register that are ours and in use, for others nobody goes through it. Nobody has more than
    `badges` active ones for a site: one that was replaced is off within `removal_hours`. In whose hand it is, no list
    shows.

    CC6.4: rooms open for people of whom somebody else said that their work is there.
    """
    holder, approver, approved = badge.holder_email, badge.approved_by, badge.approved_at
    assert holder is not None, "opens doors, and nobody is named as its holder"
    problem = owner_problem(holder, persons, as_of)
    assert not problem or _left_just_now(holder, persons, limits, as_of), problem.replace("owner", "holder")
    assert approver is not None, "nobody approved it"
    assert approved is not None, f"nothing says when {approver} approved it"
    assert normal_email(approver) != normal_email(holder), f"{approver} approved a badge of their own"
    order = disorder(as_of, ("approved", approved), ("issued", badge.issued_at))
    assert not order, f"was {order}"
    wrong = signer_problem("approver", approver, approved, persons)
    assert not wrong, wrong
    assert badge.sites, "opens doors, and nothing says of which site"
    wrong = problems(lambda id: _site_problem(id, sites, as_of), badge.sites)
    assert not wrong, wrong
    was_here = was_here_at_issue(holder, badge, persons, timedelta(days=limits.early_days))
    assert was_here, f"was issued on {day(badge.issued_at)}, when its holder {holder} did not work here"
    replacing = as_of - timedelta(hours=limits.removal_hours)
    own = [other for other in badges.all("holder_email", holder) if other.issued_at <= replacing]
    wrong = _replaced(badge, own, limits.badges)
    assert not wrong, f"is active, and {holder} {wrong}"
    must_be_two(approver, holder, persons)


def _site_problem(id: str, sites: Population[Site], as_of: datetime) -> str:
    """What is wrong where a badge of ours opens a site; "" where nothing is."""
    found = sites.all("id", id)
    if not found:
        return f"opens {id}, which is no site of the register"
    return problems(lambda site: _unexpected(site, as_of), found)


def _unexpected(site: Site, as_of: datetime) -> str:
    if not ours(site):
        return f"opens {site.id}, where by the register of sites {site.operated_by} lets people in"
    return f"opens {site.id}, which by the register of sites is closed" if closed(site, as_of) else ""


def _replaced(badge: Badge, own: Iterable[Badge], most: int) -> str:
    """What is wrong where as many badges as one may have for a site were issued to its holder after it."""

    def is_newer(other: Badge) -> bool:
        if other.id == badge.id or not other.active:
            return False
        return (other.issued_at, other.id) > (badge.issued_at, badge.id)

    newer = [other for other in own if is_newer(other)]
    for site in badge.sites:
        of_site = [other for other in newer if site in other.sites]
        if len(of_site) >= most:
            one = max(of_site, key=lambda other: other.issued_at)
            return f"has {one.id} for {site} too, which was issued later, on {day(one.issued_at)}"
    return ""


def _left_just_now(holder: str, persons: Population[Person], limits: Any, as_of: datetime) -> bool:
    limit = timedelta(hours=limits.removal_hours)
    ends = [person.ended_at for person in persons.all("email", holder).hits]
    return any(end is not None and as_of - end <= limit for end in ends)


@control(
    "PHY-02",
    criteria=["CC6.4"],
    nature="event",
    dated="ended_at",
    severity="high",
    operates="per event",
    where=left,
    limits={"removal_hours": 24, "early_days": 30},
    looser={"removal_hours": "higher", "early_days": "higher"},
    on_empty="no_occurrences",
    complete=all_leavers_told,
)
def test_badges_of_leavers_are_switched_off(
    person: Person, badges: Population[Badge], persons: Population[Person], limits: Any, as_of: datetime
) -> None:
    """Every badge of a person who left was off within the allowed hours after the end of work.

    Where none is listed as that of somebody who left within the year, one that was on then may be it whose holder is
    not told, or did not work here when it was issued, nor within `early_days` of that.

    CC6.4: who has left has nothing to do in the company's rooms any more.
    """
    ended, limit = person.ended_at, timedelta(hours=limits.removal_hours)
    assert ended is not None, "has left, but the register does not say when"

    def check(badge: Badge) -> str:
        wrong = late("switched off", off_at(badge), ended, limit, as_of)
        return f"badge {badge.id} was {wrong}" if wrong else ""

    theirs = badges.all("holder_email", person.email)
    problem = problems(check, theirs)
    assert not problem, problem
    if not theirs and in_window(ended, WINDOW, as_of) and ended + limit < as_of:
        early = timedelta(days=limits.early_days)
        _raise_if_perhaps_theirs(person, ended + limit, badges, lambda badge: _is_nobodys(badge, persons, early))


def _is_nobodys(badge: Badge, persons: Population[Person], early: timedelta) -> bool:
    """Its list tells nobody who can have got it when it was issued."""
    holder = badge.holder_email
    return holder is None or not was_here_at_issue(holder, badge, persons, early)


def _raise_if_perhaps_theirs(
    person: Person, moment: datetime, badges: Population[Badge], is_nobodys: Callable[[Badge], bool]
) -> None:
    def perhaps(badge: Badge) -> bool:
        was_on = badge.issued_at < moment and (badge.active or _ended_after(badge, moment))
        return was_on and is_nobodys(badge)

    doubtful, unknown = known(badges.members, perhaps)
    if doubtful:
        badge = doubtful[0]
        told = f"{badge.id} names no holder"
        if badge.holder_email is not None:
            told = f"{badge.id} names {badge.holder_email}, who did not work here when it was issued"
        text = f"no badge is listed as that of {person.email}, and {told}: write whose it was"
        raise UnknownFact("holder_email", text)
    if unknown is not None:
        raise unknown


def _ended_after(badge: Badge, moment: datetime) -> bool:
    off = off_at(badge)
    return off is not None and off > moment
