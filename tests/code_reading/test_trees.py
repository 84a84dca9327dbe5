"""The lines of a function are found as `inspect` finds them, without its look through all modules."""

import inspect
from pathlib import Path

import pytest

from soc2test.code_reading import trees
from soc2test_policies.cc6 import accounts
from soc2test_policies.cc7 import audit_logs

FUNCTIONS = [value for module in (accounts, audit_logs) for value in vars(module).values() if inspect.isfunction(value)]


@pytest.mark.parametrize("function", FUNCTIONS, ids=lambda function: function.__name__)
def test_they_are_those_of_inspect(function: object) -> None:
    assert trees._lines(function.__code__) == inspect.findsource(function.__code__)  # type: ignore[attr-defined]


def test_a_file_that_was_written_anew_is_read_anew(tmp_path: Path) -> None:
    file = tmp_path / "policy.py"
    for text in ("def ask():\n    return 1\n", "def ask():\n    return 'another'\n"):
        file.write_text(text)
        made = compile(text, str(file), "exec").co_consts[0]
        assert "".join(trees._lines(made)[0]) == text


def test_code_of_no_file_has_none() -> None:
    with pytest.raises(OSError, match="source"):
        trees._lines(compile("x = 1", "<no file>", "exec"))
