"""Performances that were due in a period: each quarter or month of it asked by itself, over all snapshots since."""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import msgspec

from soc2test.controls.control import Control
from soc2test.period.applying import Applying
from soc2test.period.calendar import Period, Unit, units_of
from soc2test.period.observed import Key, Observed, Snapshot
from soc2test.verdicts import ControlResult, Due

__all__ = ["UNITS", "Ask", "Performances"]

_DAY = timedelta(days=1)
_NAMED = 3
"""rows of a unit that are named"""
_OF_ONE_DAY = time(9)
"""in UTC: wherever a company is, its day is not one of another month"""
UNITS = {"quarters": 3, "months": 1}
"""Limits that count the units of the calendar that a test looks back over, with their months."""

Ask = Callable[..., ControlResult]
"""The result of the control over one snapshot with other limits, with what is dated between two days alone, as of
another moment."""


class _Asked(msgspec.Struct):
    """What the snapshots since a unit's end say of it."""

    unit: Unit
    performed: Snapshot | None = None
    first: Snapshot | None = None
    """the first that could tell"""
    missing: str = ""
    """what the newest says that does not show it"""
    rows: Collection[Key] = ()
    """what was dated in it where it was first performed"""
    gone: Snapshot | None = None
    """shows some of these rows no more, and does not find it performed"""
    moved: tuple[Snapshot, Key, date] | None = None
    """dates one of these rows on a day outside of it, and does not find it performed"""
    not_found: tuple[Snapshot, str] | None = None
    """the first that shows them and does not find it performed any more, and what it says"""


