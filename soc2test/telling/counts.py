"""Counts that a body states of itself, held against what was read."""

from collections.abc import Sequence
from typing import Any

from soc2test.evidence.redacted import Redacted
from soc2test.sources.operation import Operation
from soc2test.sources.paging import path_values

__all__ = ["miscounted"]


def miscounted(operation: Operation, pages: Sequence[tuple[Any, int]]) -> str | None:
    """What does not tie out between the counts that the pages' bodies state and their items; None where all does.

    A page is its body and the number of its items. A body that states nothing is not held against anything.
    """
    read = sum(items for _, items in pages)
    for body, items in pages:
        if (wrong := _against(operation.total, body, read)) is not None:
            return wrong
        if (wrong := _against(operation.count, body, items)) is not None:
            return wrong
    return None


def _against(path: str | None, body: Any, items: int) -> str | None:
    stated = path_values(body, path) if path is not None and isinstance(body, dict) else []
    for value in stated:
        number = _whole(value)
        if number is None:
            return f"{path} is no number of items"
        if number != items:
            return f"{path} says {number} items, and {items} are there"
    return None


def _whole(value: Any) -> int | None:
    """The number that was written, also as text; None of anything else."""
    if isinstance(value, Redacted):
        return None
    if isinstance(value, str) and value.isascii() and value.isdigit():
        return int(value[:18])
    return value if isinstance(value, int) and not isinstance(value, bool) else None
