"""The code of a control: its own functions, what they lead to, and the facts that they read, with their lines."""

import inspect
from collections.abc import Callable
from functools import lru_cache
from typing import Any

from soc2test.code_reading.reached import Reached, reached
from soc2test.code_reading.reads import Located, located_reads, reads_of
from soc2test.controls.control import Control, Second

__all__ = ["reached_by", "reads_by"]


@lru_cache(maxsize=1024)
def _functions_of(function: Callable[..., Any], *others: Callable[..., Any]) -> Reached:
    return reached(function, *others)


def reached_by(control: Control) -> Reached:
    """All code that a control leads to: body, `where`, `joins`, `dated` and the second sources that it asks."""
    seconds = [second.function for second in (control.agrees, control.complete) if second is not None]
    dated = [control.dated] if callable(control.dated) else []
    where = [control.where] if control.where is not None else []
    return _functions_of(control.function, *where, *control.joins.values(), *seconds, *dated)


def reads_by(control: Control) -> list[Located]:
    """The facts that this code reads, as far as it is followed; each read once."""
    found = list(located_reads(control))
    seen: set[object] = set()
    for name, condition in control.joins.items():
        found += reads_of(condition, {_first(condition): control.populations[name]}, {}, seen)
    if callable(control.dated) and control.kind is not None:
        found += reads_of(control.dated, {_first(control.dated): control.kind}, {}, seen)
    for second in (control.agrees, control.complete):
        found += _reads_of_second(second, seen) if second is not None else []
    return list(dict.fromkeys(found))


def _reads_of_second(second: Second, seen: set[object]) -> list[Located]:
    return reads_of(second.function, {}, dict(second.populations), seen)


def _first(function: Callable[..., Any]) -> str:
    return next(iter(inspect.signature(function).parameters), "")
