"""The condition of a control's population, as its author wrote it."""

import ast

from soc2test.code_reading.modules import AnyFunction, functions_at
from soc2test.controls.control import Control

__all__ = ["where_text"]


def where_text(control: Control) -> str:
    """The expression behind `where` ("identity.human and identity.active"); "" where all resources are meant."""
    code = getattr(control.where, "__code__", None)
    if code is None:
        return "" if control.where is None else repr(control.where)
    try:
        functions = functions_at(code.co_filename, code.co_firstlineno)
    except (OSError, SyntaxError, ValueError):
        return str(code.co_name)
    texts = dict.fromkeys(_expression(node) for node in functions if _is_called(node, code.co_name))
    # two lambdas on a line can't be told apart: show both rather than the wrong one
    return "; or ".join(texts) or str(code.co_name)


def _is_called(node: AnyFunction, name: str) -> bool:
    """A lambda may stand on the very line of the control that it is for: the kind of function must fit too."""
    return (
        isinstance(node, ast.Lambda) if name == "<lambda>" else isinstance(node, ast.FunctionDef) and node.name == name
    )


def _expression(node: AnyFunction) -> str:
    if isinstance(node, ast.Lambda):
        return ast.unparse(node.body)
    body = [each for each in node.body if not _is_docstring(each)]
    if len(body) == 1 and isinstance(body[0], ast.Return) and body[0].value is not None:
        return ast.unparse(body[0].value)
    return "; ".join(" ".join(ast.unparse(each).split()) for each in body)


def _is_docstring(node: ast.stmt) -> bool:
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str)
