"""The streams that a run of pytest writes to, each behind the veil: the console and the log file."""

import atexit
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from soc2test.reports.outlet import Outlet
from soc2test.reports.personal import Pseudonyms
from soc2test.reports.text import console_lines
from soc2test.reports.veil import Veil

__all__ = ["Outlets"]


class Outlets:
    """Open from the first act of a run to its last; what is written before it is known whom to hide waits."""

    def __init__(self, config: pytest.Config, key: bytes | None) -> None:
        self._veil = Veil() if key is None else None
        self._early = Veil(Pseudonyms(key)) if key is not None else Veil()
        self._own = self._reading = self._taken = False
        self._open: dict[int, Outlet] = {}
        self._config = config
        for stream in (sys.stdout, sys.stderr, sys.__stdout__, sys.__stderr__):
            self.add(stream)
        config.add_cleanup(self._close)

    def add(self, stream: Any) -> None:
        """Put one more stream behind the veil."""
        sink = getattr(stream, "buffer", None) or stream
        if stream is not None and not stream.closed and id(sink) not in self._open:
            self._open[id(sink)] = Outlet(stream, self._hide)

    def add_log_file(self, config: pytest.Config) -> None:
        """The file of --log-file, which pytest opens after it has configured us."""
        stream = getattr(
            getattr(config.pluginmanager.get_plugin("logging-plugin"), "log_file_handler", None), "stream", None
        )
        if getattr(stream, "name", os.devnull) != os.devnull:
            self.add(stream)

    @contextmanager
    def reading(self) -> Iterator[None]:
        """Within, the exports are read: whom they name is not known before the end."""
        self._reading = True
        yield
        self._reading = False

    def know(self, veil: Veil) -> None:
        """From now on hide by this veil, also what has waited."""
        self._veil = veil

    def text(self, text: str) -> str:
        """A text that can't wait: without secrets, addresses and the people who are known by now."""
        return (self._veil or self._early).text(text)

    @contextmanager
    def own(self) -> Iterator[None]:
        """Within, texts are the company's own, as what it calls its controls: a word in them is nobody's login."""
        self._flush()
        self._own = True
        try:
            yield
            self._flush()
        finally:
            self._own = False

    def _hide(self, text: str) -> str | None:
        if self._veil is None:
            return None
        return self._veil.own(text) if self._own else self._veil.text(text)

    def _flush(self) -> None:
        for stream in (sys.stdout, sys.stderr):
            stream.flush()

    def take_captured(self) -> None:
        """What is left in pytest's capture when a run breaks: pytest would write it past every stream."""
        captured = self._config.pluginmanager.get_plugin("capturemanager")
        if captured is not None and not self._taken:
            self._taken = True  # there is no more to come: at the end of a run, and where one breaks, the capture ends
            captured.suspend_global_capture(in_=True)
            for stream, text in zip((sys.stdout, sys.stderr), captured.read_global_capture(), strict=True):
                stream.write(console_lines(text))

    def _close(self) -> None:
        self.take_captured()
        if sys.exc_info()[0] is None:
            self._end()
        else:
            atexit.register(self._end)  # Python is still to print what went wrong

    def _end(self) -> None:
        if self._veil is None and not self._reading:  # it ended before the exports were read
            self._veil = self._early
        for outlet in self._open.values():
            if self._veil is None:
                outlet.hide = _withheld
            outlet.close()


def _withheld(text: str) -> str:
    return "stopped while the exports were read: what waited may name anybody, and is not shown\n" if text else ""
