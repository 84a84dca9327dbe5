"""Progress on stderr: of a command, whose output may be piped on, and of what comes before pytest has a terminal."""

import os
import shutil
import sys

from soc2test.progress.stream import at_once, moves

__all__ = ["Stderr"]


class Stderr:
    """Stderr as a `Screen`."""

    def __init__(self) -> None:
        self._file = sys.stderr
        self.terminal = moves(self._file)
        self.width = shutil.get_terminal_size().columns
        self.colour = self.terminal and "NO_COLOR" not in os.environ

    def begin(self) -> None:
        """A command has not begun a line."""

    def write(self, text: str) -> int:
        """Show a text at once."""
        at_once(self._file, text)
        return len(text)

    def flush(self) -> None:
        """Nothing waits."""
