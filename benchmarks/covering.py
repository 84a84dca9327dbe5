"""Which tests run which lines, so that a fault is shown first to those that run its own.

As a plugin of pytest (`-p benchmarks.covering`) it writes down the lines that each test runs; `Covering` reads that.
What a test starts in another process is not seen.
"""

import os
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from random import Random
from typing import Any

import coverage
import pytest

__all__ = ["DATA", "Covering"]

DATA = "SOC2TEST_COVERING"
"""the variable that names the file to write to"""
_OF_A_FUNCTION = 4
"""parameter sets of one test function that are tried first"""
_FIRST = 30
"""tests that are tried first; half of them those that run the least, which say the most about what they run"""


class Covering:
    """The lines of a folder's files, each with the tests that run it."""

    def __init__(self, data: Path, root: Path) -> None:
        read = coverage.CoverageData(str(data))
        read.read()
        self._lines: dict[str, Mapping[int, Sequence[str]]] = {}
        self._sizes: Counter[str] = Counter()
        for file in read.measured_files():
            lines = read.contexts_by_lineno(file)
            self._lines[str(Path(file).relative_to(root))] = lines
            self._sizes.update(test for tests in lines.values() for test in tests)

    def is_run_between(self, path: str, lines: Iterable[int]) -> bool:
        """True where one of the lines runs outside of any test: where modules are imported, which fails whole files."""
        return any("" in self._lines.get(path, {}).get(line, ()) for line in lines)

    def tests(self, path: str, lines: Iterable[int]) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """The tests that run some of the lines: a few that say most of them, and the others."""
        of_file = self._lines.get(path, {})
        known = {test for line in lines for test in of_file.get(line, ()) if test}
        short = sorted(known, key=lambda test: (self._sizes[test], test))
        spread = Random(f"{path}:{len(short)}").sample(short, len(short))  # noqa: S311  # no secret
        first = [*dict.fromkeys([*_few_of_each(short, _FIRST // 2), *_few_of_each(spread, _FIRST)])][:_FIRST]
        chosen = set(first)
        return tuple(first), tuple(test for test in short if test not in chosen)


def _few_of_each(tests: Sequence[str], most: int) -> Iterator[str]:
    counts: Counter[str] = Counter()
    for test in tests:
        function = test.partition("[")[0]
        counts[function] += 1
        if counts[function] <= _OF_A_FUNCTION and most > 0:
            most -= 1
            yield test


_measured = (
    coverage.Coverage(data_file=os.environ[DATA], config_file=False, source=["soc2test"])
    if DATA in os.environ
    else None
)
if _measured is not None:
    _measured.start()  # when the plugin is loaded: conftest files import most of the package


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Any:
    """What runs within is this test's."""
    if _measured is None:
        return (yield)
    _measured.switch_context(item.nodeid)
    try:
        return (yield)
    finally:
        _measured.switch_context("")


def pytest_unconfigure(config: pytest.Config) -> None:
    """Write it down."""
    if _measured is not None:
        _measured.stop()
        _measured.save()
