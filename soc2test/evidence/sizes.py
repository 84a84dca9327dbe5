"""How deep a parsed document is nested and how many entries it has, held against the limits of reading."""

from collections.abc import Iterable
from typing import Any

from soc2test.errors import EvidenceError
from soc2test.evidence.limits import JSON_DEPTH, ReadLimits

__all__ = ["check_depth", "check_json", "too_deep", "too_many"]


def check_json(values: Iterable[Any], data: bytes, file: str, limits: ReadLimits) -> None:
    """Raise `EvidenceError` where the JSON in `data`, parsed to `values`, is too deep or has too many entries."""
    for value in values:
        check_depth(value, file, limits.json_depth)
    # a comma or an opening bracket stands before each entry, and few documents have as many of them as the limit
    if sum(map(data.count, (b",", b"[", b"{", b"\n"))) >= limits.entries and _entries(values) > limits.entries:
        raise too_many(file, limits)


def check_depth(value: Any, file: str, most: int, place: str = "") -> None:
    """Raise `EvidenceError` where a JSON value is nested over `most` levels; the parser's own limit costs nothing."""
    level = [value] if most < JSON_DEPTH and isinstance(value, dict | list) else []
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
