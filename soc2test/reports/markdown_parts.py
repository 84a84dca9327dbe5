"""The sections of `matrix.md` beside the criteria and the deviations: blocks of lines, the first with the heading."""

from collections.abc import Iterable, Iterator

from soc2test.coverage.statuses import natures_seen
from soc2test.reports.left_out import left_out, statement_text
from soc2test.reports.natures import rests_text, rows_text
from soc2test.reports.period_notes import days_seen, notes, sentences, without_deviations
from soc2test.reports.text import markdown_code, markdown_prose, markdown_text
from soc2test.reports.view import (
    VERDICT_SIGNS,
    VERDICT_WORDS,
    headline,
    is_started,
    limit_text,
    numbers,
    ordered,
    outcome_text,
    reliance_of,
)
from soc2test.run import Run
from soc2test.verdicts import ControlResult, Verdict

__all__ = [
    "documents", "evidence_tests", "exceptions", "limits", "not_decided", "period_notes", "period_sentences", "row",
    "statements", "tests",
]  # fmt: skip

_FINDINGS = 20  # of a control and an outcome
_LONG = 400  # characters
_LIMITS = 2000  # characters of those of one test


def row(*cells: str) -> str:
    """A row of a table; each cell is ready."""
    return f"| {' | '.join(cells)} |"


def _table(heading: str, columns: tuple[str, ...], rows: Iterable[str], note: str = "") -> Iterator[list[str]]:
    """A block a row; without a row there is no heading either."""
    begin = ["", f"## {heading}", *(["", note] if note else []), "", row(*columns), f"|{'---|' * len(columns)}"]
    for line in rows:
        yield [*begin, line]
        begin = []


def _verdict(result: ControlResult) -> str:
    return f"{VERDICT_SIGNS[result.verdict]} {VERDICT_WORDS[result.verdict]}"


def evidence_tests(run: Run) -> Iterator[list[str]]:
    """Whether the evidence can be relied on, before all that relies on it."""
    found = reliance_of(run)
    if not found and not is_started(run):
        yield ["", "## Can this evidence be relied on?", "", "No test of the evidence itself is part of this run."]
    rows = (
        row(markdown_text(each.id), _verdict(each), markdown_text(each.title), markdown_prose(headline(each), _LONG))
        for each in found
    )
    yield from _table("Can this evidence be relied on?", ("test", "verdict", "what must hold", "found"), rows)


def exceptions(run: Run) -> Iterator[list[str]]:
    """What the company left out, accepted or loosened."""
    rows = (
        row(
            markdown_text(entry.control),
            markdown_text(entry.what, _LONG),
            markdown_text(entry.why, _LONG),
            markdown_text(entry.who, _LONG),
        )
        for entry in left_out(run)
    )
    yield from _table("Left out, accepted or loosened", ("test", "what", "why", "who"), rows)


def statements(run: Run) -> Iterator[list[str]]:
    """What people state where no export shows it."""
    rows = (
        row(
            markdown_text(each.id),
            ", ".join(each.criteria),
            markdown_text(each.text, _LONG),
            markdown_text(statement_text(each), _LONG),
        )
        for each in sorted(run.statements, key=lambda statement: statement.id)
    )
    note = "A statement evidences nothing by itself."
    yield from _table("Statements", ("statement", "criteria", "text", "who, until when, and file"), rows, note)


def not_decided(run: Run) -> Iterator[list[str]]:
    """Accepted deviations, and what neither passed nor deviated: pending, and exempt with what was found."""
    rows = (line for result in run.controls for line in _not_decided(result))
    columns = ("outcome", "test", "resource", "message")
    yield from _table("Accepted, pending and exempt", columns, rows)


def _not_decided(result: ControlResult) -> Iterator[str]:
    for outcome in ("waived", "pending", "exempt"):
        found = [finding for finding in ordered(result.findings) if finding.outcome == outcome]
        for finding in found[:_FINDINGS]:
            message = markdown_prose(finding.message, _LONG)
            yield row(outcome_text(finding), markdown_text(result.id), markdown_code(finding.resource), message)
        if len(found) > _FINDINGS:
            yield row(outcome, markdown_text(result.id), f"and {len(found) - _FINDINGS} more", "see findings.ndjson")


def tests(run: Run) -> Iterator[list[str]]:
    """Every test with its verdict, and what stands behind it; over a period what may be said of a tick, else its days.

    What may be said of the others is the same of many, and stands once (`period_sentences`).
    """
    columns: tuple[str, ...] = ("test", "verdict", "rests on", "nature", "population")
    if run.period is not None:
        columns = (*columns, "over the period")
    rows = (row(*_test(each, run)) for each in sorted(run.controls, key=lambda result: result.id))
    yield from _table("Tests", columns, rows)


def _test(result: ControlResult, run: Run) -> Iterator[str]:
    yield markdown_text(result.id)
    yield _verdict(result)
    yield rests_text(natures_seen(result))
    yield result.nature
    yield markdown_text(numbers(result))
    if run.period is not None:
        yield markdown_prose(_over_period(result), _LONG)


def _over_period(result: ControlResult) -> str:
    if result.period is None:
        return ""
    return headline(result) if result.verdict is Verdict.PASS else days_seen(result.period)


def period_sentences(run: Run) -> Iterator[list[str]]:
    """What may be said over the period of the tests without a tick."""
    others = [each for each in run.controls if each.period is not None and each.verdict is not Verdict.PASS]
    rows = (
        row(f"{VERDICT_SIGNS[verdict]} {VERDICT_WORDS[verdict]}", _ids(ids), markdown_prose(text, _LONG))
        for verdict, text, ids in sentences(others)
    )
    yield from _table("What may be said over the period", ("verdict", "tests", "what may be said"), rows)


def _ids(ids: Iterable[str]) -> str:
    return ", ".join(map(markdown_text, ids))


def period_notes(run: Run) -> Iterator[list[str]]:
    """What else is told of the tests over a period that stand under no deviation: of a tick too."""
    rows = (row(_ids(ids), markdown_prose(text, _LONG)) for ids, text in notes(without_deviations(run)))
    about = "Of tests with deviations or errors it stands there."
    yield from _table("What else is told of tests over the period", ("tests", "what is told"), rows, about)


def limits(run: Run) -> Iterator[list[str]]:
    """The limits of every test, those that nobody set too: a tick says no more than they ask."""
    rows = (
        row(markdown_text(each.id), markdown_text("; ".join(limit_text(each)), _LIMITS))
        for each in sorted(run.controls, key=lambda result: result.id)
        if each.limits
    )
    yield from _table("Limits", ("test", "limits"), rows)


def documents(run: Run) -> Iterator[list[str]]:
    """The documents that rows name and that are there."""
    rows = (row(markdown_code(each.file), f"`{each.sha256}`", rows_text(each)) for each in run.documents)
    yield from _table("Documents that rows name", ("file", "sha256", "rows"), rows)
