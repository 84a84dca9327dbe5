"""Complaints about what is done with personal data, reviews of it, and checks of the data itself."""

from datetime import datetime

from soc2test.resources.resource import Resource

__all__ = ["Complaint", "DataQualityCheck", "PrivacyReview"]


class Complaint(Resource, frozen=True, gc=False, kw_only=True):
    """A complaint about what is done with personal data."""

    channel: str
    """address or form by which it came, as the notice names it; or the authority"""
    received_at: datetime
    answered_at: datetime | None
    """None: it is open"""
    answered_by: str | None
    """e-mail of the person who answered"""
    outcome: str | None
    """"upheld" (in part too), "rejected", "taken_back"; None: it is open"""
    explanation: str | None
    """what the person was told"""
    remedied_at: datetime | None
    """when what was wrong was set right; None: it was not"""


class PrivacyReview(Resource, frozen=True, gc=False, kw_only=True):
    """A review of how the commitments about personal data are kept."""

    first_day: datetime
    last_day: datetime
    """of the time that it looks at"""
    done_at: datetime | None
    """None: it is open"""
    done_by: str | None
    """e-mail of who did it"""
    reported_to: str | None
    """e-mail of the manager who got its result"""
    reported_at: datetime | None
    requests: int | None
    """requests of people in these days, as it says"""
    complaints: int | None
    """complaints in these days, as it says"""
    breaches: int | None
    """breaches that became known in these days, as it says"""
    findings: int | None
    """commitments that were found not to be kept; None: nobody counted"""
    correct_by: datetime | None
    """the day by which these are corrected; it may lie ahead"""
    corrected_at: datetime | None
    """when the last of them was; None: some are open"""


class DataQualityCheck(Resource, frozen=True, gc=False, kw_only=True):
    """A check of the data of one purpose against something that tells what is right."""

    activity: str
    """id of the `ProcessingActivity`"""
    aspects: tuple[str, ...]
    """"accurate", "current", "complete", "relevant\""""
    compared_with: str | None
    """what told what is right, in words; None: nothing"""
    checked_at: datetime
    checked_by: str | None
    """e-mail of who did it"""
    records_held: int
    """as the store counts"""
    records_checked: int
    faults: int | None
    """records in which something was wrong; None: nobody counted"""
    corrected_at: datetime | None
    """when the last of these was set right; None: some are not, or none was wrong"""
