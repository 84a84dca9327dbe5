"""A period takes from before what shipped plugins and policies said of the same: they look at nothing else.

Of what others write that is told from the code when it runs (`code_reading/repeatable.py`). Ours may use tables and
helpers that are not followed there, and are held to it here: no clock, no file, no environment, and nothing that is kept
from one call to the next.
"""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import soc2test_plugins
import soc2test_policies

FOLDERS = {"plugins": Path(soc2test_plugins.__file__).parent, "policies": Path(soc2test_policies.__file__).parent}
MODULES = {
    f"{name}/{path.relative_to(folder).as_posix()}": path
    for name, folder in FOLDERS.items()
    for path in sorted(folder.rglob("*.py"))
}
OUTSIDE = {
    "asyncio", "glob", "http", "locale", "multiprocessing", "os", "pathlib", "random", "secrets", "shutil",
    "socket", "subprocess", "sys", "tempfile", "threading", "time", "urllib", "uuid",
}  # fmt: skip
PURE = {"PurePosixPath", "urllib.parse"}
"""which say nothing of files"""
CLOCK = {"now", "today", "utcnow", "monotonic", "getenv", "open", "input", "urandom"}
CHANGING = {
    "add", "append", "clear", "discard", "extend", "insert", "pop", "popitem", "remove", "reverse", "setdefault", "sort",
    "update", "__setitem__",
}  # fmt: skip


def faults(tree: ast.Module) -> Iterator[str]:
    """What a module's functions look at, or change, beside what they are given."""
    here = {name for node in tree.body for name in _bound(node)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Import | ast.ImportFrom):
            yield from (f"{node.lineno}: import {name}" for name in _outside(node))
        if isinstance(node, ast.Global | ast.Nonlocal):
            yield f"{node.lineno}: {', '.join(node.names)} is kept from one call to the next"
        if isinstance(node, ast.FunctionDef | ast.Lambda):
            yield from _in_function(node, here)


def _bound(node: ast.stmt) -> Iterator[str]:
    """What a module names; but not what it looks up in a population once, and keeps as long as that lives."""
    made = (
        node.value.func if isinstance(node, ast.Assign | ast.AnnAssign) and isinstance(node.value, ast.Call) else None
    )
    if isinstance(made, ast.Name) and made.id == "WeakKeyDictionary":
        return
    targets = node.targets if isinstance(node, ast.Assign) else [node.target] if isinstance(node, ast.AnnAssign) else []
    for target in targets:
        yield from (each.id for each in ast.walk(target) if isinstance(each, ast.Name))


def _outside(node: ast.Import | ast.ImportFrom) -> Iterator[str]:
    if isinstance(node, ast.Import):
        yield from (each.name for each in node.names if each.name.partition(".")[0] in OUTSIDE - PURE)
    elif (node.module or "").partition(".")[0] in OUTSIDE and node.module not in PURE:
        yield from (f"{node.module}.{each.name}" for each in node.names if each.name not in PURE)


def _in_function(function: ast.FunctionDef | ast.Lambda, here: set[str]) -> Iterator[str]:
    own = {each.arg for each in ast.walk(function) if isinstance(each, ast.arg)}
    own |= {each.id for each in ast.walk(function) if isinstance(each, ast.Name) and isinstance(each.ctx, ast.Store)}
    kept = here - own
    for node in ast.walk(function):
        if isinstance(node, ast.Call):
            called = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            of = node.func.value if isinstance(node.func, ast.Attribute) else None
            if called in CLOCK:
                yield f"{node.lineno}: {called}()"
            if called in CHANGING and isinstance(of, ast.Name) and of.id in kept:
                yield f"{node.lineno}: {of.id}.{called}()"
        if isinstance(node, ast.Subscript | ast.Attribute) and isinstance(node.ctx, ast.Store | ast.Del):
            value = node.value
            if isinstance(value, ast.Name) and value.id in kept:
                yield f"{node.lineno}: {value.id} is changed"


KNOWN = {
    "plugins/gcp/shapes.py": "READERS.update()",  # a decorator takes the readers in, while modules are imported
    "plugins/kubernetes/shapes.py": "READERS.update()",
    "plugins/terraform/workspace.py": "READERS.update()",
    "plugins/registers/schemas.py": "import pathlib.Path",  # where the schemas lie; rows that are held against one are read anew
    "plugins/registers/mapping.py": "import pathlib.Path",
}  # fmt: skip


def test_what_is_shipped_looks_at_what_it_is_given_alone() -> None:
    found = {
        name: sorted({fault.partition(": ")[2] for fault in faults(ast.parse(path.read_text()))})
        for name, path in MODULES.items()
    }
    assert {name: of for name, of in found.items() if of} == {name: [fault] for name, fault in KNOWN.items()}


@pytest.mark.parametrize("code", [
    "import os",
    "from time import monotonic",
    "from datetime import datetime\ndef read(item, at):\n    return datetime.now()",
    "SEEN = set()\ndef read(item, at):\n    SEEN.add(item)",
    "SEEN = {}\ndef read(item, at):\n    SEEN[item] = 1",
    "SEEN = {}\nread = lambda item, at: SEEN.setdefault(item, 1)",
    "COUNT: int = 0\ndef read(item, at):\n    global COUNT\n    COUNT += 1",
    "def read(item, at):\n    return open(item)",
])  # fmt: skip
def test_what_looks_elsewhere_is_named(code: str) -> None:
    assert [*faults(ast.parse(code))]
