"""A sample as a CSV file: what was drawn, and empty cells for whoever tests it."""

import csv
import io
from collections.abc import Mapping, Sequence
from pathlib import Path

import msgspec

from soc2test.errors import EvidenceError
from soc2test.listing.finishing import BOM
from soc2test.sampling.sample import Drawn, Plan

__all__ = ["RESULTS", "Row", "as_csv", "drawn_cells", "read_sample"]

_DRAWN = ("number", "instead_of", "id", "kind", "outcome", "finding", "event_date", "source", "evidence")
_TESTED = ("document", "result", "replaced_because", "replaced_by")
_PLAN = ("control", "population", "seed", "size", "spread")
_LACKS = "list_lacks"
HEAD = (*_DRAWN, *_TESTED, *_PLAN, _LACKS)

RESULTS = ("", "as recorded", "deviation", "no document")
"""What may stand under `result`. "no document": the item's document can't be produced, which is a deviation."""


class Row(msgspec.Struct, frozen=True, kw_only=True):
    """A row of a sample's file, as whoever tests it has filled it in."""

    number: int
    instead_of: int | None
    name: tuple[str, str]
    document: str
    result: str
    replaced_because: str
    """why it proves no member: void, a duplicate, from before the control's start"""
    replaced_by: str
    """who said so"""
    cells: Mapping[str, str]
    """by column what nobody is to fill in, as it stands in the file"""

    @property
    def replaced(self) -> bool:
        """True where somebody says that it proves no member."""
        return bool(self.replaced_because and self.replaced_by)


def drawn_cells(drawn: Drawn, lacks: str) -> dict[str, str]:
    """The cells of a row that nobody is to fill in; `lacks` says what the list is known to lack, "" of nothing."""
    own = {name: drawn.item.cells.get(name, "") for name in _DRAWN}
    own |= {"number": str(drawn.number), "instead_of": "" if drawn.instead_of is None else str(drawn.instead_of)}
    return own | {_LACKS: lacks}


def as_csv(
    plan: Plan,
    drawn: Sequence[Drawn],
    lacks: str,
    filled: Mapping[int, Row] = {},  # never changed
) -> str:
    """The file; `lacks` says what the list is known to lack, `filled` keeps what is filled in already, by number."""
    out = io.StringIO()
    writer = csv.DictWriter(out, HEAD, lineterminator="\n")
    writer.writeheader()
    told = {name: str(getattr(plan, name)) for name in _PLAN}
    for each in drawn:
        own = drawn_cells(each, lacks)
        row = filled.get(each.number)
        own |= {name: "" if row is None else getattr(row, name) for name in _TESTED}
        writer.writerow(own | told)
    return BOM + out.getvalue()


def read_sample(file: Path) -> tuple[Plan, list[Row]]:
    """The plan of a sample's file, and its rows. Raises `EvidenceError` with the line for what is none."""
    shown = str(file)
    try:
        text = file.read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise EvidenceError(shown, f"can't be read: {error.strerror}") from None
    except UnicodeDecodeError:
        raise EvidenceError(shown, "is no UTF-8: save it as CSV UTF-8") from None
    reader = csv.DictReader(io.StringIO(text, newline=""))
    if missing := [name for name in HEAD if name not in (reader.fieldnames or ())]:
        raise EvidenceError(shown, f"is no sample: the columns {', '.join(missing)} are missing", place="line 1")
    plan: Plan | None = None
    rows = []
    for line, cells in enumerate(reader, 2):
        own = _plan(cells, shown, line)
        if plan is not None and own != plan:
            raise EvidenceError(shown, "is of another draw than the rows above", place=f"line {line}")
        plan = own
        rows.append(_row(cells, shown, line))
    if plan is None:
        raise EvidenceError(shown, "has no row: draw a sample first")
    return plan, rows


def _plan(cells: Mapping[str, str], shown: str, line: int) -> Plan:
    try:
        return Plan(
            control=cells["control"],
            population=cells["population"],
            seed=cells["seed"],
            size=int(cells["size"]),
            spread=cells["spread"],
        )
    except (ValueError, TypeError):
        raise EvidenceError(shown, "does not say how it was drawn", place=f"line {line}") from None


def _row(cells: Mapping[str, str], shown: str, line: int) -> Row:
    try:
        row = Row(
            number=int(cells["number"]),
            instead_of=int(cells["instead_of"]) if cells["instead_of"] else None,
            name=(cells["kind"], cells["id"]),
            **{name: (cells[name] or "").strip() for name in _TESTED},
            cells={name: cells[name] or "" for name in (*_DRAWN, _LACKS)},
        )
    except (ValueError, TypeError):
        raise EvidenceError(shown, "is no row of a sample", place=f"line {line}") from None
    if row.result not in RESULTS:
        allowed = ", ".join(map(repr, RESULTS[1:]))
        raise EvidenceError(shown, f"result is one of {allowed}, or empty", place=f"line {line}")
    if bool(row.replaced_because) != bool(row.replaced_by):
        text = "a replaced item needs both: why it proves no member, and who said so"
        raise EvidenceError(shown, text, place=f"line {line}")
    return row
