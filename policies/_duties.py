"""Who holds a right, of which the register of duties says that it must not meet another one."""

from collections.abc import Iterator

from soc2test import Group, Identity, Person, Population, UnknownFact, normal_email
from soc2test_policies._joins import known, told
from soc2test_policies._reviews import accounts_of

__all__ = ["holders_of_right"]

_RIGHTS = ("admin", "account")


def holders_of_right(
    right: str, identities: Population[Identity], persons: Population[Person]
) -> Iterator[tuple[str, str]]:
    """Each person who holds a right, with the account; a program's right is that of who answers for it.

    Raises `UnknownFact` in the place of what is not known: whether an account holds it, or whose it is; and last where
    there may be more accounts.
    """
    system, _, what = right.partition(" ")
    if what not in _RIGHTS:
        raise UnknownFact("right", f"{right} is none of {', '.join(f'SYSTEM {each}' for each in _RIGHTS)}")
    unknown: UnknownFact | None = None
    try:
        for identity in accounts_of(system, identities):
            try:
                if _holds(identity, what):
                    yield from _people(identity, persons)
            except UnknownFact as caught:
                unknown = unknown or caught
    except UnknownFact as caught:
        unknown = unknown or caught
    if unknown is not None:
        raise unknown


def _holds(identity: Identity, what: str) -> bool:
    """The root of an account is nobody's for every day: IAM-02 to IAM-04 ask for it."""
    if isinstance(identity, Group) or identity.root:
        return False
    return identity.active and (what == "account" or identity.admin)


def _people(identity: Identity, persons: Population[Person]) -> Iterator[tuple[str, str]]:
    """Whom its address, the register of people or its owner's tag names: each of them could use it."""
    addresses = [text for text in (identity.email, identity.name) if text is not None]
    people = [person for address in addresses for person in persons.all("email", address).hits]
    rows, unknown = known(persons.all("accounts", f"{identity.source}:{identity.name}"), lambda person: True)
    people += [*rows, *persons.alike("accounts", f"{identity.source}:{identity.name}")]
    owner = told(lambda: identity.owner, otherwise=None)
    emails = [person.email for person in people] + ([] if owner is None else [owner])
    if not emails and unknown is None:
        text = f"{identity.source} account {identity.name} holds it, and nobody is known to have the account"
        raise UnknownFact("owner", text, kind="Identity", resource=identity.id)
    for email in dict.fromkeys(normal_email(each) for each in emails):
        yield email, identity.name
    if unknown is not None:
        raise unknown
