"""What the text of a control shows without running it: that it can't fail, or that it hides what is unknown.

Refused is only what is certain. A resource that is handed to a helper, read with `getattr` or named in an f-string
may be read there.
"""

import ast
import dis
from collections.abc import Iterable, Iterator
from types import CodeType

from soc2test.controls.control import Control

__all__ = ["refused_bodies"]

_TELLS = ("fail", "deviation")
"""calls by which a handler says that something does not hold"""
_ALWAYS_TRUE = (ast.Lambda, ast.GeneratorExp)
_ENDS = (ast.Return, ast.Raise, ast.Continue, ast.Break)


def refused_bodies(source: bytes, controls: Iterable[Control]) -> dict[str, str]:
    """The controls of a file that can't do their work: id -> what is wrong, with its line."""
    refused: dict[str, str] = {}
    controls = [each for each in controls if _may_be_wrong(each)]
    if not controls:  # to parse the files of all packs takes longer than to load them
        return refused
    functions = {_line(each): each for each in ast.walk(ast.parse(source)) if isinstance(each, ast.FunctionDef)}
    for control in controls:
        code = getattr(control.function, "__code__", None)
        function = functions.get(code.co_firstlineno) if code is not None else None
        if function is not None and function.name == control.function.__name__:
            for line, text in _faults(control, function):
                refused.setdefault(control.id, f"control {control.id!r} ({function.name}), line {line}: {text}")
    return refused


def _may_be_wrong(control: Control) -> bool:
    """False where the byte code shows in a moment that nothing below can be the matter with it."""
    code = getattr(control.function, "__code__", None)
    if code is None:
        return False
    inner = any(isinstance(each, CodeType) and each.co_name in _ALWAYS_TRUE_CODE for each in code.co_consts)
    reads = not _READS.isdisjoint(code.co_code[::2])
    return bool(code.co_exceptiontable) or inner or not reads


_ALWAYS_TRUE_CODE = ("<lambda>", "<genexpr>")
_READS = {dis.opmap[name] for name in ("LOAD_ATTR", "LOAD_METHOD") if name in dis.opmap}


def _faults(control: Control, function: ast.FunctionDef) -> Iterator[tuple[int, str]]:
    alive = [node for statement in _alive(function.body) for node in _walk(statement)]
    for node in alive:
        if isinstance(node, ast.Assert) and isinstance(node.test, _ALWAYS_TRUE):
            what = "a lambda" if isinstance(node.test, ast.Lambda) else "a generator"
            yield (
                node.lineno,
                f"it asserts {what}, which is always true; "
                + ("call it" if isinstance(node.test, ast.Lambda) else "write all(...) or any(...) around it"),
            )
        elif isinstance(node, ast.Try):
            yield from _swallowed(node)
        elif isinstance(node, ast.With) and any(_suppresses(each.context_expr) for each in node.items):
            yield (
                node.lineno,
                "it suppresses every exception, so that an unknown fact would pass; name those you expect",
            )
    if not _may_read(control, alive):
        yield (
            function.lineno,
            f"it reads no fact of its {control.parameter}, so that it says the same of each; assert what must hold",
        )


def _alive(body: list[ast.stmt]) -> Iterator[ast.stmt]:
    """The statements of a block up to the one after which none is reached."""
    for each in body:
        yield each
        if isinstance(each, _ENDS):
            return


def _walk(node: ast.AST) -> Iterator[ast.AST]:
    """Every node below, without statements that are never reached."""
    yield node
    for _, value in ast.iter_fields(node):
        inner = list(value) if isinstance(value, list) else [value]
        if inner and isinstance(inner[0], ast.stmt):
            inner = list(_alive(inner))
        for each in inner:
            if isinstance(each, ast.AST):
                yield from _walk(each)


def _swallowed(node: ast.Try) -> Iterator[tuple[int, str]]:
    if any(isinstance(each, ast.Return) for statement in node.finalbody for each in ast.walk(statement)):
        yield node.lineno, "a `return` in `finally` drops every failed assert and every unknown fact"
    for handler in node.handlers:
        if _takes_all(handler.type) and not any(map(_tells, (n for s in handler.body for n in ast.walk(s)))):
            caught = "except:" if handler.type is None else "except BaseException:"
            yield (
                handler.lineno,
                f"`{caught}` swallows unknown facts, so that they would pass; name the exceptions you expect",
            )


def _takes_all(caught: ast.expr | None) -> bool:
    if isinstance(caught, ast.Tuple):
        return any(map(_takes_all, caught.elts))
    return caught is None or (isinstance(caught, ast.Name) and caught.id == "BaseException")


def _tells(node: ast.AST) -> bool:
    if isinstance(node, ast.Call):
        return _called(node) in _TELLS
    return isinstance(node, ast.Raise | ast.Assert)


def _suppresses(node: ast.expr) -> bool:
    return isinstance(node, ast.Call) and _called(node) == "suppress" and any(map(_takes_all, node.args))


def _called(node: ast.Call) -> str:
    return node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")


def _may_read(control: Control, alive: list[ast.AST]) -> bool:
    """False where neither the body nor `where` can read a fact of the resource under test."""
    if control.parameter is None or control.populations or control.fixtures or control.where is not None:
        return True
    if any(map(_fails_or_calls, alive)):
        return True
    idle = {id(each) for node in alive for each in _only_asked_for_truth(node)}
    return any(isinstance(node, ast.Name) and node.id == control.parameter and id(node) not in idle for node in alive)


def _fails_or_calls(node: ast.AST) -> bool:
    """True for what may fail without a fact: `assert False` for each that is there, or what a call does."""
    if isinstance(node, ast.Assert):
        return isinstance(node.test, ast.Constant) and not node.test.value
    return isinstance(node, ast.Raise | ast.Call) or (isinstance(node, ast.Return) and node.value is not None)


def _only_asked_for_truth(node: ast.AST) -> list[ast.expr]:
    """Expressions below a node of which only the truth counts, and every resource is true and not None."""
    if isinstance(node, ast.Assert | ast.If | ast.While | ast.IfExp):
        return [node.test]
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
        return [node.operand]
    if isinstance(node, ast.BoolOp):
        return node.values
    if isinstance(node, ast.Compare) and all(isinstance(each, ast.Is | ast.IsNot) for each in node.ops):
        return [node.left, *node.comparators]
    return [node.value] if isinstance(node, ast.Expr) else []


def _line(function: ast.FunctionDef) -> int:
    """Where Python says that it begins: at its first decorator."""
    return min([function.lineno, *(each.lineno for each in function.decorator_list)])
