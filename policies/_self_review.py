"""Whether somebody decided on an account of their own."""

from collections.abc import Iterator

from soc2test import AccessDecision, Change, Identity, Person, Population, UnknownFact, normal_email
from soc2test_policies._committers import raise_if_anothers
from soc2test_policies._joins import exists
from soc2test_policies._one_person import must_be_two
from soc2test_policies._people import listing
from soc2test_policies._reviews import accounts_named, misnamed

__all__ = ["own_account"]

_NOBODYS = "no person is named for account {account}: whether it is the reviewer's own can't be told"


def own_account(
    decision: AccessDecision,
    by: str,
    system: str,
    identities: Population[Identity],
    persons: Population[Person],
    changes: Population[Change],
) -> str:
    """What is wrong where the account that was decided on is that of the person who decided, by address or register.

    A program's account is that of its keeper, where the register of people names one. Raises `UnknownFact` where
    nothing tells whose it is.
    """
    sure, perhaps = accounts_named(decision.account, system, identities)
    if perhaps:
        raise misnamed(decision.account, system)
    own = _is_own(sure[0], by, persons) if sure else _was_own(decision, by, system, persons)
    if not own:
        if sure:
            raise_if_anothers(sure[0], _people(sure[0], persons), changes, persons)
        for holder in _holders(sure[0], persons) if sure else _holders_then(decision, system, persons):
            must_be_two(by, holder, persons)
    return f"{by} decided on {decision.account}, an account of their own" if own else ""


def _people(identity: Identity, persons: Population[Person]) -> Iterator[Person]:
    """Who is said to have a listed account, by its address or the register of people."""
    for address in {text for text in (identity.name, identity.email) if text and "@" in text}:
        yield from persons.all("email", address).hits
    yield from listing(identity, persons)


def _holders(identity: Identity, persons: Population[Person]) -> Iterator[str]:
    """The addresses under which a person may hold a listed account."""
    if identity.human:
        yield from {text for text in (identity.name, identity.email) if text and "@" in text}
        yield from (person.email for person in listing(identity, persons))


def _holders_then(decision: AccessDecision, system: str, persons: Population[Person]) -> Iterator[str]:
    if "@" in decision.account:
        yield decision.account
    source = system.partition(":")[0]
    yield from (person.email for person in persons.all("accounts", f"{source}:{decision.account}"))


def _is_own(identity: Identity, by: str, persons: Population[Person]) -> bool:
    """Whether a listed account is that of the person with the address `by`."""
    if not identity.human:
        return exists(listing(identity, persons), lambda person: _same(person.email, by))
    if _same(identity.name, by) or (identity.email is not None and _same(identity.email, by)):
        return True
    if exists(listing(identity, persons), lambda person: _same(person.email, by)):
        return True
    named = list(listing(identity, persons)) or identity.email is not None or persons.all("email", identity.name).hits
    if not named and not _has_another(by, identity.source, persons):
        raise UnknownFact("accounts", _NOBODYS.format(account=identity.name))
    return False


def _has_another(by: str, source: str, persons: Population[Person]) -> bool:
    """True where the register of people names an account of the reviewer there, which is taken for the only one.

    That somebody has an account which nobody is named for is a deviation of its own.
    """
    names = [account for person in persons.all("email", by).hits for account in person.accounts]
    return any(account.startswith(f"{source}:") for account in names)


def _was_own(decision: AccessDecision, by: str, system: str, persons: Population[Person]) -> bool:
    """The same of an account that is listed no more: its holder is told by its login or by the register of people."""
    if _same(decision.account, by):
        return True
    source = system.partition(":")[0]
    holders = persons.all("accounts", f"{source}:{decision.account}")
    if exists(holders, lambda person: _same(person.email, by)):
        return True
    named = holders or persons.all("email", decision.account)
    taken_away = decision.decision == "revoke"  # nobody keeps an own account by that
    if not named and not taken_away and not _has_another(by, source, persons):
        raise UnknownFact("accounts", _NOBODYS.format(account=decision.account))
    return False


def _same(one: str, other: str) -> bool:
    return normal_email(one) == normal_email(other)
