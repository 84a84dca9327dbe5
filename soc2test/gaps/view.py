"""What every form of a plan says in the same words."""

from collections.abc import Iterable, Mapping, Sequence

from soc2test.gaps.records import Call, CriterionGaps, Plan, Step, Why
from soc2test.gaps.shapes import counted
from soc2test.reports.view import STATUS_WORDS

__all__ = [
    "BESIDE",
    "CAUSE_WORDS",
    "LATER",
    "ORDER",
    "STEP_WORDS",
    "causes",
    "first",
    "headline",
    "numbered",
    "part_text",
    "status_counts",
    "together",
    "waits",
]

CAUSE_WORDS = {
    "no_source": "no source declared",
    "missing": "export missing",
    "stale": "export stale",
    "denied": "export denied",
    "not_usable": "export of no use",
    "not_told": "not told",
    "deviation": "deviation",
    "error": "test in error",
    "accepted": "deviation, accepted",
    "statement_needed": "statement needed",
    "own_word": "own word alone",
    "not_proven": "control not proven",
    "partial": "left out in part",
    "nothing_to_test": "nothing to test",
    "left_out": "left out",
}
"""Why a criterion is not without deviation."""

STEP_WORDS = {
    "declare": "declare",
    "register": "write a register",
    "collect": "export",
    "again": "export again",
    "allow": "give a right",
    "evidence": "mend evidence",
    "mend": "mend a deviation",
    "process": "start a process",
    "repair": "repair a test",
    "tell": "let it tell",
    "run": "run",
    "write": "write a test",
    "prove": "prove",
    "show": "show more",
    "review": "look through",
}

BESIDE = ("prove", "show", "review")
"""steps that no test waits for: it judges without them, and says less than it might"""

ORDER = (
    "Steps stand by the worst severity of the tests that wait for them, then by how many criteria and tests wait for "
    "nothing else, then by how many wait for them at all."
)
LATER = (
    "A step that is done lets tests judge: it makes none of them pass, and what a new export names may be asked for "
    "next. Look again after each."
)


def headline(plan: Plan) -> str:
    """How many criteria are without deviation, and how much is open."""
    clear = plan.statuses.get("no_deviations", 0)
    beside = sum(step.kind in BESIDE for step in plan.steps)
    open_steps = f"{counted(len(plan.steps) - beside, 'step')} open"
    if beside:
        open_steps += f", and {beside} that would let tests say more"
    if plan.only:
        nothing = not plan.criteria and not plan.evidence_tests and not plan.problems
        return f"of {', '.join(plan.only)}: {'nothing is open' if nothing else open_steps}"
    return f"{clear} of {plan.in_scope} criteria in scope without deviations; {open_steps}"


def status_counts(plan: Plan) -> str:
    """How many criteria have each status, the worst first."""
    there = [status for status in STATUS_WORDS if plan.statuses.get(status)]
    return ", ".join(f"{plan.statuses[status]} {STATUS_WORDS[status]}" for status in there)


def numbered(plan: Plan) -> dict[str, int]:
    """Step -> its number in the plan."""
    return {step.id: number for number, step in enumerate(plan.steps, 1)}


def waits(step: Step) -> str:
    """What waits for a step, and how much of it for nothing else."""
    tests, criteria = counted(len(step.controls), "test"), counted(len(step.criteria), "criterion", "criteria")
    if step.kind in BESIDE:
        return f"no test waits for it; about {tests if step.controls else criteria}"
    if not step.criteria and not step.controls:
        return "nothing waits for it"
    if not step.controls:
        return f"{criteria} {'waits' if len(step.criteria) == 1 else 'wait'} for it"
    of = f" of {criteria}" if step.criteria else ""
    verb = "waits" if len(step.controls) == 1 else "wait"
    alone = []
    if step.controls_alone:
        alone.append(counted(len(step.controls_alone), "test"))
    if step.criteria_alone:
        alone.append(counted(len(step.criteria_alone), "criterion", "criteria"))
    rest = " and ".join(alone) or "none"
    return f"{tests}{of} {verb} for it, {rest} for nothing else"


def causes(why: Iterable[Why]) -> list[tuple[str, str, list[Why]]]:
    """The causes that say the same, together: cause and text, with those of which it is so."""
    found: dict[tuple[str, str], list[Why]] = {}
    for each in why:
        found.setdefault((each.cause, each.text), []).append(each)
    return [(cause, text, of) for (cause, text), of in found.items()]


def part_text(part: Call) -> str:
    """A part of a step, with its file where the text leaves a part of that open."""
    if part.file is None or part.file in part.text:
        return part.text
    return f"{part.text} ({part.file})"


def together(row: CriterionGaps, numbers: Mapping[str, int]) -> str:
    """The steps against a criterion: it waits for all of them."""
    steps = [f"step {numbers[id]}" for id in row.steps if id in numbers]
    if not steps:
        return "no step"
    return steps[0] if len(steps) == 1 else f"all of: {', '.join(steps)}"


def first(items: Sequence[str], most: int) -> str:
    """The first of many, and how many more there are."""
    more = f" and {len(items) - most} more" if len(items) > most else ""
    return ", ".join(items[:most]) + more
