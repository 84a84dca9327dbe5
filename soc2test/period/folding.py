"""One control over all snapshots of a period: its counts, its verdict and the sentence that may be said of it."""

from collections.abc import Iterable, Mapping
from datetime import date

import msgspec

from soc2test.controls.control import Control
from soc2test.evaluation.digests import DigestSet
from soc2test.evaluation.tally import finding_id
from soc2test.period.calendar import Period
from soc2test.period.coverage import Coverage, coverage
from soc2test.period.events import Events
from soc2test.period.observed import WHOLE, Key, Observed
from soc2test.period.performances import UNITS, Ask, Performances
from soc2test.period.states import States
from soc2test.period.talking import days_text, minute_text, stretches_text
from soc2test.verdicts import ControlPeriod, ControlResult, Due, Finding, Noted, Reason, SourceResult, Verdict

__all__ = ["Folded", "fold_of"]


def fold_of(control: Control, period: Period, max_gap_days: int) -> "Folded":
    """What takes the snapshots of a control."""
    return Folded(control, period, max_gap_days)


class Folded:
    """Takes the snapshots of one control, oldest first: the newest of before the period, its own, those of after it."""

    def __init__(self, control: Control, period: Period, max_gap_days: int) -> None:
        self.control, self._period, self._max_gap_days = control, period, max_gap_days
        counts_units = control.nature == "occurrence" and control.kind is None and bool(UNITS.keys() & control.limits)
        self._units = Performances(control, period) if counts_units else None
        of_events = control.nature != "state" and control.kind is not None
        self._marks: States | Events = Events(period) if of_events else States(period)
        self._seen: set[date] = set()
        self._newest: Observed | None = None
        self._whole_after: Observed | None = None
        self._broke: Observed | None = None
        self._said: list[str] = []

    def take(self, seen: Observed, ask: Ask) -> None:
        """One more snapshot; `ask` evaluates the control over it with other limits."""
        if seen.snapshot.as_of < self._period.end or self._newest is None:
            self._newest = seen
        if seen.whole:
            self._seen.add(seen.seen_on)
            if seen.seen_on >= self._period.last:
                self._whole_after = seen
        if seen.result.verdict == "error" and self._within(seen):
            self._broke = seen
        if seen.then is not None and seen.then != seen.result.verdict and self._within(seen):
            self._said.append(
                f"{seen.snapshot.shown}: {seen.then} by the test of then, {seen.result.verdict} by today's"
            )
        if self._units is not None:
            self._units.take(seen.snapshot, ask)
        else:
            self._marks.take(seen)

    def _within(self, seen: Observed) -> bool:
        return self._period.start <= seen.snapshot.as_of < self._period.end

    def result(self) -> ControlResult | None:
        """What came of it; None where no snapshot was taken."""
        if self._newest is None:
            return None
        if isinstance(self._marks, States):
            self._marks.close()
        covered = coverage(self._period, self._seen, self._max_gap_days)
        covered = self._by_its_dates(covered)
        if self._units is not None:
            return _told(self._newest.result, _of_units(self, tuple(self._units.due()), covered))
        return _told(self._newest.result, _of_marks(self, covered))

    def _by_its_dates(self, covered: Coverage) -> Coverage:
        """A register that keeps its dates tells of earlier days too: one whole look at the end is enough for events."""
        of_events = isinstance(self._marks, Events)
        if not of_events or self._whole_after is None or "system" in self._whole_after.result.rests_on:
            return covered
        days = (*covered.not_evidenced, *covered.bridged)
        return msgspec.structs.replace(covered, not_evidenced=(), bridged=days)

    # what `_of_marks` and `_of_units` ask

    @property
    def marks(self) -> "States | Events":
        """What the snapshots showed of resources."""
        return self._marks

    @property
    def period(self) -> Period:
        """The period."""
        return self._period

    @property
    def broke(self) -> Observed | None:
        """A snapshot over which the control broke."""
        return self._broke

    @property
    def newest(self) -> Observed:
        """The newest snapshot of up to the period's end."""
        if self._newest is None:
            raise ValueError("no snapshot was taken")
        return self._newest

    @property
    def said(self) -> tuple[str, ...]:
        """Where the test of then said something else."""
        return tuple(self._said)


class _Parts(msgspec.Struct, frozen=True, kw_only=True):
    members: Mapping[Key, str]
    outcomes: Mapping[Key, Finding]
    verdict: Verdict
    reason: Reason | None
    period: ControlPeriod


