"""Whose an account is by evidence: a host of code gives a commit to the account with its address, and lists tell it."""

import re
from collections.abc import Iterable, Iterator, Sequence

from soc2test import Change, Identity, Person, Population, UnknownFact, Writer, normal_email
from soc2test_policies._approvals import plain
from soc2test_policies._joins import told
from soc2test_policies._likeness import may_be_called

__all__ = ["commit_addresses", "of_somebody_else", "own_addresses", "raise_if_anothers", "registered", "written_by"]

_COMMITS = "its commits bear"
_ADDRESS = "its address is"
_LOGIN = "its login is"
_CORRECT = "correct the register (accounts)"
_ENTER = "enter who is missing, or exempt it (exemptions.yaml) with who approved that it is theirs"


def registered(source: str, login: str, persons: Population[Person]) -> list[Person]:
    """Who has an account by the register of people, also where its login is written otherwise there."""
    account = f"{source}:{login}"
    return [*persons.all("accounts", account).hits, *persons.alike("accounts", account)]


def raise_if_anothers(
    account: str, said: Iterable[Person], evidence: Iterable[tuple[str, str]], persons: Population[Person]
) -> None:
    """Raises `UnknownFact` where evidence gives an account another's address than those who are said to have it.

    One that is nobody's in the register of people may be that of somebody whom it lacks, where it is of the company
    and made of none of their names. An account that nobody is said to have is none of this.
    """
    people = [*said]
    holders = {normal_email(person.email) for person in people}
    for what, address in evidence if holders else ():
        owners = {normal_email(person.email) for person in persons.all("email", address).hits}
        if others := owners - holders:
            whose, way_out = ", ".join(sorted(others)), _CORRECT
        elif not owners and _of_one_who_is_missing(what, address, people):
            whose, way_out = f"{address}, which nobody in it has", _ENTER
        else:
            continue
        text = f"{account} is {', '.join(sorted(holders))}'s by the register of people, and {what} {whose}: {way_out}"
        raise UnknownFact("accounts", text, code="conflict")


def _of_one_who_is_missing(what: str, address: str, said: Sequence[Person]) -> bool:
    """A machine commits under an address of its own: "ci@" where people are "ann.lee@"."""
    if what == _COMMITS and not any(_words_in(address) == _words_in(person.email) for person in said):
        return False
    return of_somebody_else(address, said, login=what == _LOGIN)


def _words_in(address: str) -> int:
    return len(re.split(r"[._-]", address.partition("@")[0]))


def of_somebody_else(address: str, said: Sequence[Person], *, login: bool) -> bool:
    """Whether an address that nobody in the register of people has can't well be one of who is said to have it.

    It is made of none of their names, and is of their own domain, or what is signed in with: anybody may have private
    addresses of any name, that commits bear.
    """
    domains = {normal_email(person.email).rpartition("@")[2] for person in said}
    is_ours = login or normal_email(address).rpartition("@")[2] in domains
    return is_ours and not any(may_be_called(address, person) for person in said)


def own_addresses(identity: Identity) -> Iterator[tuple[str, str]]:
    """The address that its list tells, and its login where that is one."""
    for what, text in ((_ADDRESS, identity.email), (_LOGIN, identity.name)):
        if text is not None and "@" in text:
            yield what, text


def commit_addresses(source: str, login: str, changes: Population[Change]) -> Iterator[tuple[str, str]]:
    """Those that commits of an account bear, in changes of its own and in others'; one that wrote nothing has none.

    Of merged changes alone: their commits CHG-01 asks for, so that it is noticed where these are not exported.
    """
    for change in written_by(source, login, changes):
        nobody: tuple[Writer, ...] = ()
        for writer in told(lambda change=change: change.writers, otherwise=nobody):  # type: ignore[misc]
            if writer.address is not None and plain([writer.login]) == plain([login]):
                yield _COMMITS, writer.address


def written_by(source: str, login: str, changes: Population[Change]) -> Iterable[Change]:
    """The merged changes that an account of a host wrote some of, its own and others'."""
    merged = changes.part("merged", True)
    written = [
        change
        for fact in ("author", "commit_authors")
        for change in (*merged.all(fact, login).hits, *merged.alike(fact, login))
        if change.source == source
    ]
    return {change.id: change for change in written}.values()
