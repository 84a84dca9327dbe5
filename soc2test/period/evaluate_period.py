"""Tests over a period: each snapshot of the store asked once, oldest first, and what came of each control."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from datetime import UTC, date, datetime, time, timedelta
from functools import partial
from itertools import pairwise
from pathlib import Path
from typing import Literal

import msgspec

from soc2test.company_controls.records import CompanyControl
from soc2test.controls.control import Control
from soc2test.errors import EvidenceError, ProgrammeError, Soc2Error
from soc2test.evaluation.limits import Limits, limits_of
from soc2test.exceptions.named_people import People
from soc2test.exceptions.records import RevisionEntry
from soc2test.exceptions.revising import Revisions, revisions_in_force
from soc2test.period.applying import Applying
from soc2test.period.calendar import Period
from soc2test.period.company_folds import CompanyFolds
from soc2test.period.described_then import DescribedThen, described_then, wrong_lines
from soc2test.period.edits import Edits
from soc2test.period.folding import Folded
from soc2test.period.found import PeriodFound
from soc2test.period.in_force import LimitsInForce
from soc2test.period.loosened import loosened
from soc2test.period.members_seen import MembersSeen
from soc2test.period.not_whole import NotWhole
from soc2test.period.noted_then import DEVIATED, noted_then
from soc2test.period.observed import Observed, Snapshot
from soc2test.period.observing import Opened, observe
from soc2test.period.older_then import OlderThen
from soc2test.period.openings import Processes, opened_in_turn
from soc2test.period.own_days import OwnDays
from soc2test.period.own_force import OwnForce
from soc2test.period.promised import throughout
from soc2test.period.replaying import Replay, Tests, replay
from soc2test.period.snapshots import Chosen, choose, nothing_of
from soc2test.period.talking import moment_text
from soc2test.period.tests_of_then import tests_of_then
from soc2test.period.working_copy import WorkingCopy
from soc2test.period.zones_then import ZonesThen
from soc2test.progress.watch import Watch, nobody
from soc2test.reports.ranges import records_text
from soc2test.resources.kinds import Person
from soc2test.run import PeriodTold, PrunedTold, Recorded, SnapshotEntry
from soc2test.store.chain import Link, Store
from soc2test.store.objects import StoreError
from soc2test.store.schedule import gaps
from soc2test.verdicts import ControlResult, RecordedLate

__all__ = ["Asked", "evaluate_period"]

_BY_WHICH = "each event is judged by those of its day, one of a day of change by the stricter"


class Asked(msgspec.Struct, frozen=True, kw_only=True):
    """What is to be evaluated."""

    period: Period
    report_day: date
    """the last day of which anything is looked at: what is pending is followed up to it"""
    max_gap_days: int
    schedule: str | None
    tests: Tests
    now: datetime
    watched: Mapping[str, Collection[str]] = {}
    """control -> ids of resources that somebody relies on it to watch"""
    revisions: Sequence[RevisionEntry] = ()
    """entries of revisions.yaml as it is today"""
    described: Sequence[CompanyControl] = ()
    """the company's own controls as controls.yaml has them today: of no day of the period"""
    processes: Processes = Processes()
    """that open the snapshots; the results are the same"""


