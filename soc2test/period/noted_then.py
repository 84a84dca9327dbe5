"""What the run that recorded a snapshot noted, by the tests of that day."""

from collections.abc import Iterator, Mapping
from typing import Any

import msgspec

from soc2test.period.observed import WHOLE, Key, findings_of
from soc2test.reports.ranges import records_text
from soc2test.store.chain import Link, Store
from soc2test.store.objects import StoreError
from soc2test.verdicts import ControlResult

__all__ = ["DEVIATED", "NotedThen", "ThenAndNow", "noted_then"]

DEVIATED = ("fail", "accepted")
"""verdicts of a run that noted a deviation, whoever accepted it"""
_DEVIATES = ("deviation", "waived")
"""over a period a deviation that somebody accepted is one all the same"""


class NotedThen(msgspec.Struct, frozen=True, kw_only=True):
    """The verdicts of that run by control, and its deviations with their messages."""

    verdicts: Mapping[str, str]
    deviations: Mapping[str, Mapping[Key, str]]

    def erased(self, result: ControlResult) -> dict[Key, str]:
        """The deviations of a control that today's test, with the limits of that day, does not find.

        What it can't tell any more is lost as well: an unknown fact takes nothing back.
        """
        found = {key for key, each in findings_of(result).items() if each.outcome == "deviation"}
        then = self.deviations.get(result.id, {})
        gone = {key: message for key, message in then.items() if key not in found}
        if self.verdicts.get(result.id) in DEVIATED and not then and result.verdict != "fail":
            gone[WHOLE] = "the control as a whole failed"
        return gone


_TOLD = ("pass", "fail", "accepted", "no_occurrences")
"""verdicts of a run that looked; one that was not evaluated then says nothing of the test"""


class ThenAndNow:
    """The snapshots over which today's test says something else than that of then."""

    def __init__(self) -> None:
        self._numbers: dict[tuple[str, str], list[int]] = {}
        """verdict by the test of then and by today's -> numbers of the records"""

    def take(self, then: str | None, now: str, number: int) -> None:
        """The verdicts over one more snapshot; `then` is None where no run recorded it."""
        noted = "fail" if then == "accepted" else then  # whoever accepted it, it was one
        if noted in _TOLD and noted != now:
            self._numbers.setdefault((str(noted), str(now)), []).append(number)

    def lines(self) -> Iterator[str]:
        """Both verdicts with the records, a line each."""
        for (then, now), numbers in self._numbers.items():
            yield f"{records_text(numbers)}: {then} by the test of then, {now} by today's"


class _Line(msgspec.Struct):
    """Of findings.ndjson; its first and last lines are others."""

    control: str = ""
    kind: str = ""
    resource: str = ""
    outcome: str = ""
    message: str = ""


def noted_then(store: Store, link: Link) -> NotedThen:
    """Raises `StoreError` where the findings of that run are not there as they were."""
    verdicts = link.record.verdicts
    if verdicts is None:
        return NotedThen(verdicts={}, deviations={})
    found: dict[str, dict[Key, str]] = {}
    for number, text in enumerate(store.content(verdicts.findings).splitlines(), 1):
        try:
            line: Any = msgspec.json.decode(text, type=_Line)
        except msgspec.MsgspecError:
            raise StoreError(
                f"{store.shown}: record {link.record.number}: line {number} of its findings is none"
            ) from None
        if line.outcome in _DEVIATES:
            found.setdefault(line.control, {})[line.kind, line.resource] = line.message
    return NotedThen(verdicts=dict(verdicts.controls), deviations=found)
