"""Whether the accounts of somebody who left could be used for too long."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from soc2test import AccountEvent, Identity, Person, Population, UnknownFact
from soc2test_policies._ages import day, late
from soc2test_policies._joins import told, worded
from soc2test_policies._people import breaks, by_login, keeper_problem, left, listed_accounts
from soc2test_policies._removals import (
    Unlisted,
    by_log,
    of_identity,
    still_on,
    unlisted_by_address,
    unlisted_by_name,
)

__all__ = ["Access", "Question", "questions"]

Question = Callable[[], str]
"""What is wrong with one account; "" where nothing is."""


@dataclass(frozen=True, kw_only=True)
class Access:
    """All that is known of accounts, how long they may stay on, and the moment."""

    identities: Population[Identity]
    persons: Population[Person]
    events: Population[AccountEvent]
    limit: timedelta
    as_of: datetime


def questions(person: Person, access: Access) -> Iterator[Iterable[Question]]:
    """One question for each account of a person; each group raises last where there may be more of it."""
    ended = _end_of_work(person, access.as_of)
    identities, events = access.identities, access.events
    groups: list[Iterable[Identity]] = [identities.all("email", person.email), by_login(person, identities)]
    groups += listed_accounts(person, identities)
    for group in groups:
        yield _of_listed(person, ended, group, access)
    if ended is not None:
        yield _of_unlisted(ended, unlisted_by_address(person, identities, events), access)
        for account in person.accounts:
            yield _of_unlisted(ended, unlisted_by_name(account, identities, events), access)


def _of_listed(person: Person, ended: datetime | None, group: Iterable[Identity], access: Access) -> Iterator[Question]:
    def question(identity: Identity) -> Question:
        return lambda: _listed_problem(identity, person, ended, access)

    yield from map(question, group)


def _of_unlisted(ended: datetime, group: Iterable[Unlisted], access: Access) -> Iterator[Question]:
    def question(account: Unlisted) -> Question:
        return lambda: _unlisted_problem(account, ended, access)

    yield from map(question, group)


def _listed_problem(identity: Identity, person: Person, ended: datetime | None, access: Access) -> str:
    problem = _on_between(identity, person, access)
    if not problem and ended is not None and not _kept(identity, access):
        problem = _open_too_long(identity, ended, access)
    name = worded(lambda: f"account {identity.name}", "account")
    return f"{identity.source} {name} was {problem}" if problem else ""


def _unlisted_problem(account: Unlisted, ended: datetime, access: Access) -> str:
    name, own = account
    problem = by_log(own, access.events, ended, access.limit, access.as_of)
    return f"{name} was {problem}" if problem else ""


def _kept(identity: Identity, access: Access) -> bool:
    """A program's account may go on where somebody answers for it now."""
    return not identity.human and not keeper_problem(identity, access.persons, access.as_of)


def _on_between(identity: Identity, person: Person, access: Access) -> str:
    """That an account was used between two spells of work, where a system tells; most tell the last use alone."""
    apart: Sequence[tuple[datetime, datetime]] = told(lambda: tuple(breaks(person)), otherwise=())
    for ended, back in apart:
        used = told(lambda: identity.last_used_at, otherwise=None)
        if used is not None and ended + access.limit < used < back:
            return f"used on {day(used)}, between two times of work"
        if problem := still_on(_known_events(identity, access), ended, access.limit, back):
            return f"{problem}, between two times of work"
    return ""


def _known_events(identity: Identity, access: Access) -> Sequence[AccountEvent]:
    return told(lambda: tuple(of_identity(identity, access.events)), otherwise=())


def _open_too_long(identity: Identity, ended: datetime, access: Access) -> str:
    """What is wrong with when it was switched off. Raises `UnknownFact` where nothing tells."""
    limit, as_of = access.limit, access.as_of
    if identity.active:
        return late("disabled", None, ended, limit, as_of)
    try:
        return late("disabled", _off_since(identity), ended, limit, as_of)
    except UnknownFact as unknown:
        used = _used_after(identity, ended + limit)
        if used or _off_in_time(identity, ended, access):
            return used
        return _as_the_log_tells(identity, ended, access, unknown)


def _off_since(identity: Identity) -> datetime:
    if identity.disabled_at is None:
        raise UnknownFact("disabled_at", f"account {identity.name} is off, but nothing says since when")
    return identity.disabled_at


def _used_after(identity: Identity, moment: datetime) -> str:
    """An account that was used can't have been off, whenever that was; empty where no use after `moment` is known."""
    used = told(lambda: identity.last_used_at, otherwise=None)
    return f"used on {day(used)}, after access should have ended" if used is not None and used > moment else ""


def _off_in_time(identity: Identity, ended: datetime, access: Access) -> bool:
    """Whether it was off in time at the latest; when exactly is not known."""
    latest = told(lambda: identity.disabled_by, otherwise=None)
    return latest is not None and not late("disabled", latest, ended, access.limit, access.as_of)


def _as_the_log_tells(identity: Identity, ended: datetime, access: Access, unknown: UnknownFact) -> str:
    """Raises what is `unknown` without a log, where no log tells of the account."""
    own = of_identity(identity, access.events)
    if own:
        return by_log(own, access.events, ended, access.limit, access.as_of)
    gaps = [gap.text for gap in access.events.gaps if gap.source == identity.source]
    if not gaps:
        raise unknown
    raise UnknownFact(unknown.fact, f"{unknown.reason}; of its audit log: {gaps[0]}", code=unknown.code)


def _end_of_work(person: Person, as_of: datetime) -> datetime | None:
    """When who has left did, None of others. Raises `UnknownFact` where the flag says so and the date lies ahead."""
    ended = person.ended_at
    if not left(person, as_of) or ended is None:
        return None
    if ended > as_of:
        text = f"has left, but by the register work ends on {day(ended)}, which lies ahead"
        raise UnknownFact("ended_at", text, code="conflict")
    return ended
