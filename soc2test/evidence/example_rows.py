"""Rows of a table that show what to write: a template's example is nobody's entry."""

from typing import Any

from soc2test.errors import EvidenceError
from soc2test.evidence.tables import faults_of, is_table

__all__ = ["EXAMPLE", "without_examples"]

EXAMPLE = "example:"
"""How the first cell of such a row begins."""


def without_examples(body: Any, file: str) -> Any:
    """The body of a table of what people keep, without the rows that say in their first cell that they are examples.

    Any other body as it is. Raises `EvidenceError` where nothing else stands in the table: who filled in nothing did
    not say that there is nothing.
    """
    if not is_table(body) or not body["columns"]:
        return body
    first = body["columns"][0]
    kept = [number for number, entry in enumerate(body["entries"]) if not _is_example(entry.get(first))]
    if len(kept) == len(body["entries"]):
        return body
    if not kept:
        raise EvidenceError(
            file, "holds the example of its template and nothing else: fill it in, or remove it where there is nothing"
        )
    numbers = {old: new for new, old in enumerate(kept)}
    less = {**body, "entries": [body["entries"][at] for at in kept], "rows": [body["rows"][at] for at in kept]}
    if "faults" in body:
        less["faults"] = [(numbers[at], column, text) for at, column, text in faults_of(body) if at in numbers]
    return less


def _is_example(cell: Any) -> bool:
    return isinstance(cell, str) and cell.strip().casefold().startswith(EXAMPLE)
