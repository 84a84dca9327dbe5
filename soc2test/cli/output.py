"""Tables and blocks of text, as wide as the terminal (unwrapped in a file or a pipe), and JSON."""

import json
import sys
from collections.abc import Sequence
from shutil import get_terminal_size
from typing import Any

from tabulate import tabulate

from soc2test.reports.secret_values import redact

__all__ = ["as_json", "block", "table"]

_LEAST = 24


def as_json(value: Any) -> str:
    """Records as indented JSON."""
    return json.dumps(value, indent=2, ensure_ascii=False)


def table(headers: Sequence[str], rows: Sequence[Sequence[str]], wide: Sequence[int] = ()) -> str:
    """A table with a line below its heads; the columns `wide` share what the terminal leaves."""
    rows = _hidden(rows)
    widths = _widths([headers, *rows], wide) if rows else None
    return tabulate(rows, headers, tablefmt="simple", disable_numparse=True, maxcolwidths=widths)


def block(rows: Sequence[Sequence[str]], wide: Sequence[int] = (), indent: int = 2) -> str:
    """Rows in columns, without heads."""
    rows = _hidden(rows)
    widths = _widths(rows, wide, indent) if rows else None
    text = tabulate(rows, tablefmt="plain", disable_numparse=True, maxcolwidths=widths)
    return "\n".join((" " * indent + line).rstrip() for line in text.splitlines())


def _hidden(rows: Sequence[Sequence[str]]) -> list[list[str]]:
    """Without secrets: a cell that is wrapped later would hold one in two halves."""
    return [[redact(cell) for cell in row] for row in rows]


def _widths(rows: Sequence[Sequence[str]], wide: Sequence[int], indent: int = 0) -> list[int | None] | None:
    if not wide or not sys.stdout.isatty():
        return None
    columns = range(max(map(len, rows)))
    longest = [max((len(row[column]) for row in rows if column < len(row)), default=0) for column in columns]
    fixed = sum(length + 2 for column, length in enumerate(longest) if column not in wide)
    room = (get_terminal_size().columns - indent - fixed) // len(wide) - 2
    return [max(_LEAST, room) if column in wide else None for column in columns]
