"""What the tests' own conftest makes of markers: `services`, of which none may be skipped, and `each(n)`."""

import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
TESTS = """
import pytest

def test_ordinary(): pass

@pytest.mark.services
def test_there(): pass
"""
SKIPPED = """
@pytest.mark.services
def test_missing(): pytest.skip("no server")
"""
CASES = """
import pytest

@pytest.mark.each(3)
@pytest.mark.parametrize("case", range(7))
def test_some(case): pass

@pytest.mark.each(2)
@pytest.mark.parametrize("case", range(2))
def test_others(case): pass

def test_alone(): pass
"""


def run(pytester: pytest.Pytester, tests: str, *args: str) -> pytest.RunResult:
    """A run of tests beside our conftest, whose helpers do nothing."""
    options = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["pytest"]["ini_options"]
    markers = "".join(f"  {name}: x\n" for name in ("long", "services", "each(n)"))
    pytester.makeini(f"[pytest]\naddopts = {options['addopts']}\nmarkers =\n{markers}")
    pytester.makeconftest((ROOT / "tests/conftest.py").read_text("utf-8"))
    pytester.makepyfile(
        programmes="class Programme: ...", shipped_policies="def compile_once(): ...", figures="", test_it=tests,
        no_waiting="def sync_at_once(): ...", own_controls_alone="ASKED = NO_GROUP = ''",
        examples="def examples(count): return count\ndef all_examples(): return False",
    )  # fmt: skip
    return pytester.runpytest_subprocess(*args)


@pytest.mark.parametrize(
    ("tests", "args", "counts", "code"),
    [
        (TESTS, (), {"passed": 1, "deselected": 1}, 0),
        (TESTS, ("-m", "services"), {"passed": 1, "deselected": 1}, 0),
        (TESTS + SKIPPED, ("-m", "services"), {"passed": 1, "skipped": 1, "deselected": 1}, 1),
        (TESTS + SKIPPED.replace("services", "long"), ("-m", "long"), {"skipped": 1, "deselected": 2}, 0),
    ],
)
def test_a_skip_fails_among_services_alone(
    pytester: pytest.Pytester, tests: str, args: tuple[str, ...], counts: dict[str, int], code: int
) -> None:
    result = run(pytester, tests, *args)
    result.assert_outcomes(**counts)
    assert result.ret == code


@pytest.mark.parametrize(
    ("args", "names"),
    [
        ((), ["test_some[0]", "test_some[3]", "test_some[6]", "test_others[0]", "test_alone"]),
        (("-m", "long"), ["test_some[1]", "test_some[2]", "test_some[4]", "test_some[5]", "test_others[1]"]),
    ],
    ids=["default", "long"],
)
def test_each_case_is_in_one_of_both_runs(pytester: pytest.Pytester, args: tuple[str, ...], names: list[str]) -> None:
    result = run(pytester, CASES, "--collect-only", "-q", *args)
    assert [line.partition("::")[2] for line in result.outlines if "::" in line] == names
