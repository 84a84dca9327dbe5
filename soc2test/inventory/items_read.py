"""What the items of streamed exports told in the snapshots before: the same bytes of the same export tell the same.

Kept is what is plain alone: a resource whose facts are all told by the item. It rests on the item's bytes, on the
function that reads it, on where the export lies and on how it may be read. The function must be seen to look at nothing
else; what is not plain names its place, and is read each time.
"""

from collections.abc import Callable, Mapping
from typing import Any

from soc2test.evidence.read_before import Known
from soc2test.evidence.read_limits import ReadLimits
from soc2test.resources.resource import Origin
from soc2test.sources.operation import Operation

__all__ = ["ItemsRead"]

Of = tuple[str, str, tuple[tuple[str, str], ...], Origin, ReadLimits]
"""Source, operation and subject of an export, what its resources say of where they come from, and how it is read."""


class ItemsRead:
    """The resources of streamed items by their bytes, for each export apart."""

    def __init__(self, repeatable: Callable[[Callable[..., Any]], bool]) -> None:
        """`repeatable` tells of a reading function whether what it says rests on its arguments alone."""
        self._repeatable = repeatable
        self._now: list[tuple[Of, Known]] = []
        self._before: list[tuple[Of, Known]] = []

    def begin(self) -> None:
        """The exports of one more snapshot are read: of those that it lacks nothing is kept any longer."""
        self._before, self._now = self._now, []

    def of(self, operation: Operation, subject: Mapping[str, str], origin: Origin, limits: ReadLimits) -> Known | None:
        """What is known of the items of an export, to be added to; None where each is to be read anew."""
        if not self._repeatable(operation.read):
            return None
        wanted = (operation.source, operation.name, tuple(sorted(subject.items())), origin, limits)
        for of, known in self._now:
            if of == wanted:
                return known
        before = next((known for of, known in self._before if of == wanted), None)
        known = Known() if before is None else before
        self._now.append((wanted, known))
        return known
