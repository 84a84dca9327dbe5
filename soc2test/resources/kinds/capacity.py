"""How much room is left."""

from datetime import datetime

from soc2test.resources.resource import Resource

__all__ = ["CapacityReview"]


class CapacityReview(Resource, frozen=True, gc=False, kw_only=True):
    """A look at how full or busy something is, and how it will be in a quarter."""

    about: str
    """id or name of what was looked at"""
    reviewed_at: datetime
    reviewer_email: str | None
    measured_percent: int
    forecast_percent: int
    """in a quarter"""
    action: str | None
    """what was decided; None: nothing"""
    document: str | None
