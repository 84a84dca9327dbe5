"""A population's list: its rows with what was found, on disk, and what is to be said of it."""

import csv
import io
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from hashlib import sha256
from itertools import chain, islice
from pathlib import Path

import msgspec

from soc2test.errors import Soc2Error
from soc2test.listing.cells import inert_cell
from soc2test.listing.columns import FIXED
from soc2test.listing.outcomes import Outcomes
from soc2test.listing.rows import Row
from soc2test.listing.sequences import Sequences
from soc2test.verdicts import Listed

__all__ = ["BOM", "Finished", "finish"]

Veiling = Callable[[str], str]
"""A text without what is to be hidden in it."""

_TOGETHER = 500
"""rows that are looked at in one text: most hold nothing to hide"""
_ID, _KIND, _OUTCOME, _DAY = (FIXED.index(name) for name in ("id", "kind", "outcome", "event_date"))
BOM = "\ufeff"
"""How a list begins: without it a spreadsheet takes the names of people for another encoding."""


class Finished(msgspec.Struct, frozen=True, kw_only=True):
    """A list that is on disk."""

    listed: Listed
    outcomes: dict[str, int]
    """how many members have each outcome"""
    gaps: tuple[str, ...]
    """in its order or in time, in words; of events alone"""


def finish(
    file: Path, head: Row, rows: Iterable[Row], outcomes: Outcomes, veil: Veiling, *, of_events: bool
) -> Finished:
    """Write a list. Raises `Soc2Error` where the disk refuses it."""
    digest, counted = sha256(), Counter[str]()
    sequences = Sequences() if of_events else None
    try:
        with open(file, "xb") as out:
            for block in chain([[(f"{BOM}{head[0]}", *head[1:])]], _told(rows, outcomes, veil, counted, sequences)):
                data = _text(block)
                digest.update(data)
                out.write(data)
    except OSError as error:
        raise Soc2Error(f"report folder: {file.parent.name}/{file.name} can't be written: {error.strerror}") from error
    return Finished(
        listed=Listed(file=f"{file.parent.name}/{file.name}", sha256=digest.hexdigest(), rows=sum(counted.values())),
        outcomes=dict(sorted(counted.items())),
        gaps=tuple(sequences.told()) if sequences is not None else (),
    )


def _told(
    rows: Iterable[Row], outcomes: Outcomes, veil: Veiling, counted: Counter[str], sequences: Sequences | None
) -> Iterator[list[Row]]:
    """The rows with what was found, some at a time."""
    rest = iter(rows)
    while block := list(islice(rest, _TOGETHER)):
        told = []
        for row in _veiled(block, veil):
            outcome, finding = outcomes.of(row[_KIND], row[_ID])
            counted[outcome] += 1
            if sequences is not None:
                sequences.take(row[_ID], row[_DAY])
            told.append((inert_cell(row[_ID]), row[_KIND], outcome, finding, *row[_OUTCOME + 2 :]))
        yield told


def _veiled(block: list[Row], veil: Veiling) -> list[Row]:
    whole = "\n".join(cell for row in block for cell in row)
    return block if veil(whole) == whole else [tuple(map(veil, row)) for row in block]


def _text(rows: Iterable[Row]) -> bytes:
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows(rows)
    return text.getvalue().encode()
