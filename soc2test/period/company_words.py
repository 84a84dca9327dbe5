"""What is told of a control of the company's own over a period, in words."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import date, datetime
from itertools import pairwise

from soc2test.company_controls.records import CompanyControl
from soc2test.period.calendar import Period
from soc2test.period.described_then import DescribedThen
from soc2test.period.talking import days_text, minute_text, stretches_text
from soc2test.reports.ranges import records_text
from soc2test.run import DaysInForce
from soc2test.verdicts import ControlResult, Noted

__all__ = ["changes", "days_line", "not_charged", "today_line", "unread_lines", "untold_line"]

_NAMED = 5
_FIELDS = (
    "wording", "owner", "performer", "frequency", "type", "execution", "since", "until", "system", "risks", "criteria",
    "tests",
)  # fmt: skip
_NOTHING = "nothing of today's file counts for the period"


def days_line(days: DaysInForce) -> str:
    """On how many days it was in force, and which; empty where it was on all."""
    count = sum(each.days for each in days.in_force)
    if count == days.days:
        return ""
    which = f" ({stretches_text(days.in_force)})" if count else ""
    return f"in force on {count} of {days_text(days.days)}{which}"


def untold_line(days: DaysInForce) -> Iterator[str]:
    """Days of which nobody knows whether it was."""
    if days.not_told:
        count = days_text(sum(each.days for each in days.not_told))
        yield (
            f"whether it was in force on {count} ({stretches_text(days.not_told)}) no snapshot tells: it is judged "
            "over them too"
        )


def unread_lines(looks: Iterable[DescribedThen]) -> Iterator[str]:
    """Snapshots in which it may stand among what can't be read."""
    numbers = [look.snapshot.number for look in looks]
    if numbers:
        yield f"{records_text(numbers)}: not all of controls.yaml can be read, and what can does not show it"


def changes(id: str, looks: Sequence[DescribedThen], period: Period) -> Iterator[str]:
    """Where it came, went or was changed, each with the first snapshot of up to the period's end that shows it."""
    for before, after in pairwise([look for look in looks if look.day <= period.last]):
        old, new = before.controls.get(id), after.controls.get(id)
        if new is not None and old is None and before.whole:
            yield f"came into controls.yaml in {after.shown}: {before.shown} does not hold it"
        elif new is None and old is not None and after.whole:
            yield f"taken out of controls.yaml in {after.shown}: {before.shown} holds it"
        elif new is not None and old is not None and (fields := _different(old, new)):
            yield f"changed in {after.shown}: {', '.join(_change(field, old, new) for field in fields)}"


def today_line(held: CompanyControl | None, today: CompanyControl | None) -> Iterator[str]:
    """What controls.yaml says today and no snapshot of the period does: it reaches back to none of its days."""
    if held is None:
        yield f"stands in today's controls.yaml alone, and in that of no snapshot: {_NOTHING}"
    elif today is None:
        yield f"today's controls.yaml does not hold it: {_NOTHING}"
    elif fields := _different(held, today):
        yield f"today's controls.yaml has another {', '.join(fields)}: {_NOTHING}"


def _different(old: CompanyControl, new: CompanyControl) -> list[str]:
    return [field for field in _FIELDS if getattr(old, field) != getattr(new, field)]


def _change(field: str, old: CompanyControl, new: CompanyControl) -> str:
    """Days with what they were: by these it is judged."""
    if field not in ("since", "until"):
        return field
    return f"{field} from {getattr(old, field) or 'none'} to {getattr(new, field) or 'none'}"


def not_charged(
    test: str, whole: ControlResult | None, own: ControlResult | None, days: Collection[date], period: Period
) -> Iterator[str]:
    """Deviations of the test on days on which the control was not in force, by name."""
    if whole is None or whole.period is None:
        return
    mine = set() if own is None or own.period is None else {(each.kind, each.resource) for each in own.period.noted}
    others = [each for each in whole.period.noted if not _is_own(each, mine, days, period)]
    if others:
        more = f" and {len(others) - _NAMED} more" if others[_NAMED:] else ""
        named = "; ".join(map(_noted, others[:_NAMED])) + more
        yield f"not charged to it, of days on which {test} did not look at it: {named}"


def _is_own(each: Noted, mine: Collection[tuple[str, str]], days: Collection[date], period: Period) -> bool:
    if (each.kind, each.resource) not in mine:
        return False
    first = period.day(datetime.fromisoformat(each.by))
    if each.ended == "event":
        return True
    last = period.last if each.until is None else period.day(datetime.fromisoformat(each.until))
    return any(first <= day <= last for day in days)


def _noted(each: Noted) -> str:
    what = f"{each.kind}({each.resource})" if each.kind else "the test as a whole"
    return f"{what} {each.message} by {minute_text(each.by)} in record {each.record}"
