"""Whose an account is by evidence: a host of code gives a commit to the account with its address, and lists tell it."""

from collections.abc import Iterable, Iterator

from soc2test import Change, Identity, Person, Population, UnknownFact, Writer, normal_email
from soc2test_policies._approvals import plain
from soc2test_policies._joins import told

__all__ = ["commit_addresses", "own_addresses", "raise_if_anothers", "registered", "written_by"]

_COMMITS = "its commits bear"
_ADDRESS = "its address is"


def registered(source: str, login: str, persons: Population[Person]) -> list[Person]:
    """Who has an account by the register of people, also where its login is written otherwise there."""
    account = f"{source}:{login}"
    return [*persons.all("accounts", account).hits, *persons.alike("accounts", account)]


def raise_if_anothers(
    account: str, said: Iterable[Person], evidence: Iterable[tuple[str, str]], persons: Population[Person]
) -> None:
    """Raises `UnknownFact` where evidence gives an account another's address than those who are said to have it.

    Who is nobody's in the register of people says nothing, nor does an account that nobody is said to have.
    """
    holders = {normal_email(person.email) for person in said}
    for what, address in evidence if holders else ():
        for person in persons.all("email", address).hits:
            if normal_email(person.email) not in holders:
                text = (
                    f"{account} is {', '.join(sorted(holders))}'s by the register of people, and {what} "
                    f"{person.email}: correct the register (accounts)"
                )
                raise UnknownFact("accounts", text, code="conflict")


def own_addresses(identity: Identity) -> Iterator[tuple[str, str]]:
    """The address that its list tells, and its login where that is one."""
    for text in (identity.email, identity.name):
        if text is not None and "@" in text:
            yield _ADDRESS, text


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
