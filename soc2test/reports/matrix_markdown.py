"""`matrix.md`: the matrix for a CI step summary or a pull request."""

from collections.abc import Iterable, Iterator

from soc2test.reports.text import markdown_code, markdown_prose, markdown_text
from soc2test.reports.view import (
    GLYPHS,
    STATUS_WORDS,
    as_of_text,
    by_category,
    by_severity,
    counts_text,
    evidence_paths,
    headline,
    is_started,
    limit_text,
    ordered,
    to_export,
    told_in,
)
from soc2test.run import DISCLAIMER, CriterionRow, Run
from soc2test.verdicts import ControlResult, Verdict

__all__ = ["MatrixMarkdown"]

_ROOM = 190_000  # bytes; GitHub takes 1 MiB a step, other steps want some
_FINDINGS = 20  # of a control
_NAMED = 6  # control ids in a cell
_FILES = 20  # that no source reads
_MESSAGE = 400  # characters: the way out stands at its end


class MatrixMarkdown:
    """The matrix as GitHub-flavoured Markdown."""

    filename = "matrix.md"

    def render(self, run: Run) -> bytes:
        """The page, below 200 kB; what is left out is said."""
        lines = [*_head(run), *_criteria(run)]
        unread = list(_unread(run))
        room = _ROOM - _size(lines) - _size(unread)
        for name, blocks in (("deviations and errors", list(_deviations(run))), ("gaps", list(_gaps(run)))):
            kept = list(_fitting(blocks, room if name == "gaps" else room * 2 // 3))
            room -= sum(map(_size, kept))
            lines += [line for block in kept for line in block]
            if len(kept) < len(blocks):
                lines += [
                    "",
                    f"_{len(blocks) - len(kept)} further entries of {name} left out for length, see matrix.json._",
                ]
        return "\n".join([*lines, *unread, "", "---", "", DISCLAIMER, ""]).encode()


def _size(lines: Iterable[str]) -> int:
    return sum(len(line.encode()) + 1 for line in lines)


def _fitting(blocks: list[list[str]], room: int) -> Iterator[list[str]]:
    for block in blocks:
        room -= _size(block)
        if room < 0:
            return
        yield block


def _head(run: Run) -> Iterator[str]:
    yield f"# SOC 2 control tests: {markdown_text(run.programme.system or 'system not known yet')}"
    yield ""
    if not run.complete:
        yield f"> **NOT COMPLETE:** {markdown_text(run.incomplete_because or 'no reason given')}"
        yield ""
    yield f"As of {markdown_text(as_of_text(run))}"
    yield ""
    if is_started(run):
        return
    yield f"**{len(run.controls)} controls:** {counts_text(run)}"
    for problem in run.problems:
        yield f"- **problem:** {markdown_text(problem)}"


def _criteria(run: Run) -> Iterator[str]:
    yield ""
    yield "## Criteria"
    for words, rows in by_category(run):
        yield ""
        yield f"### {words}"
        yield ""
        yield "| criterion | status | tested by | supported by |"
        yield "|---|---|---|---|"
        for row in rows:
            yield _criterion(row)


def _criterion(row: CriterionRow) -> str:
    status = f"{GLYPHS[row.status]} {STATUS_WORDS[row.status]}"
    bold = f"**{status}**" if row.status == "deviation" else status
    return f"| {row.id} | {bold} | {_named(row.controls)} | {_named(row.supported_by)} |"


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
    yield f"{', '.join(result.criteria)}: {markdown_prose(headline(result))}"
    limits = limit_text(result)
    if limits:
        yield ""
        yield f"Limits: {markdown_text('; '.join(limits), 2000)}"
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
        yield f"_{len(found) - _FILES} more, see matrix.json._"
