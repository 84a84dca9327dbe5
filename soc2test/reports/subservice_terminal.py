"""The section of the summary in a terminal about subservice organisations: their days, and what is not shown."""

from collections.abc import Iterator

from soc2test.reports.subservice_view import days_text, open_of_reports, organisation_title
from soc2test.reports.terminal_parts import Paint, wrapped
from soc2test.reports.text import terminal_text
from soc2test.run import Run
from soc2test.run_subservice import SubserviceRow

__all__ = ["subservice"]

_ENTRIES = 20  # organisations
_LINES = 10  # of what is not shown of one
_MESSAGE = 400  # characters


def subservice(run: Run, width: int, paint: Paint) -> str:
    """A line an organisation, with the criteria that rest on it; nothing where there is no subservice.yaml."""
    told = run.subservice
    if told is None:
        return ""
    lines = [paint("Subservice organisations, whose controls we need", "bold")]
    for one in told.organisations[:_ENTRIES]:
        lines += _organisation(one, width)
    if len(told.organisations) > _ENTRIES:
        lines.append(f"  and {len(told.organisations) - _ENTRIES} more, see controls.ndjson")
    lines += [wrapped(terminal_text(line, _MESSAGE), width, "    ", "  ") for line in told.unlisted[:_ENTRIES]]
    own = told.user_entity_controls
    if own:
        lines.append(f"  {len(own)} controls of our own customers, see matrix.md")
    for control in own[:_ENTRIES]:
        lines += [
            wrapped(terminal_text(f"{control.id}: {note}", _MESSAGE), width, "      ", "    ") for note in control.notes
        ]
    return "\n".join(lines)


def _organisation(one: SubserviceRow, width: int) -> Iterator[str]:
    needed = ", ".join((*one.criteria, *one.commitments))
    head = f"{organisation_title(one)}, for {needed}: {days_text(one.days)}"
    yield wrapped(terminal_text(head, _MESSAGE), width, "    ", "  ")
    open_points = [*open_of_reports(one), *one.notes]
    for line in open_points[:_LINES]:
        yield wrapped(terminal_text(line, _MESSAGE), width, "      ", "    ")
    if len(open_points) > _LINES:
        yield f"    and {len(open_points) - _LINES} more, see controls.ndjson"
