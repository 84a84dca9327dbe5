"""Whether the accounts of somebody who left could be used for too long."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import NoReturn, TypeVar

from soc2test import AccountEvent, Identity, Person, Population, UnknownFact
from soc2test_policies._ages import WINDOW, day, in_window, late
from soc2test_policies._between import on_between
from soc2test_policies._joins import known, problems, told, worded
from soc2test_policies._people import by_login, keeper_problem, left, listed_accounts
from soc2test_policies._removals import (
    Unlisted,
    by_log,
    closed_by_log,
    of_identity,
    unlisted_by_address,
    unlisted_by_name,
)

__all__ = ["Access", "Question", "questions"]

_MINUTES = timedelta(minutes=5)
"""Clocks of two systems, or of two facts of one, differ by no more."""
_LAST_DAY = timedelta(days=1)
"""The register's flag may be taken back on the last day, which ends at midnight."""
_LISTS_AGE = timedelta(days=8)
"""Lists are younger: what a log tells of before should be seen in them."""

V = TypeVar("V")
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
    for group in _listed(person, access):
        yield _of_listed(person, ended, group, access)
    if ended is not None:
        for unlisted in _unlisted(person, access):
            yield _of_unlisted(ended, unlisted, access)
    if ended is not None and in_window(ended, WINDOW, access.as_of):
        yield [lambda: _raise_if_none_is_told(person, access)]


def _listed(person: Person, access: Access) -> Iterator[Iterable[Identity]]:
    yield access.identities.all("email", person.email)
    yield by_login(person, access.identities)
    yield from _as_far_as_known(lambda: listed_accounts(person, access.identities))


def _unlisted(person: Person, access: Access) -> Iterator[Iterable[Unlisted]]:
    yield unlisted_by_address(person, access.identities, access.events)
    yield from _as_far_as_known(
        lambda: (unlisted_by_name(account, access.identities, access.events) for account in person.accounts)
    )


def _as_far_as_known(make: Callable[[], Iterable[Iterable[V]]]) -> Iterator[Iterable[V]]:
    """The groups; one that raises where it is not known which accounts somebody has: what the others hold stands."""
    try:
        yield from make()
    except UnknownFact as unknown:
        yield map(_raise, [unknown])


def _raise(unknown: UnknownFact) -> NoReturn:
    raise unknown


def _raise_if_none_is_told(person: Person, access: Access) -> str:
    """Who left lately had an account somewhere: where nothing tells of one, nothing tells that it is off."""
    for group in (*_listed(person, access), *_unlisted(person, access)):
        found, unknown = known(group, lambda _: True)
        if found or unknown is not None:
            return ""
    text = (
        f"no list and no log tells of an account of {person.email}: name it (accounts), or exempt who had none "
        "(exemptions.yaml)"
    )
    raise UnknownFact("accounts", text)


def _of_listed(person: Person, ended: datetime | None, group: Iterable[Identity], access: Access) -> Iterator[Question]:
    def question(identity: Identity) -> Question:
        return lambda: _listed_problem(identity, person, ended, access)

    yield from map(question, group)


def _of_unlisted(ended: datetime, group: Iterable[Unlisted], access: Access) -> Iterator[Question]:
    def question(account: Unlisted) -> Question:
        return lambda: _unlisted_problem(account, ended, access)

    yield from map(question, group)


def _listed_problem(identity: Identity, person: Person, ended: datetime | None, access: Access) -> str:
    def between() -> str:
        return on_between(identity, person, access.events, access.limit, access.as_of)

    def since() -> str:
        return "" if ended is None or _kept(identity, access) else _open_too_long(identity, ended, access)

    problem = problems(lambda ask: ask(), [between, since])
    name = worded(lambda: f"account {identity.name}", "account")
    return f"{identity.source} {name} was {problem}" if problem else ""


def _unlisted_problem(account: Unlisted, ended: datetime, access: Access) -> str:
    name, own = account
    problem = by_log(own, access.events, ended, access.limit, access.as_of)
    return f"{name} was {problem}" if problem else ""


def _kept(identity: Identity, access: Access) -> bool:
    """A program's account may go on where somebody answers for it now."""
    return not identity.human and not keeper_problem(identity, access.persons, access.as_of)


