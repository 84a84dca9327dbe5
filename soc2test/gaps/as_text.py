"""A plan for a terminal: the first week or the first steps, then why each criterion is where it is."""

from collections import Counter
from collections.abc import Iterator, Sequence

from soc2test.gaps.records import CriterionGaps, Plan, Step, Why
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
    together,
    waits,
)
from soc2test.reports.text import terminal_text
from soc2test.reports.view import STATUS_WORDS
from soc2test.run import DISCLAIMER

__all__ = ["as_text"]

_STEPS = 15
_PARTS = 6
_CAUSES = 3
_ALIKE = 61
_PROBLEMS = 3
_IDS = 8
_LONG = 600


def as_text(plan: Plan) -> str:
    """The plan in lines."""
    return "\n".join(line.rstrip() for line in _lines(plan))


def _lines(plan: Plan) -> Iterator[str]:
    yield f"{_text(plan.system)}: {_text(headline(plan))}"
    if not plan.only:
        yield f"  {status_counts(plan)}"
    for problem in plan.problems[:_PROBLEMS]:
        yield f"  problem: {_text(problem)}"
    if len(plan.problems) > _PROBLEMS:
        yield f"  and {len(plan.problems) - _PROBLEMS} more problems: `pytest --soc2` names all"
    for day in plan.week:
        yield from ("", f"{day.name}: {_text(day.heading)}")
        for task in day.tasks:
            command = f": {task.command}" if task.command else ""
            note = f" ({task.note})" if task.note else ""
            yield f"  - {_text(task.text)}{_text(command)}{_text(note)}"
    waited = [step for step in plan.steps if step.kind not in BESIDE]
    shown = plan.steps if plan.only else waited[:_STEPS]
    if shown:
        yield from ("", "Steps, the first first")
    numbers = numbered(plan)
    for step in shown:
        yield from _step(numbers[step.id], step)
    yield from _left(plan, len(shown))
    yield from _criteria(plan)
    if not plan.only:
        yield from ("", f"A Type 2 period could begin: {_text(plan.period.text)}")
    yield from ("", ORDER, LATER, "", DISCLAIMER)


def _left(plan: Plan, shown: int) -> Iterator[str]:
    """How many steps are not shown, and of what kind."""
    kinds = Counter(STEP_WORDS[step.kind] for step in plan.steps[shown:])
    if kinds:
        counts = ", ".join(f"{count} {words}" for words, count in kinds.items())
        yield f"  and {sum(kinds.values())} more ({counts}): `soc2test gaps --format markdown` and html show all"


def _step(number: int, step: Step) -> Iterator[str]:
    severity = f" [{step.severity}]" if step.severity else ""
    yield f"{number:>3}. {_text(step.title)}{severity}"
    if step.about:
        yield f"     {_text(step.about)}"
    yield f"     {waits(step)}"
    yield f"     effort: {_text(step.effort.text)}"
    if step.command is not None:
        yield f"     begin with: {_text(step.command)}"
    if step.one_of:
        yield f"     one of: {_text(first([way.text for way in step.one_of], _IDS))}"
    if step.kind in ("declare", "register"):
        return  # its title says what its parts say
    if len(step.all_of) > 1:
        yield f"     all of these {len(step.all_of)}:"
    for part in step.all_of[:_PARTS]:
        yield f"       {_text(part_text(part))}"
    if len(step.all_of) > _PARTS:
        yield f"       and {len(step.all_of) - _PARTS} more"


def _criteria(plan: Plan) -> Iterator[str]:
    numbers = numbered(plan)
    alike = [row for row in plan.criteria if row.why and all(why.control is None for why in row.why)]
    if plan.criteria:
        yield from ("", "Criteria that are not without deviations, and why")
    for row in plan.criteria:
        if row in alike:
            continue
        yield f"  {row.id} {row.subject}: {STATUS_WORDS[row.status]}; {_shortened(together(row, numbers))}"
        yield from _whys(list(row.why))
    for ids, row in _alike(alike):
        yield f"  {_text(first(ids, _ALIKE))}: {STATUS_WORDS[row.status]}"
        yield from _whys(list(row.why))
    if plan.evidence_tests:
        yield from ("", "Tests of the evidence itself")
        yield from _whys(list(plan.evidence_tests))


def _alike(rows: Sequence[CriterionGaps]) -> list[tuple[list[str], CriterionGaps]]:
    """Those of which the same is so, whatever their tests, with the first of them."""
    found: dict[tuple[str, ...], list[CriterionGaps]] = {}
    for row in rows:
        found.setdefault((row.status, *(f"{why.cause} {why.text}" for why in row.why)), []).append(row)
    return [([row.id for row in those], those[0]) for those in found.values()]


def _whys(why: list[Why]) -> Iterator[str]:
    found = causes(why)
    for cause, text, of in found[:_CAUSES]:
        ids = first(list(dict.fromkeys(each.control for each in of if each.control)), _IDS)
        yield f"    {CAUSE_WORDS[cause]}: {_text(text)}{f' ({ids})' if ids else ''}"
    if len(found) > _CAUSES:
        yield f"    and {len(found) - _CAUSES} more causes"


def _shortened(text: str) -> str:
    steps = text.split(", ")
    return first(steps, _IDS)


def _text(text: str) -> str:
    return terminal_text(text, _LONG)
