"""What the company left out, accepted or loosened, and what it states without a test: for people, in lines and rows."""

from collections.abc import Iterator
from typing import NamedTuple

from soc2test.coverage.causes import found_text
from soc2test.reports.ranges import records_text
from soc2test.reports.view import default_text, limit_value
from soc2test.run import AgeLimit, Run, Statement
from soc2test.verdicts import (
    ControlResult,
    Exemption,
    Limit,
    LooserDays,
    TakenBack,
    TakenOut,
    Waiver,
    times_looser,
)

__all__ = ["LeftOut", "left_out", "of_these", "statement_text", "taken_out_text", "waiver_text"]

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
    """Evidence that may be older, tests that are taken out, waivers, exempt resources and looser limits, by test."""
    results = sorted(run.controls, key=lambda result: result.id)
    return [*map(_older, run.ages), *(entry for result in results for entry in _of(result))]


def _older(age: AgeLimit) -> LeftOut:
    return LeftOut(
        control="EVD-02",
        what=f"evidence of {age.source} may be {_days(age.hours)} old, {_than(age)}",
        why=age.clause,
        who=f"approved by {age.approved_by}",
    )


def _than(age: AgeLimit) -> str:
    times = times_looser(Limit(value=age.hours, default=False, tool_default=age.tool_default))
    return f"looser than the tool default {_days(age.tool_default)}, {times} as far"


def _days(hours: int) -> str:
    return f"{hours / 24:g} days"


def _of(result: ControlResult) -> Iterator[LeftOut]:
    if result.taken_out is not None:
        yield _taken_out(result, result.taken_out)
    if result.period is not None:
        yield from _taken_back(result.id, result.period.taken_back)
    for waiver in result.waivers:
        yield _waived(result, waiver)
    for exemption in result.exemptions:
        yield _exempt(result, exemption)
    for name, limit in sorted(result.limits.items()):
        if limit.looser:
            yield _looser(result.id, name, limit)
    for then in result.period.looser if result.period is not None else ():
        yield _looser_then(result.id, then)


def _taken_out(result: ControlResult, out: TakenOut) -> LeftOut:
    return LeftOut(
        control=result.id,
        what=f"{found_text(out, result)} and was taken out, {_form(out)}",
        why=out.reason,
        who=_approved(out.owner, out.approver, out.since, out.review_by),
    )


def _form(out: TakenOut) -> str:
    return f"{_FORMS[out.form]} {out.detail}" if out.detail else _FORMS[out.form]


def _taken_back(control: str, noted: tuple[TakenBack, ...]) -> Iterator[LeftOut]:
    """A line for each entry of revisions.yaml: what runs of then noted does not count any more by it."""
    by_entry: dict[str, list[TakenBack]] = {}
    for each in noted:
        by_entry.setdefault(each.revision, []).append(each)
    for id, taken in by_entry.items():
        entry, count = taken[0], len(taken)
        yield LeftOut(
            control=control,
            what=(
                f"{count} deviation{'s' * (count != 1)} that runs of then noted, taken back by the revision {id}: "
                f"{_some(tuple(map(_noted_then, taken)))}"
            ),
            why=entry.reason,
            who=_approved(entry.owner, entry.approver, entry.since, entry.review_by),
        )


def _noted_then(each: TakenBack) -> str:
    return f"{each.resource or 'the control as a whole'} ({records_text(each.records)})"


def _waived(result: ControlResult, waiver: Waiver) -> LeftOut:
    return LeftOut(
        control=result.id,
        what=waiver_text(result, waiver),
        why=waiver.reason,
        who=f"owner {waiver.owner}, approved by {waiver.approver}, opened {waiver.opened}, expires {waiver.expires}",
    )


def waiver_text(result: ControlResult, waiver: Waiver) -> str:
    """What a waiver accepts, or that it does not, and what makes up for it: in words."""
    text = f"{_accepts(result, waiver)} by the waiver {waiver.id}: {_some(waiver.resources)}"
    if waiver.compensating is not None:
        return f"{text}; {waiver.compensating} holds for them meanwhile"
    return f"{text}; {waiver.doubt}" if waiver.doubt is not None else text


def _accepts(result: ControlResult, waiver: Waiver) -> str:
    if waiver.force == "expired":
        return f"nothing accepted any more (expired {waiver.expires})"
    if waiver.force == "not_yet":
        return f"nothing accepted yet (opened {waiver.opened})"
    if waiver.matched or not waiver.unused:
        over = "noted in the period, accepted for a part of it" if result.period is not None else "accepted"
        of = f"{waiver.matched} of {result.deviations} deviation{'s' * (result.deviations != 1)}"
        return f"{of} {over}"
    return "nothing accepted (UNUSED: no deviation has such an id)"


def _exempt(result: ControlResult, exemption: Exemption) -> LeftOut:
    whole, named = result.population + result.exempt, _some(exemption.resources)
    less = f"{whole} less {exemption.matched} exempt by {exemption.id}"
    if exemption.first is not None:
        less = f"{exemption.matched} of {whole} exempt by {exemption.id} from {exemption.first} to {exemption.last}"
    return LeftOut(
        control=result.id,
        what=f"{less}: {named}{of_these(exemption)}",
        why=exemption.reason,
        who=_approved(exemption.owner, exemption.approver, exemption.since, exemption.review_by),
    )


def of_these(exemption: Exemption) -> str:
    """What tells them apart: those for which the test does not hold, and those that came before its day."""
    text = f"; {exemption.deviating} of these deviate" if exemption.deviating else ""
    before = f"; {exemption.earlier} not exempt, from before {exemption.since} or without a date"
    return f"{text}{before}" if exemption.earlier else text


def _some(resources: tuple[str, ...]) -> str:
    more = f" and {len(resources) - _NAMED} more" if len(resources) > _NAMED else ""
    return ", ".join(resources[:_NAMED]) + more


def _looser(control: str, name: str, limit: Limit) -> LeftOut:
    return LeftOut(
        control=control,
        what=f"limit {name} is {limit_value(limit.value)}, looser than {default_text(limit)}",
        why=limit.clause or "no clause is named",
        who=f"approved by {limit.approved_by}" if limit.approved_by else "approved by nobody",
    )


def _looser_then(control: str, then: LooserDays) -> LeftOut:
    """A limit of a part of the period, with the events that were judged by it."""
    told = _looser(control, then.name, then.limit)
    events = f"{len(then.judged)} event{'s' * (len(then.judged) != 1)} judged by it"
    named = f"{events}: {_some(then.judged)}" if then.judged else "no event of the period was judged by it alone"
    if then.is_age:
        named = "evidence of these days might be so old"
    what = told.what.replace(" is ", " was ", 1)
    return told._replace(what=f"{what}, from {then.first} to {then.last}; {named}")


def _approved(owner: str, approver: str, since: str, review_by: str) -> str:
    return f"owner {owner}, approved by {approver}, since {since}, to be reviewed by {review_by}"


def taken_out_text(out: TakenOut, result: ControlResult) -> str:
    """What a test that does not count found all the same, why it does not, and by whom: in a line."""
    entry = _taken_out(result, out)
    return f"{entry.what}; {entry.why}; {entry.who}"


def statement_text(statement: Statement) -> str:
    """Who states it, from when to when, and the file that holds it."""
    return (
        f"{statement.owner}, {statement.date}, expires {statement.expires}, {statement.file} "
        f"(sha256 {statement.sha256[:12]})"
    )
