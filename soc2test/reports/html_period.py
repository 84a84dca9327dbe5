"""A period in `matrix.html`: a strip of its days, what else is told of it, and each deviation with its days."""

from collections.abc import Iterator

from soc2test.reports.html_parts import prose, text
from soc2test.reports.period_view import day_marks, noted_text, period_lines
from soc2test.verdicts import ControlPeriod, Noted

__all__ = ["over_period"]

_SHOWN = 50
"""lines of a list; controls.ndjson has all"""
_TONES = {
    "observed": "pass",
    "bridged": "pending",
    "by the register": "pending",
    "with a deviation": "deviation",
    "with an accepted deviation": "accepted",
    "not evidenced": "not_evaluated",
    "not applicable": "not_applicable",
}


def over_period(period: ControlPeriod) -> Iterator[str]:
    """What a control's body says of the period."""
    yield f'<p class="why">{prose(period.sentence)}</p>\n'
    if not period.due and period.verdict != "not_due":  # what is due by the calendar is of no day
        yield _strip(period)
    yield _listed("Over the period", [prose(line) for line in period_lines(period)])
    noted = [f"{text(_what(period, each), 300)}: {text(noted_text(each), 300)}" for each in period.noted]
    yield _listed("Deviations of the period", noted)


def _what(period: ControlPeriod, each: Noted) -> str:
    """What deviated, of the control as a whole with what it says; of evidence that was pruned nobody knows."""
    if each.kind or each.resource:
        return " ".join(filter(None, (each.kind, each.resource)))
    pruned = any(each.record == noted.record for noted in period.pruned)
    return "of which resource is not known" if pruned else f"the control as a whole: {each.message}"


def _strip(period: ControlPeriod) -> str:
    """Its days from first to last; the line below says the same in words."""
    runs = day_marks(period)
    inner = "".join(
        f'<i class="{_TONES[mark]}" style="flex:{days}" title="{mark}: {first}, {days} days"></i>'
        for mark, first, days in runs
    )
    counts = {mark: sum(days for other, _, days in runs if other == mark) for mark in _TONES}
    words = ", ".join(f"{days} {mark}" for mark, days in counts.items() if days)
    return (
        f'<div class="bar days" aria-hidden="true">{inner}</div>\n'
        f'<p class="fine">{text(period.first)} to {text(period.last)}: days {words}</p>\n'
    )


def _listed(heading: str, items: list[str]) -> str:
    if not items:
        return ""
    more = f"<li>and {len(items) - _SHOWN} more, see controls.ndjson</li>" if items[_SHOWN:] else ""
    return f"<h3>{heading}</h3>\n<ul>{''.join(f'<li>{item}</li>' for item in items[:_SHOWN])}{more}</ul>\n"
