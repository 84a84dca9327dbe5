"""Bars of `matrix.html`: what became of a population, whole and by source. Words beside each say the same."""

from collections.abc import Iterable

from soc2test.reports.html_parts import text
from soc2test.reports.view import source_lines
from soc2test.verdicts import ControlResult, SourceResult

__all__ = ["bar", "source_bars", "verdict_bar"]


def bar(parts: Iterable[tuple[str, int]]) -> str:
    """Stretches of a tone each, as wide as their counts; "" where all are nothing."""
    inner = "".join(f'<i class="{tone}" style="flex:{count}"></i>' for tone, count in parts if count)
    return f'<div class="bar" aria-hidden="true">{inner}</div>\n' if inner else ""


def verdict_bar(result: ControlResult | SourceResult) -> str:
    """A population as a bar; the line below it says the same in words."""
    return bar(
        (
            ("pass", result.passed),
            ("deviation", result.deviations - result.waived),
            ("accepted", result.waived),
            ("pending", result.pending),
            ("not_evaluated", result.unknown),
            ("error", result.errors),
        )
    )


def source_bars(result: ControlResult) -> str:
    """A bar a source, where the control is about several: a verdict of all of them hides which one is worse."""
    lines = source_lines(result)
    if not lines:
        return ""
    items = [
        f"<li>{text(line)}{verdict_bar(found)}</li>"
        for line, found in zip(lines, result.by_source.values(), strict=True)
    ]
    return f'<h3>By source</h3>\n<ul class="sources">{"".join(items)}</ul>\n'
