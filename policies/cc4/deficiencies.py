"""Deficiencies: who answers for each, who was told, and whether it is gone."""

from datetime import datetime, timedelta
from typing import Any

from soc2test import Deficiency, PenetrationTest, Person, Population, UnknownFact, control
from soc2test_policies._ages import disorder, late
from soc2test_policies._joins import allowed, known
from soc2test_policies._named import signer_problem
from soc2test_policies._people import owner_problem
from soc2test_policies._signed_off import somebody_else


def _nothing_found(tests: Population[PenetrationTest]) -> None:
    """A penetration test that counts findings would show that there should be some; else nobody looked."""
    counted, unknown = known(tests, lambda test: bool(test.findings))
    assert not counted, f"{counted[0].id} counts {counted[0].findings} findings, and none is listed"
    if unknown is not None or not len(tests):
        raise UnknownFact("", "no penetration test with a count of findings is listed: nobody is known to have looked")


@control(
    "FND-01",
    criteria=["CC4.2"],
    nature="event",
    dated="found_at",
    severity="medium",
    operates="per event",
    limits={"report_days": 14},
    looser={"report_days": "higher"},
    on_empty="no_occurrences",
    agrees=_nothing_found,
)
def test_deficiencies_are_owned_and_reported(
    deficiency: Deficiency, persons: Population[Person], limits: Any, as_of: datetime
) -> None:
    """Every open deficiency has an owner who works here and a day that it is due, and each was told to management.

    Whom it was told worked here then, and does not own it.

    CC4.2: what was found reaches those who can act on it, and somebody answers for its end.
    """
    told = deficiency.reported_at
    problem = disorder(as_of, ("found", deficiency.found_at), ("reported", told))
    problem = problem or late("reported", told, deficiency.found_at, timedelta(days=limits.report_days), as_of)
    assert not problem, f"was {problem}"
    assert told is not None
    problem = signer_problem("management", deficiency.reported_to, told, persons)
    problem = problem or somebody_else("management", deficiency.reported_to, deficiency.owner_email, persons)
    assert not problem, problem
    if deficiency.closed_at is None:
        problem = owner_problem(deficiency.owner_email, persons, as_of)
        assert not problem, problem
        assert deficiency.due_at is not None, "has no day that it is due"


@control(
    "FND-02",
    criteria=["CC4.2"],
    nature="event",
    dated="found_at",
    severity="high",
    operates="per event",
    limits={"critical_days": 14, "high_days": 45, "medium_days": 120, "low_days": 365},
    looser={"critical_days": "higher", "high_days": "higher", "medium_days": "higher", "low_days": "higher"},
    on_empty="no_occurrences",
    agrees=_nothing_found,
)
def test_deficiencies_are_mended_in_time(
    deficiency: Deficiency, persons: Population[Person], limits: Any, as_of: datetime
) -> None:
    """Every deficiency was closed by the day it was due, within the days of its severity, and tested again by another.

    CC4.2: a deficiency is corrected where the fix was seen to hold by somebody who did not make it.
    """
    found, closed = deficiency.found_at, deficiency.closed_at
    by_severity = {
        "critical": limits.critical_days,
        "high": limits.high_days,
        "medium": limits.medium_days,
        "low": limits.low_days,
    }
    due = found + timedelta(days=allowed("severity", deficiency.severity, by_severity))
    if deficiency.due_at is not None:
        due = min(due, deficiency.due_at)
    problem = disorder(as_of, ("found", found), ("closed", closed))
    problem = problem or late("closed", closed, found, due - found, as_of)
    assert not problem, f"was {problem}"
    assert deficiency.fix is not None, "is closed, and nothing is named that was done"
    assert deficiency.document is not None, "is closed without a record of the test that the fix holds"
    again = deficiency.retested_at
    assert again is not None, "was not tested again"
    problem = disorder(as_of, ("found", found), ("tested again", again), ("closed", closed))
    assert not problem, f"was {problem}"
    assert deficiency.retested_by is not None, "nobody is named who tested it again"
    problem = somebody_else("tester", deficiency.retested_by, deficiency.fixed_by, persons)
    assert not problem, problem.replace("owns it", "mended it too")
