"""What the text of a control shows without running it: that it can't fail, or that it hides what is unknown.

Refused is only what is certain. A resource that is handed to a helper, read with `getattr` or named in an f-string
may be read there; a call of anything but Python's own functions may say that something does not hold.
"""

import ast
from collections.abc import Iterable, Iterator

from soc2test.code_reading.three_valued_calls import as_comprehensions, is_all_of, is_any_of, spellings_of
from soc2test.code_reading.trees import tree_of
from soc2test.code_reading.walking import walk
from soc2test.controls.alive import alive_nodes
from soc2test.controls.calls import may_say
from soc2test.controls.control import Control
from soc2test.controls.defaults import defaulted
from soc2test.controls.known_names import PURE_METHODS, Names
from soc2test.controls.swallowing import swallowed
from soc2test.controls.truths import always_true
from soc2test.controls.waiting import waits, waits_wrongly

__all__ = ["refused_bodies"]

_REPLACED = (
    "another decorator has put a function of its own in its place, which may swallow what it asserts; "
    "do that work in the body"
)
_NO_EFFECT = frozenset(("all", "any", "bool", "hasattr", "isinstance", "len"))


def refused_bodies(source: bytes, controls: Iterable[Control]) -> dict[str, str]:
    """The controls of a file that can't do their work: id -> what is wrong, with its line."""
    refused: dict[str, str] = {}
    functions = {_line(each): each for each in _functions(ast.parse(source))}
    for control in controls:
        name, code = control.function.__name__, control.function.__code__
        function = functions.get(code.co_firstlineno)
        own = function if function is not None and function.name == name else None
        defined = [each.lineno for each in functions.values() if each.name == name]
        if hasattr(control.function, "__wrapped__") or (own is None and (defined or code.co_name != name)):
            line = defined[0] if defined else code.co_firstlineno
            refused[control.id] = f"control {control.id!r} ({name}), line {line}: {_REPLACED}"
        elif (body := own or tree_of(control.function)) is not None and isinstance(body, ast.FunctionDef):
            as_comprehensions(body, spellings_of(control.function))
            for line, text in _faults(control, body):
                refused.setdefault(control.id, f"control {control.id!r} ({name}), line {line}: {text}")
    return refused


def _functions(tree: ast.Module) -> Iterator[ast.FunctionDef]:
    """Those outside of other functions: a control in one would never run."""
    blocks: list[ast.AST] = [tree]
    while blocks:
        for node in ast.iter_child_nodes(blocks.pop()):
            if isinstance(node, ast.FunctionDef):
                yield node
            elif isinstance(node, ast.stmt | ast.excepthandler):
                blocks.append(node)


def _faults(control: Control, function: ast.FunctionDef) -> Iterator[tuple[int, str]]:
    names = Names.of(control, function)
    alive = alive_nodes(function.body, names)
    for node in alive:
        yield from _fault(control, node, names)
    if not _may_read(control, alive):
        text = f"it reads no fact of its {control.parameter}, so that it says the same of each; assert what must hold"
        yield function.lineno, text
    if not _any_may_fail(alive, names):
        yield function.lineno, "it asserts nothing that could be false; write `assert` before what must hold"


def _fault(control: Control, node: ast.AST, names: Names) -> Iterable[tuple[int, str]]:
    """What is wrong with one node: most are of a type that says nothing."""
    if isinstance(node, ast.Assert):
        return _assert(node, names)
    if isinstance(node, ast.Expr):
        return _statement(node, names)
    if isinstance(node, ast.Call):
        return (*waits_wrongly(control, node), *defaulted(node, names))
    if isinstance(node, (ast.Try, ast.TryStar, ast.With)):
        return swallowed(node, names)
    return ()


def _assert(node: ast.Assert, names: Names) -> Iterator[tuple[int, str]]:
    test = node.test
    if isinstance(test, ast.Constant | ast.Name) and not isinstance(getattr(test, "value", None), str):
        uncalled = isinstance(test, ast.Name) and test.id != names.parameter
        if not uncalled:
            return  # `assert True` in one of several branches; whether there is another assert is asked for below
    if (what := always_true(test, names)) is not None:
        yield node.lineno, f"it asserts {what}, which is always true; {_way_out(test)}"


def _way_out(test: ast.expr) -> str:
    if isinstance(test, ast.Lambda):
        return "call it"
    if isinstance(test, ast.GeneratorExp):
        return "write all(...) or any(...) around it"
    if isinstance(test, ast.BoolOp):
        return "a message stands behind a comma: assert ..., message"
    return "assert what must hold"


def _statement(node: ast.Expr, names: Names) -> Iterator[tuple[int, str]]:
    """A comparison that stands alone, without `assert`."""
    if _is_idle_test(node.value, names):
        yield node.lineno, f"`{_shortened(node.value)}` is compared and not asserted; write `assert` before it"


def _is_idle_test(value: ast.expr, names: Names) -> bool:
    if isinstance(value, ast.Compare):
        return True
    if isinstance(value, ast.UnaryOp) and isinstance(value.op, ast.Not):
        return not _calls(value) or _is_idle_test(value.operand, names)
    if isinstance(value, ast.BoolOp):  # `mfa or deviation(...)` does something
        return not _calls(value)
    if not isinstance(value, ast.Call):
        return False
    called = names.called(value.func)
    if is_any_of(called) or is_all_of(called):
        return not _others(value, names)
    if isinstance(value.func, ast.Attribute):
        return value.func.attr in PURE_METHODS
    return isinstance(value.func, ast.Name) and value.func.id in _NO_EFFECT and not _others(value, names)


def _calls(value: ast.expr) -> bool:
    return any(isinstance(node, ast.Call) for node in walk(value))


def _others(value: ast.Call, names: Names) -> bool:
    """True where an argument calls something that may do more: `all(check(each) for each in them)`."""
    inner = (node for each in (*value.args, *value.keywords) for node in walk(each) if isinstance(node, ast.Call))
    return any(may_say(node, names) for node in inner)


_SHOWN = 60


def _shortened(value: ast.expr) -> str:
    text = ast.unparse(value)
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}..."


def _any_may_fail(alive: list[ast.AST], names: Names) -> bool:
    """What is called is looked at last, since its text has to be read."""
    calls = [node for node in alive if isinstance(node, ast.Call)]
    others = (node for node in alive if not isinstance(node, ast.Call))
    return any(_may_fail(node, names) for node in others) or any(_may_fail(node, names) for node in calls)


def _may_fail(node: ast.AST, names: Names) -> bool:
    """True for what may end in a deviation or an error."""
    if isinstance(node, ast.Assert):
        return always_true(node.test, names) is None
    if isinstance(node, ast.Call):
        on_population = isinstance(node.func, ast.Attribute) and isinstance(node.func.value, ast.Name)
        if on_population and node.func.value.id in names.control.populations:  # type: ignore[attr-defined]
            return False
        return may_say(node, names) and not waits(names.control, node)
    return isinstance(node, ast.Raise) or (isinstance(node, ast.Return) and not _is_none(node.value))


def _is_none(value: ast.expr | None) -> bool:
    return value is None or (isinstance(value, ast.Constant) and value.value is None)


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
