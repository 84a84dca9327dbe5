"""What personal data is processed for, and what people were told of it."""

from datetime import datetime

from soc2test.resources.resource import Resource

__all__ = ["PrivacyNotice", "ProcessingActivity"]


class ProcessingActivity(Resource, frozen=True, gc=False, kw_only=True):
    """One purpose for which personal data is processed: an entry of the record of processing."""

    purpose: str
    recipients: tuple[str, ...]
    """ids of the vendors and others who get some of the data"""


class PrivacyNotice(Resource, frozen=True, gc=False, kw_only=True):
    """One version of a notice that tells people what is done with their data."""

    published_at: datetime | None
    """None: it was not published"""
    replaced_at: datetime | None
    """when another version took its place; None: it is in force"""
    contacts: tuple[str, ...]
    """addresses and forms that it names for requests and complaints"""
