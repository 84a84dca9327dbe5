"""Accounts and the people behind them."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from soc2test import Change, Identity, Person, Population, UnknownFact, control
from soc2test_policies._ages import overdue, recent
from soc2test_policies._committers import commit_addresses, own_addresses, raise_if_anothers, registered
from soc2test_policies._joins import told
from soc2test_policies._likeness import leavers_alike, of_a_leaver
from soc2test_policies._people import keeper_problem, left, listing


def _of_a_person(identity: Identity) -> bool:
    return identity.human and not identity.root and identity.active


@control(
    "IAM-08",
    criteria=["CC6.2"],
    nature="state",
    supports={"CC6.1": "each account is that of somebody who works here"},
    severity="high",
    where=_of_a_person,
    limits={"removal_hours": 24},
    looser={"removal_hours": "higher"},
    beside=["changes"],
)
def test_accounts_belong_to_an_active_person(
    identity: Identity,
    persons: Population[Person],
    identities: Population[Identity],
    changes: Population[Change],
    limits: Any,
    as_of: datetime,
) -> None:
    """Every active account of a person belongs to somebody who works here.

    Found by its e-mail address, else by a login that is an address, or where the register of people names the account.
    One whose own address, or that of its commits, is another person's than the register names is unknown, and so is one
    that the register names for two people.
    A name that is only alike is no match; where it is a leaver's, it is named. An account that is told to be somebody's
    and is called as somebody who has left may be the leaver's still: whose it is, is not known. Who left a moment ago
    may have it on for `removal_hours`: until then this holds, and IAM-07 counts the account as pending.

    CC6.2: accounts are for people whom the company took on: one that is nobody's who works here was never removed, or
    never approved.
    """
    gone = None
    for address in _addresses(identity):
        for person in persons.all("email", address):
            if not left(person, as_of):
                _raise_if_anothers(identity, changes, persons)
                _raise_if_shared(identity, persons, as_of)
                return _raise_if_a_leavers(identity, person, identities, persons, as_of)
            gone = person
        if gone is not None:  # mail goes to who left, whoever's name the login is
            break
    for person in listing(identity, persons):
        if not left(person, as_of):
            _raise_if_anothers(identity, changes, persons)
            _raise_if_shared(identity, persons, as_of)
            return _raise_if_a_leavers(identity, person, identities, persons, as_of)
        gone = gone or person
    if gone is not None and _may_be_on(gone, timedelta(hours=limits.removal_hours), as_of):
        return None
    assert gone is None, f"belongs to {gone.email}, who has left"
    nobody = "matches nobody in the register of people, by e-mail address, login or account"
    alike = leavers_alike(identity, persons, as_of)
    raise AssertionError(f"{nobody}; {alike}" if alike else nobody)


def _raise_if_anothers(identity: Identity, changes: Population[Change], persons: Population[Person]) -> None:
    """Raises `UnknownFact` where its own address, or that of its commits, is another's than the register says."""
    name = f"{identity.source} account {identity.name}"
    evidence = (*own_addresses(identity), *commit_addresses(identity.source, identity.name, changes))
    raise_if_anothers(name, registered(identity.source, identity.name, persons), evidence, persons)


def _raise_if_shared(identity: Identity, persons: Population[Person], as_of: datetime) -> None:
    """Raises `UnknownFact` where several people who work here have the account by the register: whose is it?"""
    name = f"{identity.source} account {identity.name}"
    named = registered(identity.source, identity.name, persons)
    holders = {person.email for person in named if not left(person, as_of)}
    if len(holders) > 1:
        whose = " and ".join(sorted(holders))
        text = f"{name} is that of {whose} by the register of people: an account that is shared is nobody's own"
        raise UnknownFact("accounts", text, code="conflict")


def _raise_if_a_leavers(
    identity: Identity, holder: Person, identities: Population[Identity], persons: Population[Person], as_of: datetime
) -> None:
    """Raises `UnknownFact` where the account is called as somebody who has left, and not as who is told to hold it."""
    others = told(lambda: _has_another(identity, holder, identities), otherwise=False)
    leaver = of_a_leaver(identity, holder, persons, as_of, others=others)
    if leaver:
        whose = f"is {holder.email}'s by its address or the register of people, and is called as {leaver}, who has left"
        way_out = "switch it off, or exempt it (exemptions.yaml) with who approved that it goes on"
        raise UnknownFact("email", f"{identity.source} account {identity.name} {whose}: {way_out}", code="conflict")


def _has_another(identity: Identity, holder: Person, identities: Population[Identity]) -> bool:
    """Whether somebody has a second account of people in the same place."""
    own = [*identities.all("email", holder.email).hits, *identities.all("name", holder.email).hits]
    for account in holder.accounts:
        own += identities.all("name", account.partition(":")[2]).hits
    place = identity.source, identity.tenant
    return any(each.id != identity.id and (each.source, each.tenant) == place and _of_a_person(each) for each in own)


def _may_be_on(person: Person, limit: timedelta, as_of: datetime) -> bool:
    """Whether the account of a leaver need not be off yet; what has no end is past any limit."""
    ended = told(lambda: person.ended_at, otherwise=None)
    return ended is not None and as_of - ended <= limit


def _addresses(identity: Identity) -> Iterator[str]:
    """Its address, and its login where that is one: some providers know no other."""
    if identity.email is not None:
        yield identity.email
    if "@" in identity.name:
        yield identity.name


@control(
    "IAM-09",
    criteria=["CC6.2"],
    nature="state",
    supports={"CC1.3": "somebody answers for each account"},
    severity="medium",
    where=lambda identity: identity.active and not identity.human and not identity.root,
    on_empty="no_occurrences",
)
def test_service_accounts_have_an_active_owner(
    identity: Identity, persons: Population[Person], as_of: datetime
) -> None:
    """Every active account of a program is answered for by somebody who works here.

    CC6.2: an account of a program is made for somebody, who can say whether it is still needed.
    """
    problem = keeper_problem(identity, persons, as_of)
    assert not problem, problem


@control(
    "IAM-10",
    criteria=["CC6.2"],
    nature="state",
    supports={"CC6.3": "the rights of an account that nobody uses go with it"},
    severity="medium",
    operates="quarterly",
    where=_of_a_person,
    limits={"unused_days": 90},
    looser={"unused_days": "higher"},
)
def test_unused_accounts_are_disabled(identity: Identity, limits: Any, as_of: datetime) -> None:
    """Every active account of a person was used, made, or given its password, within the allowed days.

    Where a source can't tell when an account was used last, its accounts can't be tested: an entry of exemptions.yaml
    says so, and by which other control they are looked at.

    CC6.2: an account that is no longer used should have been removed, and nobody would notice its misuse.
    """
    begun = (lambda: identity.created_at), (lambda: identity.password_set_at)
    if any(recent(told(moment, otherwise=None), limits.unused_days, as_of) for moment in begun):
        return  # whatever is known of its use
    if identity.last_used_at is None:
        problem = overdue("never used, and made", identity.created_at, limits.unused_days, as_of)
    else:
        problem = overdue("last used", identity.last_used_at, limits.unused_days, as_of)
    assert not problem, problem
