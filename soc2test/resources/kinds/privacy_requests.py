"""What comes in about privacy: requests of people, breaches, and what systems counted of it."""

from datetime import datetime

from soc2test.resources.resource import Resource

__all__ = ["DataSubjectRequest", "PrivacyAssessment", "SystemCount"]


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
    """"granted", "partly", "denied", "forwarded" (to whom we hold the data for), "taken_back", "nothing_held" (as the
    person was told); None: it is open"""
    denial_reason: str | None
    """the reason of a denial, in part too, as the person was told; None: none was told"""
    remedy_told: str | None
    """where the person was told to complain; None: nothing was told"""
    told_categories: tuple[str, ...]
    """categories of data that an answer to who asked for access gave out"""
    told_recipients: tuple[str, ...]
    """ids of those who got the data, as that answer names them"""
    corrected_at: datetime | None
    """None: nothing was corrected"""
    passed_on_to: tuple[str, ...]
    """ids of the vendors and others who were told of a correction"""
    passed_on_at: datetime | None
    """when the last of them was told; None: nobody was"""
    deleted_in: tuple[str, ...]
    """stores in which the data was deleted, as `ProcessingActivity.stores` writes them"""
    deleted_at: datetime | None
    """when the last of them held it no more; None: some do"""
    deletion_checked_at: datetime | None
    """when another person looked for the data there and found none"""
    deletion_checked_by: str | None
    """e-mail of that person"""


class PrivacyAssessment(Resource, frozen=True, gc=False, kw_only=True):
    """Whether an incident, or what a vendor told of, reached personal data, whose, and who was told."""

    incident: str | None
    """id of the `Incident`; None: it is only a vendor's notice"""
    vendor: str | None
    """id of the `Vendor` that told of it; None: none did"""
    learnt_at: datetime
    """when somebody here first knew that personal data may have been reached"""
    assessed_at: datetime | None
    """None: it is open"""
    assessed_by: str | None
    """e-mail of who decided"""
    reasoning: str | None
    subjects_affected: int | None
    """people whose data was reached, at least; None: not known"""
    activities: tuple[str, ...]
    """ids of the `ProcessingActivity` whose data was reached"""
    data_categories: tuple[str, ...]
    exposed_to: str | None
    """who could see or take it, in words; None: not known, or nothing was reached"""
    exposed_from: datetime | None
    exposed_until: datetime | None
    """None: it goes on, or is not known"""
    risk: str | None
    """to these people: "unlikely", "some", "high"; None: not judged"""
    authority_notified_at: datetime | None
    """when the authority was told, or of data that is held for others alone these"""
    authority: str | None
    """which, in words"""
    controllers_notified_at: datetime | None
    """when those were told for whom some of the data is held"""
    controllers: str | None
    """who, in words"""
    not_notified_reason: str | None
    """why nobody had to be told"""
    subjects_notified_at: datetime | None


class SystemCount(Resource, frozen=True, gc=False, kw_only=True):
    """How often something happened in some days, as the system counted it that it happened in."""

    what: str
    """"privacy_requests", "privacy_complaints", "vendor_notices", "sign_ups", "withdrawals", "customers" (with a
    contract on the last day)"""
    channel: str
    """address, form or place where it came in"""
    first_day: datetime
    last_day: datetime
    """both are counted"""
    count: int
    system: str
    """the system, and the view or query"""
    counted_at: datetime
