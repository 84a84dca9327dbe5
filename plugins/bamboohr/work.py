"""When an employee worked here, by the days of one record.

https://documentation.bamboohr.com/docs/list-of-field-names: `hireDate`, "The date the employee was hired",
`originalHireDate`, "The date the employee was originally hired", `terminationDate`, "The date the employee was
terminated". Who comes back keeps the record (bamboohr.screenstepslive.com, Rehire an Employee: a second one with the
same address is refused, and the status is set to Active while "the employee profile will still show as
terminated/resigned").
"""

from datetime import datetime

import msgspec

from soc2test import Spell, Unknown, UnknownFact, known

__all__ = ["Work"]


Day = datetime | Unknown | None


class Work(msgspec.Struct, frozen=True, kw_only=True):
    """The days of an employee; None where BambooHR shows that there is none.

    Whatever asks raises `UnknownFact` where something that it needs is not known.
    """

    active: bool | Unknown
    hired: Day
    first_hired: Day
    let_go: Day
    begins_later: bool
    """the day of hiring lies ahead"""

    @property
    def came_back(self) -> bool:
        """The last time of work began after the day on which one ended."""
        let_go: datetime | None = known(self.let_go)
        if let_go is None:
            return False
        hired: datetime | None = known(self.hired)
        return hired is not None and hired > let_go

    @property
    def only_begins_later(self) -> bool:
        """Nobody yet: the day of hiring lies ahead, and none tells of work before."""
        if not self.begins_later or known(self.active) or known(self.let_go) is not None:
            return False
        return not self._was_here_before()

    def started_at(self) -> datetime:
        """The first day of the last time of work that has begun."""
        hired: datetime | None = known(self.hired)
        if hired is None:
            raise UnknownFact("hireDate", "BambooHR has no hire date")
        if not self.begins_later or known(self.active):
            return hired
        if not self._was_here_before():
            raise UnknownFact("hireDate", "the hire date lies ahead, and nothing says when the work before it began")
        first: datetime = known(self.first_hired)
        return first

    def ended_at(self) -> datetime | None:
        """The end of that time of work; None while it goes on."""
        let_go: datetime | None = known(self.let_go)
        if known(self.active):
            return None if self.came_back else let_go
        if let_go is None:
            raise UnknownFact("terminationDate", "the status is Inactive, and there is no termination date")
        if self.came_back and not self.begins_later:
            text = "the status is Inactive, and the termination date lies before the hire date"
            raise UnknownFact("terminationDate", text, code="conflict")
        return let_go

    def spells(self) -> tuple[Spell, ...]:
        """All times of work, as far as one record tells them: it has no more than one earlier end."""
        first: datetime | None = known(self.first_hired)
        if first is None:
            text = "no original hire date stands there, so that nothing says whether somebody came back"
            raise UnknownFact("originalHireDate", text)
        last = Spell(started_at=self.started_at(), ended_at=self.ended_at())
        if first == last.started_at:
            return (last,)
        if first > last.started_at:
            raise UnknownFact("originalHireDate", "the original hire date lies after the hire date", code="conflict")
        let_go: datetime | None = known(self.let_go)
        if let_go is not None and self.came_back and first < let_go:
            return Spell(started_at=first, ended_at=let_go), last
        raise UnknownFact("originalHireDate", "somebody came back, and nothing says when the time before it ended")

    def _was_here_before(self) -> bool:
        """The first day of hiring lies before the last one."""
        first: datetime | None = known(self.first_hired)
        hired: datetime | None = known(self.hired)
        return first is not None and hired is not None and first < hired
