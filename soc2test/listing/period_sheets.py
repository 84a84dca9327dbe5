"""Where a list over a period comes from: which record of the evidence store shows its rows, and on which days it was
seen whole."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence

import msgspec

from soc2test.reports.period_view import late_text, pruned_line
from soc2test.reports.text import markdown_code, markdown_text
from soc2test.run import PeriodTold, SnapshotEntry
from soc2test.verdicts import ControlPeriod, OutDays, PrunedNoted, RecordedLate, Stretch

__all__ = ["CALENDAR", "PeriodSheet", "Shown", "period_sheet", "snapshots_table", "whole_lines"]

_MOST = 200
"""of a sheet; the list itself names the record of each row"""
_STRETCHES = 20
_NOTES = 20
_LONG = 2000
CALENDAR = (
    "the ids are quarters or months of the calendar, which soc2test made itself: that none is left out says nothing of "
    "the register"
)


class Shown(msgspec.Struct, frozen=True, kw_only=True):
    """An export of a snapshot, and how many rows of the list are as it shows them."""

    record: int
    digest: str
    """of the record"""
    as_of: str
    recorded_at: str
    """later than the moment that it is for where nobody could look at it then"""
    export: str
    rows: int


class PeriodSheet(msgspec.Struct, frozen=True, kw_only=True):
    """What is to be said of a list over a period beside its counts."""

    days: int
    observed: int
    not_evidenced: tuple[Stretch, ...]
    bridged: tuple[Stretch, ...]
    by_register: tuple[Stretch, ...]
    """days that nobody saw, and of which the register tells by its own dates"""
    register_as_of: str | None
    """its day; None where it tells of none"""
    not_applicable: tuple[Stretch, ...]
    """days on which soc2.yaml took the control out: they are among none of the others"""
    recorded_late: tuple[RecordedLate, ...]
    """the first of many"""
    recorded_late_total: int
    notes: tuple[str, ...]
    """what else is told of the members: edited, entered late, several under one id; the first of many"""
    notes_total: int
    calendar: bool
    """a row is a quarter or month that was due, and no member of an export"""
    newest: int | None
    """the record whose exports the sheet tells of in full: the newest of the period"""
    shown: tuple[Shown, ...]
    """the first of many"""
    shown_total: int
    rows_without: int
    """rows of which no snapshot shows an export"""
    pruned: tuple[PrunedNoted, ...] = ()
    """records whose evidence was pruned and whose runs noted a deviation, of which resource is not known"""
    lacking: tuple[str, ...] = ()
    """of days that were not observed, bridged ones too, what the snapshots lacked; the first of many"""
    lacking_total: int = 0

    def evidence(self) -> set[str]:
        """The exports that show rows."""
        return {each.export for each in self.shown}


def period_sheet(
    over: ControlPeriod,
    told: PeriodTold,
    last: Iterable[tuple[int | None, str]],
    veil: Callable[[str], str],
) -> PeriodSheet:
    """`last` are of each row the number of the newest record that shows it, None where none does, and the export."""
    snapshots = {each.number: each for each in told.snapshots}
    counted = Counter(last)
    shown = [
        _shown(snapshots[record], veil(export), rows)
        for (record, export), rows in counted.items()
        if record is not None and record in snapshots and export
    ]
    shown.sort(key=lambda each: (-each.record, each.export))
    within = [each.number for each in told.snapshots if each.lies == "within"]
    return PeriodSheet(
        days=over.days,
        observed=over.observed,
        not_evidenced=over.not_evidenced,
        bridged=over.bridged,
        by_register=over.by_register,
        register_as_of=over.register_as_of,
        not_applicable=tuple(_out(each) for each in over.not_applicable),
        recorded_late=over.recorded_late[:_MOST],
        recorded_late_total=len(over.recorded_late),
        pruned=over.pruned,
        lacking=over.lacking[:_NOTES],
        lacking_total=len(over.lacking),
        notes=over.notes[:_NOTES],
        notes_total=len(over.notes),
        calendar=bool(over.due),
        newest=within[-1] if within else None,
        shown=tuple(shown[:_MOST]),
        shown_total=len(shown),
        rows_without=counted.total() - sum(each.rows for each in shown),
    )


def _out(days: OutDays) -> Stretch:
    return Stretch(first=days.first, last=days.last, days=days.days)


def _shown(snapshot: SnapshotEntry, export: str, rows: int) -> Shown:
    return Shown(
        record=snapshot.number,
        digest=snapshot.digest,
        as_of=snapshot.as_of,
        recorded_at=snapshot.recorded_at,
        export=export,
        rows=rows,
    )


def whole_lines(sheet: PeriodSheet, untold: int = 0) -> Iterator[str]:
    """On which days the population was seen whole, and what else is told of its members, a line each.

    Of `untold` members it is not known what is so.
    """
    if sheet.calendar:
        yield "- Each quarter or month that was due is a row; what shows it is told among the notes of the test."
    else:
        seen = f"{sheet.observed} of {sheet.days} days of the period"
        yield f"- Seen whole, with nothing unknown in it{_untold(untold)}, on {seen}"
    yield from (f"- Noted, and not in the list: {pruned_line(each)}" for each in sheet.pruned)
    for words, stretches in (
        ("Not evidenced", sheet.not_evidenced),
        ("Bridged, and not observed", sheet.bridged),
        ("Not applicable, and counted for none of it", sheet.not_applicable),
    ):
        if stretches:
            yield f"- {words}: {_days(stretches)}"
    if sheet.by_register:
        yield (
            f"- Seen by nobody, and told by the register's own dates as it was on {sheet.register_as_of}: "
            f"{_days(sheet.by_register)}: rows that were taken out before are not known"
        )
    yield from (f"- What snapshots lacked: {markdown_text(line, _LONG)}" for line in sheet.lacking)
    if sheet.lacking_total > len(sheet.lacking):
        yield f"- and {sheet.lacking_total - len(sheet.lacking)} more that they lacked: controls.ndjson has all"
    for late in sheet.recorded_late[:_NOTES]:
        yield f"- Recorded late: {markdown_text(late_text(late.record, late.as_of, late.recorded_at))}"
    if sheet.recorded_late_total > _NOTES:
        yield f"- and {sheet.recorded_late_total - _NOTES} more that were recorded late: controls.ndjson names all"
    yield from (f"- Told beside it: {markdown_text(note, _LONG)}" for note in sheet.notes)
    if sheet.notes_total > len(sheet.notes):
        yield f"- and {sheet.notes_total - len(sheet.notes)} notes more: controls.ndjson has all"


def _untold(count: int) -> str:
    """A day's own snapshot may tell all of that day, and none what became of something."""
    return f" by the snapshots of these days (over the period it is not known of {count:,})" if count else ""


