"""Limits that a control declares and never reads, and limits of soc2.yaml that no control has."""

import ast
import re
from collections.abc import Iterator, Mapping
from typing import Any

from soc2test.code_reading.trees import tree_of
from soc2test.controls.control import Control
from soc2test.linting.controls_code import reached_by
from soc2test.linting.finding import LintFinding
from soc2test.linting.looked_at import LookedAt
from soc2test.nearest import near

__all__ = ["limits_unknown", "limits_unread"]

_LIMITS = "limits"


def limits_unread(looked_at: LookedAt) -> Iterator[LintFinding]:
    """Limits that would change nothing, whatever soc2.yaml set them to."""
    for placed in looked_at.controls:
        for name in placed.control.limits:
            if not _is_read(placed.control, name):
                text = f"the limit {name} is never read, so that to set it would change nothing; take it out or use it"
                yield placed.finding("limit-unread", text, subject=f"{placed.control.id}.{name}")


def _is_read(control: Control, name: str) -> bool:
    """Whether the code that a control leads to reads a limit.

    Where `limits` is handed on under another name, any name like that of the limit may read it.
    """
    reached = reached_by(control)
    astray = False
    for function in reached.functions:
        tree = tree_of(function)
        if tree is None:
            astray = True
            continue
        for node in ast.walk(tree):
            if _reads(node, name):
                return True
            astray = astray or (isinstance(node, ast.Call) and _hands_on(node, function.__globals__))
    return astray and reached.may_read(name)


def _reads(node: ast.AST, name: str) -> bool:
    if isinstance(node, ast.Attribute) and _is_limits(node.value):
        return node.attr in (name, "items")
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "getattr":
        return any(_is_limits(each) for each in node.args[:1]) and any(_could_be(each, name) for each in node.args[1:2])
    return False


def _is_limits(node: ast.AST) -> bool:
    return isinstance(node, ast.Name) and node.id == _LIMITS


def _could_be(node: ast.expr, name: str) -> bool:
    """Whether an expression may give a name: a text is one, an f-string some of them, of others nothing is known."""
    if isinstance(node, ast.Constant):
        return node.value == name
    if isinstance(node, ast.JoinedStr):
        parts = [re.escape(str(each.value)) if isinstance(each, ast.Constant) else ".*" for each in node.values]
        return re.fullmatch("".join(parts), name) is not None
    return True


def _hands_on(call: ast.Call, scope: Mapping[str, Any]) -> bool:
    """True where a call hands `limits` to something that may know it by another name."""
    given = [*call.args, *(keyword.value for keyword in call.keywords)]
    if not any(_is_limits(each) for each in given):
        return False
    function = scope.get(call.func.id) if isinstance(call.func, ast.Name) else None
    if function is getattr or (isinstance(call.func, ast.Name) and call.func.id == "getattr"):
        return False
    code = getattr(function, "__code__", None)
    return code is None or _LIMITS not in code.co_varnames[: code.co_argcount + code.co_kwonlyargcount]


def limits_unknown(looked_at: LookedAt) -> Iterator[LintFinding]:
    """Limits that soc2.yaml sets of controls that are not loaded, or that these do not have; all of them."""
    if looked_at.config is None:
        return
    controls = {placed.control.id: placed.control for placed in looked_at.controls}
    for id, limits in looked_at.config.limits.items():
        if id not in controls:
            if looked_at.all_loaded:
                guess = near(id, controls) or "; `soc2test controls` lists all"
                yield _unknown(looked_at, (id,), f"no loaded control has the id {id!r}{guess}")
            continue
        for name in limits:
            if name not in controls[id].limits:
                known = ", ".join(controls[id].limits) or "none"
                yield _unknown(looked_at, (id, name), f"{id} has no limit {name!r}; it has {known}")


def _unknown(looked_at: LookedAt, path: tuple[str, ...], text: str) -> LintFinding:
    assert looked_at.config is not None  # noqa: S101  # its caller looked
    error = looked_at.config.error((_LIMITS, *path), text)
    return LintFinding(file=error.file, line=error.line or 1, rule="limit-unknown", subject=".".join(path), text=text)
