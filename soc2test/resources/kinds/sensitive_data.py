"""What is known of the data itself: what scanners found in stores, what leaves them, and what stops it."""

from datetime import datetime

from soc2test.resources.resource import Resource

__all__ = ["DataScan"]


class DataScan(Resource, frozen=True, gc=False, kw_only=True):
    """What one scanner of data says of one store: whether it looked, and whether what it met is sensitive."""

    scanner: str
    """"macie", the name of a product"""
    store: str
    """id of the `DataStore`"""
    scanned_at: datetime | None
    """when it looked last; None: never"""
    sensitive: bool
    """it met data that it takes for sensitive: of persons, of payments, of health, credentials, or of the company's own
    patterns"""
    found: tuple[str, ...]
    """what that was, in the scanner's words"""
    items: int
    """how many objects, tables or files the store holds"""
    unread: int
    """how many of them it can't read: of another type, or kept where it does not look"""
