"""Whether the accounts of somebody who left could be used for too long."""

from collections.abc import Callable, Iterable, Iterator
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

__all__ = ["Access", "Question"]

Question = Callable[[], str]
"""What is wrong with one account; "" where nothing is."""


@dataclass(frozen=True, kw_only=True)
class Access:
    """All that is known of accounts, the hours that they may stay on, and the moment."""

    identities: Population[Identity]
    persons: Population[Person]
    events: Population[AccountEvent]
    limit: timedelta
    as_of: datetime

    def questions(self, person: Person) -> Iterator[Iterable[Question]]:
        """One question for each account of a person; each group raises last where there may be more of it."""
        ended = _end_of_work(person, self.as_of) if left(person, self.as_of) else None
        yield self._listed(person, ended, self.identities.all("email", person.email))
        yield self._listed(person, ended, by_login(person, self.identities))
        for group in listed_accounts(person, self.identities):
            yield self._listed(person, ended, group)
        if ended is not None:
            yield self._unlisted(ended, unlisted_by_address(person, self.identities, self.events))
            for account in person.accounts:
                yield self._unlisted(ended, unlisted_by_name(account, self.identities, self.events))

    def _listed(self, person: Person, ended: datetime | None, group: Iterable[Identity]) -> Iterator[Question]:
        for identity in group:
            yield lambda identity=identity: self._problem(identity, person, ended)  # type: ignore[misc]

    def _unlisted(self, ended: datetime, group: Iterable[Unlisted]) -> Iterator[Question]:
        for account in group:
            yield lambda account=account: self._problem_by_log(account, ended)  # type: ignore[misc]

    def _problem(self, identity: Identity, person: Person, ended: datetime | None) -> str:
        problem = self._on_between(identity, person)
        if not problem and ended is not None and not self._kept(identity):
            problem = self._open_too_long(identity, ended)
        name = worded(lambda: f"account {identity.name}", "account")
        return f"{identity.source} {name} was {problem}" if problem else ""

    def _problem_by_log(self, account: Unlisted, ended: datetime) -> str:
        name, own = account
        problem = by_log(own, self.events, ended, self.limit, self.as_of)
        return f"{name} was {problem}" if problem else ""

    def _kept(self, identity: Identity) -> bool:
        """A program's account may go on where somebody answers for it now."""
        return not identity.human and not keeper_problem(identity, self.persons, self.as_of)

    def _on_between(self, identity: Identity, person: Person) -> str:
        """That an account was used between two spells of work, where a system tells; most tell the last use alone."""
        for ended, back in told(lambda: [*breaks(person)], otherwise=[]):
            used = told(lambda: identity.last_used_at, otherwise=None)
            if used is not None and ended + self.limit < used < back:
                return f"used on {day(used)}, between two times of work"
            own = told(lambda: of_identity(identity, self.events), otherwise=[])
            if problem := still_on(own, ended, self.limit, back):
                return f"{problem}, between two times of work"
        return ""

    def _open_too_long(self, identity: Identity, ended: datetime) -> str:
        """What is wrong with when it was switched off. Raises `UnknownFact` where nothing tells."""
        if identity.active:
            return late("disabled", None, ended, self.limit, self.as_of)
        try:
            return late("disabled", _off_since(identity), ended, self.limit, self.as_of)
        except UnknownFact as unknown:
            used = _used_after(identity, ended + self.limit)
            if used or self._off_in_time(identity, ended):
                return used
            return self._as_the_log_tells(identity, ended, unknown)

    def _off_in_time(self, identity: Identity, ended: datetime) -> bool:
        """Whether it was off in time at the latest; when exactly is not known."""
        latest = told(lambda: identity.disabled_by, otherwise=None)
        return latest is not None and not late("disabled", latest, ended, self.limit, self.as_of)

    def _as_the_log_tells(self, identity: Identity, ended: datetime, unknown: UnknownFact) -> str:
        """Raises what is `unknown` without a log, where no log tells of the account."""
        own = of_identity(identity, self.events)
        if own:
            return by_log(own, self.events, ended, self.limit, self.as_of)
        gaps = [gap.text for gap in self.events.gaps if gap.source == identity.source]
        if not gaps:
            raise unknown
        raise UnknownFact(unknown.fact, f"{unknown.reason}; of its audit log: {gaps[0]}", code=unknown.code)


def _end_of_work(person: Person, as_of: datetime) -> datetime:
    """When who has left did. Raises `AssertionError` where the register has no date, `UnknownFact` for one to come."""
    ended = person.ended_at
    assert ended is not None, "has left, but the register does not say when"
    if ended > as_of:
        text = f"has left, but by the register work ends on {day(ended)}, which lies ahead"
        raise UnknownFact("ended_at", text, code="conflict")
    return ended


def _off_since(identity: Identity) -> datetime:
    if identity.disabled_at is None:
        raise UnknownFact("disabled_at", f"account {identity.name} is off, but nothing says since when")
    return identity.disabled_at


def _used_after(identity: Identity, moment: datetime) -> str:
    """An account that was used can't have been off, whenever that was; empty where no use after `moment` is known."""
    used = told(lambda: identity.last_used_at, otherwise=None)
    return f"used on {day(used)}, after access should have ended" if used is not None and used > moment else ""
