"""A plan as one self-contained page, without network and without script, in the look of `matrix.html`."""

from collections.abc import Iterator, Sequence

from soc2test.gaps.html_style import style
from soc2test.gaps.records import Day, Plan, Step, Why
from soc2test.gaps.view import (
    BESIDE,
    CAUSE_WORDS,
    LATER,
    ORDER,
    STEP_WORDS,
    causes,
    first,
    headline,
    numbered,
    part_text,
    status_counts,
    waits,
)
from soc2test.reports.html_parts import code, prose, section, status_sign, table, text
from soc2test.reports.view import STATUS_WORDS
from soc2test.run import DISCLAIMER

__all__ = ["as_html"]

_POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"
_PARTS = 20
"""of a step; JSON holds all"""
_CAUSES = 6
_IDS = 12
_FIRST = 10
_ABOUT = 1000
"""characters of how the steps stand"""
_PROBLEMS = 20
_STEPS = 600_000  # bytes of the steps; JSON holds all


def as_html(plan: Plan) -> str:
    """The page."""
    return "".join(_page(plan))


def _page(plan: Plan) -> Iterator[str]:
    name = text(plan.system)
    yield '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
    yield f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">\n'
    yield '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
    yield '<meta name="referrer" content="no-referrer">\n<meta name="robots" content="noindex">\n'
    yield f"<title>What is open: {name}</title>\n<style>{style()}</style>\n</head>\n<body>\n"
    yield f'<header><div>\n<p class="mark">SOC 2 readiness: what is open</p>\n<h1>{name}</h1>\n'
    yield f"{_facts(plan)}{_nav(plan)}"
    yield "</div></header>\n<main>\n"
    yield _tiles(plan)
    yield section("week", "The first week", "".join(map(_day, plan.week)))
    yield section("first", "Do these first", _overview(plan) if not plan.week else "")
    yield section("criteria", "Criteria that are not without deviations", _criteria(plan))
    yield section("evidence", "Tests of the evidence itself, and tests that only support", _whys(plan.evidence_tests))
    yield section("steps", "All steps, the first first", _steps(plan, beside=False))
    yield section("beside", "Steps that no test waits for", _steps(plan, beside=True))
    yield section("period", "When a Type 2 period could begin", "" if plan.only else _period(plan))
    yield section("problems", "Problems of what was read", _problems(plan))
    yield f"</main>\n<footer><div><p>{DISCLAIMER}</p></div></footer>\n</body>\n</html>\n"


def _facts(plan: Plan) -> str:
    facts = {
        "as of": plan.as_of,
        "in scope": ", ".join(category.replace("_", " ") for category in plan.categories),
        "only": ", ".join(plan.only),
        "Type 2 period": plan.period.earliest or "first day not known",
        "open": headline(plan),
    }
    inner = "".join(f"<div><dt>{key}</dt><dd>{text(value)}</dd></div>" for key, value in facts.items() if value)
    return f'<dl class="facts">{inner}</dl>\n'


def _nav(plan: Plan) -> str:
    places = (
        ("week", "First week", bool(plan.week)),
        ("first", "Do first", not plan.week and _waited(plan)),
        ("criteria", "Criteria", plan.criteria),
        ("steps", "Steps", _waited(plan)),
        ("beside", "More that could be shown", len(_waited(plan)) < len(plan.steps)),
        ("period", "Type 2 period", not plan.only),
        ("problems", "Problems", plan.problems),
    )
    links = "".join(f'<a href="#{place}">{words}</a>' for place, words, there in places if there)
    return f'<nav aria-label="Sections">{links}</nav>\n'


def _tiles(plan: Plan) -> str:
    tiles = "".join(
        f'<li class="{status}"><b>{plan.statuses[status]}</b><span>{text(words)}</span></li>'
        for status, words in STATUS_WORDS.items()
        if plan.statuses.get(status)
    )
    label = f'aria-label="Criteria by status: {text(status_counts(plan))}"'
    return "" if plan.only else f'<ul class="tiles" {label}>{tiles}</ul>\n'


def _day(day: Day) -> str:
    tasks = []
    for task in day.tasks:
        command = f"<br>{code(task.command)}" if task.command else ""
        note = f'<br><span class="fine">{prose(task.note)}</span>' if task.note else ""
        tasks.append(f"<li>{prose(task.text)}{command}{note}</li>")
    return f'<div class="day"><h3>{text(day.name)}: {text(day.heading)}</h3><ol>{"".join(tasks)}</ol></div>\n'


def _overview(plan: Plan) -> str:
    """The first steps in a table: what is done on Monday."""
    numbers = numbered(plan)
    shown = _waited(plan)[:_FIRST]
    rows = [
        (
            f'<a href="#s-{numbers[step.id]}">{numbers[step.id]}</a>',
            f"{prose(step.title)}{_about(step)}{_choice(step)}",
            _severity(step),
            prose(waits(step)),
            prose(step.effort.text),
        )
        for step in shown
    ]
    more = len(_waited(plan)) - len(shown)
    below = f'<p class="fine">and {more} more below</p>' if more else ""
    return (
        table(("step", "what to do", "severity", "what waits for it", "effort"), rows, len(rows)) + below
        if rows
        else ""
    )


