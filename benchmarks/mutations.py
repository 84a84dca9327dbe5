"""Small faults that can be put into a module, found in its syntax tree: `mutations` lists them, `sample` picks some.

A comparison swapped, a condition forced, a statement or an argument left out and so on, each as an edit of the source's
bytes, so that all else of the file stays as it is written. What changes no answer is left alone: docstrings,
annotations, `__all__`, decorators, asserts that tell mypy a type, what a class is made of (frozen, slots, gc), the
patterns of a match, and texts within f-strings, whose places Python 3.11 does not tell.
"""

import ast
import random
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

__all__ = ["Mutation", "mutated", "mutations", "sample"]

_SWAPPED: dict[type[ast.cmpop], ast.cmpop] = {
    ast.Lt: ast.LtE(), ast.LtE: ast.Lt(), ast.Gt: ast.GtE(), ast.GtE: ast.Gt(), ast.Eq: ast.NotEq(), ast.NotEq: ast.Eq(),
    ast.In: ast.NotIn(), ast.NotIn: ast.In(), ast.Is: ast.IsNot(), ast.IsNot: ast.Is(),
}  # fmt: skip
_OTHER_NAME = {"any": "all", "all": "any", "min": "max", "max": "min"}
_NOTHING_YIELDED = "yield from ()"
"""in the place of a `yield`: the function stays a generator"""


class Edit(NamedTuple):
    """A node, and the text that is to stand in its place."""

    node: ast.expr | ast.stmt
    after: str
    left_out: str = ""
    """of a call the argument that is dropped"""


class Site(NamedTuple):
    """A node on the way through a module, and what must be known of its surroundings."""

    node: ast.AST
    parent: ast.AST
    where: str
    answers_yes_or_no: bool


@dataclass(frozen=True)
class Mutation:
    """One fault: the bytes from `start` to `end` of a file become `after`."""

    path: str
    where: str
    line: int
    text: str
    before: str
    after: str
    left_out: str
    start: int
    end: int

    @property
    def change(self) -> str:
        """What becomes of what, in one line."""
        if self.left_out:
            return f"{_in_one_line(self.left_out)} -> left out"
        return f"{_in_one_line(self.before)} -> {_in_one_line(self.after)}"


def mutations(path: str, source: bytes) -> list[Mutation]:
    """All faults that can be put into the module, by place. `where` is the function, as `Class.method`."""
    tree = ast.parse(source)
    lines = source.splitlines(keepends=True)
    begins = [0]
    for line in lines:
        begins.append(begins[-1] + len(line))
    found = []
    for site in _sites(tree, tree, "", answers_yes_or_no=False):
        for node, after, left_out in _edits(site):
            assert node.end_lineno is not None
            assert node.end_col_offset is not None
            start = begins[node.lineno - 1] + node.col_offset
            end = begins[node.end_lineno - 1] + node.end_col_offset
            mutation = Mutation(
                path=path, where=site.where, line=node.lineno, text=lines[node.lineno - 1].decode().strip(),
                before=source[start:end].decode(), after=after, left_out=left_out, start=start, end=end,
            )  # fmt: skip
            found.append(mutation)
    return found


def mutated(source: bytes, mutation: Mutation) -> bytes:
    """The module with the fault in it. Raises ValueError where that is the same code, or none: neither would be a fault."""
    faulty = source[: mutation.start] + mutation.after.encode() + source[mutation.end :]
    if ast.dump(ast.parse(faulty)) == ast.dump(ast.parse(source)):
        raise ValueError(f"{mutation.path}:{mutation.line}: {mutation.change} changes nothing")
    return faulty


def sample(candidates: list[Mutation], count: int, seed: str) -> list[Mutation]:
    """`count` of them, at most one of a line: lines are picked, so that one with many arguments is no likelier than others."""
    by_line: dict[tuple[str, int], list[Mutation]] = defaultdict(list)
    for mutation in candidates:
        by_line[mutation.path, mutation.line].append(mutation)
    chance = random.Random(seed)  # noqa: S311  # a sample, no secret
    picked = chance.sample(sorted(by_line), min(count, len(by_line)))
    return [chance.choice(by_line[place]) for place in picked]


def _in_one_line(text: str) -> str:
    return " ".join(text.split())


def _sites(node: ast.AST, parent: ast.AST, where: str, *, answers_yes_or_no: bool) -> Iterator[Site]:
    """The node and all below it that may be mutated."""
    yield Site(node, parent, where, answers_yes_or_no)
    if isinstance(node, ast.FunctionDef | ast.ClassDef):
        where = f"{where}.{node.name}".lstrip(".")
    if isinstance(node, ast.FunctionDef):
        answers_yes_or_no = isinstance(node.returns, ast.Name) and node.returns.id == "bool"
    for child in _children(node):
        yield from _sites(child, node, where, answers_yes_or_no=answers_yes_or_no)


