"""Lines by which people report incidents and what others do wrong."""

from datetime import datetime, timedelta
from typing import Any

from soc2test import BodyMember, LineTest, Person, Population, ReportingLine, any_of, control
from soc2test_policies._ages import in_hours, overdue
from soc2test_policies._bodies import signed_problem
from soc2test_policies._one_person import are_two
from soc2test_policies._people import owner_problem

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

    CC2.2: who sees something has to know whom to tell, and somebody who works here has to listen.
    """
    whys: dict[str, str] = {}

    def works(line: ReportingLine, purpose: str) -> bool:
        if line.purpose != purpose:
            return False
        problem = owner_problem(line.owner_email, persons, as_of)
        if line.published_where is None:
            problem = "nobody says where people find it"
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

    Who sent it worked here then; who read it did, or sat on the board. A record shows the message as it arrived.

    CC2.2: that a line exists says nothing of whether anybody listens: a message that was answered does.
    """
    whys: dict[datetime, str] = {}

    def worked(test: LineTest) -> bool:
        whys[test.sent_at] = _problem(test, persons, members, limits, as_of)
        return not whys[test.sent_at]

    tried = any_of(tests.all("line", line.id), worked)
    assert tried, whys[max(whys)] if whys else "never tried"


def _problem(
    test: LineTest, persons: Population[Person], members: Population[BodyMember], limits: Any, as_of: datetime
) -> str:
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
    return _people_problem(test, arrived, persons, members)


def _people_problem(
    test: LineTest, arrived: datetime, persons: Population[Person], members: Population[BodyMember]
) -> str:
    sender, reader = test.sent_by, test.received_by
    problem = signed_problem("sender", sender, test.sent_at, persons, members)
    problem = problem or signed_problem("reader", reader, arrived, persons, members)
    if problem or reader is None:
        return problem
    return "" if are_two(sender, reader, persons) else f"{sender} read the message that was the own one"
