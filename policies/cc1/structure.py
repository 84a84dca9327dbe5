"""Reporting lines and the chart of the organisation."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from soc2test import BodyMember, OrganisationChart, Person, Population, any_of, control, deviation, normal_email
from soc2test_policies._ages import day, disorder, overdue
from soc2test_policies._bodies import decided_problem
from soc2test_policies._documents import of_another
from soc2test_policies._joins import known, problems
from soc2test_policies._newest import newest
from soc2test_policies._people import left, named_problem, worked_on, works_here
from soc2test_policies._reporting import managers_of


@control(
    "PPL-09",
    criteria=["CC1.3"],
    nature="state",
    severity="medium",
    operates="continuously",
    where=lambda person, as_of: not left(person, as_of),
    limits={"heads": 2},
    looser={"heads": "higher"},
)
def test_people_report_to_somebody_who_works_here(
    person: Person, persons: Population[Person], limits: Any, as_of: datetime
) -> None:
    """Every active person has a manager who works here, but for the few at the head, and no lines turn in a circle.

    `heads` is how many may have none; somebody reports to each of them, unless the company has no lines at all.

    CC1.3: reporting lines lead from everybody to those who answer for the company, with nobody missing in between.
    """
    manager = person.manager_email
    if manager is None:
        heads, unknown = known(persons, lambda other: works_here(other, as_of) and other.manager_email is None)
        if unknown is not None and len(heads) <= limits.heads:
            raise unknown
        assert len(heads) <= limits.heads, f"is one of {len(heads)} people without a manager, limit {limits.heads}"
        leads = any_of(persons, lambda other: _reports_to(other, person, as_of))
        led = any_of(persons, lambda other: works_here(other, as_of) and other.manager_email is not None)
        assert leads or not led, "has no manager and is at the head of nobody"
        return
    problem = named_problem("manager", manager, as_of, persons)
    assert not problem, problem
    line = [*managers_of(person, persons)]
    turns = normal_email(person.email) in {normal_email(email) for email in line}
    assert not turns, f"reports to the very person: {' -> '.join(line)}"


def _reports_to(other: Person, head: Person, as_of: datetime) -> bool:
    manager = other.manager_email
    return manager is not None and normal_email(manager) == normal_email(head.email) and works_here(other, as_of)


@control(
    "GOV-05",
    criteria=["CC1.3"],
    nature="state",
    severity="low",
    operates="yearly",
    limits={"review_days": 365},
    looser={"review_days": "higher"},
    on_empty="fail",
    beside=["members"],
    blind_spots={"persons": "whom the register of people lacks the chart may lack too; IAM-08 looks for them"},
)
def test_the_organisation_chart_shows_who_works_here(
    charts: Population[OrganisationChart],
    persons: Population[Person],
    members: Population[BodyMember],
    limits: Any,
    as_of: datetime,
) -> None:
    """The latest organisation chart was reviewed within the year, and shows who worked here on that day.

    By the register of people nobody was missing on it then, contractors too, and nobody on it had left or not begun.
    Its file is that of no chart of another day.

    CC1.3: a chart is how people know where they and others stand, as long as it is that of their company.
    """
    drawn = [chart for chart in charts if chart.drawn_at <= as_of]
    assert drawn, f"no organisation chart was drawn by {day(as_of)}"
    # of two that were drawn at one moment nobody knows which is in force
    for latest in newest(drawn, lambda chart: chart.drawn_at):
        problem = _review_problem(latest, persons, members, limits, as_of) or _people_problem(latest, persons)
        problem = problem or of_another(latest, charts, lambda chart: chart.document, lambda chart: chart.drawn_at)
        if problem:
            deviation(latest, problem)


def _review_problem(
    chart: OrganisationChart, persons: Population[Person], members: Population[BodyMember], limits: Any, as_of: datetime
) -> str:
    reviewed = chart.reviewed_at
    problem = overdue("last reviewed", reviewed, limits.review_days, as_of)
    problem = problem or disorder(as_of, ("drawn", chart.drawn_at), ("reviewed", reviewed))
    if problem or reviewed is None:
        return problem
    if chart.document is None:
        return "the chart itself is not kept"
    return decided_problem("reviewer", chart.reviewed_by, reviewed, persons, members)


def _people_problem(chart: OrganisationChart, persons: Population[Person]) -> str:
    moment = chart.reviewed_at
    assert moment is not None
    shown = {normal_email(email) for email in chart.people}

    def missing(person: Person) -> str:
        is_on_it = normal_email(person.email) in shown
        return "" if is_on_it or not worked_on(person, moment) else f"{person.email} is not on it"

    def odd(email: str) -> str:
        worked = any_of(persons.all("email", email), lambda person: worked_on(person, moment))
        return "" if worked else f"{email} is on it, who did not work here"

    looks: tuple[Callable[[], str], ...] = (
        lambda: problems(missing, persons),
        lambda: problems(odd, chart.people),
    )
    wrong = problems(lambda look: look(), looks)
    return wrong and f"on {day(moment)}, {wrong}"
