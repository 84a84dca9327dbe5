"""The summary at the end of a run in a terminal or a CI log."""

from collections.abc import Iterator

from soc2test.coverage.statuses import natures_seen
from soc2test.reports.company_terminal import company
from soc2test.reports.frameworks_terminal import frameworks
from soc2test.reports.natures import natures_text, rests_text, row_rests, shared_text, sources_text
from soc2test.reports.period_view import late_lines, missing_lines, period_lines
from soc2test.reports.privacy import privacy_text
from soc2test.reports.subservice_terminal import subservice
from soc2test.reports.terminal_parts import (
    Paint,
    evidence_tests,
    exceptions,
    not_decided,
    over_period,
    plain,
    statements,
    wrapped,
)
from soc2test.reports.text import inert, terminal_text
from soc2test.reports.view import (
    GLYPHS,
    REASONED,
    STATUS_WORDS,
    as_of_label,
    as_of_text,
    by_category,
    by_severity,
    counts_text,
    criteria_text,
    evidence_paths,
    headline,
    is_started,
    limit_text,
    ordered,
    recorded_text,
    to_export,
    told_in,
)
from soc2test.run import DISCLAIMER, CriterionRow, Run
from soc2test.verdicts import ControlResult, Finding, Verdict

__all__ = ["summary"]

_IN_FULL = 20  # controls that deviate; of more the ids
_FINDINGS = 5  # shown of a control
_GAPS = 30
_FILES = 5
_LINES = 10  # of what else is told of a control over a period
_MESSAGE = 400  # characters: the way out stands at a message's end
_CAUSES = 2000  # of why a criterion is partial
_NAMED = 12  # tests of a criterion that were taken out
_APART = 2  # blanks between columns
_LEAST = 20  # characters of a column


def summary(run: Run, width: int = 80, color: bool = False, *, verbose: bool = False) -> str:
    """All 61 criteria, the deviations by severity, what to export to close the gaps, the counts, the disclaimer.

    With `verbose` all of the deviations, and what passes with the number of resources that it was tested over.
    """
    paint = Paint(color)
    parts = [_head(run, width, paint), evidence_tests(run, width, paint), _criteria(run, width, paint)]
    parts += [
        company(run, width, paint),
        subservice(run, width, paint),
        exceptions(run, width, paint),
        statements(run, width, paint),
        _passing(run, width, paint) if verbose else "",
        *_deviations(run, width, paint, len(run.controls) if verbose else _IN_FULL),
    ]
    parts += [over_period(run, width, paint), not_decided(run, width, paint)]
    parts += [_gaps(run, width, paint), _unread(run, width, paint)]
    parts += [frameworks(run, width, paint), _counts(run, width, paint), DISCLAIMER]
    return inert("\n\n".join(part for part in parts if part)) + "\n"


def _head(run: Run, width: int, paint: Paint) -> str:
    moment = terminal_text(as_of_text(run), _MESSAGE)
    lines = [f"{paint(terminal_text(run.programme.system), 'bold')}, {as_of_label(run)} {moment}"]
    if run.held_back is not None:
        lines.insert(0, paint(terminal_text(run.held_back.text), "deviation"))
    if not run.complete:
        because = terminal_text(run.incomplete_because or "no reason given")
        lines.append(paint(f"NOT COMPLETE: {because}", "deviation"))
    if not is_started(run):
        lines.append(wrapped(natures_text(run), width, "  "))
        if sources := sources_text(run):
            lines.append(wrapped(terminal_text(sources), width, "  "))
        if privacy := privacy_text(run):
            lines.append(wrapped(f"privacy: {privacy}", width, "  "))
        if run.period is not None:
            lines += _first_of("missing", list(missing_lines(run.period)), width)
            lines += _first_of("recorded late", list(late_lines(run.period)), width)
        if recorded := recorded_text(run):
            lines.append(f"evidence {terminal_text(recorded)}")  # in one line: somebody copies it
    lines += [f"problem: {terminal_text(problem)}" for problem in run.problems]
    return "\n".join(lines)


def _first_of(what: str, given: list[str], width: int) -> Iterator[str]:
    """What the store has not, or has late: the first of many lines."""
    yield from (wrapped(f"{what}: {terminal_text(line, _MESSAGE)}", width, "  ") for line in given[:_LINES])
    if given[_LINES:]:
        yield f"  and {len(given) - _LINES} more, see matrix.json"


