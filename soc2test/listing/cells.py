"""What a fact looks like in a cell of a list that people open in a spreadsheet."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

import msgspec

from soc2test.reports.text import clip, visible

__all__ = ["NONE", "UNKNOWN", "cell", "column", "inert_cell", "quoted"]

NONE = "none"
"""of a fact of which the evidence says that there is none; an empty cell is an empty text"""
UNKNOWN = "unknown"
"""how the cell of a fact begins that nothing tells; the reason follows"""
_LONGEST = 2000
"""characters: a spreadsheet holds 32,767, and shows few of them"""
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""what a spreadsheet takes for the begin of a formula"""


def cell(value: Any) -> str:
    """A value of a fact in one line: texts as they are, moments in UTC, what has parts as JSON."""
    if isinstance(value, str):
        return inert_cell(value)
    if value is None:
        return NONE
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int | float):
        return str(value)
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat().replace("+00:00", "Z")
    return inert_cell(msgspec.json.encode(_plain(value), enc_hook=str, order="deterministic").decode())


def inert_cell(text: str) -> str:
    """A text as a cell that no spreadsheet runs: an apostrophe stands before what begins as a formula does."""
    if text.isascii() and text.isprintable():  # most are plain
        shown = text if len(text) <= _LONGEST else clip(text, _LONGEST)
    else:
        shown = visible(text, _LONGEST)
    return f"'{shown}" if shown.startswith(_FORMULA) else shown


def quoted(cell: str) -> str:
    """A cell as CSV has it. It is one line, so that a comma and a quote are all that matters.

    `csv.writer` looks at each character of each cell: of a million rows that took as long as to evaluate them.
    """
    return f'"{cell.replace(chr(34), chr(34) * 2)}"' if "," in cell or '"' in cell else cell


def column(values: Sequence[Any]) -> list[str]:
    """The cells of many values, as CSV has them: most are plain texts, and one look at all of them is enough."""
    types = {*map(type, values)}
    if types == {bool}:
        return ["yes" if value else "no" for value in values]
    if types != {str}:
        return [quoted(cell(value)) for value in values]
    whole = "\n".join(values)
    plain = whole.count("\n") == len(values) - 1 and _is_plain(f"\n{whole}")
    if plain and max(map(len, values)) <= _LONGEST:
        return [*values]
    return [quoted(inert_cell(value)) for value in values]


def _is_plain(lines: str) -> bool:
    """True where none of these lines, each of which a line feed begins, has to be written otherwise than it is."""
    if not lines.isascii() or "," in lines or '"' in lines or any(f"\n{sign}" in lines for sign in _FORMULA):
        return False
    return lines.replace("\n", "").isprintable()


def _plain(value: Any) -> Any:
    """Sets in an order that is the same in every run."""
    return sorted(value, key=str) if isinstance(value, set | frozenset) else value
