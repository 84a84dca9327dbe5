"""Lines by which people report incidents and what others do wrong."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from soc2test import BodyMember, LineTest, Person, Population, ReportingLine, any_of, control
from soc2test_policies._ages import in_hours, last_of, overdue
from soc2test_policies._bodies import signed_problem
from soc2test_policies._documents import of_another
from soc2test_policies._joins import problems
from soc2test_policies._one_person import are_two
from soc2test_policies._people import is_a_leavers, owner_problem

_PURPOSES = ("incidents", "conduct")


@control(
    "COM-02",
    criteria=["CC2.2"],
    nature="state",
    supports={"CC1.1": "what somebody does wrong can be told to others than the own manager"},
    severity="medium",
    operates="continuously",
    limits={"purposes": _PURPOSES},
    looser={"purposes": "fewer"},
    words={"purposes": _PURPOSES},
    on_empty="fail",
)
def test_people_can_report(
    lines: Population[ReportingLine], persons: Population[Person], limits: Any, as_of: datetime
) -> None:
    """There is a line for incidents and one for breaches of conduct, with an active owner, where people find it.

    Its address is not that of somebody who left: what is sent there nobody reads.

    CC2.2: who sees something has to know whom to tell, and somebody who works here has to listen.
    """
    whys: dict[str, str] = {}

    def works(line: ReportingLine, purpose: str) -> bool:
        if line.purpose != purpose:
            return False
        problem = owner_problem(line.owner_email, persons, as_of)
        if line.published_where is None:
            problem = "nobody says where people find it"
        if is_a_leavers(line.address, persons, as_of):
            problem = f"its address {line.address} is that of somebody who left"
        whys[line.id] = problem
        return not problem

    missing = [
        purpose for purpose in limits.purposes
        if not any_of(lines, lambda line: works(line, purpose))  # noqa: B023
    ]  # fmt: skip
    because = "; ".join(f"{id}: {why}" for id, why in sorted(whys.items()) if why)
    assert not missing, f"no line for {', '.join(missing)}" + (f" ({because})" if because else "")


@control(
    "COM-03",
    criteria=["CC2.2"],
    nature="state",
    severity="medium",
    operates="yearly",
    limits={"yearly_days": 365, "arrival_hours": 24, "answer_hours": 168},
    looser={"yearly_days": "higher", "arrival_hours": "higher", "answer_hours": "higher"},
)
def test_lines_for_reports_are_tried_each_year(
    line: ReportingLine,
    tests: Population[LineTest],
    persons: Population[Person],
    members: Population[BodyMember],
    limits: Any,
    as_of: datetime,
) -> None:
    """Every line for reports was tried within the year: a message arrived, was read by another person and answered.

    The last message whose hours are over counts, answered or not. Who sent it worked here then and does not own the
    line; who read it worked here too, or sat on the board. A record shows the message as it arrived, and no other one.

    CC2.2: that a line exists says nothing of whether anybody listens: a message that was answered does.
    """
    over = [test for test in tests.all("line", line.id) if _is_over(test, limits, as_of)]
    newest = max((test.sent_at for test in over), default=None)
    assert newest is not None, "never tried, or its only message may still be answered"
    people = _People(line, persons, members)
    # of two that were sent at one moment nobody knows which was the last
    last = [test for test in over if test.sent_at == newest]
    problem = problems(lambda test: _problem(test, people, limits, as_of) or _shared(test, tests), last)
    assert not problem, problem


def _is_over(test: LineTest, limits: Any, as_of: datetime) -> bool:
    """It was answered, or the hours in which it had to arrive or be answered have passed."""
    if test.answered_at is not None:
        return True
    if test.arrived_at is None:
        return last_of(test.sent_at, as_of) + timedelta(hours=limits.arrival_hours) < as_of
    return last_of(test.arrived_at, as_of) + timedelta(hours=limits.answer_hours) < as_of


@dataclass(frozen=True)
class _People:
    """Who owns a line, and where those who tried it are looked up."""

    line: ReportingLine
    persons: Population[Person]
    members: Population[BodyMember]


def _problem(test: LineTest, people: _People, limits: Any, as_of: datetime) -> str:
    arrived, answered = test.arrived_at, test.answered_at
    problem = overdue("last tried", test.sent_at, limits.yearly_days, as_of)
    if problem:
        return problem
    if arrived is None or answered is None:
        return f"the message was never {'received' if arrived is None else 'answered'}"
    sent, received = ("sent", test.sent_at), ("received", arrived)
    problem = in_hours(sent, received, timedelta(hours=limits.arrival_hours), as_of)
    problem = problem or in_hours(received, ("answered", answered), timedelta(hours=limits.answer_hours), as_of)
    if problem:
        return f"the message was {problem}"
    if test.document is None:
        return "no record of the message is kept"
    return _people_problem(test, arrived, people)


def _people_problem(test: LineTest, arrived: datetime, people: _People) -> str:
    sender, reader, owner = test.sent_by, test.received_by, people.line.owner_email
    persons, members = people.persons, people.members
    problem = signed_problem("sender", sender, test.sent_at, persons, members)
    problem = problem or signed_problem("reader", reader, arrived, persons, members)
    if problem or reader is None:
        return problem
    if not are_two(sender, reader, persons):
        return f"{sender} read the message that was the own one"
    # whose line it is knows that the message comes: that tries nobody. COM-02 asks that somebody owns it
    if owner is not None and not are_two(sender, owner, persons):
        return f"{sender} sent the message, and owns the line"
    return ""


def _shared(test: LineTest, tests: Population[LineTest]) -> str:
    """Two lines that were tried on one day had two messages."""
    return of_another(
        test,
        tests,
        document=lambda each: each.document,
        moment=lambda each: each.sent_at,
        subject=lambda each: each.line,
    )
