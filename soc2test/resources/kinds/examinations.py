"""How controls are looked at, and what becomes of what was found."""

from datetime import datetime

from soc2test.resources.resource import Resource

__all__ = ["Deficiency", "PenetrationTest", "ResultReview"]


class PenetrationTest(Resource, frozen=True, gc=False, kw_only=True):
    """A penetration test of the company's systems."""

    tester: str
    """the company that tested"""
    lead_email: str | None
    """address of who led it there; None: not told"""
    ended_at: datetime | None
    """None: it goes on"""
    scope: tuple[str, ...]
    """ids of the systems that it was about"""
    findings: int | None
    """how many its report counts; None: not counted"""
    document: str | None
    """file of the report; None: there is none"""


class ResultReview(Resource, frozen=True, gc=False, kw_only=True):
    """Management's look at the results of the tests of controls over one month."""

    month: str
    """"2026-10\""""
    reviewed_at: datetime | None
    reviewer_email: str | None
    ran_by: str | None
    """e-mail of who ran the tests or answers for them"""
    results_digest: str | None
    """SHA-256 of the results that were looked at (matrix.json); None: not told"""
    decision: str | None
    """what was decided, in words; None: nothing"""
    document: str | None


class Deficiency(Resource, frozen=True, gc=False, kw_only=True):
    """A deficiency that a test, an audit or an assessment found."""

    found_by: str
    """id of what found it: of a penetration test, an audit ..."""
    severity: str
    """"critical", "high", "medium", "low\""""
    found_at: datetime
    owner_email: str | None
    due_at: datetime | None
    reported_to: str | None
    """e-mail of whom in management it was told; None: nobody"""
    reported_at: datetime | None
    fixed_by: str | None
    fix: str | None
    """what was done: a change, a setting; None: nothing yet"""
    closed_at: datetime | None
    retested_by: str | None
    """name or e-mail of who looked whether the fix holds"""
    retested_at: datetime | None
    document: str | None
    """file of the retest; None: there is none"""
