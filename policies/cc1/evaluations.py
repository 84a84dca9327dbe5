"""Evaluations of people's work: that each has one, and that it looks at duties for security."""

from datetime import datetime, timedelta
from typing import Any

from soc2test import BodyMember, Evaluation, Person, Population, any_of, control, normal_email
from soc2test_policies._ages import WINDOW, disorder, due_in_window, late, overdue
from soc2test_policies._documents import of_another
from soc2test_policies._judges import judge_problem
from soc2test_policies._people import SAME_WORK, joined_at, left


def _due(person: Person, limits: Any, as_of: datetime) -> bool:
    """Who works here for so long that an evaluation has fallen due."""
    if left(person, as_of) or person.employment in limits.left_out:
        return False
    return as_of - joined_at(person, SAME_WORK) > timedelta(days=limits.join_days)


@control(
    "PPL-06",
    criteria=["CC1.4", "CC1.5"],
    nature="state",
    severity="medium",
    operates="yearly",
    where=_due,
    limits={"yearly_days": 365, "join_days": 365, "left_out": ("contractor",)},
    looser={"yearly_days": "higher", "join_days": "higher", "left_out": "more"},
    blind_spots={
        "persons": "of who sits on the board and is no person of ours no list tells to whom they report",
    },
)
def test_people_are_evaluated_each_year(
    person: Person,
    evaluations: Population[Evaluation],
    persons: Population[Person],
    members: Population[BodyMember],
    limits: Any,
    as_of: datetime,
) -> None:
    """Every active employee's work was judged within the year by somebody else, in a record that is kept.

    Who judged it worked here then or sat on the board, and does not report to that person. The first is due `join_days`
    after joining. The record is that of no other person's evaluation, and of none of another day.

    CC1.4: whether somebody can do the work that is expected is seen by another person who looks at it regularly.
    CC1.5: everybody answers for the own duties where each one's work is judged by another; who is left out never does.
    """
    own = evaluations.all("person_email", person.email)
    whys: dict[datetime, str] = {}

    def is_done(evaluation: Evaluation) -> bool:
        problem = overdue("last evaluated", evaluation.held_at, limits.yearly_days, as_of)
        if not problem and evaluation.document is None:
            problem = "evaluated without a record that is kept"
        problem = problem or _shared(evaluation, evaluations)
        problem = problem or judge_problem(
            "evaluator", evaluation.evaluator_email, person.email, evaluation.held_at, persons, members
        )
        whys[evaluation.held_at] = problem
        return not problem

    assert any_of(own, is_done), whys[max(whys)] if whys else "never evaluated"


@control(
    "PPL-07",
    criteria=["CC1.5"],
    nature="event",
    dated="held_at",
    severity="medium",
    operates="yearly",
    where=lambda evaluation, limits, as_of: due_in_window(
        evaluation.held_at, timedelta(days=limits.signed_days), limits.since_days, as_of
    ),
    limits={"topics": ("security",), "signed_days": 30, "since_days": WINDOW},
    looser={"topics": "fewer", "signed_days": "higher", "since_days": "lower"},
    least={"since_days": 1},
    blind_spots={"Evaluation.held_at": "what is older was of another period; PPL-06 asks for one within the year"},
)
def test_evaluations_look_at_duties_for_security(
    evaluation: Evaluation, evaluations: Population[Evaluation], limits: Any, as_of: datetime
) -> None:
    """Every evaluation looked at the person's duties for security, and that person signed its record soon after.

    `topics` are what each has to look at. The record is a file of its own: it is that of no other person's evaluation,
    and of none that was held on another day.

    CC1.5: people answer for their part in the controls where somebody asks them how they do it, and tells them.
    """
    missing = [topic for topic in limits.topics if topic not in evaluation.topics]
    assert not missing, f"did not look at {', '.join(missing)}"
    held, signed = evaluation.held_at, evaluation.signed_at
    problem = disorder(as_of, ("held", held), ("signed", signed))
    problem = problem or late("signed", signed, held, timedelta(days=limits.signed_days), as_of)
    assert not problem, f"its record was {problem}"
    assert evaluation.document is not None, "no record of it is kept"
    problem = _shared(evaluation, evaluations)
    assert not problem, problem


def _shared(evaluation: Evaluation, evaluations: Population[Evaluation]) -> str:
    """Two people's talks are two events, also where they were held on one day."""
    return of_another(
        evaluation,
        evaluations,
        document=lambda each: each.document,
        moment=lambda each: each.held_at,
        subject=lambda each: normal_email(each.person_email),
    )
