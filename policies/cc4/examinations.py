"""Examinations by others: penetration tests, and audits and assessments by plan."""

from datetime import datetime, timedelta
from operator import call
from typing import Any

from soc2test import (
    AuditFinding,
    DataStore,
    Examination,
    Person,
    Population,
    System,
    any_of,
    control,
    normal_email,
)
from soc2test_policies._ages import day, disorder, due_in_window, in_window, late, recent
from soc2test_policies._counted import SEVERE, lacking
from soc2test_policies._documents import of_another
from soc2test_policies._independent import of_another_company, owns_any
from soc2test_policies._named import signer_problem
from soc2test_policies._one_person import must_be_two
from soc2test_policies._people import named_problem
from soc2test_policies._systems import stands_out

_LABELS = ("confidential", "restricted")
_LEVELS = ("critical", "high", "medium", "low")
_ENVIRONMENTS = ("production", "staging", "development", "internal")
_ASSESSMENTS = ("internal_audit", "external_audit", "assessment")


def _has_to_be_tried(system: System, stores: Population[DataStore], limits: Any) -> bool:
    says_so = (
        lambda: system.environment in limits.environments and system.criticality in limits.levels,
        lambda: stands_out(system, stores, limits.labels),
    )
    return any_of(says_so, call)


@control(
    "MON-01",
    criteria=["CC4.1"],
    nature="state",
    supports={"CC7.1": "weaknesses that no scanner looks for are found by people who try to get in"},
    severity="high",
    operates="yearly",
    where=_has_to_be_tried,
    limits={
        "environments": ("production",),
        "levels": ("critical", "high"),
        "labels": _LABELS,
        "test_days": 365,
    },
    looser={
        "environments": "fewer",
        "levels": "fewer",
        "labels": "fewer",
        "test_days": "higher",
    },
    words={"environments": _ENVIRONMENTS, "levels": _LEVELS},
    against=["stores"],
    on_empty="fail",
)
def test_systems_are_penetration_tested_by_others(
    system: System,
    examinations: Population[Examination],
    persons: Population[Person],
    stores: Population[DataStore],
    limits: Any,
    as_of: datetime,
) -> None:
    """Every important system in production was in the scope of a penetration test by another company within the year.

    So was each critical system whatever its environment, and each that names a store with confidential data: what the
    inventory calls a way in says nothing to whoever takes it. A critical system that others run, and whose test is
    theirs, is left out by an exemption.

    The tester is of another company where the address is in no row of the register of people, and of no domain that an
    employee's is of. A test counts from the last day of looking, once there is a report of it, as a document
    that no other examination names.

    CC4.1: how well controls keep people out is seen by those who try, and who have no part in what they try.
    """

    def counts(test: Examination) -> bool:
        if test.category != "penetration_test" or not recent(test.finished_at, limits.test_days, as_of):
            return False
        if test.report is None or test.examiner_email is None:
            return False
        return of_another_company(test.examiner_email, persons) and not of_another(
            test, examinations, _report, _never_one
        )

    assert any_of(examinations.all("scope", system.id), counts), (
        f"no penetration test by another company, with its report, ended in the {limits.test_days} days "
        f"before {day(as_of)}"
    )


def _planned_lately(examination: Examination, limits: Any, as_of: datetime) -> bool:
    if examination.category not in limits.categories or examination.planned_for is None:
        return False
    late = timedelta(days=limits.late_days)
    return examination.planned_for <= as_of and due_in_window(examination.planned_for, late, limits.window_days, as_of)


@control(
    "MON-02",
    criteria=["CC4.1"],
    nature="event",
    dated="planned_for",
    severity="medium",
    operates="yearly",
    where=_planned_lately,
    limits={"categories": _ASSESSMENTS, "window_days": 365, "late_days": 30},
    looser={"categories": "more", "window_days": "higher", "late_days": "higher"},
    words={"categories": (*_ASSESSMENTS, "penetration_test")},
    least={"window_days": 1},
    on_empty="fail",
    blind_spots={
        "Examination.planned_for": "what no plan names is late for nothing; a year without any is what on_empty finds",
    },
)
def test_assessments_are_done_by_plan(
    examination: Examination,
    persons: Population[Person],
    systems: Population[System],
    limits: Any,
    as_of: datetime,
) -> None:
    """Every assessment that was planned for the year was done in time, by somebody who owns nothing of its scope.

    A year for which none was planned fails.

    CC4.1: whether controls are there and work is looked at beside daily work, by plan, and not by those who do it.
    """
    planned, examiner = examination.planned_for, examination.examiner_email
    assert planned is not None
    problem = disorder(as_of, ("begun", examination.started_at), ("done", examination.finished_at))
    problem = problem or late("done", examination.finished_at, planned, timedelta(days=limits.late_days), as_of)
    assert not problem, f"was {problem}"
    assert examiner is not None, "nobody is named as examiner"
    assert examination.scope, "names no system that it looked at"
    gone = next((id for id in examination.scope if not systems.all("id", id)), "")
    assert not gone, f"its scope names {gone}, which is no system of the register"
    if not of_another_company(examiner, persons):
        problem = named_problem("examiner", examiner, examination.finished_at or as_of, persons)
        assert not problem, problem
    own = owns_any(examiner, examination.scope, systems, persons)
    assert not own, f"its examiner {examiner} owns {own}, which it looked at"


