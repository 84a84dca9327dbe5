"""Whose an account is by the commits that it wrote: a host of code gives a commit to the account with its address."""

from collections.abc import Iterable, Iterator

from soc2test import Change, Identity, Person, Population, UnknownFact, Writer, normal_email
from soc2test_policies._approvals import plain
from soc2test_policies._joins import told

__all__ = ["raise_if_anothers"]


def raise_if_anothers(
    identity: Identity, holders: Iterable[Person], changes: Population[Change], persons: Population[Person]
) -> None:
    """Raises `UnknownFact` where commits of an account bear the address of another than those who are said to have it.

    Who is nobody's in the register of people says nothing, nor does an account that wrote nothing.
    """
    said = {normal_email(person.email) for person in holders}
    for address in _addresses(identity, changes):
        for person in persons.all("email", address).hits:
            if said and normal_email(person.email) not in said:
                name = f"{identity.source} account {identity.name}"
                text = (
                    f"{name} is {', '.join(sorted(said))}'s by the register of people, and its commits bear "
                    f"{person.email}: correct the register (accounts)"
                )
                raise UnknownFact("accounts", text, code="conflict")


def _addresses(identity: Identity, changes: Population[Change]) -> Iterator[str]:
    own = [*changes.all("author", identity.name).hits, *changes.alike("author", identity.name)]
    for change in own:
        nobody: tuple[Writer, ...] = ()
        for writer in told(lambda change=change: change.writers, otherwise=nobody):  # type: ignore[misc]
            is_own = change.source == identity.source and plain([writer.login]) == plain([identity.name])
            if is_own and writer.address is not None:
                yield writer.address
