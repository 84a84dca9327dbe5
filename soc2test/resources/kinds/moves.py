"""People who changed their job within the company."""

from datetime import datetime

from soc2test.resources.resource import Resource

__all__ = ["Move"]


class Move(Resource, frozen=True, gc=False, kw_only=True):
    """One change of somebody's role, and who went through the access that they had.

    Access is an account ("github:ann-dev"), or being an administrator by it ("github:ann-dev admin").
    """

    person_email: str
    to_role: str
    """as the register of people calls it"""
    moved_at: datetime
    reviewed_by: str | None
    """e-mail of who went through the access of before; None: nobody did"""
    reviewed_at: datetime | None
    kept: tuple[str, ...]
    """access that the new work needs as well"""
    removed: tuple[str, ...]
    """access that was to go"""
