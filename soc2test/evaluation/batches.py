"""Resources by the hundred: to count them and to run a control on them costs less than singly."""

from collections.abc import Iterable, Iterator, Sized
from itertools import islice
from time import monotonic

from soc2test.progress.watch import Watch
from soc2test.resources.resource import Resource

__all__ = ["batches"]

_FIRST = 16
_MOST = 256
_LONG = 0.25
"""seconds: a batch that takes longer is followed by smaller ones, so that whoever watches sees it go on"""


def batches(resources: Iterable[Resource], watch: Watch, stage: str) -> Iterator[list[Resource]]:
    """All of `resources` in their order, at most 256 in memory at a time, smaller batches where they take long."""
    whole = len(resources) if isinstance(resources, Sized) else None
    left, size, done = iter(resources), _FIRST, 0
    watch(stage, done, whole)
    while batch := list(islice(left, size)):
        began = monotonic()
        yield batch
        size = max(1, size // 2) if monotonic() - began > _LONG else min(_MOST, size * 2)
        done += len(batch)
        watch(stage, done, whole)