def evaluate_period(store: Store, asked: Asked, folder: Path, watch: Watch = nobody) -> PeriodFound:
    """Evaluate `asked` over the snapshots of a store; `folder` is an empty one, in which the newest stays.

    Raises `StoreError` where the store can't be read or has no snapshot of the period.
    """
    period = asked.period
    links = list(store.links())
    until = _until(asked)
    chosen = choose(links, period, until)
    newest = _newest(chosen, period, store)
    folds = {control.id: _fold(control, asked) for control in asked.tests.without_fixtures}
    limits, edits, members = LimitsInForce(period.zone), Edits(), MembersSeen()
    not_whole, older, zones = NotWhole(period), OlderThen(period), ZonesThen(period)
    told_then = described_then(store, chosen, period)
    company = _company(told_then, asked, folds)
    every: list[tuple[str, OwnDays | OwnForce]] = [*folds.items(), *company.folds]
    _keep_what_was_pruned(chosen, every)
    turns = opened_in_turn(store, chosen.links, asked.tests, _folder(folder, "each"), asked.processes)
    told: set[str] = set()
    broken = tuple(_broken_chain(links))
    problems, in_force = (
        [*broken, *tests_of_then(chosen, asked.period, asked.tests.loaded), *wrong_lines(told_then)],
        [],
    )
    with closing(turns):
        for number, (snapshot, link, opened) in enumerate(turns, 1):
            watch("evaluating snapshot", number, len(chosen.links))
            if isinstance(opened, Soc2Error):
                problems.append(f"{snapshot.shown} is not evaluated: {opened}")
                _keep_what_was_noted(store, snapshot, link, every, period)
                continue
            problems += [f"{snapshot.shown}: {wrong}" for wrong in opened.wrong_waivers if wrong.text not in told]
            told.update(wrong.text for wrong in opened.wrong_waivers)
            shown = _take(opened, folds, limits, edits, members)
            zones.take(snapshot, str(opened.zone))
            company.take(shown, partial(_asking, opened))
            for id, seen in shown.items():
                not_whole.take(id, seen)
                older.take(id, seen)
            if period.start <= snapshot.as_of < period.end:
                in_force.append(opened.in_force)
    last = next(pair for pair in chosen.links if pair[0] is newest)
    try:
        stays = replay(store, *last, WorkingCopy(_folder(folder, "newest")), asked.tests)
    except (ProgrammeError, EvidenceError) as error:
        raise StoreError(
            f"{store.shown}: {newest.shown}, the newest of the period, is not evaluated: {error}"
        ) from None
    missing = [gap.text for gap in gaps(links, period.zone, asked.schedule, min(asked.now, until))]
    revisions, refused = _revisions(asked, stays)
    problems += refused
    over = _told(asked, chosen, missing, links, store.shown)
    late = tuple(_recorded_late(over))

    def finished(fold: OwnDays | Folded) -> ControlResult | None:
        result = fold.result(revisions)
        if result is None:
            return None
        result = zones.beside(older.beside(_with_changes(result, limits, fold, period)))
        return _with_late(_with_why(result, not_whole, broken), late)

    results = {id: result for id, fold in folds.items() if (result := finished(fold)) is not None}
    return PeriodFound(
        results=results,
        company=company.over_period(results, lambda own: finished(own.fold)),
        members={id: folds[id].members for id in results},
        config=stays.config,
        loaded=stays.loaded,
        in_force=throughout(in_force, partly_out={id for id, fold in folds.items() if fold.partly_out}),
        told=over,
        problems=tuple(problems),
        incomplete=_incomplete(asked, newest),
    )


def _until(asked: Asked) -> datetime:
    """The first moment that is not looked at any more."""
    return datetime.combine(asked.report_day + timedelta(days=1), time(), asked.period.zone)


def _reported(asked: Asked) -> datetime:
    """The moment as of which it is reported: what is to come nobody knows.

    A limit that ends on the report date itself had not ended when a report of that day was written.
    """
    begins = datetime.combine(asked.report_day, time(), asked.period.zone)
    return begins if asked.now >= _until(asked) else asked.now


def _folder(folder: Path, name: str) -> Path:
    (folder / name).mkdir()
    return folder / name


def _fold(control: Control, asked: Asked) -> OwnDays:
    """The control, of which no snapshot was taken yet."""
    today = asked.now.astimezone(asked.period.zone).date()

    def make(applying: Applying) -> Folded:
        return Folded(
            control,
            asked.period,
            asked.max_gap_days,
            today,
            reported=_reported(asked),
            watched=asked.watched.get(control.id, ()),
            applying=applying,
        )

    return OwnDays(make, asked.period, asked.max_gap_days)


