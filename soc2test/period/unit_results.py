"""The result of a control that counts quarters or months: each that was due is what it was to be performed for."""

from soc2test.controls.control import Control
from soc2test.evaluation.tally import finding_id
from soc2test.period.calendar import Period
from soc2test.period.coverage import Coverage
from soc2test.period.parts import Parts
from soc2test.period.talking import days_text
from soc2test.reports.period_view import out_text
from soc2test.verdicts import ControlPeriod, Due, Finding, OutDays, Reason, Verdict

__all__ = ["of_units"]

_NAMED = 3


def of_units(
    control: Control,
    period: Period,
    due: tuple[Due, ...],
    covered: Coverage,
    noted_then: str,
    notes: tuple[str, ...],
    together: str,
    out: tuple[OutDays, ...] = (),
    lacking: tuple[str, ...] = (),
) -> Parts:
    """Of a control that counts units each unit is what it was to be performed for; `out` are days that it was not.

    `noted_then` says what a run noted and today's test does not find. `lacking` tells what a second source showed of
    its days, and its list did not.
    """
    missing = [each for each in due if each.status == "not_performed"]
    unseen = [each for each in due if each.status == "not_evidenced"]
    outcomes = {(control.kinds[0].__name__, each.unit): _unit_finding(control, each) for each in (*missing, *unseen)}
    members = {(control.kinds[0].__name__, each.unit): "" for each in due}
    performed = len(due) - len(missing) - len(unseen)
    sentence = f"performed {performed} of {len(due)} times that were due{_late(due)}"
    if unseen:
        sentence = f"{sentence}, {len(unseen)} not evidenced"
    verdict, name, reason = Verdict.PASS, "no_deviations", None
    if missing:
        verdict, name = Verdict.FAIL, "deviations"
    elif together:
        verdict, name = Verdict.FAIL, "deviations"
        alone = f"each of {len(due)} times that were due is shown by itself{_late(due)}"
        sentence = f"not performed as a whole: {together}; {alone}"
        reason = Reason("together", sentence)
    elif noted_then:
        verdict, name, sentence = Verdict.FAIL, "deviations", noted_then
        reason = Reason("noted_then", sentence)
    elif unseen:
        verdict, name = Verdict.NOT_EVALUATED, "not_evidenced"
        reason = Reason("not_evidenced", f"{unseen[0].unit}: {unseen[0].text}")
    elif lacking:
        verdict, name = Verdict.NOT_EVALUATED, "not_evidenced"
        sentence = f"not evidenced: {lacking[0]}; {sentence}"
        reason = Reason("not_evidenced", sentence)
    elif due and not covered.observed:
        verdict, name = Verdict.NOT_EVALUATED, "not_evidenced"
        sentence = f"not evidenced: 0 of {days_text(period.days)} observed; {sentence}"
        reason = Reason("not_evidenced", sentence)
    elif not due:
        verdict, name, sentence = (
            Verdict.NO_OCCURRENCES,
            "not_due",
            "not due in the period: its operation was not tested",
        )
        reason = Reason("not_due", sentence)
    if out:
        sentence = f"{sentence}; {out_text(out)}"
    over = ControlPeriod(
        verdict=name,  # type: ignore[arg-type]
        sentence=sentence,
        first=period.first.isoformat(),
        last=period.last.isoformat(),
        days=period.days,
        observed=covered.observed,
        not_applicable=out,
        due=due,
        notes=(*lacking, *notes),
    )
    return Parts(members=members, outcomes=outcomes, verdict=verdict, reason=reason, period=over)


def _late(due: tuple[Due, ...]) -> str:
    """Those that were entered after the fact: nobody saw them performed in time."""
    late = [f"{each.unit}: {each.text}" for each in due if each.status == "first_seen_late"]
    more = f"; and {len(late) - _NAMED} more" if len(late) > _NAMED else ""
    return f", {len(late)} of them first seen late ({'; '.join(late[:_NAMED])}{more})" if late else ""


def _unit_finding(control: Control, due: Due) -> Finding:
    kind = control.kinds[0].__name__
    return Finding(
        id=finding_id(control.id, kind, due.unit),
        resource=due.unit,
        kind=kind,
        source="",
        outcome="deviation" if due.status == "not_performed" else "unknown",
        fact=None,
        message=f"not performed, {due.text}" if due.status == "not_performed" else due.text,
        evidence=None,
    )
