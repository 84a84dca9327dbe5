"""The result of a control that looks at resources, one by one or together: what its snapshots showed of them."""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from soc2test.period.calendar import stretches
from soc2test.period.coverage import Coverage
from soc2test.period.events import Events
from soc2test.period.in_words import in_words
from soc2test.period.observed import WHOLE, Key, Snapshot
from soc2test.period.parts import Parts
from soc2test.period.pruned_then import pruned_text, untold
from soc2test.period.sentences import sentence
from soc2test.period.standing import deviation_of_pruned, deviation_of_then, noted_then_only
from soc2test.period.states import States
from soc2test.verdicts import ControlPeriod, Finding, Noted, Reason, Verdict

if TYPE_CHECKING:
    from soc2test.period.folding import Folded

__all__ = ["of_marks"]

Judged = tuple[Verdict, str, Reason | None]
"""The verdict, its name over a period, and why it is no better; None: the sentence says it."""


def of_marks(fold: "Folded", covered: Coverage, standing: Mapping[Key, tuple[Snapshot, str]]) -> Parts:
    """`standing` is what earlier tests noted and today's does not find."""
    marks = fold.marks
    members = _members(marks)
    outcomes, noted = _noted(fold, standing)
    whole = _deviates(outcomes, WHOLE)
    if fold.pruned:
        first, *_ = fold.pruned
        if not whole:
            outcomes[WHOLE] = deviation_of_pruned(fold.control, first)
        noted = (*noted, *(noted_then_only(WHOLE, snapshot, pruned_text(snapshot)) for snapshot in fold.pruned))
    for key, finding in outcomes.items():
        if key != WHOLE:  # what was open before, and is seen in the period no more, was there
            members.setdefault(key, finding.source)
    broken = {key: each for key, each in fold.broken.resources.items() if key in members}
    outcomes |= {key: finding for key, finding in broken.items() if not _deviates(outcomes, key)}
    exempt_at_last = marks.exempt if isinstance(marks, Events) else ()
    for key in [*members]:  # it held on the other days, and nobody would hear of those on which it was exempt
        if key not in outcomes and (fold.exempting.hides(key) or key in exempt_at_last):
            del members[key]
    exempt = fold.exempting.deviating
    aside = {key: fold.exempting.finding(key) for key in exempt if key not in members and key != WHOLE}
    if not members:
        covered = fold.of_nothing(covered)
    met, members = members, fold.of_the_period(members)
    of_before = isinstance(marks, Events) and fold.not_due
    verdict, name, reason = _judged(fold, covered, members, outcomes, nothing=not met and not members and not of_before)
    if verdict is Verdict.PASS and not covered.observed:
        verdict, name, covered = Verdict.NOT_EVALUATED, "not_evidenced", _nothing_seen(fold)
    not_told = untold(marks, members, outcomes, fold.pruned, fold.period)
    if fold.broken.as_a_whole:
        not_told = frozenset(members.keys() - outcomes.keys())
    said = sentence(fold, covered, name, len(members), outcomes, aside, whole=whole)
    spoken = in_words(outcomes, noted, fold.exempting)
    as_a_whole = _as_a_whole(fold, noted, spoken[WHOLE]) if whole else ""
    if reason is None and as_a_whole:
        reason = Reason(name, as_a_whole)
    if reason is None and verdict is not Verdict.PASS:
        reason = Reason(name, said)
    period = ControlPeriod(
        verdict=name,  # type: ignore[arg-type]
        sentence=said,
        as_a_whole=as_a_whole,
        first=fold.period.first.isoformat(),
        last=fold.period.last.isoformat(),
        days=fold.period.days,
        observed=covered.observed,
        not_evidenced=covered.not_evidenced,
        bridged=covered.bridged,
        by_register=covered.by_register,
        register_as_of=f"{fold.register_day}" if covered.by_register else None,
        not_applicable=fold.out_days,
        exempt=tuple(fold.exempting.days()),
        noted=noted,
        carried_in=marks.carried_in if isinstance(marks, Events) else 0,
        after=marks.after,
        notes=(
            *fold.out_lines,
            *fold.torn_lines(covered),
            *fold.said,
            *(fold.empty_lines if members and isinstance(marks, States) else ()),
            *fold.between.notes(),
            *fold.accepting.notes,
            *(marks.notes() if isinstance(marks, Events) else ()),
        ),
    )
    return Parts(
        members=members,
        outcomes=spoken,
        aside=aside,
        untold=not_told,
        exemptions=fold.exempting.entries(),
        verdict=verdict,
        reason=reason,
        period=period,
    )


def _noted(
    fold: "Folded", standing: Mapping[Key, tuple[Snapshot, str]]
) -> tuple[dict[Key, Finding], tuple[Noted, ...]]:
    """What was found, with what earlier tests alone noted; and the deviations of both with their days."""
    marks = fold.marks
    outcomes = dict(marks.outcomes())
    noted = fold.accepting.beside(marks.noted if isinstance(marks, States) else marks.noted())
    if fold.lapses is not None:
        outcomes |= dict(fold.lapses.outcomes())
        noted = (*fold.lapses.noted, *noted)
    for key, (snapshot, message) in standing.items():
        if not _deviates(outcomes, key):
            outcomes[key] = deviation_of_then(fold.control, key, snapshot, message)
            noted = (*noted, noted_then_only(key, snapshot, outcomes[key].message))
    return outcomes, noted


