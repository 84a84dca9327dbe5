"""Accounts that systems tell were closed, held against the register of people: it may lack somebody who left."""

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta

from soc2test import AccountEvent, Identity, Person, Population, UnknownFact, deviation
from soc2test_policies._ages import WINDOW, day, in_window
from soc2test_policies._holders_then import holders_of, login_of, nobodys
from soc2test_policies._joins import known, told
from soc2test_policies._people import leavers_would_be_listed, works_here
from soc2test_policies._removals import is_listed, of_identity

__all__ = ["all_leavers_told", "closed_accounts_would_show"]

_CLOSES = ("disabled", "removed")


def all_leavers_told(
    identities: Population[Identity], persons: Population[Person], events: Population[AccountEvent], as_of: datetime
) -> None:
    """Each account of a person that was closed within the year is somebody's whom the register of people names, and who
    works here by the register has an account left.

    Lists that drop what is closed, and logs that reach back less far, show no more than they hold. An account of which
    no list tells that it is a program's may be a person's, and one that a row names for somebody is that one's only
    where nothing in its address or login speaks for another.
    """
    closed, unsure = known(identities.members, lambda identity: _is_closed(identity, persons, events, as_of))
    for identity in closed:
        if not holders_of(identity, persons, as_of):
            name = f"{identity.source} account {identity.name}"
            deviation(identity, f"{name} {_since(identity)}, and {nobodys(identity, persons)}")
    ends, unclear = known(events.members, lambda event: _ends_unlisted(event, identities, as_of))
    for event in _last_of_each(ends):
        if not holders_of(event, persons, as_of):
            told_by = f"{event.source} account {event.account} was {event.action} on {day(event.happened_at)}"
            deviation(event, f"{told_by}, and {nobodys(event, persons)}")
    for person in persons.members:
        _name_if_closed(person, [*closed, *ends], identities, as_of)
    if (unknown := unsure or unclear) is not None:
        raise unknown


def _is_closed(
    identity: Identity, persons: Population[Person], events: Population[AccountEvent], as_of: datetime
) -> bool:
    """An account of a person that was on, and was switched off within the year; when it is not known it may have.

    Of an account that has an owner in the register nothing else is asked for certain.
    """

    def is_off() -> bool:
        return not identity.active and not identity.root and identity.human

    if not (told(is_off, otherwise=False) if holders_of(identity, persons, as_of) else is_off()):
        return False
    perhaps: datetime | None = as_of
    moments = [told(lambda: identity.disabled_at, perhaps), told(lambda: identity.disabled_by, perhaps)]
    logged = [event.happened_at for event in of_identity(identity, events) if event.action in _CLOSES]
    moments += [max(logged)] if logged else []
    return all(moment is not None and in_window(moment, WINDOW, as_of) for moment in moments)


def _since(identity: Identity) -> str:
    off = told(lambda: identity.disabled_at, otherwise=None)
    latest = told(lambda: identity.disabled_by, otherwise=None)
    if off is not None:
        return f"was switched off on {day(off)}"
    return "is off, since nothing says when" if latest is None else f"was off on {day(latest)} at the latest"


def _ends_unlisted(event: AccountEvent, identities: Population[Identity], as_of: datetime) -> bool:
    lately = event.action in _CLOSES and in_window(event.happened_at, WINDOW, as_of)
    return lately and not is_listed(event, identities)


def _last_of_each(ends: Iterable[AccountEvent]) -> Iterator[AccountEvent]:
    newest = {(event.source, event.tenant, event.account): event for event in sorted(ends, key=_moment)}
    yield from newest.values()


def _moment(event: AccountEvent) -> tuple[datetime, str]:
    return event.happened_at, event.id


def _name_if_closed(
    person: Person, closed: Iterable[Identity | AccountEvent], identities: Population[Identity], as_of: datetime
) -> None:
    """Names who works here by the register and has no account left, while one was closed within the year."""
    if not told(lambda: works_here(person, as_of), otherwise=False) or _has_one_on(person, identities):
        return
    his = Population(Person, [person])
    lost = [account for account in closed if holders_of(account, his, as_of)]
    if lost:
        names = ", ".join(dict.fromkeys(f"{account.source} {login_of(account)}" for account in lost))
        deviation(
            person,
            f"{person.email} works here by the register, and all known accounts are off ({names}): enter the last day, "
            "or exempt who is away for a time (exemptions.yaml)",
        )


def _has_one_on(person: Person, identities: Population[Identity]) -> bool:
    """What is not known of an account may well be that it is on."""
    own = [*identities.all("email", person.email).hits, *identities.all("name", person.email).hits]
    accounts: tuple[str, ...] = told(lambda: person.accounts, otherwise=())
    for account in accounts:
        source, _, name = account.partition(":")
        own += [identity for identity in identities.all("name", name).hits if identity.source == source]
    return any(told(lambda identity=identity: identity.active, otherwise=True) for identity in own)  # type: ignore[misc]


def closed_accounts_would_show(
    identities: Population[Identity], persons: Population[Person], events: Population[AccountEvent], as_of: datetime
) -> None:
    """Some list keeps accounts that were switched off, or some log reaches back a year; and some list keeps who left.

    A list that drops them would be the same if somebody had left.
    """
    leavers_would_be_listed(persons)
    if any(told(lambda identity=identity: identity.stays_listed, otherwise=False) for identity in identities.members):  # type: ignore[misc]
        return
    broken = {gap.source for gap in events.gaps}
    begins = as_of - timedelta(days=WINDOW)
    if not any(event.happened_at <= begins for event in events.members if event.source not in broken):
        raise UnknownFact("", "no list that keeps accounts which were switched off, and no log of a year, was exported")
