"""The section of `matrix.html` about the criteria: those in scope, each with what is not tested of it."""

from collections.abc import Sequence

from soc2test.criteria import CRITERIA
from soc2test.reports.company_view import describing
from soc2test.reports.html_parts import control_links, status_sign, text
from soc2test.reports.natures import row_rests
from soc2test.reports.subservice_view import organisations_named
from soc2test.reports.view import REASONED, by_category
from soc2test.run import CriterionRow, Run

__all__ = ["criteria"]

_NAMED = 30  # controls of the company's own
_REASON = 2000  # characters: each cause stands in it


def criteria(run: Run) -> str:
    """A cell a criterion by category; what is out of scope takes one line."""
    named = describing(run)
    parts = []
    for words, rows in by_category(run):
        shown = [row for row in rows if row.status != "out_of_scope"]
        if shown:
            cells = "".join(
                _cell(row, named.get(row.id, ()), tuple(organisations_named(run, row.organisations))) for row in shown
            )
            parts.append(
                f'<div class="category" data-category="{rows[0].category}">\n<h3>{words}</h3>\n'
                f'<div class="grid">\n{cells}</div></div>'
            )
    return "\n".join([*parts, _out_of_scope(run)])


def _out_of_scope(run: Run) -> str:
    """Their ids, each of which a link can still lead to."""
    out = [row.id for row in run.criteria if row.status == "out_of_scope"]
    named = " ".join(f'<span id="{id}">{id}</span>' for id in out)
    return f'<p class="out">{status_sign("out_of_scope")} {len(out)} criteria: {named}</p>' if out else ""


def _cell(row: CriterionRow, named: Sequence[str], organisations: Sequence[str]) -> str:
    notes = (
        ("controls", text(_some(named), _REASON)),
        ("rests on", text(row_rests(row))),
        ("rests on the organisations", text(_some(organisations), _REASON)),
        ("tested by", control_links(row.controls)),
        ("taken out", control_links(row.partial)),
        ("exempt or loosened", control_links(row.loosened)),
        ("without occurrences", control_links(row.no_occurrences)),
        ("supported by", control_links(row.supported_by)),
        ("statements", text(", ".join(row.statements))),
        ("because" if row.status in REASONED else "besides", text(row.reason or "", _REASON)),
    )
    said = "".join(f"<small>{name} {value}</small>" for name, value in notes if value)
    return (
        f'<div class="cell {row.status}" id="{row.id}"><header><h4>{row.id}</h4>{status_sign(row.status)}</header>'
        f"<p>{text(CRITERIA[row.id].subject)}</p>{said}{_not_tested(row)}</div>\n"
    )


def _some(ids: Sequence[str]) -> str:
    more = f" and {len(ids) - _NAMED} more" if len(ids) > _NAMED else ""
    return ", ".join(ids[:_NAMED]) + more


def _not_tested(row: CriterionRow) -> str:
    if not row.not_tested:
        return ""
    lines = "".join(f"<li>{text(line, _REASON)}</li>" for line in row.not_tested)
    return f"<details><summary>not tested here: {len(row.not_tested)}</summary><ul>{lines}</ul></details>"
