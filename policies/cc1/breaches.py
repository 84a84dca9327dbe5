"""Breaches of the code of conduct, and what follows."""

from datetime import datetime, timedelta
from typing import Any

from soc2test import BodyMember, ConductBreach, Person, PolicyDocument, Population, control
from soc2test_policies._ages import disorder, late
from soc2test_policies._bodies import signed_problem
from soc2test_policies._documents import of_another, of_other_kind
from soc2test_policies._judges import judge_problem
from soc2test_policies._reported import all_reports_told, nothing_reported

_OUTCOMES = ("unfounded", "talk", "training", "warning", "dismissal", "other")


@control(
    "PPL-08",
    criteria=["CC1.1", "CC1.5"],
    nature="event",
    dated="found_at",
    severity="high",
    operates="per event",
    limits={"decision_days": 30},
    looser={"decision_days": "higher"},
    on_empty="no_occurrences",
    agrees=nothing_reported,
    complete=all_reports_told,
    against=["policies"],
    blind_spots={
        "breaches": "another breach can only claim the record of this one",
        "policies": "a policy can only claim the record",
        "persons": "of who sits on the board and is no person of ours no list tells to whom they report",
    },
)
def test_breaches_of_conduct_have_consequences(
    breach: ConductBreach,
    breaches: Population[ConductBreach],
    policies: Population[PolicyDocument],
    persons: Population[Person],
    members: Population[BodyMember],
    limits: Any,
    as_of: datetime,
) -> None:
    """What follows of every breach of conduct was decided in time by somebody else, in a record that is kept.

    Who decided worked here then or sat on the board, and does not report to the person whom it is about. The record is
    that of no decision of another day, and no policy's text. An empty list says something only where the lines for
    reports counted none, and one that is shorter than their count is not whole.

    CC1.1: standards of conduct are worth what follows where somebody does not keep to them.
    CC1.5: whoever does not do the own part in a control answers for it, whatever the place.
    """
    about = breach.person_email
    known = about is None or bool(persons.all("email", about))
    assert known, f"it is about {about}, who is not in the register of people"
    problem = disorder(as_of, ("found", breach.found_at), ("decided", breach.decided_at))
    limit = timedelta(days=limits.decision_days)
    problem = problem or late("decided", breach.decided_at, breach.found_at, limit, as_of)
    assert not problem, f"what follows was {problem}"
    assert breach.outcome in _OUTCOMES, f"its outcome is none of {', '.join(_OUTCOMES)}"
    assert breach.document is not None, "no record of the decision is kept"
    decided = breach.decided_at
    assert decided is not None
    if about is None:
        problem = signed_problem("decider", breach.decided_by, decided, persons, members)
    else:
        problem = judge_problem("decider", breach.decided_by, about, decided, persons, members)
    assert not problem, problem
    problem = of_other_kind(breach.document, policies.members)
    problem = problem or of_another(breach, breaches, lambda each: each.document, lambda each: each.decided_at)
    assert not problem, problem
