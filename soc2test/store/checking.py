"""What is proven of a store: that its chain is whole, and that each piece that a record names is what it says.

The chain shows that nothing before a head was changed since somebody wrote the head down. It can't show that a run was
not recorded at all: for that there are the schedule and the numbers of CI's runs (`schedule.py`).
"""

from collections.abc import Collection, Sequence

import msgspec

from soc2test.store.blobs import FOLDER as BLOBS
from soc2test.store.blobs import Blobs, object_name
from soc2test.store.chain import Link, Store
from soc2test.store.left_out import NAME as LEFT_OUT
from soc2test.store.objects import StoreError
from soc2test.store.records import Head

__all__ = ["Checked", "check"]


class Checked(msgspec.Struct, frozen=True, kw_only=True):
    """What was looked at, and what is wrong with it."""

    head: Head | None
    records: int
    snapshots: int
    pruned: int
    """snapshots whose evidence was pruned"""
    pieces: int
    """all that records name, each read and hashed"""
    unnamed: int
    """pieces that no record names: of a writer that was killed, or a snapshot that was pruned"""
    witnessed: bool
    """the heads that were given are in the chain"""
    wrong: tuple[str, ...]


def check(store: Store, heads: Sequence[Head] = (), *, is_copy: bool = False) -> Checked:
    """Read and hash everything. Raises `StoreError` where the store can't be read at all.

    Documents may be left out of a copy alone, that of an evidence pack: from a store they were taken away.
    """
    links, unread = _links(store)
    wrong = [*unread.values(), *_chain(links, unread)]
    if store.left_out and not is_copy:
        wrong.append(f"{LEFT_OUT} says that {len(store.left_out)} documents were left out: this is no whole store")
    wrong += _unwitnessed(links, heads)
    pruned = {number for link in links if link.record.pruned is not None for number in link.record.pruned.numbers}
    named, unreadable = _named(store, links, pruned)
    wrong += unreadable
    damaged = Blobs(store.objects).damaged(named)
    wrong += [_damage(digest, text, named[digest]) for digest, text in damaged.items()]
    there = store.objects.list(BLOBS)
    names = {object_name(digest) for digest in named}
    return Checked(
        head=links[-1].head if links else None,
        records=len(links),
        snapshots=sum(link.record.kept is not None for link in links),
        pruned=len(pruned),
        pieces=len(named),
        unnamed=sum(name not in names for name in there),
        witnessed=not _unwitnessed(links, heads),
        wrong=tuple(wrong),
    )


def _links(store: Store) -> tuple[list[Link], dict[int, str]]:
    """The records that can be read, and what is wrong with the others, by their numbers."""
    links, wrong = [], {}
    for number in store.numbers():
        try:
            links.append(store.link(number))
        except StoreError as error:
            wrong[number] = f"record {number}: {error}"
    return links, wrong


def _chain(links: Sequence[Link], unread: Collection[int]) -> list[str]:
    digests = {link.head.number: link.head.digest for link in links}
    there = digests.keys() | set(unread)
    missing = sorted(set(range(1, max(there, default=0) + 1)) - there)
    wrong = [f"record {number} is missing: whoever took it away left those after it" for number in missing]
    for link in links:
        before = digests.get(link.head.number - 1)
        if link.head.number == 1 and link.record.previous is not None:
            wrong.append("record 1 names one before it: the first ones were taken away")
        elif link.head.number > 1 and before is not None and link.record.previous != before:
            wrong.append(f"record {link.head.number} does not follow on record {link.head.number - 1} as it is now")
    return wrong


def _unwitnessed(links: Sequence[Link], heads: Sequence[Head]) -> list[str]:
    digests = {link.head.number: link.head.digest for link in links}
    wrong = []
    for head in heads:
        if head.number not in digests:
            newest = max(digests, default=0)
            wrong.append(f"head {head.number} is not in the chain, which ends at {newest}: records were taken away")
        elif digests[head.number] != head.digest:
            wrong.append(f"head {head.number}: the record of this number has another digest: it was changed since")
    return wrong


def _named(store: Store, links: Sequence[Link], pruned: Collection[int]) -> tuple[dict[str, int], list[str]]:
    """Digest of each piece that is named -> the newest record that names it; and what could not be looked at.

    Of a snapshot that was pruned its list of files is kept, and nothing else.
    """
    named: dict[str, int] = {}
    wrong = []
    for link in links:
        if link.head.number in pruned:
            if link.record.kept is not None:
                named.update(dict.fromkeys(link.record.kept.listing.pieces, link.head.number))
            continue
        for blob in link.record.blobs():
            named.update(dict.fromkeys(blob.pieces, link.head.number))
        try:
            for file in store.files(link.record):
                named.update(dict.fromkeys(file.stored.pieces, link.head.number))
        except StoreError as error:
            wrong.append(f"record {link.head.number}: its list of files can't be read: {error}")
    return named, wrong


def _damage(digest: str, text: str, number: int) -> str:
    return f"{object_name(digest)} {text}; record {number} needs it"
