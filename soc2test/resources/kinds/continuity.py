"""How the company goes on where something fails, and what changes bring."""

from datetime import datetime

from soc2test.resources.resource import Resource

__all__ = ["ContinuityPlan", "Insurance", "SignificantChange"]


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

    title: str
    happened_at: datetime
    told_by: str | None
    """e-mail of who entered it"""
    risks_reviewed_at: datetime | None
    """when a risk that names it was reviewed because of it; None: the risk's own last review tells"""
    concerns: tuple[str, ...]
    """ids by which a risk would name it"""
