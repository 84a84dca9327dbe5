"""The other direction: items of a list from elsewhere, each looked up in a population, to see whether that is whole."""

import csv
import io
from collections.abc import Iterable, Iterator
from hashlib import sha256
from pathlib import Path

import msgspec

from soc2test.errors import EvidenceError
from soc2test.sampling.drawing import in_order
from soc2test.sampling.population import Population

__all__ = ["LookedUp", "Other", "look_up", "read_other"]


class Other(msgspec.Struct, frozen=True, kw_only=True):
    """A list from outside of the population: the values of one of its columns, each once."""

    file: str
    sha256: str
    column: str
    values: tuple[str, ...]


class LookedUp(msgspec.Struct, frozen=True, kw_only=True):
    """A value that was drawn from it, and the members of the population that have it."""

    value: str
    found: tuple[str, ...]


def read_other(file: Path, column: str) -> Other:
    """The list in a CSV file. Raises `EvidenceError`."""
    shown = str(file)
    try:
        data = file.read_bytes()
        text = data.decode("utf-8-sig")
    except OSError as error:
        raise EvidenceError(shown, f"can't be read: {error.strerror}") from None
    except UnicodeDecodeError:
        raise EvidenceError(shown, "is no UTF-8: save it as CSV UTF-8") from None
    reader = csv.DictReader(io.StringIO(text, newline=""))
    columns = reader.fieldnames or ()
    if column not in columns:
        raise EvidenceError(shown, f"has no column {column!r}; it has {', '.join(columns) or 'none'}", place="line 1")
    values = dict.fromkeys(value for row in reader if (value := (row[column] or "").strip()))
    if not values:
        raise EvidenceError(shown, f"has no value under {column!r}: nothing can be drawn from it")
    return Other(file=shown, sha256=sha256(data).hexdigest(), column=column, values=tuple(values))


def look_up(other: Other, population: Population, seed: str, size: int, match: str) -> list[LookedUp]:
    """Draw `size` values of a list, and look each up under the column `match` of the population, whatever its case.

    Raises `EvidenceError` where the population has no such column.
    """
    members = population.members
    if members and match not in members[0].cells:
        text = f"has no column {match!r}; it has {', '.join(members[0].cells)}"
        raise EvidenceError(f"the list of {population.control}", text)
    known: dict[str, list[str]] = {}
    for item in members:
        for value in _values(item.cells[match]):
            known.setdefault(value, []).append(item.cells["id"])
    drawn = in_order(other.values, other.sha256, seed, lambda value: (value,))[:size]
    return [LookedUp(value=value, found=tuple(known.get(value.casefold(), ()))) for value in drawn]


def _values(cell: str) -> Iterator[str]:
    """The text of a cell, and where it is a list of texts each of them."""
    plain = cell.removeprefix("'").strip()
    yield plain.casefold()
    if plain.startswith("["):
        try:
            parts = msgspec.json.decode(plain)
        except msgspec.MsgspecError:
            return
        yield from _texts(parts)


def _texts(parts: Iterable[object]) -> Iterator[str]:
    yield from (part.casefold() for part in parts if isinstance(part, str))
