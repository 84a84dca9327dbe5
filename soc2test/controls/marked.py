"""`@pytest.mark.soc2(...)`: a plain test of a policy file as a control, with the words and checks of `@control`.

The mark is pytest's and runs nothing of ours, so it is looked for where a policy file is loaded: on its functions as
they are, and in its text, since what a file marks in a class, or under a name that it gives to something else, would
be a control that never runs.
"""

import ast
import inspect
import re
from collections.abc import Iterable
from types import FunctionType, ModuleType
from typing import Any, NamedTuple

from soc2test.code_reading.walking import walk
from soc2test.controls.control import Control, control_of
from soc2test.controls.decorator import control
from soc2test.controls.definition import definition_error
from soc2test.controls.noting import decorations
from soc2test.errors import ControlDefinitionError
from soc2test.nearest import near

__all__ = [
    "MARK", "Marked", "check_marks_collected", "check_whole_file", "control_by_mark", "control_in", "has_mark",
    "is_mark", "marked_in",
]  # fmt: skip

MARK = "soc2"

_BY_MARK = "__soc2_by_mark__"
"""is set on a function that became a control by the mark"""
_OPTIONS = tuple(name for name in inspect.signature(control).parameters if name not in ("id", "criteria"))
_HOW = 'write @pytest.mark.soc2("CC6.1", id="OWN-04"), criteria first'
_ONE_OF_TWO = "it has @control and @pytest.mark.soc2, which say the same: take one of them away"
_SEVERAL = "it has several marks soc2: name all criteria in one, since a control has one id"
_WHOLE_FILE = "pytestmark tags all of the file with soc2: tag each test, since each control has an id of its own"
_PRESENT = re.compile(rb"\bsoc2\b")


class Marked(NamedTuple):
    """What a file marks, as its text has it."""

    line: int
    """of the first decorator"""
    name: str
    is_class: bool


def has_mark(value: object) -> bool:
    """True for a function or class that the mark is on."""
    return isinstance(value, FunctionType | type) and bool(_marks(value))


def _marks(value: object) -> list[Any]:
    given = vars(value).get("pytestmark", ())
    listed = given if isinstance(given, list | tuple) else (given,)
    return [each for each in listed if getattr(each, "name", None) == MARK]


def check_whole_file(module: ModuleType) -> None:
    """Raise `ControlDefinitionError` where a file marks all of its tests at once."""
    if _marks(module):
        raise ControlDefinitionError(_WHOLE_FILE)


def control_in(value: object) -> Control | None:
    """The control that a function is by its decorator or by its mark. Raises `ControlDefinitionError`."""
    return control_by_mark(value) if isinstance(value, FunctionType) and has_mark(value) else control_of(value)


def control_by_mark(function: FunctionType) -> Control | None:
    """The control that a marked function is; made once, as `@control` would. Raises `ControlDefinitionError`."""
    known = control_of(function)
    if known is not None and hasattr(function, _BY_MARK):
        return known
    first, *more = _marks(function)
    options = dict(first.kwargs)
    id = options.pop("id", None)
    if known is not None:
        raise definition_error(known.id, function, _ONE_OF_TWO)
    if more:
        raise definition_error(id, function, _SEVERAL)
    if id is None:
        raise ControlDefinitionError(f"{function.__name__}: its mark soc2 has no id: {_HOW}")
    for name in options:
        if name == "criteria":
            raise definition_error(id, function, f"its mark soc2 names criteria=: {_HOW}")
        if name not in _OPTIONS:
            raise definition_error(id, function, f"its mark soc2 knows no {name!r}{near(name, _OPTIONS)}")
    with decorations():  # where it stands, and whether it is lost, is told by the text of its file
        control(id, criteria=first.args, **{"nature": "state", **options})(function)
    setattr(function, _BY_MARK, True)
    return control_of(function)


def check_marks_collected(source: bytes, controls: Iterable[Control]) -> None:
    """Raise `ControlDefinitionError` where a policy file marks what none of its names leads to, or a class."""
    found = {(each.function.__name__, each.function.__code__.co_firstlineno) for each in controls}
    for marked in marked_in(source):
        if marked.is_class:
            raise ControlDefinitionError(
                f"the class {marked.name} in line {marked.line} has the mark soc2: controls are functions, tag a test"
            )
        if (marked.name, marked.line) not in found:
            raise ControlDefinitionError(
                f"{marked.name} in line {marked.line} has the mark soc2 and would never run: give it a name of its own "
                "at the top level of the file, in no class or function"
            )


def marked_in(source: bytes) -> list[Marked]:
    """What a file marks, from its text alone."""
    if not _PRESENT.search(source):  # nearly all files name the package, and few the mark
        return []
    try:
        tree = ast.parse(source)
    except (SyntaxError, ValueError):
        return []  # whoever imports the file says so
    tags = _tags(tree)
    return [
        Marked(line=first_line(node), name=node.name, is_class=isinstance(node, ast.ClassDef))
        for node in walk(tree)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef)
        and any(_is_tag(decorator, tags) for decorator in node.decorator_list)
    ]


def first_line(node: ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef) -> int:
    """Where Python says that a definition begins: at its first decorator."""
    return min([node.lineno, *(decorator.lineno for decorator in node.decorator_list)])


def is_mark(decorator: ast.expr) -> bool:
    """True for `pytest.mark.soc2`, called or not, also where `mark` is imported by itself or under another name."""
    named = decorator.func if isinstance(decorator, ast.Call) else decorator
    return isinstance(named, ast.Attribute) and named.attr == MARK


def _is_tag(decorator: ast.expr, tags: set[str]) -> bool:
    named = decorator.func if isinstance(decorator, ast.Call) else decorator
    return is_mark(decorator) or (isinstance(named, ast.Name) and named.id in tags)


def _tags(tree: ast.Module) -> set[str]:
    """The names that a file gives to the mark: `tag = pytest.mark.soc2`."""
    assigned = [node for node in walk(tree) if isinstance(node, ast.Assign) and is_mark(node.value)]
    return {target.id for node in assigned for target in node.targets if isinstance(target, ast.Name)}
