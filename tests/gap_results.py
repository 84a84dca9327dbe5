"""Results, gaps and runs for tests of `soc2test.gaps`, in a line each."""

from collections.abc import Sequence
from datetime import UTC, date, datetime
from typing import Any

import msgspec

from soc2test.coverage.statuses import criteria_rows
from soc2test.gaps.plan import plan_of
from soc2test.gaps.records import Plan, Refused, Step, Wanted
from soc2test.run import AsOf, Programme, Run, Tool
from soc2test.verdicts import ControlResult, Finding, Reason, Verdict

__all__ = ["FIRST_DAY", "a_finding", "a_result", "a_wanted", "plan_for", "step_of"]

FIRST_DAY = date(2026, 11, 20)


def a_result(id: str, verdict: Verdict = Verdict.PASS, *criteria: str, **more: Any) -> ControlResult:
    """One over ten resources, proven; what differs is given by name."""
    result = ControlResult(
        id=id, title=f"{id} holds.", criteria=criteria, supports={}, verdict=verdict, reason=None, severity="high",
        operates="continuously", limits={}, population=10, population_digest=None, passed=10, deviations=0, waived=0,
        unknown=0, errors=0, findings=(), evidence=(), rests_on=("system",), proven=True,
    )  # fmt: skip
    if "gaps" in more:
        more["gaps"] = tuple(Reason("missing", text) for text in more["gaps"])
    return msgspec.structs.replace(result, **more)


def a_finding(resource: str, outcome: Any = "deviation", message: str = "is bad") -> Finding:
    """What a test found of a resource."""
    return Finding(
        id=resource, resource=resource, kind="Thing", source="x", outcome=outcome, fact=None, message=message,
        evidence=None,
    )  # fmt: skip


def a_wanted(name: str, **more: Any) -> Wanted:
    """An export of the source x that is missing; its text is `lacks NAME`."""
    given = {"source": "x", "title": "X", "code": "missing", "operation": name, "file": f"exports/x/{name}.json"} | more
    return Wanted(text=f"lacks {name}", **given)


def plan_for(results: Sequence[ControlResult], *wanted: Wanted, refused: Sequence[Refused] = (), **more: Any) -> Plan:
    """The plan of a programme about Security."""
    rows = criteria_rows(results, ("security",))
    run = Run(
        complete=True, incomplete_because=None, as_of=AsOf(datetime(2026, 11, 20, tzinfo=UTC), "option"),
        tool=Tool("", (), ()), programme=Programme("S", ("security",), "digest"), criteria=rows,
        controls=tuple(results), evidence=(), unclaimed=(),
    )  # fmt: skip
    given: dict[str, Any] = {"tellers": lambda _: (), "today": FIRST_DAY, "refused": refused} | more
    return plan_of(run, wanted, {}, **given)


def step_of(plan: Plan, id: str) -> Step:
    """The step of this id."""
    return next(step for step in plan.steps if step.id == id)
