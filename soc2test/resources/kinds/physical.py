"""Rooms: sites, the badges that open them, and who visits."""

from datetime import datetime

from soc2test.resources.resource import Resource

__all__ = ["Badge", "BadgeReview", "Site", "Visit"]


class Site(Resource, frozen=True, gc=False, kw_only=True):
    """A place where the company's people, machines or data are: an office, a machine room, a region of a provider."""

    owner_email: str | None
    """who answers for it; None: nobody is named"""
    operated_by: str | None
    """id of the `Vendor` whose rooms they are and who lets people in; None: we do"""
    opened_at: datetime
    """since when it is in use"""
    closed_at: datetime | None
    """since when it is in use no more; None: it is"""


class Badge(Resource, frozen=True, gc=False, kw_only=True):
    """A badge, key or code of one person that opens doors."""

    holder_email: str | None
    """whose it is; None: nobody is named"""
    sites: tuple[str, ...]
    """ids of the sites whose doors it opens, or opened until it was switched off"""
    active: bool
    issued_at: datetime
    approved_by: str | None
    """e-mail of who approved it; None: nobody did"""
    approved_at: datetime | None
    disabled_at: datetime | None
    """when it was switched off, or given back where it is a key; None: it was not"""


class BadgeReview(Resource, frozen=True, gc=False, kw_only=True):
    """One review of who can enter: which badges were looked at and what was decided."""

    sites: tuple[str, ...]
    """ids of the sites whose badges were looked at"""
    reviewer_email: str
    reviewed_at: datetime
    kept: tuple[str, ...]
    """ids of the badges that were left on"""
    revoked: tuple[str, ...]
    """ids of the badges that were to go"""


class Visit(Resource, frozen=True, gc=False, kw_only=True):
    """One visit of somebody who has no badge, as the log at the door has it."""

    site: str
    """id of the site"""
    visitor: str | None
    """who came, and from where; None: the log does not say"""
    host_email: str | None
    """who let the visitor in and stayed with them; None: nobody is named"""
    arrived_at: datetime
    left_at: datetime | None
    """None: the log does not say that the visitor left"""
