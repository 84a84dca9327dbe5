"""Restores from backups, and what people compared afterwards."""

from datetime import datetime

from soc2test.resources.resource import Resource

__all__ = ["RestoreCheck", "RestoreTest"]


class RestoreTest(Resource, frozen=True, gc=False, kw_only=True):
    """A restore from a recovery point, for a test or in earnest, as the system that did it recorded it.

    Its id is the system's own id of the job; a restore that somebody tells of is none.
    """

    stores: tuple[str, ...]
    """ids of the `DataStore`s whose data it brought back, or tried to: the originals, not what was made of them"""
    point_made_at: datetime
    """when the recovery point was made: what came after it is not in it"""
    started_at: datetime
    completed_at: datetime | None
    """when it ended, well or not; None: it still runs"""
    status: str
    """"running"; "completed"; "failed": it ended, and the store is not there, or not whole"""
    validation: str | None
    """what a program that looked at the restored store said: "passed", "failed", "running", "timed_out"; None: none
    looked"""


class RestoreCheck(Resource, frozen=True, gc=False, kw_only=True):
    """What a person compared after a restore."""

    restore: str
    """id of the `RestoreTest`: the system's id of the job"""
    store: str
    """id of the `DataStore`"""
    compared: str
    """what was counted, in words"""
    expected_count: int
    """how many the original held at the time of the recovery point, by another source than the restored store"""
    restored_count: int
    """how many the restored store held"""
    checked_by: str | None
    """e-mail address"""
    checked_at: datetime | None
    document: str | None
    """the file that shows the comparison; None: there is none"""
