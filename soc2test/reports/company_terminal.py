"""The section of the summary in a terminal about the company's own controls: those that are not green, and why."""

from collections.abc import Iterator

from soc2test.reports.company_view import COMPANY_GLYPHS, COMPANY_STATUSES, company_text, tests_text, without_lines
from soc2test.reports.terminal_parts import Paint, wrapped
from soc2test.reports.text import terminal_text
from soc2test.run import CompanyControlRow, Run

__all__ = ["company"]

_ENTRIES = 40  # controls that are not green
_IDS = 20
_MESSAGE = 400  # characters
_LONG = 1000


def company(run: Run, width: int, paint: Paint) -> str:
    """A line for each control that is not plainly without deviations; nothing where none is described."""
    described = run.company_controls
    if described is None:
        return ""
    head = f"{len(described.controls)} controls of the company's own:"
    text = wrapped(f"{head} {terminal_text(company_text(described), _MESSAGE)}", width, "  ")
    lines = [paint(head, "bold") + text.removeprefix(head)]
    order = list(COMPANY_STATUSES)
    open_ones = sorted(
        (row for row in described.controls if row.status != "no_deviations"), key=lambda row: order.index(row.status)
    )
    for row in open_ones[:_ENTRIES]:
        lines += _control(row, width, paint)
    if len(open_ones) > _ENTRIES:
        lines.append(f"  and {len(open_ones) - _ENTRIES} more, see controls.ndjson")
    for words, ids in without_lines(described):
        more = f" and {len(ids) - _IDS} more" if len(ids) > _IDS else ""
        named = ", ".join(terminal_text(id) for id in ids[:_IDS])
        lines.append(wrapped(f"{words}: {named}{more}", width, "    ", "  "))
    return "\n".join(lines)


def _control(row: CompanyControlRow, width: int, paint: Paint) -> Iterator[str]:
    status = f"{COMPANY_GLYPHS[row.status]} {terminal_text(row.id)} {COMPANY_STATUSES[row.status]}"
    yield f"  {paint(status, row.status)}"
    if tests := tests_text(row, _IDS):
        yield wrapped(f"tests: {terminal_text(tests, _LONG)}", width, "      ", "      ")
    for note in row.notes:
        yield wrapped(terminal_text(note, _MESSAGE), width, "      ", "      ")
