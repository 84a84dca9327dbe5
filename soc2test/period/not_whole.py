"""Why snapshots of a period did not show all of what a control applies to: what to export, or what is unknown."""

import re
from collections.abc import Iterator

from soc2test.period.calendar import Period
from soc2test.period.observed import Observed
from soc2test.reports.ranges import records_text

__all__ = ["NotWhole"]

_NAMED = 5
"""reasons of a control that are named, those of most snapshots first"""

_DATE = re.compile(r"\d{4}-\d\d-\d\d")
_COUNT = re.compile(r"(?<![\w.-])\d{1,5}(\.\d+)?(?= )")
"""of days or hours, and of how many more there are: no part of an id"""


class NotWhole:
    """Takes what the snapshots show of each control."""

    def __init__(self, period: Period) -> None:
        self._period = period
        self._records: dict[str, dict[str, list[int]]] = {}
        """control -> reason, without what differs from day to day -> numbers of records"""
        self._first: dict[str, str] = {}
        """such a reason -> its words in the first of them"""
        self._unconfirmed: dict[str, dict[str, list[int]]] = {}
        """control -> why an empty list told nothing -> numbers of records"""
        self._varied: set[str] = set()

    def take(self, id: str, seen: Observed) -> None:
        """One more snapshot of a control."""
        why, into = (seen.unconfirmed, self._unconfirmed) if seen.whole else (_why(seen), self._records)
        if not why or seen.is_empty or not self._period.start <= seen.snapshot.as_of < self._period.end:
            return
        alike = _COUNT.sub("#", _DATE.sub("#", why))
        if self._first.setdefault(alike, why) != why:
            self._varied.add(alike)
        into.setdefault(id, {}).setdefault(alike, []).append(seen.snapshot.number)

    def lines(self, id: str, *, empty: bool) -> Iterator[str]:
        """The reasons of a control with the records, a line each; where its list is `empty`, why that told nothing."""
        of = {**self._records.get(id, {}), **(self._unconfirmed.get(id, {}) if empty else {})}
        reasons = sorted(of.items(), key=lambda pair: -len(pair[1]))
        for alike, numbers in reasons[:_NAMED]:
            by_day = " (or so: days and counts are those of one of them)" if alike in self._varied else ""
            yield f"not seen whole in {records_text(numbers)}: {self._first[alike]}{by_day}"
        if reasons[_NAMED:]:
            count = sum(len(numbers) for _, numbers in reasons[_NAMED:])
            yield f"not seen whole in {count} more records, for {len(reasons) - _NAMED} further reasons"


def _why(seen: Observed) -> str:
    gaps = seen.result.gaps
    if gaps:
        return f"{gaps[0].text}{_more(len(gaps) - 1, 'more gaps')}"
    if not seen.dated:
        return "an export does not say when it was taken, and was recorded on another day"
    unsure = [each for each in seen.findings.values() if each.outcome in ("unknown", "error")]
    if unsure:
        first = unsure[0]
        name = f"{first.kind}({first.resource})" if first.resource else "the control as a whole"
        return f"{name}: {first.message}{_more(len(unsure) - 1, 'more that are not known')}"
    reason = seen.result.reason
    return reason.text if reason is not None else f"its verdict was {seen.result.verdict.replace('_', ' ')}"


def _more(count: int, what: str) -> str:
    return f" (and {count} {what})" if count else ""
