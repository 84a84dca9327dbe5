"""What a company keeps by hand: vendors, risks, policies, reviews of access, incidents."""

from datetime import datetime

from soc2test.resources.resource import Resource

__all__ = ["AccessDecision", "AccessReview", "Incident", "PolicyDocument", "Risk", "Vendor"]


class Vendor(Resource, frozen=True, gc=False, kw_only=True):
    """A company that we depend on or give data to."""

    name: str
    active: bool
    tier: str
    """"critical", "high", "medium", "low\""""
    owner_email: str | None
    personal_data: bool
    onboarded_at: datetime
    diligence_at: datetime | None
    """when it was examined before use"""
    assessed_at: datetime | None
    subservice: bool
    """its controls are part of how our own commitments are met: a subservice organisation, in the words of an
    examination; one that we only buy from is none"""
    report_type: str | None
    """"soc2_type2", "soc2_type1", "soc3", "iso27001", None"""
    report_period_start: datetime | None
    """first day that the report covers (its day, for a type 1); None without report, or for a certificate"""
    report_period_end: datetime | None
    previous_report_period_start: datetime | None
    """of the report of the same type before it; None: it is the first"""
    previous_report_period_end: datetime | None
    report_opinion: str | None
    """"unqualified", "qualified", "adverse", "disclaimer"; None without report"""
    report_exceptions: int | None
    """deviations noted in the report; None without one"""
    report: str | None
    """file of the report; None: there is none"""
    report_digest: str | None
    """SHA-256 of that file as its row says it, in hex; None: as before"""
    exceptions_assessed_by: str | None
    """e-mail of who judged what its exceptions, or an opinion that is not unqualified, mean for us; None: nobody"""
    exceptions_assessed_at: datetime | None
    exceptions_conclusion: str | None
    """what that person concluded, in words"""
    monitored_by: str | None
    """e-mail of who watched its controls by other means than a report (a visit, tests of our own); None: nobody"""
    monitored_at: datetime | None
    monitoring_conclusion: str | None
    """what was done and what it showed, in words"""
    dpa_signed_at: datetime | None
    agreement: str | None
    """file of the agreement on data processing; None: none is named"""
    bridge_letter_until: datetime | None
    bridge_letter: str | None
    """file of the letter; None: there is none"""
    other_files: tuple[str, ...]
    """files of its agreement, of what we made of its report, and of how we watched it"""


class Risk(Resource, frozen=True, gc=False, kw_only=True):
    """One entry of the risk register."""

    title: str
    category: str
    owner_email: str | None
    likelihood: int
    """1 to 5"""
    impact: int
    """1 to 5"""
    treatment: str | None
    """"mitigate", "accept", "transfer", "avoid"; None: undecided"""
    reviewed_at: datetime | None
    concerns: tuple[str, ...]
    """ids of the vendors, systems and assets that it is about"""
    controls: tuple[str, ...]
    """ids of the tests or controls that answer it"""
    accepted_by: str | None
    """e-mail of who accepted it; None: nobody"""
    accepted_at: datetime | None
    """None: no day of its own is told, it is accepted anew at each review"""


class PolicyDocument(Resource, frozen=True, gc=False, kw_only=True):
    """A written policy or procedure."""

    title: str
    topic: str
    """short name of what it rules: "information-security", "code-of-conduct" ..."""
    version: str
    owner_email: str | None
    approved_by: str | None
    approved_at: datetime | None
    reviewed_at: datetime | None
    published_at: datetime | None
    """when this version was put where its readers reach it; None: it was not"""
    published_where: str | None
    """that place: a link, the name of a handbook"""
    document: str | None
    """file of the text of this version; None: no copy of it is kept"""
    document_digest: str | None
    """SHA-256 of that file as its row says it, in hex: two files of one digest are one text; None: as before"""


class AccessReview(Resource, frozen=True, gc=False, kw_only=True):
    """One review of who has access to one system; what it decided are the `AccessDecision` that name it."""

    system: str
    """name of the source whose accounts it went through ("github"), with the tenant where it was of one alone
    ("aws:012345678901")"""
    reviewer_email: str
    started_at: datetime | None
    """when the accounts to decide on were listed; None: on the day of its completion"""
    completed_at: datetime | None
    """None: it is open"""


class AccessDecision(Resource, frozen=True, gc=False, kw_only=True):
    """What one access review decided on one account; id is "review/account"."""

    review: str
    """id of the `AccessReview`"""
    account: str
    """login of the account as its system writes it, or the id of the `Identity`"""
    decision: str
    """"keep"; "change": less than it had; "revoke": the account is to go"""
    decider_email: str | None
    """e-mail of the person who decided; None: the reviewer of the review"""
    decided_at: datetime | None
    """None: when the review was completed"""
    done_at: datetime | None
    """when a change or revocation was carried out, as the reviewers say; None: they don't"""


class Incident(Resource, frozen=True, gc=False, kw_only=True):
    """A security or availability event that was declared an incident."""

    title: str
    severity: str
    """"critical", "high", "medium", "low\""""
    detected_at: datetime
    acknowledged_at: datetime | None
    resolved_at: datetime | None
    commander_email: str | None
    root_cause: str | None
    postmortem_at: datetime | None
    actions: int | None
    """how many actions its postmortem decided on; None: it was not held"""
    actions_closed_at: datetime | None
    """when the last of them was done; None: some are open, or there are none"""
    customers_affected: bool
    notified_at: datetime | None
    pages: tuple[str, ...]
    """`reference` of each `Page` that was of it; empty: nobody was paged"""
    postmortem: str | None
    """the file of its postmortem; None: none is named"""
    tickets: tuple[str, ...]
    """`name` of each `Ticket` that was of it; empty: nobody opened one"""
