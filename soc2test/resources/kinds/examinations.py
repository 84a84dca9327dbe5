"""What looks at controls, what that found, and who read it: examinations, findings, reviews of results, exercises."""

from datetime import datetime

from soc2test.resources.resource import Resource

__all__ = ["AuditFinding", "Examination", "Exercise", "ResultReview"]


class Examination(Resource, frozen=True, gc=False, kw_only=True):
    """A penetration test, an audit or another assessment of systems and controls, planned or done."""

    category: str
    """"penetration_test", "internal_audit", "external_audit", "assessment\""""
    planned_for: datetime | None
    """the day by which the plan wants it done; None: no plan named it"""
    examiner_email: str | None
    """who led it; None: nobody is named"""
    scope: tuple[str, ...]
    """ids of the systems that it looked at"""
    started_at: datetime | None
    """None: it has not begun"""
    finished_at: datetime | None
    """when the examiner stopped looking; None: not yet"""
    reported_at: datetime | None
    received_by: str | None
    """e-mail of who took its report on behalf of management; None: nobody"""
    received_at: datetime | None
    report: str | None
    """file of its report; None: there is none"""
    findings: int | None
    """how many findings its report counts; None: there is no report"""
    severe_findings: int | None
    """how many of these it rates critical or high"""


class AuditFinding(Resource, frozen=True, gc=False, kw_only=True):
    """A weakness of a control that an examination, an exercise or the review of test results found."""

    found_by: str | None
    """id of the `Examination`, `Exercise` or `ResultReview`; None: it came up otherwise"""
    severity: str
    """"critical", "high", "medium", "low\""""
    found_at: datetime
    owner_email: str | None
    due_at: datetime | None
    """by when it is to be closed, as first agreed; None: no day was agreed"""
    reported_to: str | None
    """e-mail of who was told on behalf of management; None: nobody"""
    reported_at: datetime | None
    escalated_to: str | None
    """e-mail of who was told that it is overdue; None: nobody"""
    escalated_at: datetime | None
    fix: str | None
    """what was done about it, in words; None: nothing"""
    fixed_by: str | None
    fixed_at: datetime | None
    retested_by: str | None
    """e-mail of who looked whether the fix works; None: nobody"""
    retested_at: datetime | None
    closed_at: datetime | None


class ResultReview(Resource, frozen=True, gc=False, kw_only=True):
    """One look of management at the results of a run of the control tests."""

    run_at: datetime
    """the moment that the run was of"""
    run_by: str | None
    """e-mail of who ran the tests; None: a program by itself"""
    matrix_sha256: str | None
    """digest of the run's matrix.json that was looked at; None: it is not told"""
    deviations: int
    """how many tests deviated in it"""
    reviewed_by: str | None
    reviewed_at: datetime | None
    decision: str | None
    """what was decided, in words; None: nothing is written down"""
    document: str | None
    """file of the signed page; None: there is none"""


class Exercise(Resource, frozen=True, gc=False, kw_only=True):
    """A rehearsal of a plan, by those who would have to follow it."""

    category: str
    """"incident-response", "business-continuity": the topic of the plan"""
    scenario: str
    held_at: datetime
    led_by: str | None
    participants: tuple[str, ...]
    """e-mail addresses of who took part, the leader left out"""
    plans: tuple[str, ...]
    """ids of the plans that it tried, in the register of policies or of continuity plans"""
    downtime_hours: int | None
    """how long what was tried was down in it; None: nothing was stopped, it was talked through"""
    document: str | None
    """file of its record; None: there is none"""
    findings: int | None
    """how many weaknesses its record counts; None: it doesn't say"""
