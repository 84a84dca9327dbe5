"""A period in words and days, as every report tells it."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta

from soc2test.reports.ranges import records_text
from soc2test.run import PeriodTold
from soc2test.verdicts import Accepted, ControlPeriod, ControlResult, Noted, OutDays, PrunedNoted, Stretch

__all__ = [
    "NAMED_IN_SENTENCES", "accepted_text", "day_marks", "late_lines", "late_text", "missing_lines", "noted_text",
    "out_lines", "out_text", "period_headline", "period_lines", "period_text", "pruned_line",
]  # fmt: skip

_DAY = timedelta(days=1)

NAMED_IN_SENTENCES = 5
"""stretches of days that the sentence of a test names; its lines name more"""

Spans = list[tuple[date, date]]
"""first and last days; one whose last lies before its first holds none"""


def period_text(told: PeriodTold) -> str:
    """The period, what it was evaluated over and how far what was pending was followed."""
    return (
        f"the period {told.first}..{told.last} ({told.time_zone}), over {_snapshots_text(told)}, reported as of "
        f"{told.report_date}; up to {told.max_gap_days} days between snapshots are bridged"
    )


def _snapshots_text(told: PeriodTold) -> str:
    """How many snapshots lie in the period, and how many beside it: "26 snapshots of its days, 1 before, 88 after"."""
    count = Counter(each.lies for each in told.snapshots)
    text = f"{count['within']} snapshot{'s' * (count['within'] != 1)} of its days"
    return text + "".join(f", {count[where]} {where}" for where in ("before", "after") if count[where])


def period_headline(result: ControlResult, period: ControlPeriod) -> str:
    """What may be said of a control over its period, in a line."""
    pending = f" ({result.pending} pending)" if result.pending else ""
    carried = f" ({period.carried_in} carried in)" if period.carried_in else ""
    reason = result.reason.text if result.reason is not None else period.as_a_whole
    why = f"; {reason}" if reason and reason != period.sentence else ""
    return f"{period.sentence}{carried}{pending}{why}"


def period_lines(period: ControlPeriod) -> Iterator[str]:
    """What else is to be told of a control over its period, a line each."""
    yield from map(pruned_line, period.pruned)
    yield from (f"{each.unit}: {each.status.replace('_', ' ')}: {each.text}" for each in period.due)
    if period.bridged:
        days = sum(each.days for each in period.bridged)
        yield f"bridged, and not observed themselves: {days} of {period.days} days ({_first(period.bridged)})"
    if period.by_register:
        days = sum(each.days for each in period.by_register)
        yield (
            f"seen by nobody, told by the register's own dates at the end: {days} of {period.days} days "
            f"({_first(period.by_register)})"
        )
    if period.not_evidenced:
        yield f"not evidenced: {_first(period.not_evidenced)}"
    if period.after:
        yield f"after the period, counted for none of it: {period.after}"
    yield from period.notes
    yield from period.lacking


def pruned_line(noted: PrunedNoted) -> str:
    """What the run of a record noted whose evidence was taken away."""
    return (
        f"record {noted.record} of {noted.day}, whose evidence was pruned, noted a deviation; of which resource is not "
        "known"
    )


def missing_lines(told: PeriodTold) -> Iterator[str]:
    """What the store has not, a line each."""
    yield from told.missing
    for pruning in told.prunings:
        count = len(pruning.numbers)
        before = "" if pruning.before is None else f" (record {pruning.before} is the newest of before the period)"
        yield (
            f"evidence of {count} snapshot{'s' * (count != 1)} was pruned, so that nothing of it is evaluated: "
            f"{records_text(pruning.numbers)}{before}, by {pruning.by}: {pruning.reason} (record {pruning.record})"
        )


def late_lines(told: PeriodTold) -> Iterator[str]:
    """Records that are there, and were made on a later day than the one that they are for, a line each."""
    for each in told.snapshots:
        if each.late:
            yield late_text(each.number, each.as_of, each.recorded_at)


def late_text(record: int, as_of: str, recorded_at: str) -> str:
    """What a record is for, and when it was made."""
    return f"record {record} is for {as_of} and was recorded later, {recorded_at}"


_SHOWN = 10


def _first(given: tuple[Stretch, ...]) -> str:
    named = [each.first if each.days == 1 else f"{each.first} to {each.last}" for each in given[:_SHOWN]]
    return ", ".join(named) + (f" and {len(given) - _SHOWN} more" if len(given) > _SHOWN else "")


def noted_text(each: Noted) -> str:
    """From when to when something deviated, with the record that shows it first."""
    after = f"after {each.after}, " if each.after else ""
    until = {
        "holds": f", until {each.until}: holds",
        "gone": f", until {each.until}: does not apply any more",
        "not_applicable": f", until {each.until}: the control is no longer applicable",
    }
    again = ", recurred" if each.recurred else ""
    end = until.get(each.ended, ", open" if each.ended == "open" else "")
    recorded = f", recorded {each.recorded}" if each.recorded else ""
    accepted = f"; {accepted_text(each.accepted)}" if each.accepted else ""
    return f"{after}by {each.by}{end}{again} (record {each.record}{recorded}){accepted}"


def out_text(given: Iterable[OutDays]) -> str:
    """On how many days a control did not apply: "not applicable on 77 days (2026-04-15 to 2026-06-30)"."""
    stretches = tuple(Stretch(first=each.first, last=each.last, days=each.days) for each in given)
    days = sum(each.days for each in stretches)
    return f"not applicable on {days} day{'s' * (days != 1)} ({_first(stretches)})"


def out_lines(given: Iterable[OutDays]) -> Iterator[str]:
    """From when to when a control was taken out, why, and by whom, a line each."""
    for each in given:
        by = each.by
        why = by.form.replace("_", " ") + (f" {by.detail}" if by.detail else "")
        found = "" if by.found in ("pass", "no_occurrences") else f": it was {by.found.replace('_', ' ')} then"
        yield (
            f"not applicable from {each.first} to {each.last}: {why} ({by.reason}): approved by {by.approver} for "
            f"{by.owner}; evaluated all the same, and what was found is counted for none of it{found}"
        )


def accepted_text(parts: Iterable[Accepted]) -> str:
    """When a deviation was accepted, and by which waiver: "accepted from 2026-02-10 to 2026-04-10 by WV-1"."""
    return ", ".join(map(_part_text, parts))


def _part_text(part: Accepted) -> str:
    text = f"accepted from {part.first} to {part.last} by {part.waiver}"
    return f"{text} while {part.compensating} held" if part.compensating is not None else text


def day_marks(period: ControlPeriod) -> list[tuple[str, date, int]]:
    """The days of a period as runs of one mark each: its first day and how many there are.

    A day on which anything deviates is marked so, also where no snapshot was taken on it; as accepted where waivers
    accepted all that did.
    """
    first, last = date.fromisoformat(period.first), date.fromisoformat(period.last)
    deviating, accepted = _days_of(period)
    between = {
        "not evidenced": set(_spread(period.not_evidenced)),
        "bridged": set(_spread(period.bridged)),
        "by the register": set(_spread(period.by_register)),
    }
    out = set(_spread(period.not_applicable))
    runs: list[tuple[str, date, int]] = []
    day = first
    while day <= last:
        mark = "not applicable" if day in out else _mark(day, deviating, accepted, between)
        if runs and runs[-1][0] == mark:
            runs[-1] = (mark, runs[-1][1], runs[-1][2] + 1)
        else:
            runs.append((mark, day, 1))
        day += _DAY
    return runs


def _mark(day: date, deviating: Spans, accepted: Spans, between: Mapping[str, set[date]]) -> str:
    if any(first <= day <= last for first, last in deviating):
        return "with a deviation"
    if any(first <= day <= last for first, last in accepted):
        return "with an accepted deviation"
    return next((mark for mark, days in between.items() if day in days), "observed")


def _days_of(period: ControlPeriod) -> tuple[Spans, Spans]:
    """The days of deviations, those that a waiver accepted apart."""
    deviating: Spans = []
    accepted: Spans = []
    for each in period.noted:
        begin, end = _span_of(each)
        for part in each.accepted:
            first, last = date.fromisoformat(part.first), date.fromisoformat(part.last)
            deviating.append((begin, first - _DAY))
            accepted.append((first, last))
            begin = last + _DAY
        deviating.append((begin, end))
    return deviating, accepted


def _span_of(each: Noted) -> tuple[date, date]:
    """From the day on which a deviation was seen first to the last on which it was not seen to have ended."""
    first = date.fromisoformat(each.by[:10])
    if each.until:
        return first, max(first, date.fromisoformat(each.until[:10]) - _DAY)
    return first, first if each.ended == "event" else date.max


def _spread(given: Iterable[Stretch | OutDays]) -> Iterator[date]:
    for each in given:
        first = date.fromisoformat(each.first)
        yield from (first + timedelta(days=days) for days in range(each.days))
