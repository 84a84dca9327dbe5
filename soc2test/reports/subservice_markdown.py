"""The section of `matrix.md` about subservice organisations: blocks of lines, the first with the heading."""

from collections.abc import Iterator

from soc2test.reports.markdown_parts import row
from soc2test.reports.subservice_view import (
    days_text,
    how_text,
    letter_text,
    organisation_title,
    own_told,
    report_text,
    use_text,
    user_entity_control_text,
)
from soc2test.reports.text import markdown_text
from soc2test.run import Run
from soc2test.run_subservice import SubserviceRow

__all__ = ["subservice"]

_LONG = 600  # characters: controls.ndjson holds all
_LINES = 20  # of a list of one organisation


def subservice(run: Run) -> Iterator[list[str]]:
    """Each organisation with its reports and what they leave open, then what our own customers have to do."""
    told = run.subservice
    if told is None:
        return
    yield ["", "## Subservice organisations", "", f"**{len(told.organisations)} whose controls are needed with ours**"]
    if told.unlisted:
        yield ["", *(f"- {markdown_text(line, _LONG)}" for line in told.unlisted[:_LINES])]
    for one in told.organisations:
        yield list(_organisation(one))
    heading = ["", "### What our customers have to do", "", "| id | criteria | text | told |", "|---|---|---|---|"]
    for own in told.user_entity_controls:
        cells = (own.id, ", ".join(own.criteria), own.text, own_told(own))
        yield [*heading, row(*(markdown_text(cell, _LONG) for cell in cells))]
        heading = []


def _organisation(one: SubserviceRow) -> Iterator[str]:
    yield ""
    yield f"### {markdown_text(organisation_title(one), _LONG)}"
    yield ""
    lines = [
        use_text(one),
        how_text(one),
        days_text(one.days),
        *map(report_text, one.reports[:_LINES]),
        *map(letter_text, one.letters[:_LINES]),
        *map(user_entity_control_text, (one.user_entity_controls or ())[:_LINES]),
    ]
    yield from (f"- {markdown_text(line, _LONG)}" for line in lines if line)
    yield from (f"- **not shown:** {markdown_text(note, _LONG)}" for note in one.notes[:_LINES])
    left = [len(one.reports), len(one.letters), len(one.user_entity_controls or ()), len(one.notes)]
    if more := sum(max(count - _LINES, 0) for count in left):
        yield f"- _{more} more, see controls.ndjson_"