def _children(node: ast.AST) -> list[ast.AST]:
    match node:
        case ast.JoinedStr() | ast.Assert() | ast.Import() | ast.ImportFrom() | ast.pattern():
            return []
        case ast.FunctionDef():
            defaults = [default for default in (*node.args.defaults, *node.args.kw_defaults) if default is not None]
            return [*defaults, *node.body]
        case ast.ClassDef():
            return [*node.body]
        case ast.AnnAssign():
            return [node.target] if node.value is None else [node.target, node.value]
        case ast.Assign(targets=[ast.Name("__all__")]):
            return []
        case ast.If(test=ast.Name("TYPE_CHECKING")):
            return [*node.orelse]
        case ast.Call(func=ast.Name("cast" | "TypeVar" | "ParamSpec" | "NewType")):
            return [*node.args[1:]]
        case ast.Expr(value=ast.Constant()):  # docstrings
            return []
    return [*ast.iter_child_nodes(node)]


def _edits(site: Site) -> Iterator[Edit]:
    node = site.node
    if isinstance(node, ast.Constant):
        yield from _constants(node, site.parent)
    elif isinstance(node, ast.expr):
        yield from _expressions(node)
    else:
        yield from _conditions(node)
    if isinstance(node, ast.stmt):
        yield from _statements(node, answers_yes_or_no=site.answers_yes_or_no)


def _expressions(node: ast.expr) -> Iterator[Edit]:
    match node:
        case ast.Compare():
            yield from _comparisons(node)
        case ast.BoolOp():
            other: ast.boolop = ast.Or() if isinstance(node.op, ast.And) else ast.And()
            yield Edit(node, f"({ast.unparse(ast.BoolOp(other, node.values))})")
        case ast.UnaryOp(op=ast.Not()):
            yield Edit(node, f"({ast.unparse(node.operand)})")
        case ast.BinOp(op=ast.Add()):
            yield Edit(node, ast.unparse(ast.BinOp(node.left, ast.Sub(), node.right)))
        case ast.BinOp(op=ast.Sub()):
            yield Edit(node, ast.unparse(ast.BinOp(node.left, ast.Add(), node.right)))
        case ast.Slice():
            yield from _edges(node)
        case ast.Call():
            yield from _calls(node)
        case ast.IfExp():
            yield from _forced(node.test)


def _conditions(node: ast.AST) -> Iterator[Edit]:
    match node:
        case ast.If():
            yield from _forced(node.test)
        case ast.While():
            yield Edit(node.test, "False")
        case ast.comprehension():
            for condition in node.ifs:
                yield from _forced(condition)
        case ast.ExceptHandler(type=ast.expr() as caught):
            yield Edit(caught, "Exception")


def _comparisons(node: ast.Compare) -> Iterator[Edit]:
    for place, operator in enumerate(node.ops):
        operators = [*node.ops[:place], _SWAPPED[type(operator)], *node.ops[place + 1 :]]
        yield Edit(node, ast.unparse(ast.Compare(node.left, operators, node.comparators)))


def _constants(node: ast.Constant, parent: ast.AST) -> Iterator[Edit]:
    match node.value:
        case bool():
            yield Edit(node, str(not node.value))
        case int() | float():
            yield Edit(node, repr(node.value + 1))
        case str() | bytes() if node.value:
            yield Edit(node, repr(type(node.value)()))
        case None if isinstance(parent, ast.Call | ast.keyword | ast.FunctionDef | ast.Assign | ast.Return | ast.IfExp):
            yield Edit(node, "...")  # elsewhere a None is a type, or stands beside `is`


def _edges(node: ast.Slice) -> Iterator[Edit]:
    if node.lower is not None:
        yield Edit(node, ast.unparse(ast.Slice(None, node.upper, node.step)))
    if node.upper is not None:
        yield Edit(node, ast.unparse(ast.Slice(node.lower, None, node.step)))


def _calls(node: ast.Call) -> Iterator[Edit]:
    if isinstance(node.func, ast.Name) and node.func.id in _OTHER_NAME:
        yield Edit(node.func, _OTHER_NAME[node.func.id])
    if node.args:
        yield Edit(node, ast.unparse(ast.Call(node.func, node.args[:-1], node.keywords)), ast.unparse(node.args[-1]))
    for place in range(len(node.keywords)):
        left = [*node.keywords[:place], *node.keywords[place + 1 :]]
        yield Edit(node, ast.unparse(ast.Call(node.func, node.args, left)), ast.unparse(node.keywords[place]))


def _forced(condition: ast.expr) -> Iterator[Edit]:
    yield Edit(condition, "True")
    yield Edit(condition, "False")


def _statements(node: ast.stmt, *, answers_yes_or_no: bool) -> Iterator[Edit]:
    match node:
        case ast.Expr(value=ast.Yield() | ast.YieldFrom()):
            yield Edit(node, _NOTHING_YIELDED)
        case ast.Expr(value=ast.Call()) | ast.AugAssign() | ast.Raise() | ast.Continue() | ast.Break():
            yield Edit(node, "pass")
        case ast.Assign(targets=[ast.Attribute() | ast.Subscript()]):
            yield Edit(node, "pass")
        case ast.Return(value=ast.Constant(None)):
            return
        case ast.Return(value=ast.expr() as value):
            yield Edit(node, "return None")
            if answers_yes_or_no:
                yield Edit(node, f"return not ({ast.unparse(value)})")
