"""What the company left out or loosened, and what it states without a test: for people, in lines and rows."""

from collections.abc import Iterator
from typing import NamedTuple

from soc2test.reports.view import VERDICT_WORDS, limit_value
from soc2test.run import AgeLimit, Run, Statement
from soc2test.verdicts import ControlResult, Exemption, Limit, TakenOut

__all__ = ["LeftOut", "left_out", "statement_text", "taken_out_text"]

_FORMS = {"replaced_by": "replaced by", "carved_out": "carved out to", "no_population": "no population"}
_NAMED = 10
"""resources of an exemption that are named; exemptions.yaml holds all"""


class LeftOut(NamedTuple):
    """One thing that makes a test say less: the test, what it is, and who answers for it until when."""

    control: str
    what: str
    why: str
    who: str


def left_out(run: Run) -> list[LeftOut]:
    """Evidence that may be older, and tests that are taken out, exempt resources and looser limits, by test."""
    results = sorted(run.controls, key=lambda result: result.id)
    return [*map(_older, run.ages), *(entry for result in results for entry in _of(result))]


def _older(age: AgeLimit) -> LeftOut:
    return LeftOut(
        control="EVD-02",
        what=f"evidence of {age.source} may be {_days(age.hours)} old, the tool default is {_days(age.tool_default)}",
        why=age.clause,
        who=f"approved by {age.approved_by}",
    )


def _days(hours: int) -> str:
    return f"{hours / 24:g} days"


def _of(result: ControlResult) -> Iterator[LeftOut]:
    if result.taken_out is not None:
        yield _taken_out(result.id, result.taken_out)
    for exemption in result.exemptions:
        yield _exempt(result, exemption)
    for name, limit in sorted(result.limits.items()):
        if limit.looser:
            yield _looser(result.id, name, limit)


def _taken_out(control: str, out: TakenOut) -> LeftOut:
    found = VERDICT_WORDS[out.found]
    return LeftOut(
        control=control,
        what=f"taken out, {_form(out)}; evaluated all the same: {found}",
        why=out.reason,
        who=_approved(out.owner, out.approver, out.since, out.review_by),
    )


def _form(out: TakenOut) -> str:
    return f"{_FORMS[out.form]} {out.detail}" if out.detail else _FORMS[out.form]


def _exempt(result: ControlResult, exemption: Exemption) -> LeftOut:
    whole = result.population + result.exempt
    return LeftOut(
        control=result.id,
        what=f"{whole} less {exemption.matched} exempt by {exemption.id}: {_some(exemption.resources)}",
        why=exemption.reason,
        who=_approved(exemption.owner, exemption.approver, exemption.since, exemption.review_by),
    )


def _some(resources: tuple[str, ...]) -> str:
    more = f" and {len(resources) - _NAMED} more" if len(resources) > _NAMED else ""
    return ", ".join(resources[:_NAMED]) + more


def _looser(control: str, name: str, limit: Limit) -> LeftOut:
    default = "" if limit.tool_default is None else f" {limit_value(limit.tool_default)}"
    return LeftOut(
        control=control,
        what=f"limit {name} is {limit_value(limit.value)}, looser than the tool default{default}",
        why=limit.clause or "no clause is named",
        who=f"approved by {limit.approved_by}" if limit.approved_by else "approved by nobody",
    )


def _approved(owner: str, approver: str, since: str, review_by: str) -> str:
    return f"owner {owner}, approved by {approver}, since {since}, to be reviewed by {review_by}"


def taken_out_text(out: TakenOut) -> str:
    """Why a test does not count, by whom, and what it found all the same: in a line."""
    entry = _taken_out("", out)
    return f"{entry.what}; {entry.why}; {entry.who}"


def statement_text(statement: Statement) -> str:
    """Who states it, from when to when, and the file that holds it."""
    return (
        f"{statement.owner}, {statement.date}, expires {statement.expires}, {statement.file} "
        f"(sha256 {statement.sha256[:12]})"
    )
