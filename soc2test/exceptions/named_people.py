"""Whether somebody who is named works here, now and on the day of which the entry speaks."""

from collections.abc import Iterable, Iterator
from contextlib import suppress
from datetime import date, datetime, time, timedelta
from itertools import product

from soc2test.errors import UnknownFact
from soc2test.populations.likeness import normal_email, one_mailbox, one_name
from soc2test.populations.population import Population
from soc2test.resources.kinds import Person

__all__ = ["People", "same_person"]

_OF_ROWS = ("unreadable", "unnamed")
"""codes of gaps that are single rows; of a file that as a whole can't be read there is no other row"""

Spans = list[tuple[datetime, datetime | None]]


def same_person(one: str, other: str) -> bool:
    """True where both addresses are one, whatever their case."""
    return normal_email(one) == normal_email(other)


class People:
    """The people of a programme, looked up by their e-mail address."""

    def __init__(self, persons: Population[Person], as_of: datetime) -> None:
        """`as_of` is in the time zone of the company: its days are those of that zone."""
        self._persons, self._as_of = persons, as_of

    def wrong(self, email: str, days: Iterable[date] = ()) -> str:
        """Why an address is not that of somebody who works here now and worked here on these `days`; empty where it is.

        Nobody can be looked up where a list of people is missing, stale or partial. A row that can't be read is
        somebody else's where a readable one has the address: a register takes two of one address together, or none.
        """
        persons = self._persons.all("email", email).hits
        gaps = [gap for gap in self._persons.gaps if not persons or gap.code not in _OF_ROWS]
        if gaps:
            return f"can't be looked up, since not all people are known: {gaps[0].text}; {email} may be there"
        if not persons:
            return f"is {email}, who is not in the register of people"
        try:
            return next(filter(None, (self._of(person, email, days) for person in persons)), "")
        except UnknownFact as caught:
            return f"can't be looked up: {caught}"

    def maybe_one(self, one: str, other: str) -> str:
        """Why two addresses may be one person's; empty where nothing says so."""
        if one_mailbox(one, other):
            return f"{one} and {other} look like one address"
        pairs = product(self._named(one), self._named(other))
        alike = any(one_name(person.name, again.name) for person, again in pairs)
        return f"{one} and {other} are people of one name in the register" if alike else ""

    def _named(self, email: str) -> Iterator[Person]:
        """The people of an address whose names are known."""
        for person in self._persons.all("email", email).hits:
            with suppress(UnknownFact):
                person.name  # noqa: B018  # reading it raises where it is unknown
                yield person

    def _of(self, person: Person, email: str, days: Iterable[date]) -> str:
        spans = _spans(person)
        now = any(start <= self._as_of and (end is None or end > self._as_of) for start, end in spans)
        if not person.active or not now:
            return f"is {email}, who does not work here on {self._as_of:%Y-%m-%d}"
        for day in days:
            begins = datetime.combine(day, time(), self._as_of.tzinfo)
            ends = begins + timedelta(days=1)
            if not any(start < ends and (end is None or end > begins) for start, end in spans):
                return f"is {email}, who did not work here on {day}"
        return ""


def _spans(person: Person) -> Spans:
    """From when until when the person worked here; where only the last time is known, that one alone."""
    try:
        return [(spell.started_at, spell.ended_at) for spell in person.spells]
    except UnknownFact:
        return [(person.started_at, person.ended_at)]
