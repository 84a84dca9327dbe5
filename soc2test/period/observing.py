"""What a snapshot shows of each control, given what the snapshots before it showed.

What was promised is judged as in force on each day, and an event of which an earlier snapshot told something else by
the harsher of both. The snapshot is asked again for that (`Opened`), wherever it is open.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime, tzinfo
from typing import NamedTuple, Protocol

import msgspec

from soc2test.controls.control import Control
from soc2test.errors import ProgrammeError
from soc2test.evaluation.event_days import known_days
from soc2test.evaluation.limits import Limits
from soc2test.exceptions.judge import InForce
from soc2test.period.accepting import under_waivers
from soc2test.period.edits import Edited, Edits
from soc2test.period.in_force import LimitsInForce, limit_values
from soc2test.period.looked import Looked
from soc2test.period.members_seen import Members, MembersSeen
from soc2test.period.noted_then import NotedThen
from soc2test.period.observed import Key, Observed, Snapshot, findings_of
from soc2test.resources.resource import Resource, kind_of
from soc2test.verdicts import ControlResult, Finding

__all__ = ["Opened", "observe"]


class Opened(Protocol):
    """A snapshot that can be asked: here (`Replay`), or in another process."""

    @property
    def snapshot(self) -> Snapshot:
        """Which one it is."""

    @property
    def zone(self) -> tzinfo:
        """The company's time zone."""

    @property
    def in_force(self) -> InForce:
        """What was promised then."""

    @property
    def then(self) -> NotedThen:
        """What the run noted that recorded it."""

    @property
    def wrong_waivers(self) -> Sequence[ProgrammeError]:
        """What is wrong with entries of its waivers.yaml."""

    def look(self, own: Mapping[str, Limits] | None = None) -> Looked:
        """What it shows by itself, by these limits; by default by those that it says itself."""

    def ask(
        self,
        control: Control,
        limits: Limits,
        only: tuple[date, date] | None = None,
        moment: datetime | None = None,
    ) -> ControlResult:
        """The result with other limits; `only` leaves of what it tests what is dated between two days.

        It is that of the snapshot's own moment, unless another `moment` is given.
        """

    def ask_as_told(self, control: Control, limits: Limits, before: Mapping[Key, Resource]) -> ControlResult:
        """The result where some resources of its kind were as they were told `before`."""


class _Exports(NamedTuple):
    """The oldest of the exports of systems and the newest, the oldest of all; whether each says when it was taken."""

    of_systems: datetime
    newest: datetime
    of_all: datetime
    dated: bool


def observe(
    opened: Opened, controls: Sequence[Control], limits: LimitsInForce, edits: Edits, seen_members: MembersSeen
) -> dict[str, Observed]:
    """What it shows of these controls; the other three know earlier snapshots, and learn of this one."""
    snapshot, zone, late = opened.snapshot, opened.zone, opened.snapshot.late
    limits.learn(snapshot.as_of, {each.id: opened.in_force.limits[each.id] for each in controls}, late=late)
    today = snapshot.as_of.astimezone(zone).date()
    own = {each.id: limits.on(each.id, today)[-1] for each in controls}
    looked = _looked(opened, own)
    seen, members = {}, seen_members.of(looked.heard)
    for control in controls:
        result = looked.results[control.id]
        seen[control.id] = _Observing(opened, control, limits, edits).of(
            own[control.id], result, members[control.id], looked, _exports(result, looked, snapshot)
        )
    return _with_waivers(opened, seen, late=late)


def _looked(opened: Opened, own: Mapping[str, Limits]) -> Looked:
    """By the limits of that day: those that the snapshot says, unless it was recorded too late to say so."""
    said = opened.in_force.limits
    as_said = all(limit_values(said[id]) == limit_values(each) for id, each in own.items())
    return opened.look() if as_said else opened.look(own)


