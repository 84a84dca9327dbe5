"""`matrix.md`: the matrix for a CI step summary or a pull request."""

from collections.abc import Iterable, Iterator

from soc2test.coverage.statuses import natures_seen
from soc2test.reports.company_markdown import company
from soc2test.reports.company_view import describing
from soc2test.reports.frameworks_markdown import frameworks
from soc2test.reports.markdown_parts import (
    documents,
    evidence_tests,
    exceptions,
    limits,
    not_decided,
    period_notes,
    period_sentences,
    row,
    statements,
    tests,
)
from soc2test.reports.natures import natures_text, rests_text, row_rests, sources_text
from soc2test.reports.period_view import late_lines, missing_lines, period_lines
from soc2test.reports.privacy import privacy_text
from soc2test.reports.subservice_markdown import subservice
from soc2test.reports.subservice_view import organisations_named
from soc2test.reports.text import markdown_code, markdown_prose, markdown_text
from soc2test.reports.view import (
    GLYPHS,
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
from soc2test.verdicts import ControlResult, Verdict

__all__ = ["MatrixMarkdown"]

_ROOM = 199_000  # bytes, so that the page stays below 200 kB; GitHub takes 1 MiB a step, other steps want some
_FINDINGS = 20  # of a control
_NAMED = 6  # control ids in a cell
_FILES = 20  # that no source reads
_PROBLEMS = 20
_CAUSES = 2000  # characters of why a criterion is partial
_LINES = 10  # of what else is told of a control over a period
_MESSAGE = 400  # characters: the way out stands at its end

Blocks = list[list[str]]


class MatrixMarkdown:
    """The matrix as GitHub-flavoured Markdown."""

    filename = "matrix.md"

    def render(self, run: Run) -> bytes:
        """The page, below 200 kB; what is left out is said."""
        lines = [*_head(run), *_in_room(evidence_tests(run), "tests of the evidence", 10_000), *_criteria(run)]
        unread = list(_unread(run))
        room = _ROOM - _size(lines) - _size(unread)
        for name, blocks, share in _sections(run):
            kept = list(_in_room(blocks, name, room * share // 100))
            room -= _size(kept)
            lines += kept
        return "\n".join([*lines, *unread, "", "---", "", DISCLAIMER, ""]).encode()


def _sections(run: Run) -> Iterator[tuple[str, Blocks, int]]:
    """The name of a section, its blocks, and how much of the room that is left it may fill, in hundredths."""
    yield "the company's own controls", list(company(run)), 45
    yield "subservice organisations", list(subservice(run)), 40
    yield "deviations and errors", list(_deviations(run)), 45
    yield "exceptions", list(exceptions(run)), 40
    yield "statements", list(statements(run)), 40
    yield "resources that are pending or exempt", list(not_decided(run)), 30
    yield "gaps", list(_gaps(run)), 65
    yield "tests", list(tests(run)), 80
    yield "what may be said over the period", list(period_sentences(run)), 80
    yield "notes on tests over the period", list(period_notes(run)), 80
    yield "limits", list(limits(run)), 60
    yield "documents", list(documents(run)), 50
    yield "other frameworks", list(frameworks(run)), 90


def _in_room(blocks: Iterable[list[str]], name: str, room: int) -> Iterator[str]:
    """The lines of the blocks that fit, and how many do not."""
    blocks = list(blocks)
    kept = list(_fitting(blocks, room))
    for block in kept:
        yield from block
    if len(kept) < len(blocks):
        yield ""
        yield f"_{len(blocks) - len(kept)} further entries of {name} left out for length, see controls.ndjson._"


def _size(lines: Iterable[str]) -> int:
    return sum(len(line.encode()) + 1 for line in lines)


def _fitting(blocks: list[list[str]], room: int) -> Iterator[list[str]]:
    for block in blocks:
        room -= _size(block)
        if room < 0:
            return
        yield block


def _head(run: Run) -> Iterator[str]:
    if run.held_back is not None:
        yield f"> **{markdown_text(run.held_back.text)}**"
        yield ""
    yield f"# SOC 2 control tests: {markdown_text(run.programme.system or 'system not known yet')}"
    yield ""
    if not run.complete:
        yield f"> **NOT COMPLETE:** {markdown_text(run.incomplete_because or 'no reason given')}"
        yield ""
    yield f"{as_of_label(run).capitalize()} {markdown_text(as_of_text(run), _MESSAGE)}"
    yield ""
    if is_started(run):
        return
    yield f"**{len(run.controls)} tests:** {counts_text(run)}"
    yield ""
    yield f"**What they rest on:** {natures_text(run)}"
    if sources := sources_text(run):
        yield ""
        yield f"**Sources:** {markdown_text(sources)}"
    if privacy := privacy_text(run):
        yield ""
        yield f"**Privacy:** {markdown_text(privacy)}"
    if run.period is not None:
        yield from _first_of("Missing", list(missing_lines(run.period)))
        yield from _first_of("Recorded late", list(late_lines(run.period)))
    if recorded := recorded_text(run):
        yield ""
        yield f"**Evidence:** {markdown_text(recorded)}"
    if run.problems:
        yield ""
    for problem in run.problems[:_PROBLEMS]:
        yield f"- **problem:** {markdown_text(problem)}"
    if len(run.problems) > _PROBLEMS:
        yield f"- and {len(run.problems) - _PROBLEMS} more problems, see controls.ndjson"


def _first_of(what: str, given: list[str]) -> Iterator[str]:
    """What the store has not, or has late: the first of many lines."""
    for line in given[:_LINES]:
        yield ""
        yield f"**{what}:** {markdown_prose(line, _MESSAGE)}"
    if given[_LINES:]:
        yield ""
        yield f"_{what}: {len(given) - _LINES} more, see matrix.json._"


def _criteria(run: Run) -> Iterator[str]:
    own, named = run.company_controls is not None, describing(run)
    yield ""
    yield "## Criteria"
    for words, rows in by_category(run):
        yield ""
        yield f"### {words}"
        yield ""
        columns = ("criterion", "status", "rests on", *(["controls"] if own else []), "tested by", "supported by")
        yield row(*columns, "not tested here")
        yield f"|{'---|' * (len(columns) + 1)}"
        for criterion in rows:
            others = tuple(organisations_named(run, criterion.organisations))
            yield _criterion(criterion, [_named(tuple(named.get(criterion.id, ())))] if own else [], others)


def _criterion(criterion: CriterionRow, controls: list[str], organisations: tuple[str, ...]) -> str:
    beside = f"; rests on {_named(organisations)}" if organisations else ""
    cells = (
        criterion.id,
        _status(criterion) + beside,
        row_rests(criterion),
        *controls,
        _named(criterion.controls),
        _named(criterion.supported_by),
        "; ".join(markdown_text(line) for line in criterion.not_tested),
    )
    return row(*cells)


def _status(criterion: CriterionRow) -> str:
    words = f"{GLYPHS[criterion.status]} {STATUS_WORDS[criterion.status]}"
    parts = [f"**{words}**" if criterion.status == "deviation" else words]
    if criterion.partial:
        parts.append(f"taken out: {_named(criterion.partial)}")
    if criterion.loosened:
        parts.append(f"exempt or loosened: {_named(criterion.loosened)}")
    if criterion.no_occurrences:
        parts.append(f"without occurrences: {_named(criterion.no_occurrences)}")
    if criterion.statements:
        parts.append(f"statements: {_named(criterion.statements)}")
    if criterion.reason:
        parts.append(markdown_text(criterion.reason, _CAUSES))
    return "; ".join(parts)


def _named(ids: tuple[str, ...]) -> str:
    more = f" and {len(ids) - _NAMED} more" if len(ids) > _NAMED else ""
    return ", ".join(markdown_text(id) for id in ids[:_NAMED]) + more


def _deviations(run: Run) -> Iterator[list[str]]:
    """A block a control, the first with the heading."""
    paths = evidence_paths(run)
    heading = ["", "## Deviations and errors"]
    for result in by_severity(result for result in run.controls if result.verdict in (Verdict.FAIL, Verdict.ERROR)):
        yield [*heading, *_deviating(result, paths)]
        heading = []


def _deviating(result: ControlResult, paths: dict[str, str]) -> Iterator[str]:
    yield ""
    yield f"### {markdown_text(result.severity)}: {markdown_text(result.id)} {markdown_text(result.title)}"
    yield ""
    natures = rests_text(natures_seen(result))
    rests = f" (rests on {natures})" if natures else ""
    yield f"{criteria_text(result)}: {markdown_prose(headline(result), 2 * _MESSAGE)}{rests}"
    if result.period is not None:
        yield ""
        lines = list(period_lines(result.period))
        yield from (f"- {markdown_prose(line, _MESSAGE)}" for line in lines[:_LINES])
        if len(lines) > _LINES:
            yield f"- _{len(lines) - _LINES} more, see controls.ndjson_"
    if texts := limit_text(result):
        yield ""
        yield f"Limits: {markdown_text('; '.join(texts), 2000)}"
    findings = [finding for finding in ordered(result.findings) if finding.outcome in ("deviation", "error")]
    if not findings:
        return
    yield ""
    yield "| resource | message | evidence |"
    yield "|---|---|---|"
    for finding in findings[:_FINDINGS]:
        path = told_in(finding, paths)
        file = markdown_code(path) if path else ""
        yield f"| {markdown_code(finding.resource)} | {markdown_prose(finding.message, _MESSAGE)} | {file} |"
    if len(findings) > _FINDINGS:
        yield ""
        yield f"_{len(findings) - _FINDINGS} more, see findings.ndjson._"


def _gaps(run: Run) -> Iterator[list[str]]:
    heading = ["", "## Gaps: what to export", "", "| to close the gap | controls that wait for it |", "|---|---|"]
    for text, ids in to_export(run):
        yield [*heading, f"| {markdown_prose(text, 400)} | {_named(tuple(ids))} |"]
        heading = []


def _unread(run: Run) -> Iterator[str]:
    found = sorted(run.unclaimed, key=lambda entry: (entry.path, entry.reason))
    if found:
        yield from ("", "## Files that no source reads", "", "| file | why |", "|---|---|")
    for entry in found[:_FILES]:
        yield f"| {markdown_code(entry.path)} | {markdown_prose(entry.reason, 400)} |"
    if len(found) > _FILES:
        yield ""
        yield f"_{len(found) - _FILES} more, see evidence.ndjson._"
