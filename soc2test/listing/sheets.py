"""Information produced by the entity: of each list where it comes from, and what shows that it is whole.

An auditor who tests from a list asks this first. A sheet says what is known and what is not; it vouches for nothing.
"""

from collections.abc import Iterator, Mapping, Sequence

import msgspec

from soc2test.controls.control import Control
from soc2test.controls.where_text import where_text
from soc2test.listing.columns import facts_listed
from soc2test.listing.finishing import Finished
from soc2test.listing.period_sheets import CALENDAR, PeriodSheet, snapshots_table, whole_lines
from soc2test.listing.second_populations import Second, Seconds, second_lines
from soc2test.reports.text import markdown_code, markdown_text
from soc2test.reports.view import utc
from soc2test.run import DISCLAIMER, EvidenceEntry, Run
from soc2test.verdicts import ControlResult

__all__ = ["Sheet", "Told", "as_markdown", "sheet_of"]

_EXPORTS = 200
"""of a sheet; evidence.ndjson has all"""
_GAPS = 50
_LONG = 2000


class Told(msgspec.Struct, frozen=True, kw_only=True):
    """What one export told of the population, and how it was collected."""

    id: str
    operation: str
    """source and call"""
    command: str | None
    """with all parameters: what it filters stands in it"""
    collector: str | None
    collected_at: str | None
    count_told: int | None
    """items, as the manifest of who collected it says: it shows that nothing was lost on the way, and no more"""
    count_read: int
    left_out: Mapping[str, int]
    """items that are none of the population, by the reason"""
    complete: bool
    sha256: str


class Sheet(msgspec.Struct, frozen=True, kw_only=True):
    """What is to be said of one list."""

    control: str
    title: str
    file: str
    sha256: str
    rows: int
    population: int
    population_digest: str | None
    outcomes: Mapping[str, int]
    kind: str
    where: str
    """which members the control applies to, as its author wrote it; empty where to all"""
    facts: tuple[str, ...]
    """that the control reads"""
    complete: bool
    """nothing is known to be missing from it"""
    gaps: tuple[str, ...]
    """what is known to be missing, the first of many"""
    gaps_total: int
    exports: tuple[Told, ...]
    """the first of many"""
    exports_total: int
    independent: tuple[Second, ...]
    """second populations that the test asks whether its own is whole"""
    by_own_exports: tuple[Second, ...] = ()
    """the same as far as the population's own exports tell them: they show nothing"""
    not_exported: tuple[str, ...] = ()
    """kinds of second populations that no export tells"""
    order: tuple[str, ...]
    """gaps in sequence and in time, in words; of events alone"""
    several: tuple[str, ...] = ()
    """members that stand for several events in one row, each with its days; the first of many"""
    several_total: int = 0
    period: PeriodSheet | None = None
    """None where the list is of a moment"""


def sheet_of(
    control: Control,
    result: ControlResult,
    finished: Finished,
    entries: Mapping[str, EvidenceEntry],
    seconds: Seconds,
    period: PeriodSheet | None = None,
) -> Sheet:
    """The sheet of a list. `result` and `entries`, the exports of the run by id, hold nothing that is to be hidden.

    Over a period `entries` are those of its newest snapshot.
    """
    evidence = result.evidence if period is None else tuple(sorted(period.evidence() & entries.keys()))
    cited = [entries[id] for id in evidence if id in entries]
    return Sheet(
        control=result.id,
        title=result.title,
        file=finished.listed.file,
        sha256=finished.listed.sha256,
        rows=finished.listed.rows,
        population=result.population,
        population_digest=result.population_digest,
        outcomes=finished.outcomes,
        kind=control.kinds[0].__name__,
        where=where_text(control),
        facts=facts_listed(control),
        complete=_complete(result, cited, period),
        gaps=tuple(gap.text for gap in result.gaps[:_GAPS]),
        gaps_total=len(result.gaps),
        exports=tuple(map(_told, cited[:_EXPORTS])),
        exports_total=len(evidence),
        independent=seconds.independent,
        by_own_exports=seconds.by_own_exports,
        not_exported=seconds.not_exported,
        order=(CALENDAR,) if period is not None and period.calendar else finished.gaps,
        several=finished.several,
        several_total=finished.several_total,
        period=period,
    )


def _complete(result: ControlResult, cited: Sequence[EvidenceEntry], period: PeriodSheet | None) -> bool:
    """Over a period each of its days was to show the whole."""
    if period is not None:
        return period.observed == period.days and not period.calendar
    return not result.gaps and bool(cited) and all(entry.complete for entry in cited)