def _exports(result: ControlResult, looked: Looked, snapshot: Snapshot) -> _Exports:
    """When the exports were taken that the result rests on."""
    cited = {*result.evidence, *(id for each in result.joined for id in each.evidence)}
    moments = [looked.taken[id] for id in cited if id in looked.taken]
    of_systems = [moment for moment, system in moments if moment is not None and system]
    of_all = [moment for moment, _ in moments if moment is not None]
    return _Exports(
        of_systems=min([*of_systems, snapshot.as_of]),
        newest=min([max(of_systems, default=snapshot.as_of), snapshot.as_of]),
        of_all=min([*of_all, snapshot.as_of]),
        dated=all(moment is not None for moment, _ in moments),
    )


class _Observing:
    """One control over one snapshot."""

    def __init__(self, opened: Opened, control: Control, limits: LimitsInForce, edits: Edits) -> None:
        self._opened, self._control, self._limits, self._edits = opened, control, limits, edits

    def of(self, own: Limits, result: ControlResult, members: Members, looked: Looked, exports: _Exports) -> Observed:
        """What it shows of the control, whose result it is by its `own` limits."""
        control, snapshot, zone = self._control, self._opened.snapshot, self._opened.zone
        events = [*members.by_key.values()] if control.nature != "state" else []
        told = self._days(events)
        days = _first_of(told)
        several = {key: each for key, each in told.items() if len(each) > 1}
        edited = self._edits.learn(control, events, snapshot, exports.of_all if exports.dated else None)
        exempt = looked.exempt.get(control.id)
        told_exempt = self._days(exempt.values()) if exempt and control.nature != "state" else {}
        findings = self._by_limits(own, result, {**told, **told_exempt})
        return Observed(
            snapshot=snapshot,
            result=result,
            members=members.sources,
            days=days,
            several=several,
            exempt_days=_first_of(told_exempt),
            findings=self._by_what_was_told(findings, edited, days),
            edited=tuple(f"{kind}({id}): {'; '.join(each.words)}" for (kind, id), each in edited.items()),
            open_after=self._edits.open_after,
            seen_at=exports.of_systems,
            seen_to=exports.newest,
            seen_on=exports.of_systems.astimezone(zone).date(),
            all_seen_on=exports.of_all.astimezone(zone).date(),
            dated=exports.dated or not snapshot.late,
            then=self._opened.then.verdicts.get(control.id),
            resources={**exempt, **members.by_key} if exempt else members.by_key,
            erased=self._opened.then.erased(result),
            logs=looked.logs.get(control.id, {}),
            not_in_force=self._not_in_force(own),
            out=looked.outs.by_rights.get(control.id),
            scopes=looked.scopes.get(control.id, {}),
            lacks=tuple(_lacks(looked.lacks.get(control.id, ()))),
            older=tuple(looked.older.get(control.id, ())),
            not_out=looked.outs.refused.get(control.id, ""),
        )

    def _not_in_force(self, own: Limits) -> str:
        """Limits of a snapshot that was recorded too late to say what was promised on its day."""
        said, in_force = (limit_values(each) for each in (self._opened.in_force.limits[self._control.id], own))
        others = [f"{name} {value}, not {in_force[name]}" for name, value in said.items() if value != in_force[name]]
        if not self._opened.snapshot.late or not others:
            return ""
        return f"its limits ({'; '.join(others)}) were not in force on its day and change nothing"

    def _days(self, resources: Iterable[Resource]) -> dict[Key, tuple[date, ...]]:
        """The first day of each that is dated, and the further ones on which it had happened by then."""
        zone = self._opened.zone
        now = self._opened.snapshot.as_of.astimezone(zone).date()
        found = {}
        for resource in resources:
            first, *further = known_days(self._control, resource, zone) or (None,)
            if first is not None:
                found[kind_of(resource).__name__, resource.id] = (first, *(day for day in further if day <= now))
        return found

    def _by_limits(
        self, own: Limits, result: ControlResult, told: Mapping[Key, tuple[date, ...]]
    ) -> dict[Key, Finding]:
        """The findings, of each event by the limits that were in force on its days; by the harsher where two were."""
        found = findings_of(result)
        asked: list[tuple[Limits, dict[Key, Finding]]] = [(own, dict(found))]

        def by(wanted: Limits) -> dict[Key, Finding]:
            for known, findings in asked:
                if limit_values(known) == limit_values(wanted):
                    return findings
            asked.append((wanted, findings_of(self._opened.ask(self._control, wanted))))
            return asked[-1][1]

        for key, days in told.items():
            in_force = [wanted for day in days for wanted in self._limits.on(self._control.id, day)]
            worst = _harsher([by(wanted).get(key) for wanted in in_force])
            found.pop(key, None)
            if worst is not None:
                found[key] = worst
        return found

    def _by_what_was_told(
        self, found: dict[Key, Finding], edited: Mapping[Key, Edited], days: Mapping[Key, date]
    ) -> dict[Key, Finding]:
        """The findings, of an event of which something else was told before by the harshest of all that was told."""
        if self._control.kind is None:
            return found
        for place in range(max((len(each.before) for each in edited.values()), default=0)):
            before = {key: each.before[place] for key, each in edited.items() if place < len(each.before)}
            then = _first_of(self._days(before.values()))
            for wanted in self._limits_of(days, then, before):
                asked = findings_of(self._opened.ask_as_told(self._control, wanted, before))
                for key in before:
                    finding, now = asked.get(key), found.get(key)
                    deviates = finding is not None and finding.outcome == "deviation"
                    if finding is not None and deviates and (now is None or now.outcome != "deviation"):
                        message = f"{finding.message} (by what was told before: {'; '.join(edited[key].words)})"
                        found[key] = msgspec.structs.replace(finding, message=message)
        return found

    def _limits_of(self, days: Mapping[Key, date], then: Mapping[Key, date], keys: Iterable[Key]) -> list[Limits]:
        """The limits of the days that are told of these events now, and that were told before."""
        found: list[Limits] = []
        for key in keys:
            for day in {days.get(key), then.get(key)}:
                in_force = self._limits.on(self._control.id, day or date.max)
                found += [each for each in in_force if each not in found]
        return found


