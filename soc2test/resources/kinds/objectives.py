"""What the company promised and what it needs for that; how it goes on where something fails."""

from datetime import datetime

from soc2test.resources.resource import Resource

__all__ = ["Commitment", "ContinuityPlan", "Customer", "Insurance", "SignificantChange"]


class Commitment(Resource, frozen=True, gc=False, kw_only=True):
    """A service commitment to customers, or a system requirement that follows from one."""

    type: str
    """"commitment" or "requirement\""""
    category: str
    """category of the criteria that it is about ("security", "availability" ...)"""
    owner_email: str | None
    approved_by: str | None
    approved_at: datetime | None
    reviewed_at: datetime | None
    told_at: datetime | None
    """when the version in force was told to those whom it binds or serves; None: not at all"""
    told_where: str | None
    """by which terms, page or message"""
    risks: tuple[str, ...]
    """ids of the risks that may keep the company from meeting it"""
    document: str | None
    """file that holds its wording; None: there is none"""


class Customer(Resource, frozen=True, gc=False, kw_only=True):
    """A customer, and the terms that hold between it and the company."""

    started_at: datetime
    """first day of service"""
    ended_at: datetime | None
    terms_version: str | None
    """the version of the terms that it agreed to; None: none"""
    agreed_at: datetime | None
    security_terms: bool
    """that version names what the company promises on security"""
    document: str | None
    """file of the agreement; None: there is none"""


class ContinuityPlan(Resource, frozen=True, gc=False, kw_only=True):
    """How one process goes on, or comes back, where what it needs is gone: the analysis of its impact and the plan."""

    process: str
    owner_email: str | None
    rto_hours: int | None
    """how long it may be down"""
    rpo_hours: int | None
    """how far back its data may be lost"""
    approved_by: str | None
    approved_at: datetime | None
    reviewed_at: datetime | None
    document: str | None
    """file of the analysis and the plan; None: there is none"""


class Insurance(Resource, frozen=True, gc=False, kw_only=True):
    """An insurance contract."""

    covers: str
    """"cyber", "liability" ..."""
    insurer: str
    starts_at: datetime
    ends_at: datetime
    document: str | None
    """file of the certificate; None: there is none"""


class SignificantChange(Resource, frozen=True, gc=False, kw_only=True):
    """A change that may bring new risks: a product, a technology, a leader, an acquisition, a rule."""

    type: str
    """"product", "technology", "leadership", "acquisition", "regulation", "threat", "other\""""
    happened_at: datetime
    told_by: str | None
    """e-mail of who entered it"""
    concerns: tuple[str, ...]
    """ids by which a risk would name it"""
