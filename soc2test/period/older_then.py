"""Evidence that might be older than its source allows, by a clause that was in force for a part of a period."""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta

import msgspec

from soc2test.period.calendar import Period
from soc2test.period.observed import Observed
from soc2test.run import AgeLimit
from soc2test.verdicts import ControlResult, Limit, LooserDays

__all__ = ["OlderThen"]

_DAY = timedelta(days=1)
_HOURS = 24


class _Look(msgspec.Struct, frozen=True):
    """What a snapshot says of the sources that a control looks at."""

    day: date
    ages: Mapping[str, AgeLimit]


class OlderThen:
    """Takes what each snapshot of up to the period's end says of each control, oldest first."""

    def __init__(self, period: Period) -> None:
        self._period = period
        self._looks: dict[str, list[_Look]] = {}

    def take(self, id: str, seen: Observed) -> None:
        """One more snapshot of a control. One of after the period tells of none of its days."""
        if seen.snapshot.as_of < self._period.end:
            day = self._period.day(seen.snapshot.as_of)
            self._looks.setdefault(id, []).append(_Look(day, {age.source: age for age in seen.older}))

    def beside(self, result: ControlResult) -> ControlResult:
        """The result with the ages that were in force on some of its days; one of all days stands as the end has it."""
        found = tuple(self._told(result.id))
        if result.period is None or not found:
            return result
        over = msgspec.structs.replace(result.period, looser=(*result.period.looser, *found))
        return msgspec.structs.replace(result, period=over)

    def _told(self, id: str) -> Iterator[LooserDays]:
        looks = self._looks.get(id, [])
        for source in sorted({source for look in looks for source in look.ages}):
            yield from self._of_source(source, looks)

    def _of_source(self, source: str, looks: list[_Look]) -> Iterator[LooserDays]:
        """Each stretch up to the day before the snapshot that says otherwise."""
        begun: date | None = None
        in_force: AgeLimit | None = None
        for look in looks:
            age = look.ages.get(source)
            if age == in_force:
                continue
            yield from self._stretch(begun, look.day - _DAY, in_force)
            begun, in_force = look.day, age
        yield from self._stretch(begun, self._period.last, in_force)

    def _stretch(self, begun: date | None, last: date, age: AgeLimit | None) -> Iterator[LooserDays]:
        if begun is None or age is None:
            return
        first = max(begun, self._period.first)
        throughout = begun <= self._period.first and last >= self._period.last
        if first <= last and not throughout:
            yield LooserDays(
                name=f"max_age of {age.source}",
                limit=Limit(
                    value=_text(age.hours),
                    default=False,
                    looser=True,
                    clause=age.clause,
                    approved_by=age.approved_by,
                    tool_default=_text(age.tool_default),
                ),
                first=first.isoformat(),
                last=last.isoformat(),
            )


def _text(hours: int) -> str:
    """As soc2.yaml writes it."""
    return f"{hours // _HOURS}d" if hours % _HOURS == 0 else f"{hours}h"
