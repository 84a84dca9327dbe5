"""What personal data is processed for, who gets it, and what people were told of it."""

from datetime import datetime

from soc2test.resources.resource import Resource

__all__ = ["CollectionPoint", "Disclosure", "PrivacyNotice", "ProcessingActivity", "Processor", "RetentionCheck"]


class ProcessingActivity(Resource, frozen=True, gc=False, kw_only=True):
    """One purpose for which personal data is processed: an entry of the record of processing."""

    purpose: str
    began_at: datetime
    """the first day on which data was taken for it"""
    legal_basis: str | None
    """"consent", "explicit_consent", "contract", "legal_obligation", "vital_interests", "public_task",
    "legitimate_interests", "instructions" (of the company on whose behalf it is done); None: nobody has said"""
    data_categories: tuple[str, ...]
    """short names of the kinds of data that it needs"""
    sensitive: tuple[str, ...]
    """those of them that the law protects more: health, belief, origin ..."""
    recipients: tuple[str, ...]
    """ids of the vendors and others who get some of the data all the time"""
    stores: tuple[str, ...]
    """where the data lies: "source:name" of a `DataStore`, "vendor:name" for what a vendor keeps"""
    retention_days: int | None
    """how long it is kept at most, from its last use; None: nobody has said"""
    owner_email: str | None
    reviewed_at: datetime | None


class PrivacyNotice(Resource, frozen=True, gc=False, kw_only=True):
    """One version of a notice that tells people, or the company on whose behalf it is, what is done with data."""

    approved_by: str | None
    """e-mail of who approved this version"""
    approved_at: datetime | None
    announced_at: datetime | None
    """when those concerned were told that it would come; None: they were not"""
    announced_how: str | None
    published_at: datetime | None
    """None: it was not published"""
    replaces: str | None
    """id of the version whose place it took; None: it is a first one"""
    replaced_at: datetime | None
    """when another version took its place; None: it is in force"""
    activities: tuple[str, ...]
    """ids of the `ProcessingActivity` whose purposes it names"""
    recipients: tuple[str, ...]
    """ids of the vendors and others that it names as getting the data"""
    contacts: tuple[str, ...]
    """addresses and forms that it names for requests and complaints"""


class CollectionPoint(Resource, frozen=True, gc=False, kw_only=True):
    """A place where people are asked for personal data: a page, a form, a paper."""

    place: str
    in_use: bool
    activities: tuple[str, ...]
    """ids of the `ProcessingActivity` that data is taken for"""
    notice: str | None
    """id of the `PrivacyNotice` that is shown there; None: none is"""
    choice: str | None
    """what people may choose there, in the words that they see; None: there is no choice"""
    consequence: str | None
    """what follows from a no, in those words; None: nothing is said"""
    withdrawal: str | None
    """how a yes can be taken back, in those words"""
    preselected: bool
    """a choice is made before the person makes one"""
    seen_at: datetime | None
    """when somebody last looked at it as those see it who are asked"""
    seen_by: str | None
    """e-mail of that person"""


class Disclosure(Resource, frozen=True, gc=False, kw_only=True):
    """A flow of personal data to somebody outside of the company, or a single time that some was given out."""

    recipient: str
    """id of the vendor, or a short name"""
    activity: str
    """id of the `ProcessingActivity` that the data belongs to"""
    data_categories: tuple[str, ...]
    basis: str | None
    """the agreement, consent, law or order that allows it, in words; None: nobody has said"""
    began_at: datetime
    ended_at: datetime | None
    """of a single time the same day; None: it goes on"""
    authorised_by: str | None
    """e-mail of the person who allowed it"""
    authorised_at: datetime | None


class Processor(Resource, frozen=True, gc=False, kw_only=True):
    """What binds one vendor that handles personal data, and how it keeps to it; id is the vendor's."""

    vendor: str
    notice_clause: str | None
    """where the agreement binds it to tell of breaches, and in what words; None: it does not"""
    notice_hours: int | None
    """within how many hours; None: the agreement names no number"""
    notice_address: str | None
    """our address in the agreement, to which notices go"""
    contact_tested_at: datetime | None
    """when somebody last wrote to its contact for breaches"""
    contact_tested_by: str | None
    """e-mail of that person"""
    contact_answered_at: datetime | None
    """when the vendor answered to our address; None: it did not"""
    privacy_assessed_at: datetime | None
    """when it was last looked at how it keeps to the agreement"""
    privacy_assessed_by: str | None
    """e-mail of who did"""
    failures: int | None
    """to keep to it, as found then; None: never assessed"""
    correct_by: datetime | None
    """the day by which all have to be corrected; it may lie ahead"""
    corrected_at: datetime | None
    """when the last of them was corrected; None: some are open"""


class RetentionCheck(Resource, frozen=True, gc=False, kw_only=True):
    """How old the oldest data is that one store holds for one purpose, as the store tells."""

    activity: str
    """id of the `ProcessingActivity`"""
    store: str
    """as the activity writes it"""
    measured_at: datetime
    measured_by: str | None
    """e-mail of the person who asked the store; None: nobody is named"""
    query: str
    records: int
    oldest_at: datetime | None
    """when the oldest was last used, or made; None: there is none"""
    document: str | None
    """file of what the store answered; None: it is not kept"""
