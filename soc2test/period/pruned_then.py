"""What is told of a record whose evidence was pruned and whose run noted a deviation: not of which resource."""

from collections.abc import Collection, Iterable
from datetime import UTC

from soc2test.period.calendar import Period
from soc2test.period.events import Events
from soc2test.period.observed import WHOLE, Key, Snapshot
from soc2test.period.states import States
from soc2test.reports.period_view import pruned_line
from soc2test.verdicts import PrunedNoted

__all__ = ["pruned_noted", "pruned_text", "told_of_pruned", "untold"]


def pruned_noted(snapshots: Iterable[Snapshot]) -> tuple[PrunedNoted, ...]:
    """The records, for a result."""
    return tuple(map(_noted, snapshots))


def pruned_text(snapshot: Snapshot) -> str:
    """What its run noted, in words."""
    return pruned_line(_noted(snapshot))


def _noted(snapshot: Snapshot) -> PrunedNoted:
    return PrunedNoted(record=snapshot.number, day=f"{snapshot.as_of.astimezone(UTC):%Y-%m-%d}")


def untold(
    marks: States | Events,
    members: Iterable[Key],
    outcomes: Collection[Key],
    snapshots: Iterable[Snapshot],
    period: Period,
) -> frozenset[Key]:
    """Members that may be what such runs noted: nothing else is known of them, and they are not of a later day."""
    newest = max((snapshot.as_of for snapshot in snapshots), default=None)
    if newest is None:
        return frozenset()
    days = marks.days() if isinstance(marks, Events) else {}
    later = {key for key, day in days.items() if day > period.day(newest)}
    return frozenset(set(members) - set(outcomes) - later - {WHOLE})


def told_of_pruned(snapshots: Collection[Snapshot], known: int, members: int, *, whole: bool) -> str:
    """How many deviate of how many, where some of them nobody knows; `whole`: and the control as a whole."""
    records = ", ".join(snapshot.shown for snapshot in snapshots)
    why = f"since the evidence of {records} was pruned"
    if whole:
        alone = f"the control as a whole, and {known} of {members:,}" if known else "the control as a whole"
        return f"{alone}, and more of which resource is not known, {why}"
    if not members:
        return f"of which resource is not known, {why}"
    if not known:
        return f"of which of {members:,} is not known, {why}"
    return f"{known} of {members:,}, and more of which resource is not known, {why}"