def _company(told: Sequence[DescribedThen], asked: Asked, folds: Mapping[str, OwnDays]) -> CompanyFolds:
    """The company's own controls, of which no snapshot was taken yet."""
    today = asked.now.astimezone(asked.period.zone).date()

    def make(control: Control, applying: Applying) -> Folded:
        reported = _reported(asked)
        return Folded(control, asked.period, asked.max_gap_days, today, reported=reported, applying=applying)

    tests = {id: fold.control for id, fold in folds.items()}
    return CompanyFolds(told, asked.described, tests, make, asked.period, asked.max_gap_days)


def _keep_what_was_noted(
    store: Store, snapshot: Snapshot, link: Link, folds: Iterable[tuple[str, OwnDays | OwnForce]], period: Period
) -> None:
    """Of a snapshot that can't be tested any more the deviations that its own run noted."""
    if snapshot.as_of < period.start:
        return
    then = noted_then(store, link)
    for id, fold in folds:
        fold.note_then(snapshot, then.deviations.get(id, {}), then.verdicts.get(id))


def _keep_what_was_pruned(chosen: Chosen, folds: Iterable[tuple[str, OwnDays | OwnForce]]) -> None:
    """Of evidence that was taken away the records stay, and what their runs said of each control as a whole."""
    for snapshot, link in chosen.gone:
        verdicts = {} if link.record.verdicts is None else link.record.verdicts.controls
        for id, fold in folds:
            if verdicts.get(id) in DEVIATED:
                fold.note_pruned(snapshot)


def _broken_chain(links: Sequence[Link]) -> Iterator[str]:
    """Records that are not there any more, or are none that the next one names."""
    number, digest = 0, None
    for link in links:
        record = link.record
        if record.number != number + 1:
            gone = records_text(range(number + 1, record.number))
            yield f"not in the store any more, with all that was noted there: {gone} (`soc2test store check`)"
        elif record.previous != digest:
            yield f"record {record.number} does not name the record before it: `soc2test store check` tells more"
        number, digest = record.number, link.head.digest


def _revisions(asked: Asked, newest: Replay) -> tuple[Revisions, list[str]]:
    """Those in force today, by the people of the newest snapshot."""
    if not asked.revisions:
        return Revisions(), []
    now = asked.now.astimezone(asked.period.zone)
    people = People(newest.loaded.inventory.population(Person), newest.loaded.as_of.time.astimezone(asked.period.zone))
    by_id = {control.id: control for control in asked.tests.loaded}
    good, refused = revisions_in_force(asked.revisions, by_id, people, now.date())
    return good, [str(wrong) for wrong in refused]


def _newest(chosen: Chosen, period: Period, store: Store) -> Snapshot:
    if nothing := nothing_of(chosen, period):
        raise StoreError(f"{store.shown}: {nothing}")
    own = [snapshot for snapshot in chosen.snapshots if period.start <= snapshot.as_of < period.end]
    return own[-1]


def _take(
    opened: Opened, folds: Mapping[str, OwnDays], limits: LimitsInForce, edits: Edits, members: MembersSeen
) -> Mapping[str, Observed]:
    controls = [fold.control for fold in folds.values()]
    seen = observe(opened, controls, limits, edits, members)
    for id, fold in folds.items():
        fold.take(seen[id], _asking(opened, fold.control))
    return seen


def _asking(opened: Opened, control: Control) -> Callable[..., ControlResult]:
    def ask(
        values: Mapping[str, int], only: tuple[date, date] | None = None, moment: datetime | None = None
    ) -> ControlResult:
        return opened.ask(control, _changed(opened.in_force.limits[control.id], control, values), only, moment)

    return ask


def _changed(limits: Limits, control: Control, values: Mapping[str, int]) -> Limits:
    """The limits in force with some of them replaced."""
    given = {name: limit.value for name, limit in limits.items().items()}
    return limits_of(control, {**given, **values})