def _criteria(run: Run, width: int, paint: Paint) -> str:
    parts = []
    for words, rows in by_category(run):
        longest = max((len(_cell(row)) for row in rows), default=1)
        columns = max(1, (width + _APART) // (longest + _APART))
        cells = [paint(_cell(row), row.status) for row in rows]
        parts += [paint(words, "bold"), plain(_in_columns(cells, columns), 0)]
    parts += [*_partial(run, width), *_reasons(run, width)]
    if shared := shared_text(run, _NAMED):
        parts.append(wrapped(terminal_text(shared, _CAUSES), width, "  ", "  "))
    if any(row.not_tested for row in run.criteria):
        hint = "what is not tested of each criterion: matrix.md, matrix.html, or `soc2test criteria ID`"
        parts.append(paint(wrapped(hint, width, "  ", "  "), "faint"))
    return "\n".join(parts)


def _cell(row: CriterionRow) -> str:
    natures = row_rests(row)
    status = f"{GLYPHS[row.status]} {row.id:<5} {STATUS_WORDS[row.status]}"
    return f"{status}, {natures}" if natures else status


def _partial(run: Run, width: int) -> Iterator[str]:
    for row in run.criteria:
        for words, tests in (("taken out", row.partial), ("exempt or loosened", row.loosened)):
            if tests:
                ids = ", ".join(terminal_text(id) for id in tests[:_NAMED])
                more = f" and {len(tests) - _NAMED} more" if len(tests) > _NAMED else ""
                yield wrapped(f"{row.id}: {words}: {ids}{more}", width, "    ", "  ")


def _reasons(run: Run, width: int) -> Iterator[str]:
    for row in run.criteria:
        if row.reason:
            why = terminal_text(row.reason, _CAUSES)
            status = f"{STATUS_WORDS[row.status]}: " if row.status in REASONED else ""
            yield wrapped(f"{row.id}: {status}{why}", width, "    ", "  ")


def _in_columns(cells: list[str], columns: int) -> list[list[str]]:
    """Downwards first, so that a reader goes down a column in the criteria's order."""
    height = -(-len(cells) // columns)
    return [cells[row::height] for row in range(height)]


def _passing(run: Run, width: int, paint: Paint) -> str:
    results = [result for result in run.controls if result.verdict is Verdict.PASS]
    if not results:
        return ""
    rows = [
        [
            terminal_text(result.id),
            terminal_text(criteria_text(result)),
            f"{result.passed} of {result.population}",
            terminal_text(result.title, _MESSAGE),
        ]
        for result in results
    ]
    taken = sum(max(len(row[column]) for row in rows) + _APART for column in range(3)) + _APART
    widths = [None, None, None, max(width - taken, _LEAST)]
    return "\n".join([paint("Without deviations", "bold"), plain(rows, 2, widths)])


def _deviations(run: Run, width: int, paint: Paint, most: int) -> Iterator[str]:
    paths = evidence_paths(run)
    results = by_severity(result for result in run.controls if result.verdict in (Verdict.FAIL, Verdict.ERROR))
    if results:
        yield paint("Deviations and errors", "bold")
    for result in results[:most]:
        yield "\n".join(_control(result, paths, width, paint))
    if rest := results[most:]:
        ids = ", ".join(terminal_text(result.id) for result in rest)
        yield wrapped(f"and {len(rest)} more, here with -v, else in matrix.md: {ids}", width, "  ", "  ")


def _control(result: ControlResult, paths: dict[str, str], width: int, paint: Paint) -> Iterator[str]:
    mark = paint(f"{result.severity.upper():<8} {terminal_text(result.id)}", "deviation")
    yield f"{mark}  {criteria_text(result)}  {terminal_text(headline(result), 2 * _MESSAGE)}"
    if natures := rests_text(natures_seen(result)):
        yield f"  rests on {natures}"
    if result.period is not None:
        lines = list(period_lines(result.period))
        yield from (wrapped(terminal_text(line, _MESSAGE), width, "  ", "    ") for line in lines[:_LINES])
        if len(lines) > _LINES:
            yield paint(f"  and {len(lines) - _LINES} more, see controls.ndjson", "faint")
    yield wrapped(terminal_text(result.title), width, "  ", "  ")
    limits = limit_text(result)
    if limits:
        yield paint(wrapped(f"limits: {terminal_text('; '.join(limits), _MESSAGE)}", width, "  ", "  "), "faint")
    findings = [finding for finding in ordered(result.findings) if finding.outcome in ("deviation", "error")]
    yield from _findings(findings[:_FINDINGS], paths, width, paint)
    if len(findings) > _FINDINGS:
        yield paint(f"    and {len(findings) - _FINDINGS} more, see findings.ndjson", "faint")


def _findings(findings: list[Finding], paths: dict[str, str], width: int, paint: Paint) -> Iterator[str]:
    """Resource and message side by side; the file below the rows that it told, so that no path is broken."""
    rows: dict[str, list[list[str]]] = {}
    for finding in findings:
        row = [terminal_text(finding.resource), terminal_text(finding.message, _MESSAGE)]
        rows.setdefault(told_in(finding, paths), []).append(row)
    room = width - 4 - 2
    for path, told in rows.items():
        yield plain(told, 4, [room * 45 // 100, room * 55 // 100])
        if path:
            yield paint(f"    in {terminal_text(path)}", "faint")


def _gaps(run: Run, width: int, paint: Paint) -> str:
    gaps = to_export(run)
    if not gaps:
        return ""
    rows = [[terminal_text(text, _MESSAGE), ", ".join(terminal_text(id) for id in ids)] for text, ids in gaps[:_GAPS]]
    room = width - 2 - 2
    lines = [paint("Gaps: what to export, and the controls that wait for it", "bold")]
    lines.append(plain(rows, 2, [room * 70 // 100, room * 30 // 100]))
    if len(gaps) > _GAPS:
        lines.append(f"  and {len(gaps) - _GAPS} more, see controls.ndjson")
    hint = wrapped("`soc2test evidence --format sh` prints the commands as a script", width, "  ", "  ")
    return "\n".join([*lines, paint(hint, "faint")])


def _unread(run: Run, width: int, paint: Paint) -> str:
    if not run.unclaimed:
        return ""
    rows = [[terminal_text(each.path), terminal_text(each.reason, _MESSAGE)] for each in run.unclaimed[:_FILES]]
    room = width - 2 - 2
    lines = [plain(rows, 2, [room * 40 // 100, room * 60 // 100])]
    if len(run.unclaimed) > _FILES:
        lines.append(f"  and {len(run.unclaimed) - _FILES} more: `soc2test evidence --problems` names all")
    return "\n".join([paint("Files that no source reads", "bold"), *lines])


def _counts(run: Run, width: int, paint: Paint) -> str:
    head = f"{len(run.controls)} tests:"
    line = wrapped(f"{head} {counts_text(run)}", width, "  ")
    return paint(head, "bold") + line.removeprefix(head)
