"""Calls of `pending` whose text shows that they are refused: in a test of a state, and without an end that comes."""

import ast
from collections.abc import Iterator
from typing import Any

from soc2test.code_reading.walking import walk
from soc2test.controls.control import Control
from soc2test.controls.deviation import WAY_OUT, pending

__all__ = ["STATE_WAITS", "waits", "waits_wrongly"]

STATE_WAITS = (
    "it is the test of a state and calls pending(): a state holds or not at each moment. Take what is not due yet out "
    'with where=, or say nature="event" where each resource has a trigger and a deadline'
)


def waits_wrongly(control: Control, node: ast.AST) -> Iterator[tuple[int, str]]:
    """What is wrong with a call of `pending`, with its line; a call by another function is met when it runs."""
    if not isinstance(node, ast.Call) or not waits(control, node):
        return
    until = {keyword.arg: keyword.value for keyword in node.keywords}
    if control.nature == "state":
        yield node.lineno, STATE_WAITS
    elif not until.keys() & {"until", None}:  # None: **options, of which nobody knows what they hold
        yield node.lineno, f"pending() does not say when its limit ends; {WAY_OUT}"
    elif "until" in until and "as_of" in {getattr(each, "id", "") for each in walk(until["until"])}:
        yield node.lineno, f"the end of its limit is counted from as_of, and never comes; {WAY_OUT}"


def waits(control: Control, node: ast.Call) -> bool:
    """True for a call of `pending`."""
    return _called(node.func, control.function.__globals__) is pending


def _called(name: ast.expr, known: dict[str, Any]) -> object:
    if isinstance(name, ast.Name):
        return known.get(name.id)
    if isinstance(name, ast.Attribute) and isinstance(name.value, ast.Name):
        return getattr(known.get(name.value.id), name.attr, None) if name.attr == pending.__name__ else None
    return None
