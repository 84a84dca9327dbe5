"""Controls that would never run without a word: shadowed by name, out of reach, or in a place that is not looked at."""

import ast
import os
from collections.abc import Collection, Iterable, Iterator, Sequence
from pathlib import Path

from soc2test.code_reading.walking import walk
from soc2test.controls.control import Control
from soc2test.controls.marked import marked_in
from soc2test.controls.noting import Decorated
from soc2test.errors import ControlDefinitionError

__all__ = ["check_all_collected", "controls_in", "in_words", "lost_elsewhere", "unseen_places"]

_ENOUGH = 5


def check_all_collected(noted: Iterable[Decorated], collected: Sequence[Control], file: Path) -> None:
    """Raise `ControlDefinitionError` where a policy file decorated a control that none of its names leads to."""
    there = {id(each) for each in collected}
    taken = {each.function.__name__ for each in collected}
    for each in noted:
        if id(each.control) in there or not _same(each.file, file):
            continue
        name = each.control.function.__name__
        why = (
            f"another control of this file is named {name} too; give each function a name of its own"
            if name in taken
            else f"no name of the file leads to {name}; write it at the top level of the file, in no class or function"
        )
        raise ControlDefinitionError(f"control {each.control.id} in line {each.line} would never run: {why}")


def lost_elsewhere(noted: Sequence[Decorated], files: Collection[str], folders: Sequence[Path]) -> Iterator[Decorated]:
    """What was decorated while other modules than policy files were imported: helpers, libraries.

    `files` are the real paths of the policy files, `folders` those of all packs: a file in another pack is its matter.
    """
    real_paths = {file: os.path.realpath(file) for file in {each.file for each in noted}}
    for each in noted:
        real = real_paths[each.file]
        if real not in files and not any(Path(real).is_relative_to(folder) for folder in folders):
            yield each


def controls_in(source: bytes) -> list[tuple[int, str]]:
    """Line and name of each function with soc2test's `@control`, and of what has pytest's mark soc2.

    From the text alone: such files are not run.
    """
    return [*_decorated_in(source), *((marked.line, marked.name) for marked in marked_in(source))]


def _decorated_in(source: bytes) -> list[tuple[int, str]]:
    if b"@" not in source or _never_says_control(source):
        return []
    try:
        tree = ast.parse(source)
    except (SyntaxError, ValueError):
        return []  # whoever imports the file says so
    names, modules = _names(tree)
    return [
        (decorator.lineno, each.name)
        for each in walk(tree)
        if isinstance(each, ast.FunctionDef | ast.AsyncFunctionDef)
        for decorator in each.decorator_list
        if isinstance(decorator, ast.Call) and _is_control(decorator.func, names, modules)
    ]


def _never_says_control(source: bytes) -> bool:
    """True where no decorator can be `control`: whoever renames it on import names it there.

    Other letters than ASCII's, and what another encoding makes of these, may spell it as well.
    """
    return source.isascii() and b"coding" not in source and b"control" not in source


def unseen_places(folder: Path) -> Iterator[tuple[Path, str]]:
    """Places in a pack whose policy files would not be read, and the way out."""
    for root, folders, files in os.walk(folder):
        folders[:] = sorted(each for each in folders if not each.startswith((".", "__pycache__")))
        for name in folders:
            path = Path(root, name)
            if path.is_symlink() and any(path.rglob("*.[pP][yY]")):
                yield path, "is a link to a folder, and links are not followed; put its policy files here"
        for name in sorted(files):
            if name.lower().endswith(".py") and not name.endswith(".py") and not name.startswith("."):
                yield Path(root, name), "is not read as a policy file; its name must end in .py"


def _names(tree: ast.Module) -> tuple[set[str], set[str]]:
    """The names by which a file knows `control` itself, and modules that have it."""
    names, modules = set[str](), set[str]()
    for each in walk(tree):
        if isinstance(each, ast.ImportFrom) and (each.module or "").partition(".")[0] == "soc2test":
            names |= {name.asname or name.name for name in each.names if name.name == "control"}
            names |= {"control" for name in each.names if name.name == "*"}
        elif isinstance(each, ast.Import):
            modules |= {name.asname or "soc2test" for name in each.names if name.name.partition(".")[0] == "soc2test"}
    return names, modules


def _is_control(decorator: ast.expr, names: set[str], modules: set[str]) -> bool:
    if isinstance(decorator, ast.Name):
        return decorator.id in names
    return (
        isinstance(decorator, ast.Attribute)
        and decorator.attr == "control"
        and isinstance(decorator.value, ast.Name)
        and decorator.value.id in modules
    )


def _same(one: str, other: Path) -> bool:
    return os.path.realpath(one) == os.path.realpath(other)


def in_words(found: Sequence[tuple[int, str]]) -> str:
    """Names with their lines."""
    named = ", ".join(f"{name} (line {line})" for line, name in found[:_ENOUGH])
    return named + (f" and {len(found) - _ENOUGH} more" if len(found) > _ENOUGH else "")
