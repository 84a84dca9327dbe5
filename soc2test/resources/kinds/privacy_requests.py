"""Requests of people for the data that is held of them, and what systems counted."""

from datetime import datetime

from soc2test.resources.resource import Resource

__all__ = ["DataSubjectRequest", "SystemCount"]


class DataSubjectRequest(Resource, frozen=True, gc=False, kw_only=True):
    """A request of a person for data that is held of them."""

    kind: str
    """"access", "correction", "deletion", "objection", "restriction", "portability", "withdrawal\""""
    channel: str
    """address or form by which it came, as the notice names it"""
    received_at: datetime
    activities: tuple[str, ...]
    """ids of the `ProcessingActivity` that the data belongs to; none where nothing is held"""
    identity_checked_at: datetime | None
    """when it was known who asks; None: it was not checked"""
    identity_checked_how: str | None
    extended_at: datetime | None
    """when the person was told that the answer takes longer; None: nobody was told so"""
    answered_at: datetime | None
    """None: it is open"""
    answered_by: str | None
    """e-mail of the person who answered"""
    outcome: str | None
    """"granted", "partly", "denied", "forwarded" (to whom we hold the data for), "taken_back"; None: it is open"""
    denial_reason: str | None
    """the reason of a denial, in part too, as the person was told; None: none was told"""
    remedy_told: str | None
    """where the person was told to complain; None: nothing was told"""
    corrected_at: datetime | None
    """None: nothing was corrected"""
    passed_on_to: tuple[str, ...]
    """ids of the vendors and others who were told of a correction"""
    passed_on_at: datetime | None
    """when the last of them was told; None: nobody was"""


class SystemCount(Resource, frozen=True, gc=False, kw_only=True):
    """How often something happened in some days, as the system counted it that it happened in."""

    what: str
    """"privacy_requests", "privacy_complaints", "vendor_notices", "sign_ups\""""
    channel: str
    """address, form or place where it came in"""
    first_day: datetime
    last_day: datetime
    """both are counted"""
    count: int
    system: str
    """the system, and the view or query"""
    counted_at: datetime
