"""The section of `matrix.md` about the company's own controls: blocks of lines, the first with the heading."""

from collections.abc import Iterator, Mapping

from soc2test.reports.company_view import (
    COMPANY_GLYPHS,
    COMPANY_STATUSES,
    company_text,
    done_by,
    found_by,
    results_by_id,
    without_lines,
)
from soc2test.reports.markdown_parts import row
from soc2test.reports.natures import rests_text
from soc2test.reports.text import markdown_text
from soc2test.run import CompanyControlRow, Run
from soc2test.verdicts import ControlResult

__all__ = ["company"]

_LONG = 1000  # characters
_FOUND = 400  # characters of what one test found: of a period its sentence
_TESTS = 20  # of one control
_IDS = 60  # of tests or criteria without a control


def company(run: Run) -> Iterator[list[str]]:
    """The risk and control matrix: each control with its tests, then what no control names."""
    described = run.company_controls
    if described is None:
        return
    count = len(described.controls)
    begin = ["", "## Controls", "", f"**{count} of the company's own:** {company_text(described)}"]
    for words, ids in without_lines(described):
        more = f" and {len(ids) - _IDS} more" if len(ids) > _IDS else ""
        begin += ["", f"{words.capitalize()}: {', '.join(map(markdown_text, ids[:_IDS]))}{more}"]
    if count:
        begin += [
            "",
            "| control | status | wording | how and by whom | criteria | tests |",
            "|---|---|---|---|---|---|",
        ]
    results = results_by_id(run)
    yield begin
    for control in described.controls:
        yield [_row(control, results)]


def _row(control: CompanyControlRow, results: Mapping[str, ControlResult]) -> str:
    return row(
        markdown_text(control.id),
        _status(control),
        markdown_text(control.wording, _LONG),
        markdown_text(done_by(control), _LONG),
        ", ".join(control.criteria),
        _tests(control, results),
    )


def _status(control: CompanyControlRow) -> str:
    words = f"{COMPANY_GLYPHS[control.status]} {COMPANY_STATUSES[control.status]}"
    parts = [f"**{words}**" if control.status == "deviation" else words]
    if natures := rests_text(control.rests_on):
        parts.append(natures)
    parts += [markdown_text(note, _LONG) for note in control.notes]
    return "; ".join(parts)


def _tests(control: CompanyControlRow, results: Mapping[str, ControlResult]) -> str:
    told = [
        f"{markdown_text(test.id)} {markdown_text(found_by(test, results), _FOUND)}" for test in control.tests[:_TESTS]
    ]
    if len(control.tests) > _TESTS:
        told.append(f"and {len(control.tests) - _TESTS} more, see controls.ndjson")
    return "; ".join(told) or "none"