def _of_marks(fold: Folded, covered: Coverage) -> _Parts:
    marks = fold.marks
    members, outcomes = _members(marks), dict(marks.outcomes())
    noted = tuple(marks.noted) if isinstance(marks, States) else tuple(marks.noted())
    kinds = {each.outcome for each in outcomes.values()}
    sentence = _sentence(fold, covered, len(members), outcomes)
    verdict, name, reason = Verdict.PASS, "no_deviations", None
    if "deviation" in kinds:
        verdict, name = Verdict.FAIL, "deviations"
        reason = Reason("deviations", sentence)
    elif fold.broke is not None or "error" in kinds:
        verdict, name = Verdict.ERROR, "error"
        text = fold.broke.snapshot.shown if fold.broke is not None else "a resource"
        reason = Reason("raised", f"the control broke on {text}")
    elif covered.not_evidenced:
        verdict, name = Verdict.NOT_EVALUATED, "not_evidenced"
        reason = Reason("not_evidenced", sentence)
    elif "unknown" in kinds:
        verdict, name = Verdict.NOT_EVALUATED, "unknown"
        first = next(each for each in outcomes.values() if each.outcome == "unknown")
        reason = Reason("unknown_fact", f"{first.kind}({first.resource}): {first.message}")
    elif not members:
        verdict, name, reason = _nothing(fold)
    elif all(each.outcome == "pending" for each in outcomes.values()) and len(outcomes) == len(members):
        verdict, name = Verdict.NO_OCCURRENCES, "no_occurrences"
        reason = Reason("pending", "nothing has fallen due by the newest snapshot: all of it is pending")
    period = ControlPeriod(
        verdict=name,  # type: ignore[arg-type]
        sentence=sentence,
        first=fold.period.first.isoformat(),
        last=fold.period.last.isoformat(),
        days=fold.period.days,
        observed=covered.observed,
        not_evidenced=covered.not_evidenced,
        bridged=covered.bridged,
        noted=noted,
        carried_in=marks.carried_in if isinstance(marks, Events) else 0,
        after=marks.after,
        notes=(*fold.said, *(marks.notes() if isinstance(marks, Events) else ())),
    )
    return _Parts(members=members, outcomes=_in_words(outcomes, noted), verdict=verdict, reason=reason, period=period)


def _members(marks: "States | Events") -> dict[Key, str]:
    return {key: source for key, source in _all_members(marks).items() if key != WHOLE}


def _all_members(marks: "States | Events") -> Mapping[Key, str]:
    return marks.members if isinstance(marks, States) else marks.members()


def _nothing(fold: Folded) -> tuple[Verdict, str, Reason]:
    """A population without members in the period: the newest snapshot says whether that means something."""
    newest = fold.newest.result
    if newest.verdict in ("no_occurrences", "fail"):
        text = newest.reason.text if newest.reason is not None else "the population is empty"
        return newest.verdict, newest.verdict, Reason("empty", text)
    if newest.population and fold.control.nature != "state":
        text = f"no {fold.control.kinds[0].__name__} of the period is told, and no second source was asked for it alone"
        return Verdict.NOT_EVALUATED, "unknown", Reason("unconfirmed", text)
    return Verdict.NOT_EVALUATED, "unknown", newest.reason or Reason("empty", "the population is empty")


def _sentence(fold: Folded, covered: Coverage, members: int, outcomes: Mapping[Key, Finding]) -> str:
    """What may be said, and no more."""
    deviations = sum(each.outcome == "deviation" for each in outcomes.values())
    seen = f"{covered.observed} of {days_text(fold.period.days)} observed"
    if deviations:
        of = f"{deviations} of {members:,}, whole population" if members else "the control as a whole"
        text = f"deviations noted ({of}; {seen})"
    elif isinstance(fold.marks, Events):
        text = f"no deviations noted among {members:,} events of the period"
    else:
        text = f"no deviations noted on the {seen}; between snapshots not tested"
    if covered.not_evidenced:
        days = sum(each.days for each in covered.not_evidenced)
        text = f"not evidenced for {days_text(days)} ({stretches_text(covered.not_evidenced)}); {text}"
    return text


def _in_words(outcomes: Mapping[Key, Finding], noted: Iterable[Noted]) -> dict[Key, Finding]:
    """The findings with when it was."""
    spans: dict[Key, list[str]] = {}
    for each in noted:
        if each.ended != "event":
            spans.setdefault((each.kind, each.resource), []).append(_span(each))
    said = {}
    for key, finding in outcomes.items():
        own = spans.get(key, []) if finding.outcome == "deviation" else []
        message = f"{finding.message} ({'; '.join(own)})" if own else finding.message
        said[key] = msgspec.structs.replace(finding, message=message)
    return said


def _span(each: Noted) -> str:
    again = "again " if each.recurred else ""
    begun = (
        f"after {minute_text(each.after)}, by {minute_text(each.by)}" if each.after else f"by {minute_text(each.by)}"
    )
    if each.until is None:
        return f"{again}{begun}, open"
    how = "holds" if each.ended == "holds" else "does not apply to it any more"
    return f"{again}{begun}, until {minute_text(each.until)}: {how}"


