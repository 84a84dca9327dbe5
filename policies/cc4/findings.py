"""Findings: who closes each, by when, who was told, and whether what was done about it works."""

from datetime import datetime, timedelta
from typing import Any

from soc2test import (
    AuditFinding,
    BodyMember,
    Examination,
    Exercise,
    Person,
    Population,
    ResultReview,
    any_of,
    control,
    normal_email,
)
from soc2test_policies._ages import WINDOW, day, disorder, due_in_window, in_window, late
from soc2test_policies._bodies import decided_problem
from soc2test_policies._counted import findings_told, nothing_found
from soc2test_policies._fixes import names_no_fix
from soc2test_policies._found import found_problem
from soc2test_policies._independent import of_another_company, of_one_firm
from soc2test_policies._joins import allowed
from soc2test_policies._one_person import are_two, must_be_two
from soc2test_policies._people import named_problem, owner_problem
from soc2test_policies._reporting import reports_to


def _lately(finding: AuditFinding, limits: Any, as_of: datetime) -> bool:
    """Open ones, however old, those that were closed within the window, and those closed before they were found."""
    closed = finding.closed_at
    return closed is None or in_window(closed, limits.window_days, as_of) or closed < finding.found_at


def _lately_or_misdated(
    finding: AuditFinding,
    examinations: Population[Examination],
    exercises: Population[Exercise],
    reviews: Population[ResultReview],
    limits: Any,
    as_of: datetime,
) -> bool:
    """Also one that is too old by days at which nobody looked."""
    if _lately(finding, limits, as_of):
        return True
    return bool(found_problem(finding, examinations, exercises, reviews, as_of))


@control(
    "FND-01",
    criteria=["CC4.2"],
    nature="event",
    dated="found_at",
    supports={"CC1.3": "somebody answers for each finding"},
    severity="medium",
    operates="per event",
    where=_lately_or_misdated,
    limits={"critical_days": 30, "high_days": 60, "medium_days": 120, "low_days": 365, "window_days": WINDOW},
    looser={
        "critical_days": "higher",
        "high_days": "higher",
        "medium_days": "higher",
        "low_days": "higher",
        "window_days": "lower",
    },
    least={"window_days": 1},
    on_empty="no_occurrences",
    agrees=nothing_found,
    complete=findings_told,
)
def test_findings_have_an_owner_and_a_due_date(
    finding: AuditFinding,
    persons: Population[Person],
    examinations: Population[Examination],
    exercises: Population[Exercise],
    reviews: Population[ResultReview],
    limits: Any,
    as_of: datetime,
) -> None:
    """Every finding has an owner who works here, and a day by which it is to be closed, as soon as its severity asks.

    The owner of one that is closed worked here when it was. What an examination found, it found from its first day to
    that of its report, what a review of results did from the run to the review, and what an exercise did from its day
    on. One with other days deviates, also where these are older than the window.

    CC4.2: a weakness is corrected by somebody who answers for it, by a day on which others can ask.
    """
    due, closed = finding.due_at, finding.closed_at
    by_severity = {
        "critical": limits.critical_days,
        "high": limits.high_days,
        "medium": limits.medium_days,
        "low": limits.low_days,
    }
    days = allowed("severity", finding.severity, by_severity)
    problem = disorder(as_of, ("found", finding.found_at), ("closed", closed))
    assert not problem, f"was {problem}"
    problem = found_problem(finding, examinations, exercises, reviews, as_of)
    assert not problem, problem
    if closed is None:
        problem = owner_problem(finding.owner_email, persons, as_of)
    else:
        problem = named_problem("owner", finding.owner_email, closed, persons)
    assert not problem, problem
    assert due is not None, "no day was agreed by which it is to be closed"
    given = (due - finding.found_at).days
    assert given >= 0, f"is due on {day(due)}, before it was found on {day(finding.found_at)}"
    assert given <= days, f"{finding.severity}, is due {given} days after it was found, limit {days}"


def _to_be_reported(finding: AuditFinding, limits: Any, as_of: datetime) -> bool:
    """Also one that was closed before the window, where it had to be reported, or was, within it."""
    if _lately(finding, limits, as_of):
        return True
    reported = finding.reported_at
    if reported is not None and in_window(reported, limits.window_days, as_of):
        return True
    return due_in_window(finding.found_at, timedelta(days=limits.report_days), limits.window_days, as_of)