def _lacks(named: Iterable[tuple[Resource, str]]) -> Iterator[tuple[str, str]]:
    """What a second source shows and the population lacks: by name, with what is said of it."""
    for resource, text in named:
        yield f"{kind_of(resource).__name__}({resource.id})", text


def _first_of(told: Mapping[Key, tuple[date, ...]]) -> dict[Key, date]:
    return {key: days[0] for key, days in told.items()}


def _harsher(told: Sequence[Finding | None]) -> Finding | None:
    """Of the findings of one event by different limits the worst; None: it holds by all."""
    ranks = ("error", "deviation", "unknown", "pending", "exempt")

    def place(finding: Finding) -> tuple[int, int]:
        """Of what is exempt by what was found all the same."""
        return tuple(ranks.index(each) if each in ranks else len(ranks) for each in (finding.outcome, finding.found))  # type: ignore[return-value]

    return min((each for each in told if each is not None), key=place, default=None)


def _with_waivers(opened: Opened, seen: Mapping[str, Observed], *, late: bool) -> dict[str, Observed]:
    """The same with what waivers accept; one that was recorded `late` shows what was approved later."""
    waivers = opened.in_force.waivers
    accepted = {} if late else under_waivers(waivers, seen)
    refused: dict[str, dict[str, str]] = {}
    for each in waivers.refused:
        refused.setdefault(each.entry.test, {})[each.entry.id] = str(each.error)
    return {
        id: msgspec.structs.replace(shown, accepted=accepted.get(id, {}), refused_waivers=refused.get(id, {}))
        if id in accepted or id in refused
        else shown
        for id, shown in seen.items()
    }
