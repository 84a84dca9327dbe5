"""On which days of a period a control was promised at all: soc2.yaml may take it out for a part of it.

What a snapshot shows holds from its own day on, and nothing reaches back: a day counts as one on which the control
was out only where snapshots say so on it, or on both sides of it by one entry.
"""

from collections.abc import Collection, Iterator
from datetime import date, datetime, timedelta
from itertools import groupby, pairwise

import msgspec

from soc2test.period.calendar import Period, stretches
from soc2test.period.observed import Observed
from soc2test.verdicts import OutDays, TakenOut, Verdict

__all__ = ["Applying"]

_DAY = timedelta(days=1)
_WORST_FIRST = (
    Verdict.FAIL, Verdict.ERROR, Verdict.NOT_EVALUATED, Verdict.ACCEPTED, Verdict.PASS, Verdict.NO_OCCURRENCES,
)  # fmt: skip


class _Look(msgspec.Struct, frozen=True, kw_only=True):
    """What a snapshot says: the entry that takes the control out, None where it applies."""

    day: date
    out: TakenOut | None


class Applying:
    """Takes the snapshots of one control, oldest first. Without any the control applies on each day."""

    def __init__(self, period: Period, max_gap_days: int) -> None:
        self._period, self._max_gap_days = period, max_gap_days
        self._looks: list[_Look] = []
        self._in_force: TakenOut | None = None
        """by the newest snapshot that was recorded in time"""
        self._found: dict[TakenOut, Verdict] = {}
        """the worst that was found in the period while an entry was in force"""
        self._days: dict[date, TakenOut] | None = None
        self.refused = ""
        """why an entry took nothing out, with the first record of the period that shows it; empty where each one did"""

    def take(self, seen: Observed) -> bool:
        """True where the control applies in one more snapshot.

        One that was recorded late shows what was approved later: it takes nothing out that was not out before it.
        """
        out = seen.out
        if seen.snapshot.late:
            out = out if self._in_force is not None else None
        else:
            self._in_force = out
        entry = None if out is None else msgspec.structs.replace(out, found=Verdict.NOT_APPLICABLE)
        if entry is not None and self._within(seen.snapshot.as_of):
            verdicts = (seen.result.verdict, self._found.get(entry, seen.result.verdict))
            self._found[entry] = min(verdicts, key=_WORST_FIRST.index)
        if seen.not_out and not self.refused and self._within(seen.snapshot.as_of):
            self.refused = f"{seen.snapshot.shown}: it is not taken out: {seen.not_out}"
        self._looks.append(_Look(day=self._period.day(seen.snapshot.as_of), out=entry))
        self._days = None
        return entry is None

    def _within(self, moment: datetime) -> bool:
        return self._period.start <= moment < self._period.end

    @property
    def out(self) -> dict[date, TakenOut]:
        """The days on which it did not apply, also outside of the period, each with the entry."""
        if self._days is None:
            applied = {look.day for look in self._looks if look.out is None}
            found = {look.day: look.out for look in self._looks if look.out is not None}
            for before, after in pairwise(self._looks):
                found |= self._between(before, after)
            self._days = {day: entry for day, entry in sorted(found.items()) if day not in applied}
        return self._days

    def _between(self, before: _Look, after: _Look) -> dict[date, TakenOut]:
        """The days between two snapshots that both say that it was out.

        One entry speaks for all days since its own, however many nobody saw: who does the work in its place, or
        watches who does, lacks these days itself. That there is nothing which it applies to is shown by evidence alone.
        """
        entry, gap = before.out, (after.day - before.day).days - 1
        if entry is None or after.out is None:
            return {}
        stands = entry == after.out and entry.form != "no_population"
        if not stands and gap > self._max_gap_days:
            return {}
        return {before.day + number * _DAY: entry for number in range(1, gap + 1)}

    @property
    def days_out(self) -> list[date]:
        """Those of the period."""
        return [day for day in self.out if self._period.holds(day)]

    def holds_for(self, days: Collection[date]) -> bool:
        """True of an event or a performance where one of its days is one on which the control applied.

        On the day on which it is out for the first time it may have happened before: it is asked for.
        """
        return not days or any(day not in self.out or day - _DAY not in self.out for day in days)

    def told(self, deviating: Collection[date] | None = None) -> Iterator[OutDays]:
        """The days of the period on which it was out, by entry.

        Of a control of events or performances `deviating` are the days of those that deviate and are counted for none:
        what its snapshots show beside them belongs to days on which it applied.
        """
        for entry, group in groupby(self.days_out, key=lambda day: self.out[day]):
            days = list(group)
            found = self._found.get(entry, Verdict.NOT_EVALUATED)
            if deviating is not None and found is Verdict.FAIL:
                found = Verdict.PASS
            for stretch in stretches(days):
                first, last = date.fromisoformat(stretch.first), date.fromisoformat(stretch.last)
                deviates = any(first <= day <= last for day in deviating or ())
                by = msgspec.structs.replace(entry, found=Verdict.FAIL if deviates else found)
                yield OutDays(first=stretch.first, last=stretch.last, days=stretch.days, by=by)
