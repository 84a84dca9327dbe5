"""What the company wants to keep: its commitments and requirements, and how much risk it takes for them."""

from datetime import datetime

from soc2test.resources.resource import Resource

__all__ = ["Commitment", "RiskAppetite"]


class Commitment(Resource, frozen=True, gc=False, kw_only=True):
    """Something that customers were promised of the service, or that the system must do for it."""

    kind: str
    """"commitment": promised; "requirement": what the system must do so that something promised is kept"""
    made_in: tuple[str, ...]
    """ids of the `CustomerDocument` that promise it; none for a requirement"""
    serves: tuple[str, ...]
    """ids of the commitments that a requirement keeps"""
    risks: tuple[str, ...]
    """ids of the `Risk` that may keep it from being met"""
    owner_email: str | None
    version: str
    approved_by: str | None
    """e-mail of who approved this version; None: nobody"""
    approved_at: datetime | None
    reviewed_at: datetime | None
    document: str | None
    """file of the text that was approved; None: there is none"""


class RiskAppetite(Resource, frozen=True, gc=False, kw_only=True):
    """How much risk of one category the company is willing to take."""

    category: str
    """as `Risk.category` has it"""
    most: int
    """the highest product of likelihood and impact that may be accepted, 0 to 25"""
    approved_by: str | None
    """e-mail of who approved it; None: nobody"""
    approved_at: datetime | None
    document: str | None
    """file of the statement; None: there is none"""
