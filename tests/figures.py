"""Figures that tests count, printed at the end of a run with `--figures`: sums over all tests, and tables of rows.

They travel as properties of a test's report, so that they are whole with pytest-xdist, too.
"""

from collections.abc import Iterable, Iterator
from typing import Any

import pytest
from tabulate import tabulate

__all__ = ["Figures", "lines"]

_PROPERTY = "soc2test figures"


class Figures:
    """What one test counts."""

    def __init__(self, properties: list[tuple[str, object]]) -> None:
        self._properties = properties

    def count(self, title: str, **counts: int) -> None:
        """Add to the sums below a title; underscores in names are blanks."""
        self._properties.append((_PROPERTY, [title, {name.replace("_", " "): of for name, of in counts.items()}]))

    def row(self, title: str, *cells: str) -> None:
        """One more row of the table of this title."""
        self._properties.append((_PROPERTY, [title, list(cells)]))


@pytest.fixture
def figures(request: pytest.FixtureRequest) -> Figures:
    """Counts of this test for the summary."""
    return Figures(request.node.user_properties)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--figures", action="store_true", help="print what the tests counted")


def pytest_terminal_summary(terminalreporter: Any, config: pytest.Config) -> None:
    if config.getoption("--figures"):
        reports = [report for outcome in ("passed", "failed") for report in terminalreporter.getreports(outcome)]
        for line in lines(value for report in reports for name, value in report.user_properties if name == _PROPERTY):
            terminalreporter.write_line(line)


def lines(noted: Iterable[Any]) -> Iterator[str]:
    """The sums and the tables, by title."""
    sums: dict[str, dict[str, int]] = {}
    rows: dict[str, list[list[str]]] = {}
    for title, value in noted:
        if isinstance(value, list):
            if value not in rows.setdefault(title, []):
                rows[title].append(value)
            continue
        of_title = sums.setdefault(title, {})
        for name, count in value.items():
            of_title[name] = of_title.get(name, 0) + count
    for title, counts in sums.items():  # in the order of the first test that counts
        yield f"{title}: " + ", ".join(f"{name} {count}" for name, count in counts.items())
    for title, table in sorted(rows.items()):
        yield f"{title}: {len(table)}"
        yield from (f"  {line}" for line in tabulate(sorted(table), tablefmt="plain").splitlines())
