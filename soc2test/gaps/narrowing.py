"""A plan about some criteria and tests alone."""

from collections.abc import Collection, Sequence

import msgspec

from soc2test.gaps.records import CriterionGaps, Plan, Why

__all__ = ["narrowed"]


def narrowed(
    plan: Plan, criteria: Collection[str], tests: Collection[str], asked: Sequence[str], out: Sequence[str] = ()
) -> Plan:
    """Only these criteria, and those that these tests test, by their causes; only the steps against them.

    `asked` are the ids as they were given; `out` says of those that are not in scope why, and is a problem of the plan.
    """
    rows = [row for row in (_row(each, criteria, tests) for each in plan.criteria) if row is not None]
    others = tuple(why for why in plan.evidence_tests if why.control in tests)
    named = {id for row in rows for id in row.steps} | {id for why in others for id in why.steps}
    return msgspec.structs.replace(
        plan,
        criteria=tuple(rows),
        evidence_tests=others,
        steps=tuple(step for step in plan.steps if step.id in named),
        week=(),
        problems=(*out, *plan.problems),
        only=tuple(asked),
    )


def _row(row: CriterionGaps, criteria: Collection[str], tests: Collection[str]) -> CriterionGaps | None:
    if row.id in criteria:
        return row
    why: tuple[Why, ...] = tuple(each for each in row.why if each.control in tests)
    steps = {id for each in why for id in each.steps}
    if not why:
        return None
    return msgspec.structs.replace(row, why=why, steps=tuple(id for id in row.steps if id in steps))