def _days(stretches: Sequence[Stretch]) -> str:
    named = [each.first if each.days == 1 else f"{each.first} to {each.last}" for each in stretches[:_STRETCHES]]
    more = f" and {len(stretches) - _STRETCHES} more stretches" if stretches[_STRETCHES:] else ""
    return f"{sum(each.days for each in stretches)} days ({', '.join(named)}{more})"


def snapshots_table(sheet: PeriodSheet) -> Iterator[str]:
    """Which record of the store shows how many rows, by which export."""
    if sheet.shown:
        yield "Each row is as the newest snapshot shows it that does; the list names the record of each."
        yield ""
        yield "| record | for | recorded at | digest of the record | export | rows |"
        yield "|---|---|---|---|---|---|"
    for each in sheet.shown:
        export = markdown_code(each.export, _LONG)
        moments = f"{markdown_text(each.as_of)} | {markdown_text(each.recorded_at)}"
        yield f"| {each.record} | {moments} | `{each.digest}` | {export} | {each.rows:,} |"
    if sheet.shown_total > len(sheet.shown):
        yield ""
        yield f"and {sheet.shown_total - len(sheet.shown)} more: the list names the record of each row"
    if sheet.rows_without:
        yield ""
        yield f"{sheet.rows_without:,} rows are of no export: units of the calendar, or what a run of then noted alone."
    if sheet.newest is not None:
        yield ""
        yield (
            "`soc2test store restore` gives the exports of a record back. These are as they lie in record "
            f"{sheet.newest}, the newest of the period:"
        )
