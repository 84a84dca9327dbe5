"""How much room is left, and what is deleted when."""

from datetime import datetime

from soc2test.resources.resource import Resource

__all__ = ["CapacityReview", "CustomerDeletion", "RetentionRule"]


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


class RetentionRule(Resource, frozen=True, gc=False, kw_only=True):
    """How long data of one class is kept, and why."""

    data_class: str
    """the company's class, as stores are labelled"""
    delete_days: int | None
    """days after its purpose ended until it is deleted; None: not decided"""
    basis: str | None
    """why so long: a contract, a law; None: not told"""
    owner_email: str | None
    approved_by: str | None
    approved_at: datetime | None
    reviewed_at: datetime | None
    document: str | None


class CustomerDeletion(Resource, frozen=True, gc=False, kw_only=True):
    """The deletion of the data of a customer whose contract ended."""

    customer: str
    """id of the `Customer`"""
    deleted_at: datetime | None
    deleted_by: str | None
    covers: tuple[str, ...]
    """where it was deleted: "stores", "backups", "vendors" ..."""
    document: str | None
    """file of the proof; None: there is none"""
