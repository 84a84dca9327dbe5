"""Whether somebody decided on an account of their own."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from soc2test import AccessDecision, Change, Identity, Person, Population, UnknownFact, any_of, normal_email
from soc2test_policies._committers import commit_addresses, raise_if_anothers, registered
from soc2test_policies._joins import told
from soc2test_policies._likeness import first_named_as, shares_a_name
from soc2test_policies._machines import own_accounts
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

    A program's account is that of its keeper: whom its system calls the owner, or the register of people names for
    it; one that nobody is said to have is that of who writes by it. Raises `UnknownFact` where nothing tells whose it
    is, or two tell it otherwise.
    """
    sure, perhaps = accounts_named(decision.account, system, identities)
    if perhaps:
        raise misnamed(decision.account, system)
    if sure:
        account = _Account(source=sure[0].source, name=sure[0].name, identity=sure[0])
    else:
        account = _Account(source=system.partition(":")[0], name=decision.account, identity=None)
    said = _said(account, persons)
    wrote = [*commit_addresses(account.source, account.name, changes)]
    own = _writes_by_it(account, by, said, wrote) or (
        _is_own(sure[0], by, persons) if sure else _was_own(decision, by, system, persons)
    )
    if not own:
        raise_if_anothers(account.words, said, wrote, persons)
        _raise_if_called_as(account, by, said, identities, persons)
        for holder in _holders(sure[0], persons) if sure else _holders_then(decision, system, persons):
            must_be_two(by, holder, persons)
    return f"{by} decided on {decision.account}, an account of their own" if own else ""


@dataclass(frozen=True, kw_only=True)
class _Account:
    """What a decision is on, whether a list holds it still or not."""

    source: str
    name: str
    identity: Identity | None

    @property
    def words(self) -> str:
        return f"{self.source} account {self.name}"

    @property
    def human(self) -> bool:
        return self.identity is None or self.identity.human


def _said(account: _Account, persons: Population[Person]) -> list[Person]:
    """Who is said to have an account, by its address or the register of people."""
    texts = (account.name, account.identity.email if account.identity is not None else None)
    addresses = {text for text in texts if text is not None and "@" in text}
    by_address = [person for address in addresses for person in persons.all("email", address).hits]
    return [*by_address, *registered(account.source, account.name, persons)]


def _writes_by_it(account: _Account, by: str, said: Sequence[Person], wrote: Iterable[tuple[str, str]]) -> bool:
    """Whether an account that nobody is said to have is the decider's by its commits."""
    return account.human and not said and any(_same(address, by) for _, address in wrote)


def _raise_if_called_as(
    account: _Account, by: str, said: Iterable[Person], identities: Population[Identity], persons: Population[Person]
) -> None:
    """Raises `UnknownFact` where another's account is called as who decided on it, who is known to have no other."""
    holders = [*said]
    if not holders or not account.human or any(shares_a_name(account.name, person) for person in holders):
        return
    for person in persons.all("email", by).hits:
        if first_named_as(account.name, person) and not _has_one(person, account.source, identities):
            text = (
                f"{account.words} is {holders[0].email}'s by the register of people, and is called as {by}, who "
                f"decided on it and has no other account of {account.source}: correct the register (accounts), or let "
                "somebody else decide on it"
            )
            raise UnknownFact("accounts", text, code="conflict")


def _has_one(person: Person, source: str, identities: Population[Identity]) -> bool:
    """Whether somebody has an account of a source by its address or the register of people."""
    own = [*identities.all("email", person.email).hits, *identities.all("name", person.email).hits]
    none: tuple[str, ...] = ()
    by_register = told(lambda: own_accounts(person), otherwise=none)
    return any(each.source == source for each in own) or any(each.startswith(f"{source}:") for each in by_register)


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
        keepers = list(listing(identity, persons))
        if any(_same(keeper.email, by) for keeper in keepers):
            return True
        # whom the register names answers for it, though nobody knows whom its system would name
        owner = told(lambda: identity.owner, otherwise=None) if keepers else identity.owner
        return owner is not None and _same(owner, by)
    if _same(identity.name, by) or (identity.email is not None and _same(identity.email, by)):
        return True
    if any_of(listing(identity, persons), lambda person: _same(person.email, by)):
        return True
    named = list(listing(identity, persons)) or identity.email is not None or persons.all("email", identity.name).hits
    if not named and not _has_another(by, identity.source, persons):
        raise UnknownFact("accounts", _NOBODYS.format(account=identity.name))
    return False


def _has_another(by: str, source: str, persons: Population[Person]) -> bool:
    """True where the register of people names an account of the reviewer there, which is taken for the only one.

    One of a machine that they answer for is none of theirs. That somebody has an account which nobody is named for is
    a deviation of its own.
    """
    names = [account for person in persons.all("email", by).hits for account in own_accounts(person)]
    return any(account.startswith(f"{source}:") for account in names)


def _was_own(decision: AccessDecision, by: str, system: str, persons: Population[Person]) -> bool:
    """The same of an account that is listed no more: its holder is told by its login or by the register of people."""
    if _same(decision.account, by):
        return True
    source = system.partition(":")[0]
    holders = persons.all("accounts", f"{source}:{decision.account}")
    if any_of(holders, lambda person: _same(person.email, by)):
        return True
    named = holders or persons.all("email", decision.account)
    taken_away = decision.decision == "revoke"  # nobody keeps an own account by that
    if not named and not taken_away and not _has_another(by, source, persons):
        raise UnknownFact("accounts", _NOBODYS.format(account=decision.account))
    return False


def _same(one: str, other: str) -> bool:
    return normal_email(one) == normal_email(other)
