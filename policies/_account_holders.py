"""Whether an approval is another person's: by whom accounts belong to, since one person may have two."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from itertools import product

from soc2test import Change, Identity, Person, Population, Repository, UnknownFact, Writer, any_of
from soc2test_policies._approvals import plain
from soc2test_policies._joins import told
from soc2test_policies._machines import is_machine, raise_if_perhaps_machine
from soc2test_policies._one_person import must_be_two
from soc2test_policies._people import worked_on

__all__ = ["Accounts", "approval_problem"]


_JOINED = (
    "{login} approved it and merged another branch into it in the browser, where conflicts are resolved as well: "
    "whether that wrote some of it is not told; have somebody else approve it too"
)


@dataclass(frozen=True, kw_only=True)
class Accounts:
    """All that tells whose the accounts of those who wrote and approved a change are."""

    persons: Population[Person]
    identities: Population[Identity]
    repositories: Population[Repository]
    unattended: Iterable[str]
    holders: dict[str, list[Person]] = field(default_factory=dict)
    """login -> who has it, as far as it was asked for"""


def approval_problem(
    change: Change,
    others: set[str],
    wrote: set[str],
    accounts: Accounts,
    beside: Iterable[str] = (),
    later: Mapping[str, datetime] | None = None,
) -> str:
    """What is wrong with an approval by `others` than `wrote` it; "" where one is another person who may write.

    `beside` are logins that wrote what came of it, whatever its own list of commits says. `later` says when each of the
    others reviewed it after its merge, where that is what is asked for.
    An account of a machine is no person, whoever answers for it. Raises `UnknownFact` where that can't be told: nobody
    vouches for himself by an account that is nobody's.
    """
    own = {login for login in others if _is_own(login, wrote | plain(beside), change, accounts)}
    if own == others:
        return f"approved only by {_named(own)}, an account of who wrote some of it or had it written"
    machines = {login for login in others if is_machine(change.source, login, accounts.persons)}
    people = others - own - machines
    if not people:
        return f"approved by no other person: {_named(machines)} is an account of a machine by the register of people"
    may_write = change.entitled_approvers if later is None else change.entitled_later
    entitled = people & plain(may_write)
    if not entitled:
        return f"approved only by {_named(people)}, who may not write there"
    if any_of(sorted(entitled), lambda login: _is_another(login, wrote, change, accounts, later)):
        return ""
    return f"approved only by {_named(entitled)}, an account of somebody who did not work here then"


def _is_own(login: str, wrote: set[str], change: Change, accounts: Accounts) -> bool:
    """Whether an approver is one of the authors; who answers for a program that works on its own is none by that."""
    people = _ids(wrote - plain(accounts.unattended), change, accounts)
    return login in wrote or not people.isdisjoint(_ids([login], change, accounts))


def _is_another(
    login: str,
    wrote: Iterable[str],
    change: Change,
    accounts: Accounts,
    later: Mapping[str, datetime] | None,
) -> bool:
    """Whether an approver is certainly somebody else than all authors, and worked here when he approved."""
    approvers = _holders(login, change, accounts)
    if not approvers:
        raise _nobodys(login, change, accounts)
    if later is None:
        moments = [approval.at for approval in change.approvals if plain([approval.login]) == {login}]
    else:
        moments = [later[login]]
    if not any_of(product(approvers, moments), lambda pair: worked_on(*pair)):
        return False
    for author in _people(wrote, change, accounts):
        for one, other in product(approvers, author):
            must_be_two(one.email, other.email, accounts.persons)
    _raise_if_more_may_hold([login, *wrote], change, accounts)
    _raise_if_perhaps_wrote(login, change, accounts)
    return True


def _raise_if_perhaps_wrote(login: str, change: Change, accounts: Accounts) -> None:
    """Raises `UnknownFact` for who merged another branch into it and may have written some of it by that."""
    joined = plain(writer.login for writer in _writers(change) if writer.joined_only)
    if login in joined or not _ids(joined, change, accounts).isdisjoint(_ids([login], change, accounts)):
        raise UnknownFact("commit_authors", _JOINED.format(login=login), kind="Change", resource=change.id)


def _raise_if_more_may_hold(logins: Iterable[str], change: Change, accounts: Accounts) -> None:
    """Raises `UnknownFact` where the accounts of somebody in the register can't be read: one of these may be theirs."""
    for login in logins:
        len(accounts.persons.all("accounts", f"{change.source}:{login}"))
        raise_if_perhaps_machine(change.source, login, accounts.persons)


