"""Requests for access: whether one was approved before a system says that access was given."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from soc2test import AccessRequest, Person, Population, UnknownFact, normal_email
from soc2test_policies._ages import day, disorder, last_of
from soc2test_policies._documents import claimed_by, of_another
from soc2test_policies._joins import problems
from soc2test_policies._named import signer_problem
from soc2test_policies._one_person import must_be_two
from soc2test_policies._spelling import one_spelling

__all__ = ["Asked", "Given", "unapproved"]

_DAY = timedelta(days=1)


@dataclass(frozen=True, kw_only=True)
class Given:
    """Access that a system gave: to whom, where, what (None: an account), and when by the system's own clock."""

    emails: tuple[str, ...]
    systems: tuple[str, ...]
    right: str | None
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Asked:
    """What was asked for and approved, by whom, how many days an approval serves, and the moment."""

    requests: Population[AccessRequest]
    persons: Population[Person]
    valid: timedelta
    as_of: datetime


def unapproved(given: Given, asked: Asked) -> str:
    """What is wrong where no request was approved by somebody else before access was given; "" where one was.

    Raises `UnknownFact` where none was for certain, and one of which something is unknown may have been.
    """
    wrong: list[str] = []
    unknown: UnknownFact | None = None
    requests = _for(given, asked.requests)
    while True:
        try:
            request = next(requests, None)
            if request is None:
                break
            if not _is_for(request, given):
                continue
            problem = _problem(request, given, asked)
        except UnknownFact as caught:  # of one request, or raised by the population itself at its end
            unknown = unknown or caught
            continue
        if not problem:
            return ""
        wrong.append(f"request {request.id} {problem}")
    if unknown is not None:
        raise unknown
    return "; ".join(wrong) or f"no request of {_named(given)} is in the register"


def _named(given: Given) -> str:
    what = "an account" if given.right is None else given.right
    return f"{what} in {given.systems[0]} for {' or '.join(given.emails)}"


def _for(given: Given, requests: Population[AccessRequest]) -> Iterator[AccessRequest]:
    for email in given.emails:
        yield from requests.all("person_email", email)


def _is_for(request: AccessRequest, given: Given) -> bool:
    """Who may hold a right there may have an account there; who may have an account may not hold a right."""
    if request.system not in given.systems:
        return False
    if given.right is None:
        return True
    return request.right is not None and one_spelling(request.right, given.right)


def _of_another_day(request: AccessRequest, requests: Population[AccessRequest]) -> str:
    """What is wrong where the file of a request is that of one of another day.

    A ticket may go on for weeks for one person. Raises `UnknownFact` where it is of two people, on two days.
    """
    shown = request.shown_in or ""
    if "/" in shown and "://" not in shown:
        return of_another(request, requests.members, _shown, lambda each: each.approved_at)
    if others := claimed_by(request, requests.members, _shown, lambda other: _may_be_one_ticket(request, other)):
        text = f"request {request.id} is shown by {shown}, as {others} of another person and day is: whose is it?"
        raise UnknownFact("shown_in", text)
    return ""


def _shown(request: AccessRequest) -> str | None:
    return request.shown_in


def _may_be_one_ticket(request: AccessRequest, other: AccessRequest) -> bool:
    """It was asked for one person, or for several at once."""
    if normal_email(other.person_email) == normal_email(request.person_email):
        return True
    one, another = request.approved_at, other.approved_at
    return one is not None and another is not None and abs(one - another) < _DAY


def _problem(request: AccessRequest, given: Given, asked: Asked) -> str:
    looks: Iterable[Callable[[], str]] = (
        lambda: _approval_problem(request, given, asked),
        lambda: _people_problem(request, asked.persons),
        lambda: "" if request.shown_in is not None else "names no ticket or file that shows it",
        lambda: _of_another_day(request, asked.requests),
    )
    return problems(lambda look: look(), looks)


def _approval_problem(request: AccessRequest, given: Given, asked: Asked) -> str:
    approved = request.approved_at
    if request.approved_by is None or approved is None:
        return "was not approved"
    wrong = disorder(asked.as_of, ("asked for", request.requested_at), ("approved", approved))
    if wrong:
        return f"was {wrong}"
    if approved > given.at:
        return f"was approved at {_moment(approved)}, after access was given at {_moment(given.at)}"
    if given.at - approved > asked.valid:
        spent = (given.at - approved).days
        return f"was approved {spent} days before access was given on {day(given.at)}, limit {asked.valid.days}"
    if last_of(approved, asked.as_of) > given.at:
        text = f"request {request.id} was approved on the day on which access was given: write the time of approval"
        raise UnknownFact("approved_at", text)
    return ""


def _people_problem(request: AccessRequest, persons: Population[Person]) -> str:
    by, approver, at = request.requested_by, request.approved_by, request.approved_at
    if approver is None or at is None:
        return ""  # told already
    if by is None:
        return "names nobody who asked for it"
    for other, what in ((by, "asked for it"), (request.person_email, "it was for")):
        if normal_email(approver) == normal_email(other):
            return (
                f"was approved by {approver}, who {what}" if other == by else f"was approved by {approver}, whom {what}"
            )
    wrong = signer_problem("approver", approver, at, persons)
    wrong = wrong or signer_problem("requester", by, request.requested_at, persons)
    for other in (by, request.person_email):
        must_be_two(approver, other, persons)
    return f"is not valid: {wrong}" if wrong else ""


def _moment(at: datetime) -> str:
    return f"{at.astimezone(UTC):%Y-%m-%d %H:%M}Z"
