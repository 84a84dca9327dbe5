"""Bodies that oversee management: who sat on one at a moment, and whether a member was independent then."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from soc2test import BodyMember, Person, Population, UnknownFact, any_of, normal_email, one_name
from soc2test_policies._ages import day, overdue
from soc2test_policies._joins import known
from soc2test_policies._named import signer_problem
from soc2test_policies._one_person import must_be_two
from soc2test_policies._people import named_problem

__all__ = ["Independence", "decided_problem", "seat_problem", "signed_problem", "sits_on", "sits_somewhere"]

_MANAGES = "management"
"""the tie of a member who manages: whoever is overseen does not say who is independent enough to oversee"""


def sits_on(member: BodyMember, body: str, moment: datetime) -> bool:
    """True where a term is of the body and lasted at a moment."""
    if member.body != body or member.started_at > moment:
        return False
    return member.ended_at is None or member.ended_at > moment


def seat_problem(email: str, body: str, moment: datetime, members: Population[BodyMember]) -> str:
    """What is wrong with somebody who is named as a member of a body at a moment; "" where nothing is."""
    terms = members.all("email", email)
    if any_of(terms, lambda member: sits_on(member, body, moment)):
        return ""
    if terms.hits:
        return f"{email} did not sit on the {body} on {day(moment)}"
    return f"{email} is not in the register of body_members"


def signed_problem(
    role: str, who: str | None, moment: datetime, persons: Population[Person], members: Population[BodyMember]
) -> str:
    """What is wrong with who signed for something, as `signer_problem` says it; a member of a board may, too."""
    if who is not None and any_of(members.all("email", who), lambda member: sits_on(member, member.body, moment)):
        return ""
    return signer_problem(role, who, moment, persons)


def sits_somewhere(email: str, moment: datetime, members: Population[BodyMember]) -> bool:
    """True for a member of any board at a moment, as far as a register names them."""
    return any_of(members.all("email", email).hits, lambda member: sits_on(member, member.body, moment))


def decided_problem(
    role: str, who: str | None, moment: datetime, persons: Population[Person], members: Population[BodyMember]
) -> str:
    """What is wrong with who decided something, as `signed_problem` says it, where a company may have no board.

    That a register of boards is not exported holds nothing up, and excuses nobody whom the register of people lacks.
    """
    if who is not None and sits_somewhere(who, moment, members):
        return ""
    return signer_problem(role, who, moment, persons)


@dataclass(frozen=True, kw_only=True)
class Independence:
    """Whether members were independent: what a body determined, held against the register of people."""

    members: Population[BodyMember]
    persons: Population[Person]
    allowed_ties: tuple[str, ...]
    determined_days: int
    """how old a determination may be"""
    cooling: timedelta
    """how long ago somebody may have worked here"""

    def of(self, email: str, body: str, moment: datetime) -> str | None:
        """What `problem` says of who sat on a body at a moment, by the last determination; None where they did not sit.

        Raises `UnknownFact` where another term of the same time tells of ties that the last one does not.
        """
        terms, unknown = known(self.members.all("email", email), lambda term: sits_on(term, body, moment))
        if unknown is not None:
            raise unknown
        if not terms:
            return None
        if len(terms) == 1:
            return self.problem(terms[0], moment)
        days = [term.determined_at or term.started_at for term in terms]
        last = [term for term, determined in zip(terms, days, strict=True) if determined == max(days)]
        problem = self.problem(last[0], moment)
        if problem and len(last) == 1:
            return problem
        tied = [term for term in terms if self._ties(term)]
        if tied and len(tied) < len(terms):
            names = ", ".join(term.id for term in tied)
            raise UnknownFact("ties", f"{names} tells of ties that another term of {email} at that time does not")
        return problem

    def problem(self, member: BodyMember, moment: datetime) -> str:
        """Why a member was not independent at a moment, or is not shown to have been; "" where nothing speaks against.

        Whoever worked here is not, whatever was determined. Raises `UnknownFact` where somebody of that name did.
        """
        if any_of(self.persons.all("email", member.email), lambda person: self._worked_lately(person, moment)):
            return f"{member.email} works here, or did within {self.cooling.days} days, by the register of people"
        tied = self._ties(member)
        if tied:
            return f"{member.email} is tied to the company: {', '.join(tied)}"
        problem = self._determination_problem(member, moment)
        if not problem and any_of(self.persons, lambda person: self._is_of_our_name(person, member, moment)):
            text = f"{member.email} has the name of somebody who works here, or did: perhaps one person"
            raise UnknownFact("email", text)
        return problem

    def _ties(self, member: BodyMember) -> list[str]:
        return [tie for tie in member.ties if tie not in self.allowed_ties]

    def _determination_problem(self, member: BodyMember, moment: datetime) -> str:
        by, determined = member.determined_by, member.determined_at
        problem = overdue("last determined", determined, self.determined_days, moment)
        if determined is None or problem:
            return f"the ties of {member.email} were {problem}"
        if by is None or member.determination is None:
            lacks = "signature" if by is None else "document"
            return f"what was determined of {member.email} has no {lacks}"
        if normal_email(by) == normal_email(member.email):
            return f"{member.email} alone determined it"
        terms = self.members.all("email", by)
        if any_of(terms, lambda term: sits_on(term, member.body, determined) and _MANAGES in term.ties):
            return f"{by}, who determined it of {member.email}, is of management"
        must_be_two(by, member.email, self.persons)
        # another member signs, or somebody of the company, such as its secretary
        seat = seat_problem(by, member.body, determined, self.members)
        return seat and named_problem(f"determination of {member.email}", by, determined, self.persons)

    def _is_of_our_name(self, person: Person, member: BodyMember, moment: datetime) -> bool:
        return self._worked_lately(person, moment) and one_name(person.name, member.name)

    def _worked_lately(self, person: Person, moment: datetime) -> bool:
        return any(
            spell.started_at <= moment and (spell.ended_at is None or moment - spell.ended_at < self.cooling)
            for spell in person.spells
        )
