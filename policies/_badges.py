"""Badges: when each was on, as far as days tell it, and whether its holder was here when it was issued."""

from datetime import datetime, timedelta

from soc2test import Badge, Person, Population, Site, UnknownFact, any_of
from soc2test_policies._ages import day

__all__ = ["closed", "off_at", "ours", "was_here_at_issue", "was_on"]

_SAME_DAY = timedelta(days=1)


def ours(site: Site) -> bool:
    """Its doors are the company's to open."""
    return site.operated_by is None


def closed(site: Site, moment: datetime) -> bool:
    """Nobody worked there any more at a moment."""
    return site.closed_at is not None and site.closed_at <= moment


def off_at(badge: Badge) -> datetime | None:
    """When a badge was switched off, None while it is on. Raises `UnknownFact` where its flag and its day disagree."""
    if badge.active and badge.disabled_at is None:
        return None
    if badge.active:
        text = f"badge {badge.id} is active, and was switched off on {day(badge.disabled_at)}"  # type: ignore[arg-type]
        raise UnknownFact("active", f"{text}: correct one of both", code="conflict")
    if badge.disabled_at is None:
        raise UnknownFact("disabled_at", f"badge {badge.id} is off, and nothing says since when")
    return badge.disabled_at


def was_on(badge: Badge, moment: datetime) -> bool | None:
    """Whether a badge was on at a moment; None where it changed on that day, so that days leave it open."""
    off = off_at(badge)
    if abs(badge.issued_at - moment) < _SAME_DAY or (off is not None and abs(off - moment) < _SAME_DAY):
        return None
    return badge.issued_at < moment and (off is None or off > moment)


def was_here_at_issue(holder: str, badge: Badge, persons: Population[Person], early: timedelta) -> bool:
    """Whether whoever is listed as holder worked here when a badge was issued, or began within `early` after it.

    A badge is made for one person: in the name of somebody who came years later it was another's. Raises `UnknownFact`
    where when the holder worked here, or who that is, is unknown.
    """
    issued = badge.issued_at

    def was_here(person: Person) -> bool:
        begun = [spell for spell in person.spells if spell.started_at <= issued + early]
        return any(spell.ended_at is None or spell.ended_at > issued for spell in begun)

    return any_of(persons.all("email", holder), was_here)
