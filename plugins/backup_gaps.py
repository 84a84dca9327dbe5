"""How long something that is backed up again and again was without a new backup."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from itertools import pairwise

__all__ = ["gap_hours"]


def gap_hours(jobs: Iterable[tuple[datetime, bool]]) -> float:
    """The longest time between two jobs that ended well, in hours; each job is when it began, and whether it did.

    What is known begins with the first job that is listed, well or not: before it there may have been a backup.
    """
    ordered = sorted(jobs)
    ended_well = [began for began, well in ordered if well]
    first = [began for began, _ in ordered[:1]]
    gaps = [after - before for before, after in pairwise([*first, *ended_well])]
    return max(gaps, default=timedelta()) / timedelta(hours=1)
