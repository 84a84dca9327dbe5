"""`make test-services`: its tests stay out of the default run, and none of them may be skipped."""

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
    options = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["pytest"]["ini_options"]
    pytester.makeini(f"[pytest]\naddopts = {options['addopts']}\nmarkers =\n  long: x\n  services: x\n")
    pytester.makeconftest((ROOT / "tests/conftest.py").read_text("utf-8"))
    pytester.makepyfile(
        programmes="class Programme: ...", shipped_policies="def compile_once(): ...", figures="", test_it=tests,
        no_waiting="def sync_at_once(): ...", own_controls_alone="ASKED = NO_GROUP = ''",
    )  # fmt: skip
    result = pytester.runpytest_subprocess(*args)
    result.assert_outcomes(**counts)
    assert result.ret == code
