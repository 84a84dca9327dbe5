"""The section of `matrix.html` about the company's own controls: the risk and control matrix."""

from collections.abc import Mapping

from soc2test.reports.company_view import (
    COMPANY_GLYPHS,
    COMPANY_STATUSES,
    company_text,
    done_by,
    found_by,
    results_by_id,
    without_lines,
)
from soc2test.reports.html_parts import control_links, sign, table, text
from soc2test.reports.natures import rests_text
from soc2test.run import CompanyControlRow, Run
from soc2test.verdicts import ControlResult

__all__ = ["company"]

_LONG = 1000  # characters
_FOUND = 400  # characters of what one test found: of a period its sentence
_TESTS = 20  # of one control
_IDS = 60  # of tests or criteria without a control


def company(run: Run) -> str:
    """Each control with its tests and what they found, below what no control names; nothing where none is described."""
    described = run.company_controls
    if described is None:
        return ""
    results = results_by_id(run)
    count = len(described.controls)
    lines = [f"<p><b>{count} of the company's own:</b> {text(company_text(described))}</p>"]
    lines += [
        f"<p><b>{text(words.capitalize())}:</b> {_ids(ids, results)}</p>" for words, ids in without_lines(described)
    ]
    rows = (_row(control, results) for control in described.controls)
    columns = ("status", "control", "wording", "how and by whom", "criteria", "tests")
    return "\n".join([*lines, table(columns, rows, count)])


def _ids(ids: tuple[str, ...], results: Mapping[str, ControlResult]) -> str:
    more = f" and {len(ids) - _IDS} more" if len(ids) > _IDS else ""
    return ", ".join(_link(id, results) for id in ids[:_IDS]) + more


def _link(id: str, results: Mapping[str, ControlResult]) -> str:
    """A test leads to its section; a criterion, or a test that is not loaded, has none."""
    return control_links([id]) if id in results else text(id)


def _row(control: CompanyControlRow, results: Mapping[str, ControlResult]) -> tuple[str, ...]:
    return (
        _status(control),
        text(control.id),
        text(control.wording, _LONG),
        text(done_by(control), _LONG),
        text(", ".join(control.criteria)),
        _tests(control, results),
    )


def _status(control: CompanyControlRow) -> str:
    shown = sign(control.status, COMPANY_GLYPHS[control.status], COMPANY_STATUSES[control.status])
    natures = rests_text(control.rests_on)
    notes = [*([f"rests on {natures}"] if natures else []), *control.notes]
    return shown + "".join(f'<br><small class="soft">{text(note, _LONG)}</small>' for note in notes)


def _tests(control: CompanyControlRow, results: Mapping[str, ControlResult]) -> str:
    told = [f"{_link(test.id, results)} {text(found_by(test, results), _FOUND)}" for test in control.tests[:_TESTS]]
    if len(control.tests) > _TESTS:
        told.append(f"and {len(control.tests) - _TESTS} more, see controls.ndjson")
    return "<br>".join(told) or "none"