class Performances:
    """Takes the snapshots of one control that counts quarters or months back from the moment."""

    def __init__(self, control: Control, period: Period, today: date, applying: Applying) -> None:
        self._period, self._applying = period, applying
        self._has_days = control.dated is not None
        self._limit = next(name for name in UNITS if name in control.limits)
        self._months = UNITS[self._limit]
        self._units = [_Asked(unit=unit) for unit in units_of(period, self._months) if unit.last < today]
        after = msgspec.structs.replace(period, first=period.last + _DAY, last=max(today, period.last + _DAY))
        self._later = [_Asked(unit=unit) for unit in units_of(after, self._months) if unit.last < today]
        """units of after the period: a snapshot shows the period's own behind them"""
        self._together: str | None = None
        """what the newest snapshot that shows all units says, where the control does not hold over them together"""
        self.last: date | None = None

    def take(self, seen: Observed, ask: Ask) -> None:
        """One more snapshot; `ask` evaluates the control over it with other limits."""
        snapshot = seen.snapshot
        over = [each for each in (*self._units, *self._later) if each.unit.over_at(snapshot.as_of, self._period.zone)]
        if not over or self._newer_over(over[-1].unit, snapshot):
            return
        self._look_at_older(over[:-1], seen, ask)
        later = len(over) > len(self._units)
        missing = [place for place, each in enumerate(self._units) if each.performed is None]
        if later and not missing:
            return
        results = {}
        for count in range(len(over) - missing[-1] if later else 1, len(over) + 1):
            results[count] = ask({self._limit: count})
            self._note(over[-count:], seen, results[count])
        for each in over[:-1][: len(self._units)]:
            if each.performed is None and self._alone(each.unit, ask).verdict == "pass":
                self._note_performed(each, seen)
        if len(over) == len(self._units):
            self._together = self._why_not_together(results)

    def _alone(self, unit: Unit, ask: Ask) -> ControlResult:
        """What a later snapshot says of a unit by itself: as of the end of the next one, with what was dated by then.

        Looking back from the snapshot's own moment, each unit since would have to be there as well.
        """
        months = unit.last.year * 12 + unit.last.month + self._months
        last = date(months // 12, months % 12 + 1, 1) - _DAY
        only = (date.min, last) if self._has_days else None
        return ask({self._limit: 1}, only, datetime.combine(last, _OF_ONE_DAY, UTC))

    def _look_at_older(self, units: Sequence[_Asked], seen: Observed, ask: Ask) -> None:
        """Whether rows by which units were performed that are not the newest are there still."""
        if not seen.whole:
            return
        for each in units:
            known = each.gone or each.moved or each.not_found
            if each.performed is None or known or self._is_forgotten(each.unit, seen):
                continue
            if set(each.rows) - self._rows(each.unit, seen):
                result = self._alone(each.unit, ask)
                if result.verdict == "fail" and not result.gaps:
                    self._note_change(each, seen, _text(result))

    def _is_forgotten(self, unit: Unit, seen: Observed) -> bool:
        """True of a system's own list that shows nothing as old any more: it forgets by itself, its oldest first."""
        oldest = min(seen.days.values(), default=date.max)
        return "system" in seen.result.rests_on and oldest > unit.last

    def _why_not_together(self, results: Mapping[int, ControlResult]) -> str | None:
        """What is said of as many units as no row was taken out of; by the others nothing holds together any more."""
        whole = 0
        for each in reversed(self._units):
            if each.gone or each.not_found:
                break
            whole += 1
        result = results.get(whole)
        failed = result is not None and result.verdict == "fail" and not result.gaps
        return _text(result) if result is not None and failed else None

    @property
    def together(self) -> str:
        """Why the control does not hold over all units though each of them was performed; else empty."""
        all_performed = all(each.performed is not None for each in self._units)
        return self._together if self._together is not None and all_performed and self._units else ""

    def _newer_over(self, last: Unit, snapshot: Snapshot) -> bool:
        """True once the next unit is over as well: it is none of this period, and would be counted first."""
        day = max(self._period.day(snapshot.as_of), snapshot.as_of.astimezone(UTC).date())
        return (day.year * 12 + day.month) - (last.last.year * 12 + last.last.month) > self._months

    def _note(self, units: Sequence[_Asked], seen: Observed, result: ControlResult) -> None:
        """`units` are those that it looked at, the oldest first; where all are there, each is."""
        snapshot = seen.snapshot
        if result.verdict == "pass":
            for each in units:
                self._note_performed(each, seen)
            return
        newest = units[-1]
        if len(units) > 1 or result.verdict != "fail" or result.gaps:
            return
        newest.first = newest.first or snapshot
        newest.missing = _text(result)
        if newest.performed is not None:
            self._note_change(newest, seen, newest.missing)

    def _note_performed(self, each: _Asked, seen: Observed) -> None:
        each.first = each.first or seen.snapshot
        if each.performed is None:
            each.performed, each.rows = seen.snapshot, self._rows(each.unit, seen)

    def _note_change(self, each: _Asked, seen: Observed, why: str) -> None:
        """A later snapshot does not find it performed any more: its rows are gone, or dated otherwise, or neither."""
        snapshot, lost = seen.snapshot, set(each.rows) - self._rows(each.unit, seen)
        moved = sorted(lost & seen.days.keys())
        if moved:
            each.moved = each.moved or (snapshot, moved[0], seen.days[moved[0]])
        elif lost or not each.rows:
            each.gone = each.gone or snapshot
        elif each.not_found is None:
            each.not_found = snapshot, why

    def _rows(self, unit: Unit, seen: Observed) -> set[Key]:
        """What a snapshot tells that is dated in a unit."""
        months = unit.last.year * 12 + unit.last.month - self._months
        first = date(months // 12, months % 12 + 1, 1)
        return {key for key, day in seen.days.items() if first <= day <= unit.last}

    def _beside(self) -> list[_Asked]:
        """What was not performed and not due either, since the control did not apply on its last day."""
        missing = [each for each in self._units if each.performed is None and each.missing]
        return [each for each in missing if not self._applying.holds_for([each.unit.last])]

    def days_beside(self) -> list[date]:
        """The last days of these."""
        return [each.unit.last for each in self._beside()]

    def beside_line(self) -> str:
        """The same by name; empty where there is none."""
        names = ", ".join(each.unit.name for each in self._beside())
        return f"not performed while it was not applicable: {names}" if names else ""

    def due(self) -> Iterator[Due]:
        """What was due, oldest first: a quarter or month on whose last day the control did not apply was not."""
        for each in self._units:
            if not self._applying.holds_for([each.unit.last]):
                continue
            if each.performed is not None:
                late = each.first is not None and each.performed.number != each.first.number
                status: Any = "first_seen_late" if late else "performed"
                yield Due(unit=each.unit.name, status=status, text=self._performed(each, each.performed))
            elif each.missing:
                text = f"due {each.unit.last}: {each.missing}"
                yield Due(unit=each.unit.name, status="not_performed", text=text)
            else:
                text = "no snapshot since its end shows whether it was performed"
                yield Due(unit=each.unit.name, status="not_evidenced", text=text)

    def marks(self, kind: str) -> dict[Key, tuple[str, str]]:
        """By unit which record shows it performed, and by which rows; nothing stands beside the outcome."""
        performed = [(each, each.performed) for each in self._units if each.performed is not None]
        return {(kind, each.unit.name): ("", self._shown(each, by)) for each, by in performed}

    def _shown(self, each: _Asked, by: Snapshot) -> str:
        rows = sorted(each.rows)
        more = f" and {len(rows) - _NAMED} more" if len(rows) > _NAMED else ""
        named = f": {', '.join(f'{kind}({id})' for kind, id in rows[:_NAMED])}{more}" if rows else ""
        return f"shown by {self._dated(by)}{named}"

    def _performed(self, each: _Asked, shown_by: Snapshot) -> str:
        text = f"shown by {shown_by.shown}"
        if each.first is not None and shown_by.number != each.first.number:
            text = f"not in {self._dated(each.first)}, in {self._dated(shown_by)}"
        return text + _changed(each)

    def _dated(self, snapshot: Snapshot) -> str:
        return f"{snapshot.shown} of {self._period.day(snapshot.as_of)}"


def _changed(each: _Asked) -> str:
    """What a later snapshot says of it."""
    if each.moved is not None:
        by, (kind, id), day = each.moved
        return f"; {by.shown} dates {kind}({id}) {day}, and shows no other: edited after the fact"
    if each.gone is not None:
        return f"; {each.gone.shown} does not show it any more: edited after the fact, performed all the same"
    if each.not_found is not None:
        snapshot, why = each.not_found
        return f"; {snapshot.shown}, which shows the same rows, says: {why}"
    return ""


def _text(result: ControlResult) -> str:
    return result.reason.text if result.reason is not None else result.title
