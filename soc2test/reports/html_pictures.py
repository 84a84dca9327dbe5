"""The pictures of `matrix.html`: SVG within the page, and beside each the same numbers in a table."""

from collections.abc import Iterator, Mapping, Sequence

from soc2test.reports.html_parts import status_sign, table, text
from soc2test.reports.pictures_view import (
    AGE_NOT_TOLD,
    AGES,
    DEVIATION_AGES,
    criteria_groups,
    deviation_rows,
    evidence_rows,
    out_of_scope_text,
    status_counts,
)
from soc2test.reports.view import GLYPHS, STATUS_WORDS
from soc2test.run import CriterionRow, Run

__all__ = ["pictures"]

_SQUARE, _STEP = 20, 23  # pixels
_UNTOLD_IN_RUN = (
    "A single run does not tell since when something deviates; <code>pytest --soc2 --soc2-period</code> over recorded "
    "runs does."
)
_UNTOLD_IN_PERIOD = "No age is told of events, nor of what did not deviate any more when the period ended."
_AGE_TONES = ("age1", "age2", "age3", "age4", "age5", "age6", "age7")


def pictures(run: Run) -> str:
    """Coverage of the criteria, deviations by severity and age, evidence by age."""
    return "".join(
        (
            _figure("The criteria in scope, each with the sign of its status", _coverage(run)),
            _figure("Deviations and errors by severity and age", _deviations(run)),
            _figure("Exports by source and age", _evidence(run)),
        )
    )


def _figure(caption: str, body: str) -> str:
    return f"<figure>\n<figcaption>{caption}</figcaption>\n{body}</figure>\n" if body else ""


def _coverage(run: Run) -> str:
    groups = criteria_groups(run)
    if not groups:
        return ""
    drawn = "".join(f'<div class="group">{_group(name, rows)}</div>' for name, rows in groups)
    statuses = [status for status in STATUS_WORDS if any(row.status == status for row in run.criteria)]
    shown = [status for status in statuses if status != "out_of_scope"]
    columns = ("group", *(STATUS_WORDS[status] for status in shown))
    rows = [(name, *(str(status_counts(rows).get(status, 0)) for status in shown)) for name, rows in groups]
    legend = "".join(f"<li>{status_sign(status)}</li>" for status in shown)
    out = out_of_scope_text(run)
    beside = f'<p class="fine">Out of scope: {out}</p>\n' if out else ""
    return (
        f'<div class="groups">{drawn}</div>\n<ul class="legend" aria-label="Signs">{legend}</ul>\n{beside}'
        f"{_as_table(table(columns, rows, len(rows)))}"
    )


def _group(name: str, rows: Sequence[CriterionRow]) -> str:
    """A square a criterion, with the sign of its status in it."""
    said = ", ".join(f"{count} {STATUS_WORDS[status]}" for status, count in status_counts(list(rows)).items())
    squares = "".join(_square(place, row) for place, row in enumerate(rows))
    width = len(rows) * _STEP
    return (
        f'<span aria-hidden="true">{name}</span><svg role="img" aria-label="{name}: {said}" width="{width}" '
        f'height="{_SQUARE}" viewBox="0 0 {width} {_SQUARE}">{squares}</svg>'
    )


def _square(place: int, row: CriterionRow) -> str:
    left = place * _STEP
    return (
        f'<g class="{row.status}"><title>{row.id}: {STATUS_WORDS[row.status]}</title>'
        f'<rect x="{left}" width="{_SQUARE}" height="{_SQUARE}" rx="3"/>'
        f'<text x="{left + _SQUARE // 2}" y="15">{GLYPHS[row.status]}</text></g>'
    )


def _deviations(run: Run) -> str:
    rows = deviation_rows(run)
    if not rows:
        return ""
    untold = any(counts[AGE_NOT_TOLD] for _, counts in rows)
    note = f'<p class="fine">{_UNTOLD_IN_RUN if run.period is None else _UNTOLD_IN_PERIOD}</p>\n'
    return _bars("severity", rows, DEVIATION_AGES) + (note if untold else "")


def _evidence(run: Run) -> str:
    return _bars("source", evidence_rows(run), AGES)


def _bars(name: str, rows: Sequence[tuple[str, Mapping[str, int]]], ages: Sequence[str]) -> str:
    """A bar a row, all to one scale, with its counts in words; then the table."""
    if not rows:
        return ""
    most = max(sum(counts.values()) for _, counts in rows)
    shown = [age for age in ages if any(counts[age] for _, counts in rows)]
    tones = dict(zip(ages, _AGE_TONES, strict=True))
    drawn = "".join(f'<div class="row">{_bar(label, counts, most, tones)}</div>\n' for label, counts in rows)
    legend = "".join(f'<li><i class="swatch {tones[age]}"></i> {age}</li>' for age in shown)
    cells = [(text(label), *(str(counts[age]) for age in shown)) for label, counts in rows]
    return (
        f'<ul class="legend keys" aria-label="Ages">{legend}</ul>\n<div class="rows">{drawn}</div>\n'
        f"{_as_table(table((name, *shown), cells, len(cells)))}"
    )


def _bar(label: str, counts: Mapping[str, int], most: int, tones: Mapping[str, str]) -> str:
    said = ", ".join(f"{age}: {count}" for age, count in counts.items() if count)
    return (
        f"<span>{text(label, 40)}</span>"
        f'<svg role="img" aria-label="{text(label, 40)}: {said}" viewBox="0 0 1000 14" preserveAspectRatio="none">'
        f"{''.join(_stretches(counts, most, tones))}</svg><span>{said}</span>"
    )


def _stretches(counts: Mapping[str, int], most: int, tones: Mapping[str, str]) -> Iterator[str]:
    left = 0.0
    for age, count in counts.items():
        if count:
            width = max(count * 1000 / most, 4)  # one of thousands is seen, too
            yield f'<rect class="{tones[age]}" x="{left:.1f}" width="{width - 2:.1f}" height="14"/>'
            left += width


def _as_table(shown: str) -> str:
    return f"<details><summary>as a table</summary>\n{shown}</details>\n"
