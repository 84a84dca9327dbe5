"""Tables and blocks of text, as wide as the terminal (unwrapped in a file or a pipe), and JSON."""

import json
import sys
from collections.abc import Sequence
from shutil import get_terminal_size
from textwrap import wrap
from typing import Any

from tabulate import tabulate

from soc2test.reports.secret_values import redact

__all__ = ["as_json", "block", "pairs", "table"]

_LEAST = 24
_INDENT = 2


def as_json(value: Any) -> str:
    """Records as indented JSON."""
    return json.dumps(value, indent=2, ensure_ascii=False)


def table(
    headers: Sequence[str], rows: Sequence[Sequence[str]], wide: Sequence[int] = (), alone: Sequence[int] = ()
) -> str:
    """A table with a line below its heads; the columns `wide` share what the terminal leaves.

    Where it fits into no terminal and columns are named to stand `alone`, each row is a few lines, with these on
    lines of their own, so that a command can be copied.
    """
    rows = _hidden(rows)
    if alone and rows and _room([headers, *rows], wide) < _LEAST:
        return "\n".join(_lines(headers, row, alone) for row in rows)
    widths = _widths([headers, *rows], wide) if rows else None
    return tabulate(rows, headers, tablefmt="simple", disable_numparse=True, maxcolwidths=widths)


def pairs(rows: Sequence[tuple[str, str]], whole: Sequence[str] = ()) -> str:
    """Names and values in two columns; the values of the names in `whole` are never cut, so that they can be copied."""
    longest = max(len(name) for name, _ in rows)
    rows = [(name, redact(value)) for name, value in rows]
    room = max(_LEAST, get_terminal_size().columns - longest - 2 * _INDENT) if sys.stdout.isatty() else sys.maxsize
    lines = []
    for name, value in rows:
        cut = [value] if name in whole else wrap(value, room, break_long_words=False, break_on_hyphens=False)
        labels = [name, *[""] * (len(cut) - 1)]
        lines += [f"{label:<{longest + _INDENT}}{text}" for label, text in zip(labels, cut, strict=True)]
    return "\n".join(" " * _INDENT + line for line in lines)


def block(rows: Sequence[Sequence[str]], wide: Sequence[int] = (), indent: int = 2) -> str:
    """Rows in columns, without heads."""
    rows = _hidden(rows)
    widths = _widths(rows, wide, indent) if rows else None
    text = tabulate(rows, tablefmt="plain", disable_numparse=True, maxcolwidths=widths)
    return "\n".join((" " * indent + line).rstrip() for line in text.splitlines())


def _lines(headers: Sequence[str], row: Sequence[str], alone: Sequence[int]) -> str:
    """One row below the other: the first cell, those that stand alone, and all others in as few lines as they take."""
    named = [
        (column, cell if (column,) == tuple(alone) else f"{headers[column]} {cell}")
        for column, cell in enumerate(row)
        if column and cell != "-"
    ]
    short = "; ".join(text for column, text in named if column not in alone)
    width = get_terminal_size().columns - _INDENT
    filled = wrap(short, width, break_long_words=False, break_on_hyphens=False)
    below = [*(text for column, text in named if column in alone), *filled]
    return "\n".join([row[0], *(" " * _INDENT + text for text in below)])


def _hidden(rows: Sequence[Sequence[str]]) -> list[list[str]]:
    """Without secrets: a cell that is wrapped later would hold one in two halves."""
    return [[redact(cell) for cell in row] for row in rows]


def _widths(rows: Sequence[Sequence[str]], wide: Sequence[int], indent: int = 0) -> list[int | None] | None:
    if not wide or not sys.stdout.isatty():
        return None
    room = max(_LEAST, _room(rows, wide, indent))
    return [room if column in wide else None for column in range(max(map(len, rows)))]


def _room(rows: Sequence[Sequence[str]], wide: Sequence[int], indent: int = 0) -> int:
    """How wide each of the columns `wide` may be; in a file or a pipe as wide as it likes."""
    if not sys.stdout.isatty():
        return sys.maxsize
    columns = range(max(map(len, rows)))
    longest = [max((len(row[column]) for row in rows if column < len(row)), default=0) for column in columns]
    fixed = sum(length + 2 for column, length in enumerate(longest) if column not in wide)
    return (get_terminal_size().columns - indent - fixed) // len(wide) - 2
