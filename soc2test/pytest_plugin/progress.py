"""The progress of a run on pytest's own terminal."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from soc2test.progress.line import Line
from soc2test.progress.stream import at_once, moves
from soc2test.progress.watch import Watch, nobody

__all__ = ["Shown", "shown", "watch_of"]


class Shown:
    """pytest's terminal as a `Screen`: past its capture, and past the veil, since nothing of it is evidence."""

    def __init__(self, config: pytest.Config, reporter: Any) -> None:
        self._config, self._reporter = config, reporter
        self._file = reporter._tw._file  # what pytest writes to has no public name
        self.terminal = moves(self._file)
        self.width = reporter._tw.fullwidth
        self.colour = bool(reporter.hasmarkup)

    def begin(self) -> None:
        """A line of dots ends here; pytest names the file again before the next dot."""
        with self._uncaptured():
            self._reporter.ensure_newline()

    def write(self, text: str) -> int:
        """Show a text at once."""
        with self._uncaptured():
            at_once(self._file, text)
        return len(text)

    def flush(self) -> None:
        """Nothing waits."""

    @contextmanager
    def _uncaptured(self) -> Iterator[None]:
        capture = self._config.pluginmanager.get_plugin("capturemanager")
        if capture is None:
            yield
            return
        with capture.global_and_fixture_disabled():
            yield


def shown(config: pytest.Config) -> Line | None:
    """The line of this run; None with -q, and in a worker of xdist, which has no terminal."""
    reporter = config.pluginmanager.get_plugin("terminalreporter")
    if reporter is None or config.option.verbose < 0:
        return None
    line = Line(Shown(config, reporter))
    config.add_cleanup(line.end)
    return line


def watch_of(line: Line | None) -> Watch:
    """What the stages tell it to."""
    return nobody if line is None else line
