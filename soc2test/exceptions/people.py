"""Whether somebody who is named works here, now and on the day of which the entry speaks."""

from collections.abc import Iterable, Iterator
from contextlib import suppress
from datetime import date, datetime, time, timedelta

from soc2test.errors import UnknownFact
from soc2test.populations.likeness import LOOK_ALIKES, looks_like, normal_email
from soc2test.populations.population import Population
from soc2test.resources.kinds import Person

__all__ = ["People", "same_person"]

Spans = list[tuple[datetime, datetime | None]]


def same_person(one: str, other: str) -> bool:
    """True where both addresses are one, whatever their case."""
    return normal_email(one) == normal_email(other)


def _look(text: str) -> str:
    """How a text looks, letters of other scripts as the Latin ones that they print as."""
    return looks_like(text).translate(LOOK_ALIKES)


def _mailbox(address: str) -> str:
    """How an address looks: without case and look-alikes, and without dots and a plus-alias before the @."""
    local, _, domain = _look(address).rpartition("@")
    return f"{local.partition('+')[0].replace('.', '')}@{domain}"


class People:
    """The people of a programme, looked up by their e-mail address."""

    def __init__(self, persons: Population[Person], as_of: datetime) -> None:
        """`as_of` is in the time zone of the company: its days are those of that zone."""
        self._persons, self._as_of = persons, as_of

    def wrong(self, email: str, days: Iterable[date] = ()) -> str:
        """Why an address is not that of somebody who works here now and worked here on these `days`; empty where it is.

        Nobody can be looked up where the population of people is not complete.
        """
        if self._persons.gaps:
            return f"can't be looked up, since not all people are known: {self._persons.gaps[0].text}"
        persons = self._persons.all("email", email).hits
        if not persons:
            return f"is {email}, who is not in the register of people"
        try:
            return next(filter(None, (self._of(person, email, days) for person in persons)), "")
        except UnknownFact as caught:
            return f"can't be looked up: {caught}"

    def maybe_one(self, one: str, other: str) -> str:
        """Why two addresses may be one person's; empty where nothing says so."""
        if _mailbox(one) == _mailbox(other):
            return f"{one} and {other} look like one address"
        names = [{_look(person.name) for person in self._named(email)} for email in (one, other)]
        return f"{one} and {other} are people of one name in the register" if names[0] & names[1] else ""

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