@control(
    "FND-02",
    criteria=["CC4.2"],
    nature="event",
    dated="found_at",
    severity="medium",
    operates="per event",
    where=_to_be_reported,
    limits={"report_days": 30, "window_days": WINDOW},
    looser={"report_days": "higher", "window_days": "lower"},
    least={"window_days": 1},
    on_empty="no_occurrences",
    agrees=nothing_found,
    complete=findings_told,
    beside=["members"],
)
def test_findings_are_reported_to_management(
    finding: AuditFinding, persons: Population[Person], members: Population[BodyMember], limits: Any, as_of: datetime
) -> None:
    """Every finding was reported in time to a person on behalf of management who worked here then and does not own it.

    Or to a member of a board. Nor does that person work under its owner, by the reporting lines of today.

    CC4.2: those who decide on people and money learn of a weakness from somebody else than by its damage.
    """
    told, reported, owner = finding.reported_to, finding.reported_at, finding.owner_email
    problem = disorder(as_of, ("found", finding.found_at), ("reported", reported))
    limit = timedelta(days=limits.report_days)
    problem = problem or late("reported to management", reported, finding.found_at, limit, as_of)
    assert not problem, f"was {problem}"
    problem = decided_problem("recipient", told, reported or as_of, persons, members)
    assert not problem, problem
    if told is not None and owner is not None:
        problem = _below_problem(told, owner, persons)
        assert not problem, f"was reported to {problem} alone"


def _below_problem(told: str, owner: str, persons: Population[Person]) -> str:
    """What is wrong with who was told of a finding: its owner, or somebody whose work its owner directs."""
    if normal_email(told) == normal_email(owner):
        return f"its own owner {owner}"
    if reports_to(told, owner, persons):
        return f"{told}, who reports to its owner {owner},"
    must_be_two(told, owner, persons)
    return ""


def _closed_or_due(finding: AuditFinding, limits: Any, as_of: datetime) -> bool:
    if not _lately(finding, limits, as_of):
        return False
    return finding.closed_at is not None or finding.due_at is None or finding.due_at < as_of


def nothing_due(
    findings: Population[AuditFinding], examinations: Population[Examination], limits: Any, as_of: datetime
) -> None:
    """Findings were made and are all still to be closed; or reports were made, and none counts a finding."""
    if not len(findings):
        nothing_found(examinations, limits, as_of)


@control(
    "FND-03",
    criteria=["CC4.2"],
    nature="event",
    dated="found_at",
    severity="high",
    operates="per event",
    where=_closed_or_due,
    limits={"overdue_days": 30, "window_days": WINDOW},
    looser={"overdue_days": "higher", "window_days": "lower"},
    least={"window_days": 1},
    on_empty="no_occurrences",
    agrees=nothing_due,
    complete=findings_told,
)
def test_findings_are_closed_by_a_fix_that_somebody_else_tried(
    finding: AuditFinding,
    examinations: Population[Examination],
    persons: Population[Person],
    limits: Any,
    as_of: datetime,
) -> None:
    """Every finding was closed in time, by a fix that is named, and that somebody else tried after it was made.

    In time is by the day it is due, or no more than `overdue_days` later. Whoever found it may try the fix, of another
    company too, and so may a colleague of theirs, by the domain of the address, or who led another examination; all
    others worked here then. Its owner, who has to close it, may make the fix and not try it. A text that says no more
    than that something was done, that nothing was, that it was taken back or is yet to be, that the risk was accepted
    or the finding was none, names no fix; others are not judged.

    CC4.2: a weakness is corrected when the fix is seen to work, by other eyes than those that made it.
    """
    due, closed, fixed, tried = finding.due_at, finding.closed_at, finding.fixed_at, finding.retested_at
    assert due is not None, "no day was agreed by which it is to be closed"
    problem = disorder(
        as_of, ("found", finding.found_at), ("fixed", fixed), ("tested again", tried), ("closed", closed)
    )
    assert not problem, f"was {problem}"
    problem = late("closed", closed, due, timedelta(days=limits.overdue_days), as_of)
    assert not problem, f"was {problem} (the day it was due)"
    if closed is None:
        return
    assert finding.fix is not None, "was closed, and nobody says by which fix"
    assert not names_no_fix(finding.fix), "was closed, and what is told as its fix names none"
    assert fixed is not None, "was closed without a day of its fix"
    assert tried is not None, "was closed, and nobody tried its fix"
    fixer, tester = finding.fixed_by, finding.retested_by
    problem = named_problem("fixer", fixer, fixed, persons)
    assert not problem, problem
    assert fixer is not None
    assert tester is not None, "nobody is named as who tried its fix"
    assert are_two(tester, fixer, persons), f"was tested again by {tester}, who fixed it"
    owner = finding.owner_email
    if owner is not None:
        assert are_two(tester, owner, persons), f"was tested again by {tester}, who owns it and has to close it"
    if not _found_it(finding, tester, examinations):
        problem = named_problem("second tester", tester, tried, persons)
        assert not problem or _examines(finding, tester, examinations, persons), problem


