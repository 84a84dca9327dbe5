"""Who works here, who left, and whether whoever is named as owner is one of them."""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from itertools import pairwise
from operator import call

from soc2test import Identity, Person, Population, Spell, UnknownFact, any_of, normal_email
from soc2test_policies._ages import day
from soc2test_policies._joins import known, told

__all__ = [
    "SAME_WORK", "breaks", "by_login", "ends_of_work", "is_a_leavers", "joined_at", "keeper_problem",
    "leavers_would_be_listed", "left", "listed_accounts", "listing", "named_problem", "owner_problem", "worked_on",
    "works_here",
]  # fmt: skip

SAME_WORK = timedelta(days=30)
"""Times of work with no more between them are one."""


def left(person: Person, as_of: datetime) -> bool:
    """True for everybody whose work has ended: by the register's flag or its date, whichever says so first.

    A date that lies ahead is no end yet. All policies ask here, or `works_here` and `worked_on`.
    """
    says_so: tuple[Callable[[], bool], ...] = (lambda: not person.active, lambda: _over(person.ended_at, as_of))
    return any_of(says_so, call)


def _over(ended_at: datetime | None, as_of: datetime) -> bool:
    return ended_at is not None and ended_at <= as_of


def is_a_leavers(address: str, persons: Population[Person], as_of: datetime) -> bool:
    """Whether mail to an address goes to nobody but who left.

    The register tells so of each who bears it; an address that it lacks may be a group's.
    """
    holders = persons.all("email", address).hits
    return bool(holders) and all(left(person, as_of) for person in holders)


def works_here(person: Person, as_of: datetime) -> bool:
    """True for everybody whose work has begun and not ended."""
    return not left(person, as_of) and person.started_at <= as_of


def leavers_would_be_listed(persons: Population[Person]) -> None:
    """Raises `UnknownFact` unless a list of people is known to keep who left: of active people alone all look the same
    as where nobody has left."""
    stay, unknown = known(persons.members, lambda person: person.stays_listed)
    if not stay:
        raise unknown or UnknownFact("stays_listed", "no list of people that keeps who left was exported")


def breaks(person: Person) -> Iterator[tuple[datetime, datetime]]:
    """The times between two spells of work, each from its end to the next start."""
    for before, after in pairwise(person.spells):
        if before.ended_at is not None:
            yield before.ended_at, after.started_at


def ends_of_work(person: Person) -> tuple[datetime, ...]:
    """When each of a person's spells of work ended, as far as they are known, oldest first."""
    spells: tuple[Spell, ...] = told(lambda: person.spells, otherwise=())
    ends = (person.ended_at, *(spell.ended_at for spell in spells))
    return tuple(sorted({end for end in ends if end is not None}))


def joined_at(person: Person, gap: timedelta) -> datetime:
    """The first day of the work that goes on, where spells with at most `gap` between them are one: a contractor who is
    employed joins once."""
    start = person.started_at
    spells: tuple[Spell, ...] = told(lambda: person.spells, otherwise=())
    for earlier, later in reversed([*pairwise(spells)]):
        if earlier.ended_at is None or later.started_at - earlier.ended_at > gap:
            break
        start = earlier.started_at
    return start


def worked_on(person: Person, moment: datetime) -> bool:
    """True for everybody who worked here at a moment, also where it was an earlier spell.

    Raises `UnknownFact` where somebody has left and the register does not say when.
    """
    spells = [spell for spell in person.spells if spell.started_at <= moment]
    if any(spell.ended_at is not None and spell.ended_at > moment for spell in spells):
        return True
    going_on = any(spell.ended_at is None for spell in spells)
    if going_on and not person.active:
        raise UnknownFact("ended_at", "has left, but the register does not say when", kind="Person", resource=person.id)
    return going_on


def named_problem(role: str, email: str | None, moment: datetime, persons: Population[Person]) -> str:
    """What is wrong with somebody who is named as approver, commander ... of something at a moment; "" where nothing.

    Nothing is where the address is that of a person who worked here then. Raises `UnknownFact` where that is unknown.
    """
    if email is None:
        return f"nobody is named as {role}"
    found = persons.all("email", email)
    if any_of(found, lambda person: worked_on(person, moment)):
        return ""
    if found.hits:
        return f"its {role} {email} did not work here on {day(moment)}"
    return f"its {role} {email} is not in the register of people"


def owner_problem(email: str | None, persons: Population[Person], as_of: datetime) -> str:
    """What is wrong with an owner; empty where the address is that of somebody who works here.

    Who has not begun is no active person by the register either.
    """
    if email is None:
        return "nobody is named as owner"
    found = persons.all("email", email)
    if any_of(found, lambda person: not left(person, as_of)):
        return ""
    if found.hits:
        return f"its owner {email} has left, or has not begun"
    return f"its owner {email} is not in the register of people"


def keeper_problem(identity: Identity, persons: Population[Person], as_of: datetime) -> str:
    """What is wrong with who answers for a program's account: a person must who has not left, as owner or by the
    register."""

    def stays(person: Person) -> bool:
        return not left(person, as_of)

    if any(_surely(stays, person) for person in persons.all("accounts", _account(identity)).hits):
        return ""
    problem = owner_problem(identity.owner, persons, as_of)
    return problem if problem and not any_of(listing(identity, persons), stays) else ""


def _surely(test: Callable[[Person], bool], person: Person) -> bool:
    return told(lambda: test(person), otherwise=False)


def listing(identity: Identity, persons: Population[Person]) -> Iterator[Person]:
    """Who names the account in the register of people; raises last where one only seems to."""
    found = persons.all("accounts", _account(identity))
    yield from found
    if not found.hits and persons.alike("accounts", _account(identity)):
        raise _misspelt(identity)


def listed_accounts(person: Person, identities: Population[Identity]) -> Iterator[Iterator[Identity]]:
    """The accounts that the register of people names for a person ("directory:ann"); each raises as `listing`."""
    return (_named(identities, *account.split(":", 1)) for account in person.accounts)


def by_login(person: Person, identities: Population[Identity]) -> Iterator[Identity]:
    """Accounts whose login is the person's address, whatever else stands there as their address."""
    yield from identities.all("name", person.email)
    for each in identities.alike("name", person.email):
        if normal_email(each.name) != normal_email(person.email):
            raise _misspelt(each)
        yield each


def _named(identities: Population[Identity], source: str, name: str) -> Iterator[Identity]:
    found = identities.all("name", name)
    mine = [each for each in found.hits if each.source == source]
    yield from mine
    len(found)  # raises where there may be more
    for each in identities.alike("name", name):
        if each.source == source and not mine:
            raise _misspelt(each)


def _account(identity: Identity) -> str:
    return f"{identity.source}:{identity.name}"


def _misspelt(identity: Identity) -> UnknownFact:
    """Whether two logins that differ in case are one account is the provider's to say."""
    text = f"the register of people writes the login of {identity!r} otherwise: write it as {identity.source} does"
    return UnknownFact("accounts", text, code="conflict")
