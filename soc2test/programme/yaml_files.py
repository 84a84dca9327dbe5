"""The YAML of a programme's own files: what can be read of it, and the line of what can't."""

from typing import Any, NamedTuple

from soc2test.errors import EvidenceError, ProgrammeError
from soc2test.evidence.yaml_text import Faults, Lines, parse_with_faults

__all__ = ["Parsed", "read_yaml"]


class Parsed(NamedTuple):
    """The value of a file, its lines, and what of it is not read, by key path: each is for whose place it is."""

    value: Any
    lines: Lines
    faults: Faults


def read_yaml(data: bytes, file: str) -> Parsed:
    """What a file holds. Raises `ProgrammeError` with the line where it is no YAML."""
    try:
        return Parsed(*parse_with_faults(data, file))
    except EvidenceError as error:
        raise ProgrammeError(file, error.text, line=_line_of(error, data)) from None


def _line_of(error: EvidenceError, data: bytes) -> int | None:
    """The line of an error; what is no text is counted in bytes."""
    unit, _, number = error.place.partition(" ")
    if not number.isdecimal():
        return None
    return data.count(b"\n", 0, int(number)) + 1 if unit == "byte" else int(number)
