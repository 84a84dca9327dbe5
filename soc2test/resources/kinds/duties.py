"""Duties that must not meet in one hand."""

from datetime import datetime

from soc2test.resources.resource import Resource

__all__ = ["DutyConflict"]


class DutyConflict(Resource, frozen=True, gc=False, kw_only=True):
    """Two rights that no person may hold together, as the company declared it.

    A right is a source, with its tenant where it is of one alone, and "admin" (rights over everything there) or
    "account" (an account that is on): "okta admin", "aws:012345678901 admin".
    """

    one: str
    other: str
    approved_by: str | None
    """e-mail of who approved that they are kept apart; None: nobody did"""
    approved_at: datetime | None
