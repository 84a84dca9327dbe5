"""The condition of a control's population, as its author wrote it."""

import ast
from pathlib import Path
from typing import Any, TypeGuard

from soc2test.controls.control import Control

__all__ = ["where_text"]


def where_text(control: Control) -> str:
    """The expression behind `where` ("identity.human and identity.active"); "" where all resources are meant."""
    code = getattr(control.where, "__code__", None)
    if code is None:
        return "" if control.where is None else repr(control.where)
    try:
        tree = ast.parse(Path(code.co_filename).read_bytes())
    except (OSError, SyntaxError):
        return str(code.co_name)
    found = [
        node for node in ast.walk(tree) if _is_called(node, code.co_name) and _starts_at(node, code.co_firstlineno)
    ]
    texts = dict.fromkeys(_expression(node) for node in found)
    # two lambdas on a line can't be told apart: show both rather than the wrong one
    return "; or ".join(texts) or str(code.co_name)


def _is_called(node: ast.AST, name: str) -> TypeGuard[ast.Lambda | ast.FunctionDef]:
    """A lambda may stand on the very line of the control that it is for: the kind of function must fit too."""
    return (
        isinstance(node, ast.Lambda) if name == "<lambda>" else isinstance(node, ast.FunctionDef) and node.name == name
    )


def _starts_at(node: Any, line: int) -> bool:
    first = node.decorator_list[0] if isinstance(node, ast.FunctionDef) and node.decorator_list else node
    return bool(first.lineno == line)


def _expression(node: ast.Lambda | ast.FunctionDef) -> str:
    if isinstance(node, ast.Lambda):
        return ast.unparse(node.body)
    body = [each for each in node.body if not _is_docstring(each)]
    if len(body) == 1 and isinstance(body[0], ast.Return) and body[0].value is not None:
        return ast.unparse(body[0].value)
    return "; ".join(" ".join(ast.unparse(each).split()) for each in body)


def _is_docstring(node: ast.stmt) -> bool:
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str)
