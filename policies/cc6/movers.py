"""What people who changed their job may still do."""

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from soc2test import Group, Identity, Move, Person, Population, UnknownFact, any_of, control, normal_email
from soc2test_policies._ages import day, disorder, due_in_window, late
from soc2test_policies._joins import problems, told
from soc2test_policies._named import signer_problem
from soc2test_policies._one_person import must_be_two
from soc2test_policies._people import by_login, listed_accounts
from soc2test_policies._spelling import one_spelling

_ADMIN = " admin"


def _moved_lately(move: Move, limits: Any, as_of: datetime) -> bool:
    return due_in_window(move.moved_at, timedelta(days=limits.review_days), limits.window_days, as_of)


@control(
    "IAM-23",
    criteria=["CC6.3"],
    nature="event",
    dated="moved_at",
    supports={"CC6.2": "accounts that the new work does not need go"},
    severity="medium",
    operates="per event",
    where=_moved_lately,
    limits={"window_days": 365, "review_days": 30},
    looser={"window_days": "lower", "review_days": "higher"},
    least={"window_days": 1},
)
def test_access_follows_a_change_of_role(
    move: Move,
    moves: Population[Move],
    persons: Population[Person],
    identities: Population[Identity],
    limits: Any,
    as_of: datetime,
) -> None:
    """The access of everybody who changed role within the year was gone through in time, and what was to go is gone.

    Somebody else did so who worked here then, and decided on each account that the person had, by the systems' lists,
    and once more where it is an administrator's. The register of people has the role of the last change.

    CC6.3: rights follow from the work, so that they change when it does.
    """
    if not _moved_lately(move, limits, as_of):
        return
    limit = timedelta(days=limits.review_days)
    found: list[Identity] = []

    def check(account: Identity) -> str:
        found.append(account)
        return _account_problem(account, move)

    looks: tuple[Callable[[], str], ...] = (
        partial(_review_problem, move, persons, limit, as_of),
        partial(_role_problem, move, moves, persons),
        lambda: problems(check, *_accounts(move, persons, identities)),
    )
    problem = problems(lambda look: look(), looks)
    assert not problem, problem
    if not found:
        raise UnknownFact("person_email", f"no list holds an account of {move.person_email}", code="empty")


def _review_problem(move: Move, persons: Population[Person], limit: timedelta, as_of: datetime) -> str:
    reviewed, by = move.reviewed_at, move.reviewed_by
    wrong = disorder(as_of, ("moved", move.moved_at), ("reviewed", reviewed))
    wrong = wrong or late("reviewed", reviewed, move.moved_at, limit, as_of)
    if wrong or reviewed is None:
        return f"access was {wrong}" if wrong else ""
    if by is not None and normal_email(by) == normal_email(move.person_email):
        return f"{by} went through access of their own"
    if wrong := signer_problem("reviewer", by, reviewed, persons):
        return wrong
    must_be_two(by or "", move.person_email, persons)
    return ""


def _role_problem(move: Move, moves: Population[Move], persons: Population[Person]) -> str:
    """Where no later change came, the register of people has the role of this one."""
    people = persons.all("email", move.person_email)
    if not people:
        return f"{move.person_email} is not in the register of people"
    if any_of(moves.all("person_email", move.person_email), lambda other: other.moved_at > move.moved_at):
        return ""
    if any_of(people, lambda person: one_spelling(person.role, move.to_role)):
        return ""
    return f"the register of people does not have the role {move.to_role} for {move.person_email}"


def _accounts(
    move: Move, persons: Population[Person], identities: Population[Identity]
) -> Iterator[Iterable[Identity]]:
    """By address, login and the register of people; what may be missing from one keeps nothing of the others back."""
    for person in persons.all("email", move.person_email).hits:
        yield identities.all("email", person.email)
        yield by_login(person, identities)
        yield from listed_accounts(person, identities)


def _account_problem(identity: Identity, move: Move) -> str:
    """What is wrong with what became of one account. One that was made since is none of what the person had."""
    if isinstance(identity, Group) or move.reviewed_at is None:
        return ""
    made = told(lambda: identity.created_at, otherwise=None)
    if made is not None and made >= move.reviewed_at:
        return ""
    name = f"{identity.source}:{identity.name}"
    if name in move.removed and identity.active:
        return f"{name} was to go on {day(move.reviewed_at)}, and is on"
    if name + _ADMIN in move.removed and identity.active and identity.admin:
        return f"{name} was to be an administrator's no more on {day(move.reviewed_at)}, and is"
    decided = {*move.kept, *move.removed}
    if not identity.active or name in decided:
        return _rights_problem(identity, name, decided)
    return f"{name} was not decided on"


def _rights_problem(identity: Identity, name: str, decided: set[str]) -> str:
    if not identity.active or name + _ADMIN in decided or not identity.admin:
        return ""
    return f"{name} is an administrator's, which was not decided on"
