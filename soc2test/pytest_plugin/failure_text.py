"""What the console shows of the assert that failed: pytest's own words about it, without the function around it."""

import re
from collections.abc import Iterator, Sequence
from typing import Any

from _pytest._code.code import ExceptionChainRepr, ReprEntry

__all__ = ["shortened"]

_FAILED, _SAID = ">", "E"
"""how pytest begins the line that failed, and those that say what it found there"""
_MOST = 12
_FUNCTION = re.compile(r"<function (\S+) at 0x[0-9a-f]+>")


def shortened(shown: Any) -> Any:
    """A failure as pytest shows it in its long style, cut to the arguments, the assert and what it found.

    The whole function stands in the policy file, whose line is named, and with `--tb=long` on the console too.
    """
    if isinstance(shown, ExceptionChainRepr):
        for traceback, *_ in shown.chain:
            for entry in traceback.reprentries:
                if isinstance(entry, ReprEntry):
                    entry.lines = [*_told(entry.lines)]
    return shown


def _told(lines: Sequence[str]) -> Iterator[str]:
    """All of it where no line is marked: then it is no traceback of pytest's long style."""
    begin = next((place for place, line in enumerate(lines) if line.startswith(_FAILED)), 0)
    said = 0
    for line in lines[begin:]:
        said += line.startswith(_SAID)
        if said <= _MOST:
            yield _FUNCTION.sub(_name, line)
    if said > _MOST:
        yield f"{_SAID}       and {said - _MOST} more lines, with --tb=long"


def _name(match: re.Match[str]) -> str:
    """A function by its name: where it lies in memory is another each time."""
    return match[1].rpartition(".")[2].strip("<>")
