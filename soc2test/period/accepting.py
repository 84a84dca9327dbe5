"""What waivers accepted in a period: for each snapshot by its own waivers.yaml, and the days that come of it.

A deviation under a waiver is a deviation noted all the same. Its interval is split: only the days on which snapshots
show the waiver in force are marked as accepted.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime

import msgspec

from soc2test.evaluation.patterns import of_ids
from soc2test.exceptions.waiving import WaiversInForce
from soc2test.period.observed import WHOLE, Key, Observed, UnderWaiver
from soc2test.verdicts import Accepted, Noted, Waiver

__all__ = ["Accepting", "under_waivers"]


def under_waivers(waivers: WaiversInForce, seen: Mapping[str, Observed]) -> dict[str, dict[Key, UnderWaiver]]:
    """By control the deviations of one snapshot that a waiver in force then accepts."""
    return {
        id: _accepted(waivers.by_test[id], observed, waivers.compensating, seen)
        for id, observed in seen.items()
        if id in waivers.by_test
    }


def _accepted(
    waivers: Iterable[Waiver], observed: Observed, compensating: Mapping[str, str], seen: Mapping[str, Observed]
) -> dict[Key, UnderWaiver]:
    in_force = [waiver for waiver in waivers if waiver.force == "in_force"]
    patterns = [(waiver, of_ids(text)) for waiver in in_force for text in waiver.resources]
    found = {}
    for key, finding in observed.findings.items():
        if finding.outcome != "deviation" or key == WHOLE:
            continue
        by = next((waiver for waiver, pattern in patterns if pattern.fullmatch(key[1])), None)
        if by is not None:
            named = compensating.get(by.id)
            holds = named is not None and _holds_for(seen.get(named), key)
            found[key] = UnderWaiver(waiver=by, named=named, compensating=named if holds else None)
    return found


def _holds_for(observed: Observed | None, key: Key) -> bool:
    """Whether a control looked at a resource in a snapshot, and found nothing wrong or unknown."""
    if observed is None or WHOLE in observed.findings or observed.result.verdict == "error":
        return False
    return key in observed.members and key not in observed.findings


class _Part(msgspec.Struct):
    """Days in a row of one deviation under one waiver, as far as snapshots have shown them."""

    waiver: Waiver
    begun: datetime
    """the moment of the snapshot that shows it first"""
    first: date
    last: date
    named: str | None
    compensating: str | None


class Accepting:
    """Takes what the snapshots of a period show of one control, oldest first."""

    def __init__(self) -> None:
        self._parts: dict[Key, list[_Part]] = {}
        self._open: dict[Key, _Part] = {}
        self._refused: dict[str, str] = {}
        """by the id of a waiver why it accepted nothing, with the first record that shows it: the day in it differs"""

    def take(self, seen: Observed, day: date) -> None:
        """The deviations under waivers of one more snapshot, and its day.

        One that was recorded late shows no waiver of its day, and so parts no days under one: it says as little of its
        end as of its beginning. Where it shows that nothing deviated, that ended all the same.
        """
        if seen.snapshot.late:
            over = seen.whole
            self._open = {key: part for key, part in self._open.items() if not over or key in seen.findings}
            self._note_refused(seen)
            return
        still = {}
        for key, under in seen.accepted.items():
            part = self._open.get(key)
            if part is not None and part.waiver.id == under.waiver.id:
                part.last, part.waiver = day, under.waiver
                part.compensating = part.compensating if part.compensating == under.compensating else None
            else:
                part = _Part(
                    waiver=under.waiver,
                    begun=seen.snapshot.as_of,
                    first=day,
                    last=day,
                    named=under.named,
                    compensating=under.compensating,
                )
                self._parts.setdefault(key, []).append(part)
            still[key] = part
        self._open = still
        self._note_refused(seen)

    def _note_refused(self, seen: Observed) -> None:
        for id, text in seen.refused_waivers.items():
            self._refused.setdefault(id, f"{seen.snapshot.shown}: {id} accepts nothing: {text}")

    @property
    def notes(self) -> tuple[str, ...]:
        """The waivers that accepted nothing, each with the first record that shows it."""
        return tuple(self._refused.values())

    def beside(self, noted: Iterable[Noted]) -> tuple[Noted, ...]:
        """The deviations noted, each with its parts under a waiver, in their order."""
        return tuple(
            msgspec.structs.replace(each, accepted=tuple(self._of(each))) if self._parts else each for each in noted
        )

    def _of(self, noted: Noted) -> Iterable[Accepted]:
        """The parts of this interval: of a deviation that came back each interval has its own."""
        by = datetime.fromisoformat(noted.by)
        until = None if noted.until is None else datetime.fromisoformat(noted.until)
        for part in self._parts.get((noted.kind, noted.resource), ()):
            if by <= part.begun and (until is None or part.begun < until):
                yield Accepted(
                    waiver=part.waiver.id,
                    first=part.first.isoformat(),
                    last=part.last.isoformat(),
                    compensating=part.compensating,
                )

    @property
    def resources(self) -> int:
        """How many resources have a deviation of which a part was accepted."""
        return len(self._parts)

    def waivers(self) -> tuple[Waiver, ...]:
        """The waivers that accepted something, as the newest snapshot that shows each has it, by id."""
        by_id: dict[str, list[_Part]] = {}
        resources: dict[str, set[Key]] = {}
        for key, parts in self._parts.items():
            for part in parts:
                by_id.setdefault(part.waiver.id, []).append(part)
                resources.setdefault(part.waiver.id, set()).add(key)
        return tuple(_told(parts, len(resources[id])) for id, parts in sorted(by_id.items()))


def _told(parts: Sequence[_Part], matched: int) -> Waiver:
    newest = max(parts, key=lambda part: part.last)
    named = newest.named
    held = all(part.compensating == named for part in parts)
    doubt = None if held else f"{named} was not seen to hold for each of them in each snapshot under it"
    return msgspec.structs.replace(
        newest.waiver, matched=matched, compensating=named if held else None, doubt=doubt if named else None
    )