def _over_or_begun(examination: Examination, limits: Any, as_of: datetime) -> bool:
    """What ended within the window, or whose report fell due or came in it; what has begun and not ended, however long
    ago, and what ended before it began.
    """
    started, finished = examination.started_at, examination.finished_at
    if finished is None:
        return started is not None
    came = examination.reported_at, examination.received_at
    if due_in_window(finished, timedelta(days=limits.report_days), limits.window_days, as_of):
        return True
    if any(in_window(moment, limits.window_days, as_of) for moment in came if moment is not None):
        return True
    return started is not None and finished < started


def _dated(examination: Examination) -> datetime | None:
    return examination.finished_at or examination.started_at


@control(
    "MON-03",
    criteria=["CC4.2"],
    nature="event",
    dated=_dated,
    supports={"CC4.1": "what an examination found reaches those who decide"},
    severity="high",
    operates="per event",
    where=_over_or_begun,
    limits={"window_days": 365, "run_days": 90, "audit_days": 365, "report_days": 45, "received_days": 14},
    looser={
        "window_days": "lower",
        "run_days": "higher",
        "audit_days": "higher",
        "report_days": "higher",
        "received_days": "higher",
    },
    least={"window_days": 1},
    blind_spots={
        "examinations": "a report that no other examination names is that of this one",
    },
)
def test_reports_reach_management_and_their_findings_the_register(
    examination: Examination,
    examinations: Population[Examination],
    findings: Population[AuditFinding],
    persons: Population[Person],
    limits: Any,
    as_of: datetime,
) -> None:
    """Every examination has a report that management took in time, and the register holds each finding it counts.

    One that has begun ends within `run_days`, an audit by others within `audit_days`: it may look at a year. Somebody
    is named who led it. The numbers of all findings and of the severe ones (critical, high) must be those of the
    report, which no other examination names, and who took it worked here then and did not lead the examination.

    CC4.2: a finding that stands in a report alone has nobody who corrects it, and one that was rated down waits longer.
    """
    started, finished = examination.started_at, examination.finished_at
    problem = disorder(as_of, ("begun", started), ("finished", finished))
    if started is not None:
        may_run = limits.audit_days if examination.category == "external_audit" else limits.run_days
        problem = problem or late("finished", finished, started, timedelta(days=may_run), as_of)
    assert not problem, f"was {problem}"
    assert finished is not None
    reported, received = examination.reported_at, examination.received_at
    problem = disorder(as_of, ("finished", finished), ("reported", reported), ("received", received))
    problem = problem or late("reported", reported, finished, timedelta(days=limits.report_days), as_of)
    assert not problem, f"was {problem}"
    assert reported is not None
    assert examination.report is not None, "of its report there is no document"
    examiner = examination.examiner_email
    assert examiner is not None, "nobody is named as examiner"
    problem = late("received", received, reported, timedelta(days=limits.received_days), as_of)
    assert not problem, f"was {problem}"
    problem = signer_problem("recipient", examination.received_by, received or as_of, persons)
    assert not problem, problem
    if examination.received_by is not None:
        assert normal_email(examiner) != normal_email(examination.received_by), "who led it took its report"
    counted, severe = examination.findings, examination.severe_findings
    assert counted is not None, "its report does not say how many findings there are"
    assert severe is not None, "its report does not say how many of its findings are severe"
    problem = of_another(examination, examinations, _report, _never_one)
    assert not problem, problem
    problem = lacking(examination.id, counted, findings)
    assert not problem, problem
    rated = [each for each in findings.all("found_by", examination.id) if each.severity in SEVERE]
    assert len(rated) == severe, f"rates {severe} findings as severe, and the register {len(rated)} of them"
    if examination.received_by is not None:
        must_be_two(examiner, examination.received_by, persons)


def _report(examination: Examination) -> str | None:
    return examination.report


def _never_one(_: Examination) -> None:
    """Two examinations of one day are two: each counts findings of its own, and no report counts both."""
