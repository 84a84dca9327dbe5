"""A population's list: its members with what was found, on disk, and what is to be said of it."""

import csv
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from hashlib import sha256
from itertools import chain
from pathlib import Path

import msgspec

from soc2test.errors import Soc2Error
from soc2test.listing.blocks import Block
from soc2test.listing.cells import column, quoted
from soc2test.listing.outcomes import Outcomes
from soc2test.listing.sequences import Sequences
from soc2test.verdicts import Listed

__all__ = ["BOM", "Finished", "finish"]

Veiling = Callable[[str], str]
"""A text without what is to be hidden in it."""

_NAMED = 20
"""members that stand for several events"""
BOM = "\ufeff"
"""How a list begins: without it a spreadsheet takes the names of people for another encoding."""


class Finished(msgspec.Struct, frozen=True, kw_only=True):
    """A list that is on disk."""

    listed: Listed
    outcomes: dict[str, int]
    """how many members have each outcome"""
    gaps: tuple[str, ...]
    """in its order or in time, in words; of events alone"""
    several: tuple[str, ...] = ()
    """members that stand for several events, each with its days; the first of many"""
    several_total: int = 0


def finish(
    file: Path, head: Sequence[str], blocks: Iterable[Block], outcomes: Outcomes, veil: Veiling, *, of_events: bool
) -> Finished:
    """Write a list. Raises `Soc2Error` where the disk refuses it."""
    digest, counted = sha256(), Counter[str]()
    sequences = Sequences() if of_events else None
    several: list[str] = []
    try:
        with open(file, "xb") as out:
            for text in chain([BOM + ",".join(head)], _told(blocks, outcomes, veil, counted, sequences, several)):
                data = f"{text}\n".encode()
                digest.update(data)
                out.write(data)
    except OSError as error:
        raise Soc2Error(f"report folder: {file.parent.name}/{file.name} can't be written: {error.strerror}") from error
    return Finished(
        listed=Listed(file=f"{file.parent.name}/{file.name}", sha256=digest.hexdigest(), rows=sum(counted.values())),
        outcomes=dict(sorted(counted.items())),
        gaps=tuple(sequences.told()) if sequences is not None else (),
        several=tuple(several[:_NAMED]),
        several_total=len(several),
    )


def _told(
    blocks: Iterable[Block],
    outcomes: Outcomes,
    veil: Veiling,
    counted: Counter[str],
    sequences: Sequences | None,
    several: list[str],
) -> Iterator[str]:
    """The lines with what was found, a block at a time; `several` hears of members that stand for several events."""
    named, otherwise = outcomes.named, outcomes.otherwise
    for raw in blocks:
        block = _veiled(raw, veil)
        ids = column(block.ids)
        lines = [
            f"{id},{kind},{otherwise},,{day},{tail}"
            for id, kind, day, tail in zip(ids, block.kinds, block.days, block.tails, strict=True)
        ]
        some = [place for place, id in enumerate(block.ids) if id in named]
        for place in some:
            outcome, finding = outcomes.of(block.kinds[place], block.ids[place])
            before, behind = f"{ids[place]},{block.kinds[place]}", f"{block.days[place]},{block.tails[place]}"
            lines[place] = f"{before},{quoted(outcome)},{finding},{behind}"
            counted[outcome] += 1
        if len(lines) > len(some):
            counted[otherwise] += len(lines) - len(some)
        if sequences is not None:
            for id, day in zip(block.ids, block.days, strict=True):
                sequences.take(id, day)
        several += [f"{id} of {' and of '.join(days)}" for id, days in block.several.items()]
        yield "\n".join(lines)


def _veiled(block: Block, veil: Veiling) -> Block:
    """The block without what is to be hidden: one look at all of it, since most hold nothing."""
    whole = "\n".join((*block.ids, *block.tails))
    if veil(whole) == whole:
        return block
    ids = [veil(id) for id in block.ids]
    tails = [",".join(quoted(veil(cell)) for cell in cells) for cells in csv.reader(block.tails)]
    several = {veil(id): days for id, days in block.several.items()}
    return Block(ids=ids, kinds=block.kinds, days=block.days, tails=tails, several=several)
