"""How deep a parsed document is nested and how many entries it has, held against the limits of reading."""

import re
from collections.abc import Iterable
from typing import Any

from soc2test.errors import EvidenceError
from soc2test.evidence.read_limits import ReadLimits

__all__ = ["check_depth", "check_json", "may_be_deep", "too_deep", "too_many"]

_INNERMOST = re.compile(rb"\[\]|\{\}")
_NO_BRACKETS = bytes(set(range(256)) - set(b"[]{}"))


def check_json(values: Iterable[Any], data: bytes, file: str, limits: ReadLimits) -> None:
    """Raise `EvidenceError` where the JSON in `data`, parsed to `values`, is too deep or has too many entries."""
    if may_be_deep(data, limits.json_depth):
        for value in values:
            check_depth(value, file, limits.json_depth)
    # a comma or an opening bracket stands before each entry, and few documents have as many of them as the limit
    if sum(map(data.count, (b",", b"[", b"{", b"\n"))) >= limits.entries and _entries(values) > limits.entries:
        raise too_many(file, limits)


def may_be_deep(data: bytes, most: int) -> bool:
    """False where a JSON text can't be nested over `most` levels: told by its brackets alone, much faster than a walk.

    The parsers stop at some depth of their own, which is not quite the limit: one counts 201 levels, the other 998.
    """
    if data.count(b"[") + data.count(b"{") <= most:
        return False
    brackets = data.translate(None, _NO_BRACKETS)
    for _ in range(most):  # each round takes the innermost level away
        left = _INNERMOST.sub(b"", brackets)
        if len(left) == len(brackets):
            break
        brackets = left
    return bool(brackets)  # also where texts hold brackets: then the walk tells


def check_depth(value: Any, file: str, most: int, place: str = "") -> None:
    """Raise `EvidenceError` where a JSON value is nested over `most` levels."""
    level = [value] if isinstance(value, dict | list) else []
    for _ in range(most):
        level = [inner for each in level for inner in _inner(each) if isinstance(inner, dict | list)]
    if level:
        raise too_deep(file, most, "json_depth", place)


def too_deep(file: str, most: int, key: str, place: str = "") -> EvidenceError:
    """The error for a document that is nested too deeply."""
    text = f"nested over {most} levels; cut out what is deeper, or raise reading.{key} in soc2.yaml"
    return EvidenceError(file, text, place=place, code="limit")


def too_many(file: str, limits: ReadLimits, place: str = "") -> EvidenceError:
    """The error for a document with too many entries."""
    text = f"holds over {limits.entries} entries; split it, or raise reading.entries in soc2.yaml"
    return EvidenceError(file, text, place=place, code="limit")


def _entries(values: Iterable[Any]) -> int:
    left = list(values)
    count = len(left)
    while left:
        inner = _inner(left.pop())
        count += len(inner)
        left += (each for each in inner if isinstance(each, dict | list))
    return count


def _inner(value: Any) -> list[Any]:
    if isinstance(value, dict):
        return list(value.values())
    return value if isinstance(value, list) else []
