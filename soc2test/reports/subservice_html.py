"""The section of `matrix.html` about subservice organisations."""

from collections.abc import Iterable

from soc2test.reports.html_parts import table, text
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
from soc2test.run import Run
from soc2test.run_subservice import OwnUserEntityControlRow, SubserviceRow

__all__ = ["subservice"]

_LONG = 1000  # characters
_LINES = 50  # of one list


def subservice(run: Run) -> str:
    """Each organisation with its reports, what it expects of us and what is not shown; then our own customers' part."""
    told = run.subservice
    if told is None:
        return ""
    parts = [f"<p><b>{len(told.organisations)} whose controls are needed with ours.</b></p>"]
    parts.append(_listed(told.unlisted))
    columns = ("organisation", "reports and letters", "it expects of us", "not shown")
    parts.append(table(columns, map(_row, told.organisations), len(told.organisations)))
    if told.user_entity_controls:
        parts.append("<h3>What our customers have to do</h3>")
        own = told.user_entity_controls
        parts.append(table(("id", "criteria", "text", "told"), map(_own, own), len(own)))
    return "\n".join(part for part in parts if part)


def _row(one: SubserviceRow) -> tuple[str, ...]:
    theirs = one.user_entity_controls
    expected = "not told" if theirs is None else _listed(map(user_entity_control_text, theirs)) or "nothing"
    about = "".join(f"<br>{text(line, _LONG)}" for line in (use_text(one), how_text(one)) if line)
    shown = f"<p>{text(days_text(one.days), _LONG)}</p>"
    return (
        f"<b>{text(organisation_title(one), _LONG)}</b>{about}",
        shown + _listed([*map(report_text, one.reports), *map(letter_text, one.letters)]),
        expected,
        _listed(one.notes) or "nothing",
    )


def _own(control: OwnUserEntityControlRow) -> tuple[str, ...]:
    cells = (control.id, ", ".join(control.criteria), control.text, own_told(control))
    return tuple(text(cell, _LONG) for cell in cells)


def _listed(lines: Iterable[str]) -> str:
    items = list(lines)
    more = f"<li>and {len(items) - _LINES} more, see controls.ndjson</li>" if len(items) > _LINES else ""
    shown = "".join(f"<li>{text(item, _LONG)}</li>" for item in items[:_LINES])
    return f"<ul>{shown}{more}</ul>" if items else ""
