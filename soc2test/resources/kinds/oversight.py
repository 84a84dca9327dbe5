"""Who oversees management: the bodies that do, their members and their meetings."""

from datetime import datetime

from soc2test.resources.resource import Resource

__all__ = ["BodyMember", "Meeting"]


class Meeting(Resource, frozen=True, gc=False, kw_only=True):
    """A meeting of a body that oversees management: a board, a committee of it, owners who do not manage."""

    body: str
    """short name of the body: "board", "audit-committee\""""
    held_at: datetime
    attendees: tuple[str, ...]
    """e-mail addresses of the members who took part; guests are none"""
    topics: tuple[str, ...]
    """short names of what was dealt with: "security", "finance\""""
    minutes: str | None
    """file of the minutes; None: there are none"""
    signed_by: str | None
    """e-mail of who signed the minutes; None: nobody"""
    signed_at: datetime | None


class BodyMember(Resource, frozen=True, gc=False, kw_only=True):
    """One term of somebody on a body that oversees management."""

    body: str
    name: str
    email: str
    started_at: datetime
    ended_at: datetime | None
    """end of the term; None while none is set"""
    ties: tuple[str, ...]
    """what ties the member to the company, as the body determined: "management", "shareholder"; (): it found nothing"""
    determined_at: datetime | None
    """when the body determined them; None: it did not"""
    determined_by: str | None
    """e-mail of who signed that for the body; None: nobody"""
    determination: str | None
    """file that shows it; None: there is none"""