def _open_too_long(identity: Identity, ended: datetime, access: Access) -> str:
    """What is wrong with when it was switched off. Raises `UnknownFact` where nothing tells, or two sources differ."""
    limit, as_of = access.limit, access.as_of
    if used := _used_after(identity, ended + limit):
        return used
    if identity.active:
        _raise_if_closed_by_log(identity, access)
        return late("disabled", None, ended, limit, as_of)
    try:
        return late("disabled", _off_since(identity), ended, limit, as_of)
    except UnknownFact as unknown:
        if _off_in_time(identity, ended, access):
            return ""
        return _as_the_log_tells(identity, ended, access, unknown)


def _raise_if_closed_by_log(identity: Identity, access: Access) -> None:
    """A log that holds all and a list that is newer can't both be right."""
    closing = closed_by_log(told(lambda: of_identity(identity, access.events), otherwise=[]), access.events)
    if closing is not None and closing.happened_at < access.as_of - _LISTS_AGE:
        raise _contradicted(identity, closing, "still on")


def _contradicted(identity: Identity, closing: AccountEvent, state: str) -> UnknownFact:
    text = f"its audit log tells that it was {closing.action} on {day(closing.happened_at)} and did not come back"
    return UnknownFact(
        "active", f"by its list account {identity.name} is {state}, and {text}: export both anew", code="conflict"
    )


def _off_since(identity: Identity) -> datetime:
    if identity.disabled_at is None:
        raise UnknownFact("disabled_at", f"account {identity.name} is off, but nothing says since when")
    _raise_if_used_since(identity, identity.disabled_at)
    return identity.disabled_at


def _raise_if_used_since(identity: Identity, off: datetime) -> None:
    """What was used can't have been off: it was on again, or the moment is that of something else."""
    used = told(lambda: identity.last_used_at, otherwise=None)
    if used is not None and used - off > _MINUTES:
        text = f"is told to be off since {_minute(off)}, and was used at {_minute(used)}: export its audit log"
        raise UnknownFact("disabled_at", f"account {identity.name} {text}", code="conflict")


def _minute(moment: datetime) -> str:
    return f"{moment.astimezone(UTC):%Y-%m-%d %H:%M} UTC"


def _used_after(identity: Identity, moment: datetime) -> str:
    """An account that was used can't have been off, whenever that was; empty where no use after `moment` is known."""
    used = told(lambda: identity.last_used_at, otherwise=None)
    return f"used on {day(used)}, after access should have ended" if used is not None and used > moment else ""


def _off_in_time(identity: Identity, ended: datetime, access: Access) -> bool:
    """Whether it was off in time at the latest; when exactly is not known."""
    latest = told(lambda: identity.disabled_by, otherwise=None)
    if latest is None or late("disabled", latest, ended, access.limit, access.as_of):
        return False
    _raise_if_used_since(identity, latest)
    return True


def _as_the_log_tells(identity: Identity, ended: datetime, access: Access, unknown: UnknownFact) -> str:
    """Raises what is `unknown` without a log, where no log tells of the account."""
    own = of_identity(identity, access.events)
    if own:
        problem = by_log(own, access.events, ended, access.limit, access.as_of)
        if not problem:
            _raise_if_doubtful(identity, own, access)
        return problem
    gaps = [gap.text for gap in access.events.gaps if gap.source == identity.source]
    if not gaps:
        raise unknown
    raise UnknownFact(unknown.fact, f"{unknown.reason}; of its audit log: {gaps[0]}", code=unknown.code)


def _raise_if_doubtful(identity: Identity, own: Sequence[AccountEvent], access: Access) -> None:
    """A log that says it is off holds only where nothing was used since, and what is removed is in no newer list."""
    closing = max(own, key=lambda event: event.happened_at)
    _raise_if_used_since(identity, closing.happened_at)
    stays = told(lambda: identity.stays_listed or identity.disabled_by is not None, otherwise=False)
    if closing.action == "removed" and not stays and closing.happened_at < access.as_of - _LISTS_AGE:
        raise _contradicted(identity, closing, "there, and off")


def _end_of_work(person: Person, as_of: datetime) -> datetime | None:
    """When who has left did, None of others; the end of this day where it is the last one.

    Raises `UnknownFact` where the flag says so and the date lies further ahead.
    """
    ended = person.ended_at
    if not left(person, as_of) or ended is None:
        return None
    if ended - as_of > _LAST_DAY:
        text = (
            f"has left, but by the register work ends on {day(ended)}, which lies ahead: write active: false once the "
            "last day has come, or correct the date"
        )
        raise UnknownFact("ended_at", text, code="conflict")
    return ended
