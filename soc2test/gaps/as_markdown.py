"""A plan as Markdown: for a ticket, a wiki or a pull request."""

from collections.abc import Iterator, Sequence

from soc2test.gaps.records import Plan, Step, Why
from soc2test.gaps.view import (
    BESIDE,
    CAUSE_WORDS,
    LATER,
    ORDER,
    causes,
    first,
    headline,
    numbered,
    part_text,
    status_counts,
    together,
    waits,
)
from soc2test.reports.markdown_parts import row
from soc2test.reports.text import markdown_code, markdown_prose, markdown_text
from soc2test.reports.view import STATUS_WORDS
from soc2test.run import DISCLAIMER

__all__ = ["as_markdown"]

_PARTS = 20
"""of a step; JSON holds all"""
_CAUSES = 8
_IDS = 12
_PROBLEMS = 20
_LONG = 1000


def as_markdown(plan: Plan) -> str:
    """The plan as a page."""
    return "\n".join(_lines(plan)) + "\n"


def _lines(plan: Plan) -> Iterator[str]:
    yield f"# What is open: {markdown_text(plan.system)}"
    yield from ("", f"As of {plan.as_of}: {markdown_text(headline(plan))}.")
    if not plan.only:
        yield from ("", f"Criteria: {status_counts(plan)}.")
    yield from _problems(plan)
    for day in plan.week:
        yield from ("", f"## {day.name}: {markdown_text(day.heading)}", "")
        for task in day.tasks:
            command = f": {markdown_code(task.command)}" if task.command else ""
            note = f" ({markdown_prose(task.note, _LONG)})" if task.note else ""
            yield f"- [ ] {markdown_prose(task.text, _LONG)}{command}{note}"
    yield from _steps(plan)
    yield from _criteria(plan)
    if not plan.only:
        yield from (
            "",
            "## When a Type 2 period could begin",
            "",
            f"First day: {markdown_prose(plan.period.text, _LONG)}.",
        )
        yield from _processes(plan)
    yield from ("", DISCLAIMER)


def _problems(plan: Plan) -> Iterator[str]:
    if plan.problems:
        yield from ("", "## Problems of what was read", "")
    for problem in plan.problems[:_PROBLEMS]:
        yield f"- {markdown_prose(problem, _LONG)}"
    if len(plan.problems) > _PROBLEMS:
        yield f"- and {len(plan.problems) - _PROBLEMS} more: `pytest --soc2` names all"


def _steps(plan: Plan) -> Iterator[str]:
    numbers = numbered(plan)
    waited = [step for step in plan.steps if step.kind not in BESIDE]
    beside = [step for step in plan.steps if step.kind in BESIDE]
    if waited:
        yield from ("", "## Steps, the first first", "", f"{ORDER} {LATER}")
    for step in waited:
        yield from _step(numbers[step.id], step)
    if beside:
        yield from ("", "## Steps that no test waits for", "", "They would let the tests say more than they do.")
    for step in beside:
        yield from _step(numbers[step.id], step)


def _step(number: int, step: Step) -> Iterator[str]:
    severity = f" ({step.severity})" if step.severity else ""
    yield from ("", f"### {number}. {markdown_prose(step.title)}{severity}", "")
    if step.about:
        yield f"- {markdown_prose(step.about)}"
    yield f"- {markdown_text(waits(step))}"
    yield f"- effort: {markdown_prose(step.effort.text)}"
    if step.command is not None:
        yield f"- begin with: {markdown_code(step.command, _LONG)}"
    if step.controls:
        yield f"- tests: {markdown_text(first(step.controls, _IDS))}"
    if step.criteria:
        yield f"- criteria: {markdown_text(first(step.criteria, _IDS))}"
    if step.one_of:
        yield "- **one of** these is enough:"
        for way in step.one_of:
            command = f": {markdown_code(way.command, _LONG)}" if way.command and way.command not in way.text else ""
            yield f"  - {markdown_prose(way.text, _LONG)}{command}"
    parts = step.all_of
    if parts:
        yield f"- **all of** these {len(parts)} parts are needed:" if len(parts) > 1 else "- in the words of the tests:"
    for part in parts[:_PARTS]:
        yield f"  - {markdown_prose(part_text(part), _LONG)}"
    if len(parts) > _PARTS:
        yield f"  - and {len(parts) - _PARTS} more: `--format json` holds all"


def _criteria(plan: Plan) -> Iterator[str]:
    numbers = numbered(plan)
    if plan.criteria:
        yield from ("", "## Criteria that are not without deviations", "")
        yield row("criterion", "status", "why", "steps")
        yield "|---|---|---|---|"
    for each in plan.criteria:
        yield row(
            f"{each.id} {markdown_text(each.subject)}",
            STATUS_WORDS[each.status],
            _why(each.why),
            markdown_text(together(each, numbers)),
        )
    if plan.evidence_tests:
        yield from ("", "## Tests of the evidence itself, and tests that only support", "", _why(plan.evidence_tests))


def _why(why: Sequence[Why]) -> str:
    found = causes(why)
    lines = []
    for cause, text, of in found[:_CAUSES]:
        ids = first(list(dict.fromkeys(each.control for each in of if each.control)), _IDS)
        about = f" ({markdown_text(ids)})" if ids else ""
        lines.append(f"{CAUSE_WORDS[cause]}: {markdown_prose(text, _LONG)}{about}")
    if len(found) > _CAUSES:
        lines.append(f"and {len(found) - _CAUSES} more causes")
    return "; ".join(lines)


def _processes(plan: Plan) -> Iterator[str]:
    if plan.period.processes:
        yield from ("", row("process that is not shown", "performed", "next whole quarter or month"), "|---|---|---|")
    for process in plan.period.processes:
        title = f"{markdown_text(process.control)} {markdown_text(process.title)}"
        yield row(title, process.interval, process.next_unit or "not by the calendar")
