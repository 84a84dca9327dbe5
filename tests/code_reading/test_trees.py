"""The tree of a function is that of its text, and a file is parsed once for all of its functions."""

import ast
import inspect
import os
import textwrap
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from soc2test.code_reading import modules
from soc2test.code_reading.modules import functions_at
from soc2test.code_reading.three_valued_calls import as_comprehensions, spellings_of
from soc2test.code_reading.trees import tree_of
from soc2test_policies.cc6 import accounts
from soc2test_policies.cc7 import audit_logs

FUNCTIONS = [
    value for module in (accounts, audit_logs) for value in vars(module).values()
    if inspect.isfunction(value) and value.__module__ == module.__name__
]  # fmt: skip


def made(file: Path, text: str, name: str = "ask") -> Callable[..., Any]:
    file.write_text(text)
    within: dict[str, Any] = {}
    exec(compile(text, str(file), "exec"), within)  # noqa: S102
    function: Callable[..., Any] = within[name]
    return function


@pytest.mark.parametrize("function", FUNCTIONS, ids=lambda function: function.__name__)
def test_they_are_those_of_inspect(function: Callable[..., Any]) -> None:
    tree = tree_of(function)
    assert tree is not None
    (same,) = ast.parse(textwrap.dedent(inspect.getsource(function))).body
    assert modules.first_line(tree) == function.__code__.co_firstlineno
    as_comprehensions(same, spellings_of(function))
    assert ast.dump(tree) == ast.dump(same)


def test_a_file_that_was_written_anew_is_read_anew(tmp_path: Path) -> None:
    file = tmp_path / "policy.py"
    for text in ("def ask():\n    return 1\n", "def ask():\n    return 'another'\n"):
        tree = tree_of(made(file, text))
        assert tree is not None
        assert ast.unparse(tree) == text.strip()


def test_a_file_is_parsed_once_for_all_its_functions(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "policy.py"
    text = "def ask():\n    return 1\n\n\ndef tell():\n    return 2\n"
    asked, told = made(file, text), made(file, text, "tell")
    os.utime(file, (1_000_000_000, 1_000_000_000))
    parsed: list[bytes] = []
    parse = ast.parse

    def counted(source: bytes) -> ast.Module:
        parsed.append(source)
        return parse(source)

    monkeypatch.setattr(ast, "parse", counted)
    assert [ast.unparse(tree).splitlines()[-1].strip() for tree in map(tree_of, (asked, told)) if tree] == [
        "return 1", "return 2",
    ]  # fmt: skip
    assert len(parsed) == 1


def test_what_is_said_by_any_of_is_rewritten_in_a_copy(tmp_path: Path) -> None:
    file = tmp_path / "policy.py"
    text = "from soc2test import any_of\n\n\ndef ask(things):\n    assert any_of(things, lambda each: each.good)\n"
    tree = tree_of(made(file, text))
    assert tree is not None
    assert "for each in things" in ast.unparse(tree)
    (written,) = functions_at(str(file), 4)
    assert "lambda each: each.good" in ast.unparse(written)


def test_of_two_lambdas_in_a_line_neither_is_taken(tmp_path: Path) -> None:
    pair = made(tmp_path / "policy.py", "ask = lambda x: x.a, lambda x: x.b\n")
    assert [tree_of(each) for each in pair] == [None, None]  # type: ignore[attr-defined]


def test_equal_code_of_two_files_is_of_each_its_own(tmp_path: Path) -> None:
    first = tree_of(made(tmp_path / "first.py", "def ask(thing: int):\n    return thing\n"))
    second = tree_of(made(tmp_path / "second.py", "def ask(thing: str):\n    return thing\n"))
    assert [ast.unparse(each).splitlines()[0] for each in (first, second) if each] == [
        "def ask(thing: int):", "def ask(thing: str):",
    ]  # fmt: skip


def test_code_of_no_file_has_none() -> None:
    within: dict[str, Any] = {}
    exec(compile("def ask(): return 1", "<no file>", "exec"), within)  # noqa: S102
    assert tree_of(within["ask"]) is None
