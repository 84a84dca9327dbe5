"""Limits that a control declares and never reads, and limits of soc2.yaml that no control has."""

import ast
import re
from collections.abc import Iterator, Mapping
from typing import Any

from soc2test.code_reading.trees import tree_of
from soc2test.code_reading.walking import walk
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

    Where `limits` gets another name, any name like that of the limit may read it.
    """
    reached = reached_by(control)
    renamed = False
    for function in reached.functions:
        if (tree := tree_of(function)) is None:
            renamed = renamed or _LIMITS in (*function.__code__.co_varnames, *function.__code__.co_names)
        elif any(_reads(node, name) for node in walk(tree)):
            return True
        else:
            renamed = renamed or _gets_another_name(tree, function.__globals__)
    return renamed and reached.may_read(name)


def _reads(node: ast.AST, name: str) -> bool:
    if isinstance(node, ast.Attribute) and _is_limits(node.value):
        return node.attr in (name, "items")
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "getattr":
        return any(_is_limits(each) for each in node.args[:1]) and any(_could_be(each, name) for each in node.args[1:2])
    return False


def _is_limits(node: ast.AST) -> bool:
    """True of `limits` and of what holds it by that name (`self.limits`)."""
    return (isinstance(node, ast.Name) and node.id == _LIMITS) or (
        isinstance(node, ast.Attribute) and node.attr == _LIMITS
    )


def _could_be(node: ast.expr, name: str) -> bool:
    """Whether an expression may give a name: a text is one, an f-string some of them, of others nothing is known."""
    if isinstance(node, ast.Constant):
        return node.value == name
    if isinstance(node, ast.JoinedStr):
        parts = [re.escape(str(each.value)) if isinstance(each, ast.Constant) else ".*" for each in node.values]
        return re.fullmatch("".join(parts), name) is not None
    return True


def _gets_another_name(tree: ast.AST, scope: Mapping[str, Any]) -> bool:
    """True where `limits` stands anywhere but before a dot, and in calls of what knows it by this name."""
    followed = {id(each) for node in walk(tree) for each in _followed(node, scope)}
    return any(_is_limits(node) and id(node) not in followed for node in walk(tree))


def _followed(node: ast.AST, scope: Mapping[str, Any]) -> Iterator[ast.AST]:
    """Where `limits` may stand in a node and is looked at."""
    if isinstance(node, ast.Attribute):
        yield node.value
    elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
        code = getattr(scope.get(node.func.id), "__code__", None)
        if node.func.id == "getattr":
            yield from node.args[:1]
        elif code is not None:
            taken = code.co_varnames[: code.co_argcount]
            yield from (given for name, given in zip(taken, node.args, strict=False) if name == _LIMITS)
            yield from (keyword.value for keyword in node.keywords if keyword.arg == _LIMITS)


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
