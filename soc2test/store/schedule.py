"""What was to be recorded and was not, as far as a store can tell: days without a snapshot, numbers that CI left out.

A store can't see a run that was not recorded. That one was due is told by the schedule that soc2.yaml declares, and
by the numbers that a CI system gives its runs one after another.
"""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta, tzinfo

import msgspec

from soc2test.store.chain import Link

__all__ = ["SCHEDULES", "Gap", "day_of", "gaps"]

SCHEDULES = ("daily", "weekdays", "weekly")
_SATURDAY = 5
_NAMED = 10
_MOST = 10_000
"""numbers of a CI system that are listed one by one, at most"""


class Gap(msgspec.Struct, frozen=True, kw_only=True):
    """Something that is missing between two records, in words."""

    what: str
    """"day", "week" or "ci" """
    first: str
    last: str
    """the same as `first` where it is one alone"""
    text: str


def day_of(link: Link, zone: tzinfo) -> date:
    """The day on which it was recorded, in the company's time zone."""
    return datetime.fromisoformat(link.record.origin.recorded_at).astimezone(zone).date()


def gaps(links: Sequence[Link], zone: tzinfo, schedule: str | None, now: datetime) -> list[Gap]:
    """All that is missing from the first snapshot until now. Without a schedule no day is due."""
    snapshots = [link for link in links if link.record.kept is not None]
    found = _of_ci(snapshots)
    if schedule is not None and snapshots:
        recorded = {day_of(link, zone) for link in snapshots}
        today = now.astimezone(UTC).astimezone(zone).date()
        found = [*_of_days(recorded, schedule, today), *found]
    return found


def _of_days(recorded: set[date], schedule: str, today: date) -> list[Gap]:
    """Today is not over yet, nor is this week."""
    if schedule == "weekly":
        weeks = {_monday(day) for day in recorded}
        due = _between(min(weeks), _monday(today), 7)
        return [_gap("week", run) for run in _runs([w for w in due if w not in weeks], 7)]
    due = _between(min(recorded), today, 1)
    if schedule == "weekdays":
        due = [day for day in due if day.weekday() < _SATURDAY]
    missing = [day for day in due if day not in recorded]
    return [_gap("day", run) for run in _runs(missing, 1)]


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def _between(first: date, end: date, step: int) -> list[date]:
    """From `first` to before `end`."""
    return [first + timedelta(days=days) for days in range(0, (end - first).days, step)]


def _runs(days: Sequence[date], step: int) -> list[list[date]]:
    """Days that follow one on another, together."""
    runs: list[list[date]] = []
    for day in days:
        if runs and day - runs[-1][-1] == timedelta(days=step):
            runs[-1].append(day)
        else:
            runs.append([day])
    return runs


def _gap(what: str, run: Sequence[date]) -> Gap:
    first, last = run[0].isoformat(), run[-1].isoformat()
    span = first if first == last else f"{first} to {last}"
    days = f"{len(run)} {what}{'s' * (len(run) != 1)}"
    return Gap(what=what, first=first, last=last, text=f"{days} without a snapshot: {span}")


def _of_ci(links: Sequence[Link]) -> list[Gap]:
    """Numbers between the first and the last recorded one of each workflow: runs that failed before they recorded."""
    numbers: dict[str, set[int]] = {}
    for link in links:
        told = link.record.origin.ci
        number = told.get("number", "")
        if number.isascii() and number.isdigit():
            name = " ".join(told[part] for part in ("system", "repository", "workflow") if part in told)
            numbers.setdefault(name, set()).add(int(number))
    found: list[Gap] = []
    for name, seen in sorted(numbers.items()):
        missing = [number for number in range(min(seen), min(max(seen), min(seen) + _MOST)) if number not in seen]
        if missing:
            more = f" and {len(missing) - _NAMED} more" if len(missing) > _NAMED else ""
            listed = ", ".join(map(str, missing[:_NAMED])) + more
            text = f"{len(missing)} run{'s' * (len(missing) != 1)} of {name} recorded nothing: {listed}"
            found.append(Gap(what="ci", first=str(missing[0]), last=str(missing[-1]), text=text))
    return found
