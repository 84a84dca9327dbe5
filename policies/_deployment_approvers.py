"""Who may approve a deployment: people who work here, and no machine among them, since one approval is enough."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from soc2test import Environment, Identity, Person, Population, UnknownFact, any_of
from soc2test_policies._joins import told
from soc2test_policies._machines import is_machine, raise_if_perhaps_machine
from soc2test_policies._people import works_here

__all__ = ["Approvers", "gone_problem", "machine_problem"]


@dataclass(frozen=True, kw_only=True)
class Approvers:
    """All that tells whose the accounts of reviewers are."""

    persons: Population[Person]
    identities: Population[Identity]
    as_of: datetime


def machine_problem(environment: Environment, approvers: Approvers) -> str:
    """Which of the reviewers are machines, any of which could approve alone; "" where none is."""
    machines = [
        reviewer.login
        for reviewer in environment.reviewers
        if not reviewer.human or is_machine(environment.source, reviewer.login, approvers.persons)
    ]
    if machines:
        return f"a machine alone: {', '.join(sorted(machines))}"
    for reviewer in environment.reviewers:
        raise_if_perhaps_machine(environment.source, reviewer.login, approvers.persons)
    return ""


def gone_problem(environment: Environment, approvers: Approvers) -> str:
    """Who may approve, where all of them have left or not begun; "" where one works here, or a team may approve.

    Raises `UnknownFact` where nobody who does is known, and one of the accounts is nobody's in the register of people.
    """
    if environment.reviewing_teams:
        return ""
    logins = sorted({reviewer.login for reviewer in environment.reviewers})
    if any_of(logins, lambda login: _works_here(environment.source, login, approvers)):
        return ""
    return f"nobody who works here: {', '.join(logins)} left, or has not begun"


def _works_here(source: str, login: str, approvers: Approvers) -> bool:
    holders = [*_holders(source, login, approvers)]
    if any_of(holders, lambda person: works_here(person, approvers.as_of)):
        return True
    len(approvers.persons.all("accounts", f"{source}:{login}"))  # raises where the register may lack who has it
    if not holders:
        text = f"nobody in the register of people has the account {login}: name it there (accounts: [{source}:{login}])"
        raise UnknownFact("accounts", text)
    return False


def _holders(source: str, login: str, approvers: Approvers) -> Iterator[Person]:
    """Who has an account, by the register of people and by the address that a list tells of it."""
    persons, account = approvers.persons, f"{source}:{login}"
    yield from persons.all("accounts", account).hits
    yield from persons.alike("accounts", account)
    found = approvers.identities
    for identity in (*found.all("name", login).hits, *found.alike("name", login)):
        address = told(lambda identity=identity: identity.email, otherwise=None)  # type: ignore[misc]
        if identity.source == source and address is not None:
            yield from persons.all("email", address).hits