def _people(wrote: Iterable[str], change: Change, accounts: Accounts) -> Iterator[list[Person]]:
    """Who the authors are. Raises `UnknownFact` for one that is nobody's, but for programs and strangers."""
    programs = _programs(change, accounts)
    for login in sorted(set(wrote) - programs):
        holders = _holders(login, change, accounts)
        if not holders and not _is_stranger(login, change, accounts):
            raise _nobodys(login, change, accounts)
        yield holders


def _programs(change: Change, accounts: Accounts) -> set[str]:
    found = plain(writer.login for writer in _writers(change) if not writer.human)
    asked: tuple[str, ...] = told(lambda: change.requesters, otherwise=())
    return found | plain(accounts.unattended) | (plain([change.author]) if asked else set())


def _writers(change: Change) -> tuple[Writer, ...]:
    nobody: tuple[Writer, ...] = ()
    return told(lambda: change.writers, otherwise=nobody)


def _is_stranger(login: str, change: Change, accounts: Accounts) -> bool:
    """Anybody may propose a change to a public repository, and need not be known; who is let in must."""
    if any(True for _ in _listed(login, change, accounts)):
        return False
    named = accounts.repositories.all("name", change.repository).hits
    own = [repository for repository in named if repository.source == change.source]
    return bool(own) and all(told(lambda each=each: each.public, otherwise=False) for each in own)  # type: ignore[misc]


def _ids(logins: Iterable[str], change: Change, accounts: Accounts) -> set[str]:
    return {person.id for login in logins for person in _holders(login, change, accounts)}


def _holders(login: str, change: Change, accounts: Accounts) -> list[Person]:
    """Who has an account, by the register of people, the account's own address, and that of its commits."""
    if login not in accounts.holders:
        accounts.holders[login] = _found(login, change, accounts)
    return accounts.holders[login]


def _found(login: str, change: Change, accounts: Accounts) -> list[Person]:
    persons, account = accounts.persons, f"{change.source}:{login}"
    found = [*persons.all("accounts", account).hits, *persons.alike("accounts", account)]
    for address in _addresses(login, change, accounts):
        found += persons.all("email", address).hits
    return list({person.id: person for person in found}.values())


def _addresses(login: str, change: Change, accounts: Accounts) -> Iterator[str]:
    if "@" in login:
        yield login
    for identity in _listed(login, change, accounts):
        if (address := told(lambda identity=identity: identity.email, otherwise=None)) is not None:  # type: ignore[misc]
            yield address
    for writer in _writers(change):
        if writer.address is not None and plain([writer.login]) == {login}:
            yield writer.address


def _listed(login: str, change: Change, accounts: Accounts) -> Iterator[Identity]:
    found = accounts.identities
    for identity in (*found.all("name", login).hits, *found.alike("name", login)):
        if identity.source == change.source:
            yield identity


def _nobodys(login: str, change: Change, accounts: Accounts) -> UnknownFact:
    """Where the register may not be all, what it lacks is asked for first."""
    account = f"{change.source}:{login}"
    try:
        bool(accounts.persons.all("accounts", account))
    except UnknownFact as gap:
        return gap
    reason = f"nobody in the register of people has the account {login}: name it there (accounts: [{account}])"
    return UnknownFact("accounts", reason, kind="Change", resource=change.id)


def _named(logins: Iterable[str]) -> str:
    return ", ".join(sorted(logins))
