"""What is known of the data itself: what scanners found in stores, what leaves them, and what stops it."""

from datetime import datetime

from soc2test.resources.resource import Resource

__all__ = ["DataScan", "DlpPolicy"]


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


class DlpPolicy(Resource, frozen=True, gc=False, kw_only=True):
    """A rule that looks for one class of data on its way out by one channel, in a product for loss prevention."""

    data_class: str
    """the company's class that it looks for ("confidential")"""
    channel: str
    """how data would leave: "email", "chat", "files" (shared outside), "web", "endpoint" (media, printers), "ai\""""
    mode: str
    """"block": it stops what it finds; "justify": whoever goes on gives a reason; "warn", "watch" or "test": nothing is
    stopped; "off\""""
    since: datetime | None
    """when the mode was set last; None: not told"""
    everybody: bool
    """it holds for all people and devices: no group, unit or place is left out"""
    checked_at: datetime | None
    """when somebody sent such data by the channel to see what it does; None: never"""
    checked_by: str | None
    """e-mail of who did"""
