"""Where days on which a state counts meet snapshots that count for none of it.

These are snapshots in which soc2.yaml takes the control out, and those of after the period. They bridge to its days as
any other does, unless they show something to deviate: nobody saw on which side that began, or ended, so that the days
between are not evidenced. So are those between a snapshot that shows something exempt, and to deviate, and one that
shows it neither: that it did so on days without the exemption nobody saw.
"""

from collections.abc import Collection, Iterator
from datetime import date, datetime, timedelta

import msgspec

from soc2test.evaluation.exempt import exempt_by
from soc2test.period.calendar import Period, stretches
from soc2test.period.exemptions_seen import ExemptionsSeen
from soc2test.period.observed import WHOLE, Key, Observed
from soc2test.period.talking import stretches_text
from soc2test.reports.ranges import records_text

__all__ = ["Edges"]

_DAY = timedelta(days=1)
_NAMED = 10


class _Torn(msgspec.Struct, frozen=True, kw_only=True):
    """Days between two snapshots that can't be bridged, and why."""

    days: tuple[date, ...]
    why: str


class _Exempt(msgspec.Struct, frozen=True, kw_only=True):
    """What deviates under an exemption, by the newest snapshot that shows it so."""

    by: str
    day: date
    review_by: date
    """the last day of the entry"""