def _told(entry: EvidenceEntry) -> Told:
    return Told(
        id=entry.id,
        operation=f"{entry.source} {entry.operation}",
        command=entry.command,
        collector=entry.collector,
        collected_at=None if entry.collected_at is None else utc(entry.collected_at),
        count_told=entry.told_records,
        count_read=entry.records,
        left_out=dict(sorted(entry.left_out.items())),
        complete=entry.complete,
        sha256=entry.sha256,
    )


def as_markdown(sheet: Sheet, run: Run) -> str:
    """The sheet as a page of text."""
    return "\n".join([*_head(sheet, run), *_wholeness(sheet), *_exports(sheet), "", f"_{DISCLAIMER}_", ""])


def _head(sheet: Sheet, run: Run) -> Iterator[str]:
    over = run.period
    moment = f"from {over.first} to {over.last}" if over is not None else f"as of {utc(run.as_of.time)}"
    yield f"# Population of {sheet.control}: {markdown_text(sheet.title)}"
    yield ""
    yield f"- System: {markdown_text(run.programme.system)}, {moment}, by soc2test {run.tool.version}"
    yield f"- List: {markdown_code(sheet.file)}, {sheet.rows:,} rows, SHA-256 {markdown_code(sheet.sha256)}"
    yield f"- Population: {sheet.population:,}; digest of its ids: {markdown_code(sheet.population_digest or 'none')}"
    outcomes = ", ".join(f"{count:,} {outcome}" for outcome, count in sheet.outcomes.items()) or "nothing to test"
    yield f"- Found: {markdown_text(outcomes)}"
    where = f", of which those that: {markdown_code(sheet.where, _LONG)}" if sheet.where else ", all of them"
    yield f"- Members: each {markdown_code(sheet.kind)}{where}"
    facts = ", ".join(map(markdown_code, sheet.facts)) or "none of a single member"
    yield f"- Facts that the test reads: {facts}"


def _wholeness(sheet: Sheet) -> Iterator[str]:
    yield from ("", "## Is it whole?", "")
    if sheet.period is not None:
        yield from whole_lines(sheet.period, sheet.outcomes.get("unknown", 0) + sheet.outcomes.get("error", 0))
    elif sheet.complete:
        yield "- Nothing is known to be missing: every export that was to tell it is there and was read to its end."
    elif not sheet.gaps:
        yield "- Not known: no export that tells it, or not all of one, was read."
    yield from (f"- Missing: {markdown_text(gap, _LONG)}" for gap in sheet.gaps)
    if sheet.gaps_total > len(sheet.gaps):
        yield f"- and {sheet.gaps_total - len(sheet.gaps)} more: controls.ndjson names all"
    yield from second_lines(
        Seconds(independent=sheet.independent, by_own_exports=sheet.by_own_exports, not_exported=sheet.not_exported)
    )
    if sheet.several and sheet.period is None:  # over a period the notes of the test name them
        more = sheet.several_total - len(sheet.several)
        named = "; ".join((*sheet.several, *([f"and {more} more"] if more else ())))
        yield f"- Several events under one id, tested and listed as one: {markdown_text(named, _LONG)}"
    yield from (f"- Order: {markdown_text(text, _LONG)}" for text in sheet.order)


def _exports(sheet: Sheet) -> Iterator[str]:
    yield from ("", "## Where it comes from", "")
    if sheet.period is not None:
        yield from snapshots_table(sheet.period)
        yield ""
    if not sheet.exports:
        yield "No export tells it." if sheet.period is None else "None of the exports above."
        return
    yield _row("export", "command", "collected by", "at", "items told / read / left out", "whole", "SHA-256")
    yield _row(*["---"] * 7)
    for each in sheet.exports:
        command = markdown_code(each.command, _LONG) if each.command else "not told"
        yield _row(
            f"{markdown_code(each.id, _LONG)} ({markdown_text(each.operation)})",
            command,
            markdown_text(each.collector) if each.collector else "not told",
            each.collected_at or "not told",
            _counts(each),
            "yes" if each.complete else "no",
            markdown_code(each.sha256) if each.sha256 else "not read whole",
        )
    if sheet.exports_total > len(sheet.exports):
        yield from ("", f"and {sheet.exports_total - len(sheet.exports)} more: evidence.ndjson names all")
    yield ""
    yield "Items told are the word of who collected them: they show that nothing was lost on the way, and no more."


def _row(*cells: str) -> str:
    return f"| {' | '.join(cells)} |"


def _counts(each: Told) -> str:
    told = "not told" if each.count_told is None else f"{each.count_told:,}"
    out = "; ".join(f"{count:,}: {markdown_text(reason)}" for reason, count in each.left_out.items())
    return f"{told} / {each.count_read:,} / {out or 'none'}"
