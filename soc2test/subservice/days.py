"""Which days an organisation's reports cover, which a letter alone speaks of, and which nothing does."""

from calendar import monthrange
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from itertools import pairwise
from typing import NamedTuple

import msgspec

from soc2test.run_subservice import SubserviceDays
from soc2test.verdicts import Stretch

__all__ = ["Part", "Shown", "Span", "days_shown", "in_common", "months_after", "year_up_to"]

_DAY = timedelta(days=1)
_MONTHS = 12


class Part(NamedTuple):
    """One thing of ours that rests on an organisation: a service of its in a region, for a criterion.

    A report has to include every one of them. None: no region is used, no criterion rests on it.
    """

    service: str
    region: str | None
    criterion: str | None


class Span(msgspec.Struct, frozen=True):
    """Days from the first to the last, both of them included."""

    first: date
    last: date

    @property
    def days(self) -> int:
        """How many there are; none where the last lies before the first."""
        return max((self.last - self.first).days + 1, 0)


class Shown(msgspec.Struct, frozen=True, kw_only=True):
    """A report or a letter: the days that it is about, and which parts it is about."""

    span: Span
    parts: frozenset[Part]


def days_shown(
    ours: Span, parts: frozenset[Part], reports: Sequence[Shown], letters: Sequence[Shown]
) -> SubserviceDays:
    """Put each of our days into one of three: covered, by a letter, by nothing.

    A day is covered where reports include all `parts` on it: several together do, and what two of them say of one day
    counts once. It is by a letter where reports and letters together do. Everything else is by nothing.
    """
    covered: list[Span] = []
    lettered: list[Span] = []
    bare: list[Span] = []
    for span in _even_spans(ours, [*reports, *letters]):
        by_reports = _parts_on(span.first, reports)
        if parts and parts <= by_reports:
            covered.append(span)
        elif parts and parts <= by_reports | _parts_on(span.first, letters):
            lettered.append(span)
        else:
            bare.append(span)
    return SubserviceDays(
        first=ours.first.isoformat(),
        last=ours.last.isoformat(),
        days=ours.days,
        covered=sum(span.days for span in covered),
        by_letter=sum(span.days for span in lettered),
        by_nothing=sum(span.days for span in bare),
        covered_on=_stretches(covered),
        by_letter_on=_stretches(lettered),
        by_nothing_on=_stretches(bare),
    )


def _even_spans(ours: Span, shown: Iterable[Shown]) -> Iterator[Span]:
    """Our days, cut wherever a report or a letter begins or ends: within each piece every day is like the others."""
    begins = {ours.first}
    for one in shown:
        begins |= {one.span.first, one.span.last + _DAY}
    cuts = sorted(day for day in begins if ours.first <= day <= ours.last)
    for first, following in pairwise([*cuts, ours.last + _DAY]):
        yield Span(first, following - _DAY)


def _parts_on(day: date, shown: Iterable[Shown]) -> frozenset[Part]:
    found: frozenset[Part] = frozenset()
    for one in shown:
        if one.span.first <= day <= one.span.last:
            found |= one.parts
    return found


def _stretches(spans: Iterable[Span]) -> tuple[Stretch, ...]:
    """Days that follow one on another as one."""
    joined: list[Span] = []
    for span in spans:
        if joined and joined[-1].last + _DAY == span.first:
            joined[-1] = Span(joined[-1].first, span.last)
        else:
            joined.append(span)
    return tuple(Stretch(first=span.first.isoformat(), last=span.last.isoformat(), days=span.days) for span in joined)


def in_common(one: Span, other: Span) -> Span:
    """The days that lie in both; of no days where there are none."""
    return Span(max(one.first, other.first), min(one.last, other.last))


def year_up_to(day: date) -> Span:
    """The twelve months that end with a day: what a run about one moment asks of reports."""
    before = months_after(day, -_MONTHS)
    return Span(before + _DAY, day)


def months_after(day: date, months: int) -> date:
    """The same day so many months later, or the last one of a shorter month; the last day of a month stays the last."""
    years, month = divmod(day.month - 1 + months, _MONTHS)
    year, month = day.year + years, month + 1
    last = monthrange(year, month)[1]
    ends_a_month = day.day == monthrange(day.year, day.month)[1]
    return date(year, month, last if ends_a_month else min(day.day, last))
