"""Rows of a table that show what to write: a template's example is nobody's entry."""

from typing import Any

from soc2test.errors import EvidenceError
from soc2test.evidence.tables import faults_of, is_table

__all__ = ["EXAMPLE", "without_examples"]

EXAMPLE = "example:"
"""How the first cell of such a row begins."""
_BELOW = "is the example of a template, below other rows: remove the row, or write what is meant"


def without_examples(body: Any, file: str) -> Any:
    """The body of a table of what people keep, without its first row where that says that it is an example.

    Such a row further down, where sorting may have put it, is a fault of its entry: nothing is left out there without a
    word. Any other body stays as it is. Raises `EvidenceError` where nothing else stands in the table: who filled in
    nothing did not say that there is nothing.
    """
    if not is_table(body) or not body["columns"]:
        return body
    first = body["columns"][0]
    examples = [number for number, entry in enumerate(body["entries"]) if _is_example(entry.get(first))]
    if not examples:
        return body
    begin = 1 if examples[0] == 0 else 0
    if begin == len(body["entries"]):
        raise EvidenceError(
            file, "holds the example of its template and nothing else: fill it in, or remove it where there is nothing"
        )
    faults = [*faults_of(body), *((number, first, _BELOW) for number in examples[begin:])]
    less = {**body, "entries": body["entries"][begin:], "rows": body["rows"][begin:]}
    if faults:
        less["faults"] = [(number - begin, column, text) for number, column, text in faults if number >= begin]
    return less


def _is_example(cell: Any) -> bool:
    return isinstance(cell, str) and cell.strip().casefold().startswith(EXAMPLE)
