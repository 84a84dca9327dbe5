"""How long data are kept, and what became of those of customers who left."""

from datetime import datetime

from soc2test.resources.resource import Resource

__all__ = ["Deletion", "RetentionRule"]


class RetentionRule(Resource, frozen=True, gc=False, kw_only=True):
    """How long data of one class are kept, as the company decided it."""

    data_class: str
    """the class, as stores are labelled with it"""
    delete_days: int
    """days after the end of a contract by which a customer's data of this class are deleted"""
    backup_days: int
    """days after which what was deleted is gone from backups and versions too"""
    basis: str | None
    """the contract or law that it rests on, in words; None: nothing is named"""
    owner_email: str | None
    approved_by: str | None
    approved_at: datetime | None
    document: str | None
    """the file that it is laid down in; None: there is none"""


class Deletion(Resource, frozen=True, gc=False, kw_only=True):
    """The deletion of one former customer's data in one place."""

    customer: str
    """id of the `Customer`"""
    place: str
    """id of the `DataStore`, or of the `Vendor` that held them"""
    deleted_at: datetime | None
    deleted_by: str | None
    """e-mail address"""
    remaining: int
    """how many of the customer's records a search found there afterwards"""
    document: str | None
    """the file that shows the deletion and the search; None: there is none"""
