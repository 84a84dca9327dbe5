"""How word goes through a company: what people confirmed to have read, and the lines by which they report."""

from datetime import datetime

from soc2test.resources.resource import Resource

__all__ = ["Acknowledgement", "LineTest", "ReportingLine"]


class Acknowledgement(Resource, frozen=True, gc=False, kw_only=True):
    """One person's confirmation of one version of a policy; id is "e-mail/policy/version"."""

    person_email: str
    policy: str
    """id of the `PolicyDocument`"""
    version: str
    acknowledged_at: datetime | None
    """None: the person was asked, and has not confirmed it"""


class ReportingLine(Resource, frozen=True, gc=False, kw_only=True):
    """A way to report incidents, or what somebody sees others do wrong: a mailbox, a page, a number."""

    purpose: str
    """"incidents", "conduct\""""
    address: str
    owner_email: str | None
    published_where: str | None
    """where people find it; None: nowhere"""
    received: int | None
    """how many reports came in by it in the time that is counted, tests left out; None: nobody counts"""
    counted_since: datetime | None
    counted_until: datetime | None
    count: str | None
    """file that shows the number; None: there is none"""


class LineTest(Resource, frozen=True, gc=False, kw_only=True):
    """A message that was sent to try whether a reporting line works."""

    line: str
    """id of the `ReportingLine`"""
    sent_at: datetime
    sent_by: str
    """e-mail of who sent it"""
    arrived_at: datetime | None
    """when it arrived, as the receiving system shows; None: it did not"""
    received_by: str | None
    """e-mail of who read it; None: nobody"""
    answered_at: datetime | None
    """when who sent it had an answer by the same line; None: never"""
    document: str | None
    """file that shows it; None: there is none"""
