"""What changed since the run that the evidence store keeps before this one."""

from collections.abc import Iterable

from soc2test.comparing.compare import compare
from soc2test.comparing.deviations import Deviation
from soc2test.comparing.sides import Side, of_record
from soc2test.run_changes import ChangedVerdict, Since
from soc2test.store.chain import Store

__all__ = ["since_last"]


def since_last(store: Store, number: int) -> Since | None:
    """Hold the run that record `number` keeps against the newest one before it; None where no record keeps one.

    Raises `StoreError` where a record can't be read.
    """
    before = _last(store, number)
    if before is None:
        return None
    old, new = of_record(store, before), of_record(store, number)
    changes = compare(old, new)
    return Since(
        record=before,
        as_of=old.as_of,
        complete=old.complete,
        verdicts=tuple(
            ChangedVerdict(control=each.control, before=each.before, after=each.after, worse=each.worse)
            for each in changes.verdicts
        ),
        new=_ids(changes.new, new),
        still=changes.still,
        closed=len(changes.closed),
        not_told=len(changes.lost),
        other_limit=len(changes.other_limit),
        exempt=len(changes.exempt),
    )


def _ids(deviations: Iterable[Deviation], side: Side) -> tuple[str, ...]:
    """The ids of these deviations' findings, in the same order."""
    ids = {(line["control"], line["kind"], line["resource"]): id for id, line in side.findings.items()}
    return tuple(ids[each.control, each.kind, each.resource] for each in deviations)


def _last(store: Store, number: int) -> int | None:
    """The newest record before it that keeps verdicts: one that was recorded without a run tells of none."""
    for earlier in reversed(store.numbers()):
        if earlier < number and store.link(earlier).record.verdicts is not None:
            return earlier
    return None