class Edges:
    """Takes the snapshots of one control of a state, oldest first."""

    def __init__(self, period: Period) -> None:
        self._period = period
        self._whole: date | None = None
        """the newest day on which all was seen"""
        self._whole_at: datetime | None = None
        """the moment of the newest snapshot that shows it"""
        self._exempt: dict[Key, _Exempt] = {}
        self._exempt_before: frozenset[Key] = frozenset()
        """what the newest snapshot shows exempt, and perhaps to hold"""
        self._noted: set[Key] = set()
        """what deviates on days that count, up to the snapshots beside them"""
        self._beside: dict[Key, date] = {}
        """what deviates while the control is out -> the day of the newest snapshot that does not show its end"""
        self._torn: list[_Torn] = []
        self._clear: set[date] = set()
        """days on which a snapshot that counts showed all"""
        self._unclear: set[date] = set()
        """days of the exports of snapshots beside them that show something to deviate"""
        self._records: dict[Key, list[int]] = {}
        """what deviates in snapshots of the period in which the control is out -> their numbers"""

    def take_exempt(self, seen: Observed, exemptions: ExemptionsSeen, noted: Collection[Key]) -> None:
        """What one more snapshot shows exempt; it is taken before the snapshot is taken as of a day that counts or not.

        `noted` are deviations that are open: that they are exempt meanwhile ends none.
        """
        self._end_exempt(seen)
        review_by = {entry.id: date.fromisoformat(entry.review_by) for entry in seen.result.exemptions}
        for key, finding in seen.findings.items():
            if finding.outcome != "exempt" or finding.found != "deviation" or key in noted:
                continue
            by, since = exempt_by(finding), exemptions.since(finding)
            known = key in self._exempt or key in self._exempt_before
            if not known and self._came_later(since or seen.snapshot.as_of) and self._whole is not None:
                why = f"{seen.snapshot.shown} is the first that shows {by}, by which {_key_text(key)} is exempt"
                self._tear(self._whole, seen.seen_on, f"{why}: it deviates there, and none before it shows since when")
            self._exempt[key] = _Exempt(by=by, day=seen.seen_on, review_by=review_by.get(by, seen.seen_on))
        self._exempt_before = frozenset(key for key, each in seen.findings.items() if each.outcome == "exempt")

    def _came_later(self, since: datetime) -> bool:
        """True of an exemption that the newest snapshot which shows all did not have in force."""
        return self._whole_at is not None and since > self._whole_at

    def _end_exempt(self, seen: Observed) -> None:
        """What deviated under an exemption, and is neither exempt nor deviating any more.

        An entry whose last day is over is taken to have stood up to it; of one that was taken out nobody saw when.
        """
        for key, was in [*self._exempt.items()]:
            finding = seen.findings.get(key)
            if finding is not None and finding.outcome == "exempt":
                if finding.found is None:  # it held before the exemption ended
                    del self._exempt[key]
            elif _deviates(seen, key):  # it is noted from here on, since the newest snapshot that showed all
                del self._exempt[key]
            elif _is_over(seen, key):
                del self._exempt[key]
                last = was.review_by if was.day < was.review_by < seen.seen_on else was.day
                why = f"{_key_text(key)} deviated while it was exempt by {was.by}, and nobody saw when that ended"
                self._tear(last, seen.seen_on, why)

    def take(self, seen: Observed) -> None:
        """One more snapshot of a day that counts."""
        self._noted = set()
        self._look_again(seen)
        self._note_whole(seen)
        if seen.whole:
            self._clear.add(seen.seen_on)

    def _look_again(self, seen: Observed) -> None:
        """What deviated while the control was out, and is seen not to any more in a snapshot in which it applies."""
        ended: dict[date, list[Key]] = {}
        for key, day in [*self._beside.items()]:
            if _deviates(seen, key):  # it is noted from here on, or begins anew after the period
                del self._beside[key]
            elif _is_over(seen, key):
                del self._beside[key]
                ended.setdefault(day, []).append(key)
        for day, keys in ended.items():
            why = f"{_keys_text(keys)} deviated while the control was not applicable, and nobody saw when that ended"
            self._tear(day, seen.seen_on, why)

    def take_beside(self, seen: Observed, noted: Collection[Key], *, out: bool) -> None:
        """One more snapshot that counts for none of it: the control is `out` in it, or it is of after the period.

        `noted` are those that were seen to deviate on days that count, and not yet seen to hold again.
        """
        snapshot, day = seen.snapshot, self._period.day(seen.snapshot.as_of)
        self._noted |= set(noted)
        deviating = [key for key, each in seen.findings.items() if each.outcome == "deviation"]
        begun = [key for key in deviating if key not in self._noted]
        if begun and self._whole is not None:
            where = "in which the control is not applicable" if out else "of after the period"
            why = f"{snapshot.shown}, {where}, shows {_keys_text(begun)} to deviate, and none before it since when"
            self._tear(self._whole, day, why)
            self._unclear.add(seen.seen_on)
        if out:
            self._keep(seen, deviating, day)
        else:
            self._look_again(seen)
        self._note_whole(seen)

    def _keep(self, seen: Observed, deviating: Collection[Key], day: date) -> None:
        """What deviates, or did and is not seen to have ended."""
        still = {key for key in self._beside if not _is_over(seen, key)}
        self._beside = dict.fromkeys((*still, *deviating), day)
        if self._period.start <= seen.snapshot.as_of < self._period.end:
            for key in deviating:
                self._records.setdefault(key, []).append(seen.snapshot.number)

    def _note_whole(self, seen: Observed) -> None:
        if seen.whole:
            self._whole = max(seen.seen_on, self._whole or seen.seen_on)
            self._whole_at = seen.snapshot.as_of

    def _tear(self, before: date, after: date, why: str) -> None:
        days = tuple(before + number * _DAY for number in range(1, (after - before).days))
        self._torn.append(_Torn(days=days, why=why))

    @property
    def unclear(self) -> set[date]:
        """Days of which a snapshot beside them alone tells, by exports of that day, and shows something to deviate."""
        return self._unclear - self._clear

    @property
    def torn(self) -> set[date]:
        """Days that no two snapshots bridge."""
        return {day for each in self._torn for day in each.days}

    def torn_lines(self, missing: Collection[date]) -> Iterator[str]:
        """Why some of the days are not evidenced, a line each."""
        for each in self._torn:
            days = [day for day in each.days if day in missing]
            if days:
                yield f"not bridged: {stretches_text(stretches(days))}: {each.why}"

    def out_line(self) -> str:
        """What deviates in snapshots of the period in which the control is out, with their records; else empty."""
        named = [f"{_key_text(key)} in {records_text(numbers)}" for key, numbers in self._records.items()]
        return f"deviating while it was not applicable: {_first(named)}" if named else ""


def _deviates(seen: Observed, key: Key) -> bool:
    finding = seen.findings.get(key)
    return finding is not None and finding.outcome == "deviation"


def _is_over(seen: Observed, key: Key) -> bool:
    """True where a snapshot shows that something deviates no more: it holds, is exempt, or is there no more."""
    finding = seen.findings.get(key)
    if finding is not None:
        return finding.outcome not in ("deviation", "unknown", "error")
    return key in seen.members or seen.shows_all


def _key_text(key: Key) -> str:
    """A resource by its kind and id, as every note names it."""
    return "the control as a whole" if key == WHOLE else f"{key[0]}({key[1]})"


def _keys_text(keys: Collection[Key]) -> str:
    return _first([_key_text(key) for key in keys])


def _first(named: list[str]) -> str:
    more = f" and {len(named) - _NAMED} more" if len(named) > _NAMED else ""
    return "; ".join(named[:_NAMED]) + more