def _deviates(outcomes: Mapping[Key, Finding], key: Key) -> bool:
    return key in outcomes and outcomes[key].outcome == "deviation"


def _as_a_whole(fold: "Folded", noted: Iterable[Noted], finding: Finding) -> str:
    """What deviates of the control as a whole, with its days: no finding of a resource tells it."""
    return _not_performed(fold, noted, finding) if fold.counts_performances else finding.message


def _not_performed(fold: "Folded", noted: Iterable[Noted], finding: Finding) -> str:
    """The day on which a performance fell due, and what the test says: nothing else of it would be told."""
    by = next((each for each in noted if not each.kind and each.ended != "event"), None)
    if by is None:
        return finding.message
    day = None if by.after is None else fold.period.day(datetime.fromisoformat(by.after))
    seen = fold.period.day(datetime.fromisoformat(by.by))
    due = f"before {seen}" if day is None else f"{day}" if seen - day <= timedelta(days=1) else f"{day} to {seen}"
    if fold.rows is not None and (taken_out := fold.rows.taken_out_in(by.record)):
        return f"no performance is shown any more since {due}, when {taken_out} was taken out: {finding.message}"
    return f"not performed when due, {due}: {finding.message}"


def _nothing_seen(fold: "Folded") -> Coverage:
    """Where no day was observed nothing is bridged: what lies before and after the period shows none of it."""
    days = set(fold.period.all_days) - set(fold.applying.days_out)
    return Coverage(observed=0, not_evidenced=stretches(days), bridged=())


def _judged(
    fold: "Folded", covered: Coverage, members: Mapping[Key, str], outcomes: Mapping[Key, Finding], *, nothing: bool
) -> Judged:
    """The worst comes first; `nothing`: the snapshots list nothing, of another time neither."""
    kinds = {each.outcome for each in outcomes.values()}
    if "deviation" in kinds:
        return Verdict.FAIL, "deviations", None
    broke = fold.broken.newest
    if broke is not None or "error" in kinds:
        text = broke.shown if broke is not None else "a resource"
        return Verdict.ERROR, "error", Reason("raised", f"the control broke on {text}")
    if nothing and fold.empty_throughout and not fold.exempting.deviating:
        return _nothing(fold)
    if covered.not_evidenced:
        return Verdict.NOT_EVALUATED, "not_evidenced", None
    if "unknown" in kinds:
        first = next(each for each in outcomes.values() if each.outcome == "unknown")
        text = f"{first.kind}({first.resource}): {first.message}"
        return Verdict.NOT_EVALUATED, "unknown", Reason("unknown_fact", text)
    if nothing:
        return _nothing(fold)
    if fold.fell_due:
        return Verdict.NOT_EVALUATED, "not_evidenced", Reason("not_evidenced", fold.fell_due)
    if fold.not_due:
        return Verdict.NO_OCCURRENCES, "not_due", Reason("not_due", fold.not_due)
    return _of_what_holds(members, outcomes)


def _of_what_holds(members: Mapping[Key, str], outcomes: Mapping[Key, Finding]) -> Judged:
    """Where nothing deviates and nothing is unknown: whether anything has fallen due."""
    if len(outcomes) == len(members) and all(each.outcome == "pending" for each in outcomes.values()):
        text = "nothing has fallen due by the newest snapshot: all of it is pending"
        return Verdict.NO_OCCURRENCES, "no_occurrences", Reason("pending", text)
    return Verdict.PASS, "no_deviations", None


def _members(marks: States | Events) -> dict[Key, str]:
    members = marks.members if isinstance(marks, States) else marks.members()
    return {key: source for key, source in members.items() if key != WHOLE}


def _nothing(fold: "Folded") -> Judged:
    """A population without members in the period: the newest snapshot says whether that means something."""
    if exempt := len(fold.exempting.deviating):
        text = f"all {exempt} resources that it applies to were exempt (exemptions.yaml), so that it tested nothing"
        return Verdict.NOT_EVALUATED, "unknown", Reason("exempt", text)
    newest = fold.newest.result
    text = newest.reason.text if newest.reason is not None else "the population is empty"
    if newest.verdict is Verdict.NO_OCCURRENCES:
        return newest.verdict, "no_occurrences", Reason("empty", text)
    if newest.population and fold.control.nature != "state":
        text = (
            f"no {fold.control.kinds[0].__name__} of the period is told, and no second source says that there was none"
        )
        return Verdict.NOT_EVALUATED, "unknown", Reason("unconfirmed", text)
    return Verdict.NOT_EVALUATED, "unknown", newest.reason or Reason("empty", "the population is empty")
