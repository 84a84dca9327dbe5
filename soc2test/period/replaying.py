"""One snapshot tested once more: by today's tests, with what was promised then."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any, NamedTuple

import msgspec

from soc2test.code_reading.repeatable import Repeatable
from soc2test.controls.control import Control
from soc2test.evaluation.evaluate import evaluate
from soc2test.evaluation.event_days import known_day
from soc2test.evaluation.limits import Limits, limits_of
from soc2test.evaluation.remembering import Remembered
from soc2test.evaluation.running import Raises
from soc2test.exceptions.judge import InForce
from soc2test.inventory.dating import Clock
from soc2test.inventory.exceptions import in_force_of, known_of
from soc2test.inventory.items_read import ItemsRead
from soc2test.inventory.load import Loaded
from soc2test.inventory.log_spans import LogSpan
from soc2test.inventory.opening import opened, request_for
from soc2test.period.accepting import under_waivers
from soc2test.period.dated_only import DatedOnly
from soc2test.period.edits import Edited, Edits, Replacing
from soc2test.period.in_force import LimitsInForce, limit_values
from soc2test.period.members_seen import MembersSeen, Sinks, sink
from soc2test.period.noted_then import NotedThen, noted_then
from soc2test.period.observed import Key, Observed, Snapshot, findings_of
from soc2test.period.out_then import taken_out_then
from soc2test.period.working_copy import WorkingCopy
from soc2test.programme.limit_values import check_controls
from soc2test.programme.programme import Config, check_sources, load_programme
from soc2test.resources.resource import Resource, kind_of
from soc2test.sources.loading import Plugins
from soc2test.store.chain import Link, Store
from soc2test.store.listing import EXPORTS
from soc2test.subservice.watched import watched_by
from soc2test.telling.calls_read import CallsRead
from soc2test.verdicts import ControlResult, Finding

__all__ = ["Before", "Replay", "Tests", "replay"]


class Tests(msgspec.Struct, frozen=True, kw_only=True):
    """The tests of today, which are asked of each snapshot."""

    __test__ = False  # no class of tests to pytest

    controls: Sequence[Control]
    """those that are evaluated"""
    loaded: Sequence[Control]
    """all that are loaded"""
    plugins: Plugins
    raises: Raises
    all_loaded: bool = True
    remember: bool = True
    """whether what does not change from one snapshot to the next is looked at once; the results are the same"""


class Before:
    """What is known from the snapshots before."""

    def __init__(self) -> None:
        readers = Repeatable(trusted=("soc2test", "soc2test_plugins"))
        self.items_read, self.calls_read = ItemsRead(readers), CallsRead(readers)
        self.remembered = Remembered()


class _Exports(NamedTuple):
    """The oldest of the exports of systems, and of all; whether each says when it was taken."""

    of_systems: datetime
    of_all: datetime
    dated: bool


class Replay(msgspec.Struct, kw_only=True):
    """A snapshot that is open: its exports are read, and controls can be asked."""

    snapshot: Snapshot
    config: Config
    loaded: Loaded
    in_force: InForce
    tests: Tests
    remembered: Remembered | None
    """what the controls found in the snapshot before"""
    then: NotedThen
    """what the run noted that recorded it"""
    taken: Mapping[str, tuple[datetime | None, bool]]
    """evidence id -> when the export was taken, and whether a system tells it"""

    def observe(
        self, controls: Sequence[Control], limits: LimitsInForce, edits: Edits, seen_members: MembersSeen
    ) -> dict[str, Observed]:
        """What it shows of these controls; the other three know earlier snapshots, and learn of this one."""
        sinks = Sinks(controls, self.in_force.exemptions)
        exempt: dict[str, dict[Key, Resource]] = {control.id: {} for control in controls}
        late = self.snapshot.late
        limits.learn(self.snapshot.as_of, {each.id: self.in_force.limits[each.id] for each in controls}, late=late)
        today = self.snapshot.as_of.astimezone(self.config.zone).date()
        own = {each.id: limits.on(each.id, today)[-1] for each in controls}
        found = evaluate(
            controls, self.loaded.inventory, own, self.loaded.as_of.time, raises=self.tests.raises,
            exempt=self.in_force.exemptions, members=sinks.take,
            exempted={id: sink(into) for id, into in exempt.items()}, zone=self.config.zone,
            asked=watched_by(self.in_force.scope_outs.values(), self.config.organisations), remembered=self.remembered,
        )  # fmt: skip
        outs = taken_out_then(controls, self.config, self.loaded, self.in_force, found)
        seen, members = {}, seen_members.of(sinks)
        for control in controls:
            result, own_members = found[control.id].result, members[control.id].by_key
            events = [*own_members.values()] if control.nature != "state" else []
            days = self._days(control, events)
            edited = edits.learn(control, events, self.snapshot)
            findings = self._by_limits(control, own[control.id], result, days, limits)
            dated = self._exports(result)
            seen[control.id] = Observed(
                snapshot=self.snapshot,
                result=result,
                members=members[control.id].sources,
                days=days,
                findings=self._by_what_was_told(control, findings, edited, days, limits),
                edited=tuple(f"{kind}({id}): {'; '.join(each.words)}" for (kind, id), each in edited.items()),
                seen_at=dated.of_systems,
                seen_on=dated.of_systems.astimezone(self.config.zone).date(),
                all_seen_on=dated.of_all.astimezone(self.config.zone).date(),
                dated=dated.dated or not late,
                then=self.then.verdicts.get(control.id),
                resources={**exempt[control.id], **own_members} if exempt[control.id] else own_members,
                erased=self.then.erased(result),
                logs=self._logs(control, controls),
                out=outs.by_rights.get(control.id),
                not_out=outs.refused.get(control.id, ""),
            )
        return self._with_waivers(seen, late=late)

    def _logs(self, control: Control, controls: Sequence[Control]) -> dict[str, LogSpan | None]:
        """Of which time logs of changes tell, where a state names a control that looks at them and is evaluated."""
        if not control.between:
            return {}
        by = next((each for each in controls if each.id == control.between), None)
        return self.loaded.inventory.log_spans(
            control.kinds[0], None if by is None else by.kinds[0], self.loaded.as_of.time
        )

    def _with_waivers(self, seen: Mapping[str, Observed], *, late: bool) -> dict[str, Observed]:
        """The same with what waivers accept; one that was recorded `late` shows what was approved later."""
        waivers = self.in_force.waivers
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

    def _days(self, control: Control, resources: Sequence[Resource]) -> dict[Key, date]:
        found = {}
        for resource in resources:
            day = known_day(control, resource, self.config.zone)
            if day is not None:
                found[kind_of(resource).__name__, resource.id] = day
        return found

    def _by_limits(
        self, control: Control, own: Limits, result: ControlResult, days: Mapping[Key, date], limits: LimitsInForce
    ) -> dict[Key, Finding]:
        """The findings, of each event by the limits that were in force on its day; by the harsher where two were."""
        found = findings_of(result)
        asked: list[tuple[Limits, dict[Key, Finding]]] = [(own, dict(found))]

        def by(wanted: Limits) -> dict[Key, Finding]:
            for known, findings in asked:
                if limit_values(known) == limit_values(wanted):
                    return findings
            asked.append((wanted, findings_of(self.ask(control, wanted))))
            return asked[-1][1]

        for key, day in days.items():
            told = [by(wanted).get(key) for wanted in limits.on(control.id, day)]
            worst = _harsher(told)
            found.pop(key, None)
            if worst is not None:
                found[key] = worst
        return found

    def _by_what_was_told(
        self,
        control: Control,
        found: dict[Key, Finding],
        edited: Mapping[Key, Edited],
        days: Mapping[Key, date],
        limits: LimitsInForce,
    ) -> dict[Key, Finding]:
        """The findings, of an event of which something else was told before by the harshest of all that was told."""
        if control.kind is None:
            return found
        for place in range(max((len(each.before) for each in edited.values()), default=0)):
            before = {key: each.before[place] for key, each in edited.items() if place < len(each.before)}
            kinds = Replacing(self.loaded.inventory, control.kind, before)
            then = self._days(control, list(before.values()))
            for wanted in self._limits_of(control, {**days}, then, before, limits):
                asked = findings_of(self._evaluated(control, wanted, kinds))
                for key in before:
                    finding, now = asked.get(key), found.get(key)
                    deviates = finding is not None and finding.outcome == "deviation"
                    if finding is not None and deviates and (now is None or now.outcome != "deviation"):
                        message = f"{finding.message} (by what was told before: {'; '.join(edited[key].words)})"
                        found[key] = msgspec.structs.replace(finding, message=message)
        return found

    @staticmethod
    def _limits_of(
        control: Control,
        days: Mapping[Key, date],
        then: Mapping[Key, date],
        keys: Iterable[Key],
        limits: LimitsInForce,
    ) -> list[Limits]:
        """The limits of the days that are told of these events now, and that were told before."""
        found: list[Limits] = []
        for key in keys:
            for day in {days.get(key), then.get(key)}:
                found += [each for each in limits.on(control.id, day or date.max) if each not in found]
        return found

    def ask(self, control: Control, limits: Limits, only: tuple[date, date] | None = None) -> ControlResult:
        """The result with other limits; `only` leaves of what it tests what is dated between two days."""
        kinds: Any = self.loaded.inventory
        if only is not None:
            kinds = DatedOnly(kinds, control, only, self.config.zone)
        return self._evaluated(control, limits, kinds)

    def _evaluated(self, control: Control, limits: Limits, kinds: Any) -> ControlResult:
        found = evaluate(
            [control], kinds, {control.id: limits}, self.loaded.as_of.time, raises=self.tests.raises,
            exempt=self.in_force.exemptions, zone=self.config.zone,
        )  # fmt: skip
        return found[control.id].result

    def changed_limits(self, control: Control, values: Mapping[str, Any]) -> Limits:
        """The limits in force with some of them replaced."""
        given = {name: limit.value for name, limit in self.in_force.limits[control.id].items().items()}
        return limits_of(control, {**given, **values})

    def _exports(self, result: ControlResult) -> "_Exports":
        """When the exports were taken that the result rests on."""
        cited = {*result.evidence, *(id for each in result.joined for id in each.evidence)}
        moments = [self.taken[id] for id in cited if id in self.taken]
        of_systems = [moment for moment, system in moments if moment is not None and system]
        of_all = [moment for moment, _ in moments if moment is not None]
        as_of = self.snapshot.as_of
        return _Exports(
            of_systems=min([*of_systems, as_of]),
            of_all=min([*of_all, as_of]),
            dated=all(moment is not None for moment, _ in moments),
        )


def _harsher(told: Sequence[Finding | None]) -> Finding | None:
    """Of the findings of one event by different limits the worst; None: it holds by all."""
    ranks = ("error", "deviation", "unknown", "pending", "exempt")
    found = [each for each in told if each is not None]
    return min(found, key=lambda each: ranks.index(each.outcome) if each.outcome in ranks else len(ranks), default=None)


def replay(
    store: Store, snapshot: Snapshot, link: Link, copy: WorkingCopy, tests: Tests, before: Before | None = None
) -> Replay:
    """Open a snapshot, with what is known from those before it; without that each item is read anew.

    Raises `StoreError` for its pieces, `ProgrammeError` where today's tool can't read what it promised, `EvidenceError`
    where the exports as a whole are refused.
    """
    copy.show(store, link.record)
    config = load_programme(copy.folder / "soc2.yaml")
    declared = check_sources(config, tests.plugins.sources, tests.plugins.unloaded)
    check_controls(config, tests.loaded, all_loaded=tests.all_loaded)
    clock, exports = _clock(link, snapshot), copy.folder / EXPORTS
    request = request_for(
        config, tests.plugins, declared, tests.loaded, exports, clock, all_loaded=tests.all_loaded
    )  # fmt: skip
    if before is not None:
        before.items_read.begin()
        request = msgspec.structs.replace(
            request, items_read=before.items_read, calls_read=before.calls_read, held=copy.held()
        )
    loaded = opened(config, request)
    by_id = {control.id: control for control in tests.loaded}
    known = known_of(config, loaded, by_id, all_loaded=tests.all_loaded)
    return Replay(
        snapshot=snapshot,
        config=config,
        loaded=loaded,
        in_force=in_force_of(config, by_id, known),
        tests=tests,
        remembered=None if before is None else before.remembered,
        then=noted_then(store, link),
        taken=loaded.inventory.taken(),
    )


def _clock(link: Link, snapshot: Snapshot) -> Clock:
    """The clock of the run that recorded: the same evidence was too old for it, or from the future."""
    verdicts = link.record.verdicts
    given = snapshot.as_of if verdicts is not None and verdicts.as_of_source == "option" else None
    return Clock(snapshot.recorded_at, given)