def _with_changes(
    result: ControlResult, limits: LimitsInForce, fold: OwnDays | Folded, period: Period
) -> ControlResult:
    """Name the limits that changed, each with its day: what was promised is judged as in force that day."""
    changes = limits.changes(result.id)
    told = result.period
    if told is None or len(changes) == 1:
        return result
    notes = []
    for (_, before), (day, after) in pairwise(changes):
        if day > period.last:
            continue
        named = {
            name: (old.value, after.items()[name].value)
            for name, old in before.items().items()
            if after.items()[name].value != old.value
        }
        words = ", ".join(f"{name} from {old} to {new}" for name, (old, new) in named.items())
        notes.append(f"limits changed, first seen {day}: {words}; {_BY_WHICH}")
    looser = tuple(loosened(result, limits, period, fold.days_of_events))
    over = msgspec.structs.replace(told, notes=(*notes, *told.notes), looser=looser)
    return msgspec.structs.replace(result, period=over)


def _with_why(result: ControlResult, not_whole: NotWhole, broken: Sequence[str]) -> ControlResult:
    """Say of days that were not observed why snapshots of the period did not show all, or are there no more.

    Of performances by quarter or month no day is said to be one of these: each snapshot that could not tell is named.
    """
    told = result.period
    if told is None:
        return result
    unseen = told.not_evidenced or told.bridged or told.by_register or told.due
    if not unseen and told.verdict != "not_evidenced":
        return result
    lacking = (*broken, *not_whole.lines(result.id, empty=not result.population))
    return msgspec.structs.replace(result, period=msgspec.structs.replace(told, lacking=lacking))


def _recorded_late(over: PeriodTold) -> Iterator[RecordedLate]:
    """What nobody could look at on its day."""
    for each in over.snapshots:
        if each.late:
            yield RecordedLate(record=each.number, as_of=each.as_of, recorded_at=each.recorded_at)


def _with_late(result: ControlResult, late: tuple[RecordedLate, ...]) -> ControlResult:
    told = result.period
    if told is None or not late:
        return result
    return msgspec.structs.replace(result, period=msgspec.structs.replace(told, recorded_late=late))


def _told(asked: Asked, chosen: Chosen, missing: Sequence[str], links: Sequence[Link], shown: str) -> PeriodTold:
    period, head = asked.period, links[-1].head
    today = period.day(asked.now)
    return PeriodTold(
        first=period.first.isoformat(),
        last=period.last.isoformat(),
        time_zone=str(period.zone),
        report_date=min(asked.report_day, today).isoformat(),
        max_gap_days=asked.max_gap_days,
        snapshots=tuple(_entry(snapshot, period) for snapshot in chosen.snapshots),
        missing=tuple(missing),
        pruned=tuple(chosen.pruned),
        prunings=tuple(_prunings(links, chosen)),
        head=Recorded(store=shown, number=head.number, digest=head.digest),
    )


def _prunings(links: Sequence[Link], chosen: Chosen) -> Iterator[PrunedTold]:
    """Who took evidence of the period away, and why."""
    gone = set(chosen.pruned)
    before = None if chosen.gone_before is None else chosen.gone_before.number
    for record in (link.record for link in links):
        if record.pruned is not None and (own := gone & set(record.pruned.numbers)):
            yield PrunedTold(
                record=record.number,
                numbers=tuple(sorted(own)),
                before=before if before in own else None,
                reason=record.pruned.reason,
                by=record.pruned.by,
            )


def _entry(snapshot: Snapshot, period: Period) -> SnapshotEntry:
    late = period.day(snapshot.recorded_at) > period.day(snapshot.as_of)
    return SnapshotEntry(
        number=snapshot.number,
        digest=snapshot.digest,
        as_of=moment_text(snapshot.as_of),
        recorded_at=moment_text(snapshot.recorded_at),
        late=late,
        lies=_lies(snapshot, period),
    )


def _lies(snapshot: Snapshot, period: Period) -> Literal["before", "within", "after"]:
    if snapshot.as_of < period.start:
        return "before"
    return "within" if snapshot.as_of < period.end else "after"


def _incomplete(asked: Asked, newest: Snapshot) -> str | None:
    """A period that still runs is evaluated up to its newest snapshot."""
    if asked.now.astimezone(UTC) >= asked.period.end.astimezone(UTC):
        return None
    day = asked.period.day(newest.as_of)
    return f"the period {asked.period.text} still runs: it is evaluated up to {newest.shown} of {day}"
