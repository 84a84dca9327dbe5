"""How a company is organised: its chart and its roles."""

from datetime import datetime

from soc2test.resources.resource import Resource

__all__ = ["OrganisationChart", "RoleDescription"]


class OrganisationChart(Resource, frozen=True, gc=False, kw_only=True):
    """A chart of who works where."""

    drawn_at: datetime
    reviewed_at: datetime | None
    """when somebody found it right last; None: never"""
    reviewed_by: str | None
    """e-mail of who did; None: nobody"""
    people: tuple[str, ...]
    """e-mail addresses of all who are on it"""
    document: str | None
    """file of the chart; None: there is none"""


class RoleDescription(Resource, frozen=True, gc=False, kw_only=True):
    """What a role asks for, decides on and answers for."""

    title: str
    """the role, as people hold it"""
    approved_by: str | None
    approved_at: datetime | None
    reviewed_at: datetime | None
    document: str | None
    """file of the description; None: there is none"""
