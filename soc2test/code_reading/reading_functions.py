"""Where the code of a reading function names a fact or an id, told from its text."""

import ast
import inspect
from collections.abc import Callable
from types import FunctionType
from typing import Any

from soc2test.code_reading.trees import tree_of
from soc2test.code_reading.walking import walk
from soc2test.faults import place_of_code

__all__ = ["as_text", "facts_calls", "place_in"]


def facts_calls(read: Callable[..., Any]) -> list[ast.Call]:
    """The `facts(...)` calls in a function; none where its code can't be read."""
    function = inspect.unwrap(read)
    tree = tree_of(function) if isinstance(function, FunctionType) else None
    if tree is None:
        return []
    return [node for node in walk(tree) if isinstance(node, ast.Call) and _is_facts(node.func)]


def _is_facts(function: ast.expr) -> bool:
    return isinstance(function, ast.Name) and function.id == "facts"


def place_in(read: Callable[..., Any], fact: str) -> str:
    """Where a reading function names a fact: " (plugins/fleet.py:40)", at least where the function begins."""
    code = getattr(read, "__code__", None)
    if code is None:
        return ""
    lines = [word.value.lineno for call in facts_calls(read) for word in call.keywords if word.arg == fact]
    line = lines[0] if lines else code.co_firstlineno
    return f" ({place_of_code(code.co_filename, line, read.__module__)})"


def as_text(read: Callable[..., Any]) -> str:
    """How the id would be text: ": write str(item['card_no'])"; "" where the code doesn't show what is one."""
    ids = {ast.unparse(call.args[0]) for call in facts_calls(read) if call.args}
    return f": write str({ids.pop()})" if len(ids) == 1 else ""