def _about(step: Step) -> str:
    return f'<br><span class="fine">{prose(step.about)}</span>' if step.about else ""


def _choice(step: Step) -> str:
    if not step.one_of:
        return ""
    return f'<br><span class="fine"><b>one of:</b> {text(first([way.text for way in step.one_of], _IDS))}</span>'


def _severity(step: Step) -> str:
    return f'<span class="sign sev-{step.severity}">{text(step.severity)}</span>' if step.severity else ""


def _criteria(plan: Plan) -> str:
    numbers = numbered(plan)
    rows = (
        (
            f"<b>{text(row.id)}</b> {text(row.subject)}",
            status_sign(row.status),
            _whys(row.why),
            _links([numbers[id] for id in row.steps]),
        )
        for row in plan.criteria
    )
    return table(("criterion", "status", "why", "steps"), rows, len(plan.criteria), _STEPS)


def _links(numbers: Sequence[int]) -> str:
    links = ", ".join(f'<a href="#s-{number}">{number}</a>' for number in numbers[:_IDS])
    more = f" and {len(numbers) - _IDS} more" if len(numbers) > _IDS else ""
    return f'<span class="fine">all of</span> {links}{more}' if len(numbers) > 1 else links


def _whys(why: Sequence[Why]) -> str:
    found = causes(why)
    lines = []
    for cause, said, of in found[:_CAUSES]:
        ids = first(list(dict.fromkeys(each.control for each in of if each.control)), _IDS)
        about = f' <span class="fine">{text(ids)}</span>' if ids else ""
        lines.append(f"<li><b>{CAUSE_WORDS[cause]}:</b> {prose(said)}{about}</li>")
    if len(found) > _CAUSES:
        lines.append(f"<li>and {len(found) - _CAUSES} more causes</li>")
    return f'<ul class="why">{"".join(lines)}</ul>' if lines else ""


def _steps(plan: Plan, *, beside: bool) -> str:
    numbers = numbered(plan)
    chosen = [step for step in plan.steps if (step.kind in BESIDE) is beside]
    if not chosen:
        return ""
    about = "They would let the tests say more than they do." if beside else f"{ORDER} {LATER}"
    parts = [f'<p class="fine">{text(about, _ABOUT)}</p>\n']
    room = _STEPS
    for place, step in enumerate(chosen):
        part = _step(numbers[step.id], step)
        room -= len(part.encode())
        if room < 0:
            parts.append(f'<p class="fine">and {len(chosen) - place} more: <code>--format json</code> holds all</p>\n')
            break
        parts.append(part)
    return "".join(parts)


def _step(number: int, step: Step) -> str:
    about = "".join(
        f"<div><dt>{key}</dt><dd>{value}</dd></div>"
        for key, value in (
            ("what waits", prose(waits(step))),
            ("effort", prose(step.effort.text)),
            ("begin with", code(step.command) if step.command else ""),
            ("tests", text(first(step.controls, _IDS))),
            ("criteria", text(first(step.criteria, _IDS))),
        )
        if value
    )
    said = f"<p>{prose(step.about)}</p>" if step.about else ""
    severity = _severity(step)
    return (
        f'<article class="step" id="s-{number}"><h3>{number}. {prose(step.title)} {severity} '
        f'<span class="kind">{STEP_WORDS[step.kind]}</span></h3>\n{said}<dl>{about}</dl>{_ways(step)}{_parts(step)}'
        "</article>\n"
    )


def _ways(step: Step) -> str:
    if not step.one_of:
        return ""
    items = []
    for way in step.one_of:
        command = f" {code(way.command)}" if way.command and way.command not in way.text else ""
        items.append(f"<li>{prose(way.text)}{command}</li>")
    return f'<p class="how"><b>One of</b> these is enough:</p><ul>{"".join(items)}</ul>'


def _parts(step: Step) -> str:
    items = "".join(f"<li>{prose(part_text(part))}</li>" for part in step.all_of[:_PARTS])
    more = len(step.all_of) - _PARTS
    rest = f"<li>and {more} more: <code>--format json</code> holds all</li>" if more > 0 else ""
    if len(step.all_of) > 1:
        return f'<p class="how"><b>All of</b> these {len(step.all_of)} are needed:</p><ul>{items}{rest}</ul>'
    return f"<ul>{items}</ul>" if items else ""


def _period(plan: Plan) -> str:
    rows = [
        (
            f"<b>{text(process.control)}</b> {text(process.title)}",
            text(process.interval),
            text(process.next_unit or "not by the calendar"),
        )
        for process in plan.period.processes
    ]
    columns = ("process that is not shown", "performed", "next whole quarter or month")
    said = f"<p><b>First day:</b> {prose(plan.period.text)}.</p>"
    return said + (table(columns, rows, len(rows)) if rows else "")


def _problems(plan: Plan) -> str:
    shown = "".join(f"<li>{prose(problem)}</li>" for problem in plan.problems[:_PROBLEMS])
    more = len(plan.problems) - _PROBLEMS
    rest = f"<li>and {more} more: <code>pytest --soc2</code> names all</li>" if more > 0 else ""
    return f"<ul>{shown}{rest}</ul>" if shown else ""


def _waited(plan: Plan) -> list[Step]:
    return [step for step in plan.steps if step.kind not in BESIDE]