def _found_it(finding: AuditFinding, tester: str, examinations: Population[Examination]) -> bool:
    return any(normal_email(email) == normal_email(tester) for email in _finders(finding, examinations))


def _finders(finding: AuditFinding, examinations: Population[Examination]) -> list[str]:
    """The addresses of who led the examination that found it."""
    if finding.found_by is None:
        return []
    found = examinations.all("id", finding.found_by).hits
    return [examination.examiner_email for examination in found if examination.examiner_email is not None]


def _examines(
    finding: AuditFinding, tester: str, examinations: Population[Examination], persons: Population[Person]
) -> bool:
    """Somebody of another company who works with who found it, or who led another examination."""
    if not of_another_company(tester, persons):
        return False
    if any(of_one_firm(tester, finder) for finder in _finders(finding, examinations)):
        return True

    def led(examination: Examination) -> bool:
        examiner = examination.examiner_email
        return examiner is not None and normal_email(examiner) == normal_email(tester)

    return any_of(examinations, led)


def _overdue(finding: AuditFinding, limits: Any, as_of: datetime) -> bool:
    due = finding.due_at
    if due is None or due >= as_of:
        return False
    return _lately(finding, limits, as_of) and (finding.closed_at is None or finding.closed_at > due)


def nothing_overdue(
    findings: Population[AuditFinding], examinations: Population[Examination], limits: Any, as_of: datetime
) -> None:
    """Findings were made, and each has a day that it was due; or reports were made, and none counts a finding."""
    nothing_due(findings, examinations, limits, as_of)
    undue = [each for each in findings if each.due_at is None]
    assert not undue, f"{len(undue)} findings have no day by which they are due, such as {undue[0].id}"


@control(
    "FND-04",
    criteria=["CC4.2"],
    nature="event",
    dated="due_at",
    severity="medium",
    operates="per event",
    where=_overdue,
    limits={"escalation_days": 7, "window_days": WINDOW},
    looser={"escalation_days": "higher", "window_days": "lower"},
    least={"window_days": 1},
    on_empty="no_occurrences",
    agrees=nothing_overdue,
    complete=findings_told,
    beside=["members"],
    blind_spots={
        "AuditFinding.due_at": "without a day nothing is overdue: FND-01 asks for one",
    },
)
def test_overdue_findings_are_escalated(
    finding: AuditFinding, persons: Population[Person], members: Population[BodyMember], limits: Any, as_of: datetime
) -> None:
    """Every finding that was not closed by its day was escalated in time, to a person who worked here and owns it not.

    In time is within `escalation_days` of that day, before it or after: who heard of it long before heard of no delay.
    Or to a member of a board. Nor does that person work under its owner, by the reporting lines of today.

    CC4.2: that a correction is late is told to somebody who can do something about it, by rule and not by chance.
    """
    due, told, owner = finding.due_at, finding.escalated_to, finding.owner_email
    assert due is not None
    escalated = finding.escalated_at
    problem = disorder(as_of, ("found", finding.found_at), ("escalated", escalated))
    problem = problem or late("escalated", escalated, due, timedelta(days=limits.escalation_days), as_of)
    assert not problem, f"was due and {problem}"
    if escalated is not None:
        early = due - timedelta(days=limits.escalation_days)
        assert escalated >= early, f"was escalated on {day(escalated)}, long before it was due on {day(due)}"
    problem = decided_problem("next in line", told, escalated or as_of, persons, members)
    assert not problem, problem
    if told is not None and owner is not None:
        problem = _below_problem(told, owner, persons)
        assert not problem, f"was escalated to {problem} alone"
