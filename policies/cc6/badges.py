"""Badges: who holds them, and what becomes of those of people who leave."""

from datetime import datetime, timedelta
from typing import Any

from soc2test import Badge, Person, Population, UnknownFact, control, normal_email
from soc2test_policies._ages import WINDOW, disorder, in_window, late
from soc2test_policies._badges import off_at
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
    limits={"removal_hours": 24},
    looser={"removal_hours": "higher"},
)
def test_badges_are_approved_and_held_by_active_people(
    badge: Badge, persons: Population[Person], limits: Any, as_of: datetime
) -> None:
    """Every active badge is that of somebody who works here, and another person approved it before it was issued.

    One of who left a moment ago may be on for `removal_hours`: PHY-02 counts it as pending.

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
    must_be_two(approver, holder, persons)


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
    limits={"removal_hours": 24},
    looser={"removal_hours": "higher"},
    on_empty="no_occurrences",
    complete=all_leavers_told,
)
def test_badges_of_leavers_are_switched_off(
    person: Person, badges: Population[Badge], limits: Any, as_of: datetime
) -> None:
    """Every badge of a person who left was off within the allowed hours after the end of work.

    Where none is listed as that of somebody who left within the year, one without a holder that was on then may be it.

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
        _raise_if_perhaps_theirs(person, ended + limit, badges)


def _raise_if_perhaps_theirs(person: Person, moment: datetime, badges: Population[Badge]) -> None:
    def perhaps(badge: Badge) -> bool:
        return badge.holder_email is None and badge.issued_at < moment and (badge.active or _ended_after(badge, moment))

    doubtful, unknown = known(badges.members, perhaps)
    if doubtful:
        text = f"no badge is listed as that of {person.email}, and {doubtful[0].id} names no holder: write whose it was"
        raise UnknownFact("holder_email", text)
    if unknown is not None:
        raise unknown


def _ended_after(badge: Badge, moment: datetime) -> bool:
    off = off_at(badge)
    return off is not None and off > moment