def _of_units(fold: Folded, due: tuple[Due, ...], covered: Coverage) -> _Parts:
    """Of a control that counts units each unit is what it was to be performed for."""
    missing = [each for each in due if each.status == "not_performed"]
    unseen = [each for each in due if each.status == "not_evidenced"]
    outcomes = {(fold.control.kinds[0].__name__, each.unit): _unit_finding(fold, each) for each in (*missing, *unseen)}
    members = {(fold.control.kinds[0].__name__, each.unit): "" for each in due}
    performed = len(due) - len(missing) - len(unseen)
    sentence = f"performed {performed} of {len(due)} times that were due"
    verdict, name, reason = Verdict.PASS, "no_deviations", None
    if missing:
        verdict, name = Verdict.FAIL, "deviations"
    elif unseen:
        verdict, name = Verdict.NOT_EVALUATED, "not_evidenced"
        reason = Reason("not_evidenced", f"{unseen[0].unit}: {unseen[0].text}")
    elif not due:
        verdict, name, sentence = (
            Verdict.NO_OCCURRENCES,
            "not_due",
            "not due in the period: its operation was not tested",
        )
        reason = Reason("not_due", sentence)
    period = ControlPeriod(
        verdict=name,  # type: ignore[arg-type]
        sentence=sentence,
        first=fold.period.first.isoformat(),
        last=fold.period.last.isoformat(),
        days=fold.period.days,
        observed=covered.observed,
        due=due,
        notes=fold.said,
    )
    return _Parts(members=members, outcomes=outcomes, verdict=verdict, reason=reason, period=period)


def _unit_finding(fold: Folded, due: Due) -> Finding:
    kind = fold.control.kinds[0].__name__
    return Finding(
        id=finding_id(fold.control.id, kind, due.unit),
        resource=due.unit,
        kind=kind,
        source="",
        outcome="deviation" if due.status == "not_performed" else "unknown",
        fact=None,
        message=due.text,
        evidence=None,
    )


def _told(newest: ControlResult, parts: _Parts) -> ControlResult:
    """The result over the period: what does not change with it is that of the newest snapshot."""
    found = [each for key, each in parts.outcomes.items() if key != WHOLE]
    counts = {outcome: sum(each.outcome == outcome for each in found) for outcome in ("deviation", "unknown", "error")}
    pending = sum(each.outcome == "pending" for each in found)
    ids = DigestSet()
    ids.add(*sorted({id for _, id in parts.members}))
    population = len(parts.members)
    reason = parts.reason
    if parts.verdict is Verdict.FAIL and found:
        reason = None
    return msgspec.structs.replace(
        newest,
        verdict=parts.verdict,
        reason=reason,
        population=population,
        population_digest=ids.digest() if population else None,
        passed=population - len(found),
        deviations=counts["deviation"],
        waived=0,
        unknown=counts["unknown"],
        errors=counts["error"],
        pending=pending,
        exempt=0,
        exempt_deviations=0,
        findings=tuple(sorted(found, key=lambda each: (each.kind, each.resource))),
        gaps=(),
        by_source=_by_source(parts),
        joined=(),
        evidence=(),
        held_for=(),
        period=parts.period,
    )


def _by_source(parts: _Parts) -> dict[str, SourceResult]:
    """The same counts for the resources of each source; what units of the calendar are due is of none."""
    found: dict[str, SourceResult] = {}
    for source in sorted({of for of in parts.members.values() if of}):
        keys = [key for key, of in parts.members.items() if of == source]
        outcomes = [parts.outcomes[key].outcome for key in keys if key in parts.outcomes]
        deviations, unknown, errors = (sum(each == of for each in outcomes) for of in ("deviation", "unknown", "error"))
        found[source] = SourceResult(
            population=len(keys),
            passed=len(keys) - len(outcomes),
            deviations=deviations,
            pending=outcomes.count("pending"),
            unknown=unknown,
            errors=errors,
            verdict=_verdict_of(parts, deviations, unknown, errors),
        )
    return found


def _verdict_of(parts: _Parts, deviations: int, unknown: int, errors: int) -> Verdict:
    """Of one source: what is not evidenced of the control is of none alone, and spoils each."""
    if deviations:
        return Verdict.FAIL
    if errors:
        return Verdict.ERROR
    if unknown or parts.period.not_evidenced or parts.verdict is Verdict.NOT_EVALUATED:
        return Verdict.NOT_EVALUATED
    return Verdict.PASS if parts.verdict in (Verdict.PASS, Verdict.FAIL) else parts.verdict
