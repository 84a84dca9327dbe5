"""The shipped policy files, compiled once a process: dozens of commands and runs load the same text.

Only `compile` is spared, a pure function of text and name. Each load still executes the files into modules of its own.
"""

from collections.abc import Callable
from functools import cache
from pathlib import Path
from types import CodeType
from typing import Any

from soc2test.controls import packs

__all__ = ["compile_once"]

SHIPPED = Path(__file__).resolve().parents[1] / "policies"


def compile_once() -> None:
    """Have packs take the compiled text of the shipped files from here, from now on; those of others are compiled."""
    vars(packs)["compile"] = _compiled
    for path in SHIPPED.rglob("*.py"):
        if path.parent != SHIPPED:
            _shipped(path.read_bytes(), str(path))


def _compiled(source: bytes, name: str, mode: str, **options: Any) -> CodeType:
    if Path(name).is_relative_to(SHIPPED) and (mode, options) == ("exec", {"dont_inherit": True}):
        return _shipped(source, name)
    compiled: Callable[..., CodeType] = compile
    return compiled(source, name, mode, **options)


@cache
def _shipped(source: bytes, name: str) -> CodeType:
    return compile(source, name, "exec", dont_inherit=True)
