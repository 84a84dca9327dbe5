"""When an account ended, as audit logs tell it.

A log that lacks some of its events still tells of those that it holds: that one was switched off, or was still on. That
an account stayed off since needs all that came later, and that nothing happened needs all of it.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, timedelta

from soc2test import AccountEvent, Identity, Person, Population, UnknownFact, normal_email
from soc2test_policies._ages import day, late
from soc2test_policies._joins import allowed
from soc2test_policies._newest import newest

__all__ = [
    "Unlisted",
    "by_log",
    "closed_by_log",
    "is_listed",
    "of_identity",
    "off_until",
    "unlisted_by_address",
    "unlisted_by_name",
]

_ACTIONS = {word: word for word in ("enabled", "disabled", "removed", "narrowed")}
_AGAIN = "it may have been switched on again since"

Unlisted = tuple[str, Sequence[AccountEvent]]
"""An account that no list holds: its source and name in words, and what logs tell of it."""


def of_identity(identity: Identity, events: Population[AccountEvent]) -> list[AccountEvent]:
    """What logs tell of an account: by its id, else by its login in its own organisation, without case."""
    by_login = [*events.all("account", identity.name).hits, *events.alike("account", identity.name)]
    own = [event for event in by_login if _known_by_login(event, identity)]
    return [*events.all("identity", identity.id).hits, *own]


def _known_by_login(event: AccountEvent, identity: Identity) -> bool:
    same_place = (event.source, event.tenant) == (identity.source, identity.tenant)
    return same_place and event.identity is None and normal_email(event.account) == normal_email(identity.name)


def by_log(
    own: Sequence[AccountEvent], events: Population[AccountEvent], ended: datetime, limit: timedelta, as_of: datetime
) -> str:
    """What is wrong with when an account ended that is off now or in no list: when it was switched off last.

    Raises `UnknownFact` where the log does not tell, or may lack what came after.
    """
    problem, closing = _told(own, ended, limit, as_of)
    if not problem:
        _raise_if_broken(closing, events)
    return problem


def off_until(
    own: Iterable[AccountEvent], events: Population[AccountEvent], ended: datetime, limit: timedelta, back: datetime
) -> str:
    """What is wrong with when an account ended for somebody who came back; as `by_log`, of the time between.

    That it is made ready shortly before the return is none of it.
    """
    return by_log([event for event in own if _belongs(event, ended, back)], events, ended, limit, back)


def _belongs(event: AccountEvent, ended: datetime, back: datetime) -> bool:
    return event.happened_at < back and (event.action != "enabled" or event.happened_at <= ended)


def closed_by_log(own: Iterable[AccountEvent], events: Population[AccountEvent]) -> AccountEvent | None:
    """The event since which an account is off by its log, None where it may be on again, or nothing is told."""
    latest = newest(own, lambda event: event.happened_at)
    if not latest or any(event.action not in ("disabled", "removed") for event in latest):
        return None
    last = max(latest, key=lambda event: event.id)
    try:
        _raise_if_broken(last, events)
    except UnknownFact:
        return None
    return last


def _told(
    own: Iterable[AccountEvent], ended: datetime, limit: timedelta, as_of: datetime
) -> tuple[str, AccountEvent | None]:
    """What is wrong, and the event since which it is off."""
    off: AccountEvent | None = None
    for event in sorted(own, key=lambda event: (event.happened_at, event.id)):
        action = allowed("action", event.action, _ACTIONS)
        if action == "enabled":
            off = None
        if (
            off is None
            and event.happened_at > ended + limit
            and (problem := _was_on(event, action, ended, limit, as_of))
        ):
            return problem, None
        if off is None and action in ("disabled", "removed"):
            off = event
    if off is None:
        raise UnknownFact("disabled_at", "the audit log does not tell when it was switched off last")
    problem = late("removed", off.happened_at, ended, limit, as_of)
    if problem:
        raise UnknownFact("disabled_at", f"{problem}, and the audit log does not tell whether it was off before")
    return "", off


def _was_on(event: AccountEvent, action: str, ended: datetime, limit: timedelta, as_of: datetime) -> str:
    """What is wrong where an event after the limit shows that the account was on; what is gone may have been off."""
    if action == "enabled":
        return f"switched on on {day(event.happened_at)}, after access should have ended"
    if action == "narrowed":
        return f"open until {day(event.happened_at)} by a way in that was closed then"
    return late("disabled", event.happened_at, ended, limit, as_of) if action == "disabled" else ""


def _raise_if_broken(closing: AccountEvent | None, events: Population[AccountEvent]) -> None:
    for gap in events.gaps:
        of_another_log = closing is not None and gap.source not in (closing.source, None)
        older = gap.code == "partial" and closing is not None and closing.complete_after
        if not of_another_log and not older and gap.code != "missing":
            raise UnknownFact("disabled_at", f"{gap.text}: {_AGAIN}", code=gap.code)


def unlisted_by_name(
    account: str, identities: Population[Identity], events: Population[AccountEvent]
) -> Iterator[Unlisted]:
    """The account of the register of people ("directory:ann") where no list of its source holds it, by organisation.

    Raises `UnknownFact` where a list may hold it, or no log tells of it.
    """
    source, name = account.split(":", 1)
    found = identities.all("name", name)
    alike = [*found.hits, *identities.alike("name", name)]
    if any(identity.source == source for identity in alike):
        return  # whether it is the one is asked where lists are joined
    len(found)  # raises where there may be more
    own = [event for event in events.all("account", name).hits if event.source == source]
    if not own:
        raise UnknownFact("accounts", f"no list of {source} holds account {name}, and {_silent(source, name, events)}")
    yield from _by_place(own)


def _silent(source: str, name: str, events: Population[AccountEvent]) -> str:
    if any(event.source == source for event in events.alike("account", name)):
        return f"the audit log writes it otherwise: write it as {source} does"
    gaps = [gap.text for gap in events.gaps if gap.source == source]
    return "; ".join(["no audit log tells when it was removed", *gaps[:1]])


def unlisted_by_address(
    person: Person, identities: Population[Identity], events: Population[AccountEvent]
) -> Iterator[Unlisted]:
    """Accounts whose login is the person's address, that logs tell of and no list holds."""
    named = [*events.all("account", person.email).hits, *events.alike("account", person.email)]
    own = [event for event in named if normal_email(event.account) == normal_email(person.email)]
    yield from _by_place(event for event in own if not is_listed(event, identities))


def is_listed(event: AccountEvent, identities: Population[Identity]) -> bool:
    """Whether a list holds the account that a log tells of."""
    if event.identity is not None:
        return bool(identities.all("id", event.identity).hits)
    names = [*identities.all("name", event.account).hits, *identities.alike("name", event.account)]
    return any(_known_by_login(event, identity) for identity in names)


def _by_place(events: Iterable[AccountEvent]) -> Iterator[Unlisted]:
    """Each organisation's account is one of its own."""
    places: dict[tuple[str, str, str | None], list[AccountEvent]] = {}
    for event in events:
        places.setdefault((event.source, event.tenant, event.identity), []).append(event)
    for (source, _, _), own in places.items():
        yield f"{source} account {own[0].account}", own
