"""Evidence that is taken away on purpose. The chain stays whole: each record, and the digest of what was kept.

Pruning and recording may meet: a snapshot names pieces that an older one brought. So whoever prunes leaves a mark
first, and looks then which records there are; whoever records looks for the mark once its record stands, and then
whether all of its pieces still do.
"""

import time
from datetime import UTC, date, datetime, tzinfo

import msgspec

from soc2test.store.blobs import FOLDER as BLOBS
from soc2test.store.blobs import object_name
from soc2test.store.chain import PRUNING, Link, Store
from soc2test.store.objects import NoSuchObject, StoreError
from soc2test.store.records import Head, Kept, Origin, Pruned, Record

__all__ = ["InUse", "await_end_of_pruning", "prune"]

_PATIENCE = 60.0
"""seconds for which somebody who records waits until pruning has ended"""


class InUse(StoreError):
    """A period that is declared needs what would be pruned."""


class _Mark(msgspec.Struct):
    begun_at: str
    by: str


def await_end_of_pruning(store: Store, patience: float = _PATIENCE) -> None:
    """Return when nobody prunes. Raises `StoreError` where somebody has begun and does not end."""
    ends = time.monotonic() + patience
    while (mark := _mark(store)) is not None:
        if time.monotonic() > ends:
            begun = f"{mark.by} began to prune it at {mark.begun_at}, and has not ended"
            raise StoreError(
                f"{store.shown}: {begun}: where that was killed, end it with `soc2test store prune --finish`"
            )
        time.sleep(0.2)


def _mark(store: Store) -> _Mark | None:
    try:
        return msgspec.json.decode(store.objects.read(PRUNING), type=_Mark)
    except NoSuchObject:
        return None
    except (msgspec.MsgspecError, RecursionError):
        return _Mark(begun_at="a time that can't be read", by="nobody knows who")


def prune(
    store: Store, before: date, zone: tzinfo, *, needed_from: date | None, origin: Origin, system: str, id: str,
    reason: str, by: str, finish: bool = False,
) -> tuple[Head | None, int]:  # fmt: skip
    """Take away the evidence of snapshots recorded before a day in `zone`; the new head, and how many pieces went.

    None, and nothing taken away, where there is no such snapshot. Raises `InUse` where a period that begins at
    `needed_from` needs some of it, `StoreError` where somebody else prunes; with `finish` that one was killed, and is
    gone on with.
    """
    _check_not_needed(store, before, zone, needed_from)
    content = msgspec.json.encode(_Mark(begun_at=origin.recorded_at, by=by))
    if not store.objects.create(PRUNING, content) and not finish:
        raise StoreError(f"{store.shown}: somebody else prunes it; where that was killed, go on with --finish")
    try:
        links = list(store.links())
        going = [link for link in links if link.record.kept is not None and _day(link, zone) < before]
        gone = {number for link in links if link.record.pruned is not None for number in link.record.pruned.numbers}
        new = tuple(link.head.number for link in going if link.head.number not in gone)
        head = _say(store, before, new, origin, system, id, reason, by) if new else None
        kept = [link for link in links if link not in going]
        return head, _take_away(store, kept, going) if going else 0
    finally:
        store.objects.delete(PRUNING)


def _check_not_needed(store: Store, before: date, zone: tzinfo, needed_from: date | None) -> None:
    """A period needs what was recorded in it, and the newest snapshot of up to the end of its first day."""
    if needed_from is None:
        return
    days = (_day(link, zone) for link in store.links() if link.record.kept is not None)
    needed = max((day for day in days if day <= needed_from), default=needed_from)
    if before > needed:
        raise InUse(f"a declared period needs evidence from {needed} on: prune before that day, or not at all")


def _day(link: Link, zone: tzinfo) -> date:
    recorded = datetime.fromisoformat(link.record.origin.recorded_at).replace(tzinfo=UTC)
    return recorded.astimezone(zone).date()


def _say(
    store: Store, before: date, numbers: tuple[int, ...], origin: Origin, system: str, id: str, reason: str, by: str
) -> Head:
    pruned = Pruned(before=before.isoformat(), numbers=numbers, reason=reason, by=by)
    return store.append(
        lambda number, previous: Record(
            number=number, id=id, previous=previous, system=system, origin=origin, pruned=pruned
        )
    )


def _names_of_listing(kept: Kept) -> list[str]:
    return list(map(object_name, kept.listing.pieces))


def _take_away(store: Store, kept: list[Link], going: list[Link]) -> int:
    """Delete the pieces that none of the records `kept` names; of those `going` the list of files stays, with digests.

    Whoever has a copy of an export elsewhere can still show that it is what was tested. Raises `StoreError`, with
    nothing deleted, where it can't be read which these are.
    """
    needed = {name for link in going if link.record.kept is not None for name in _names_of_listing(link.record.kept)}
    for link in kept:
        for blob in link.record.blobs():
            needed.update(map(object_name, blob.pieces))
        for file in store.files(link.record):
            needed.update(map(object_name, file.stored.pieces))
    unneeded = [name for name in store.objects.list(BLOBS) if name not in needed]
    for name in unneeded:
        store.objects.delete(name)
    return len(unneeded)
