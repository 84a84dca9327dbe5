"""What is written to the console or a log file passes a veil on its way, whoever writes it.

Not the stream is replaced but what its buffer does: pytest's capture, its terminal writer and log handlers hold the
stream itself, and click makes one of its own over the same buffer.
"""

import codecs
import io
import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from threading import RLock
from typing import Any

__all__ = ["Hide", "Outlet", "veiled"]

Hide = Callable[[str], str | None]
"""A text without what must not be seen; None where that is not known yet: then the text waits."""

_OF_WORDS = frozenset("_@%+/=~.&-")
_PROGRESS = re.compile(r"[.FEsxXpP]+\Z")
_COLOUR = re.compile(r"\x1b\[[0-9;]*m")
_COLOURS = re.compile(f"({_COLOUR.pattern})")
_BARE = 3
_BEFORE = 256
"""signs of a line with dots that are kept: longer than the head of a key or the name of a secret"""
_LONGEST = 1 << 16
_HEADS = ("PRIVATE KEY", "OpenVPN Static key", "Private-Lines:")  # the last one is of PuTTY
_NAME = "(?:[A-Z0-9 ]{0,40}PRIVATE KEY|OpenVPN Static key)"
_HEAD = re.compile(rf"(?:-{{4,5}} ?BEGIN {_NAME}|Private-Lines:)")
_FOOT = re.compile(rf"(?:-{{4,5}} ?END {_NAME}|Private-MAC:)")
_KEY_BODY = re.compile(r"[A-Za-z0-9+/=]{16,}")
_KEY_END = re.compile(r"(?<![A-Za-z0-9+/=])[A-Za-z0-9+/=]+(?=(?:\x1b\[[0-9;]*m|\W)*\Z)", re.ASCII)
_BODY = "(?:[^-]|-(?!----)){0,20000}"
_WHOLE = re.compile(rf"{_HEAD.pattern}{_BODY}-----{_BODY}{_FOOT.pattern}[ A-Z]*-{{0,5}}")
_BETWEEN = re.compile(r"[\w-]+: |\s*\Z")
_LINE_WIDTH = 300
_KEY = "[redacted private key]"


class Outlet:
    """Text that comes in pieces leaves line by line; the start of a line that is flushed, but for its last word.

    A secret or a name that is written in two pieces is met as one.
    """

    def __init__(self, stream: Any, hide: Hide) -> None:
        self._stream, self.hide = stream, hide
        self._sink = getattr(stream, "buffer", None) or stream
        self._binary = self._sink is not stream
        self._encoding = getattr(stream, "encoding", None) or "utf-8"
        self._decoder = codecs.getincrementaldecoder(self._encoding)("surrogateescape")
        self._write, self._flush = self._sink.write, self._sink.flush
        self._line = self._left = ""  # the line as it was written, and what of it has left
        self._dots = ""  # what left before it as the dots of a run: its last letters may have begun a secret
        self._armour = _Armour()
        self._busy = False
        self._lock = RLock()
        self._sink.write, self._sink.flush = self.write, self.flush
        # what the stream keeps back would leave behind bytes that are written to its buffer later
        self._keeps = isinstance(stream, io.TextIOWrapper) and not stream.write_through
        if self._keeps:
            stream.reconfigure(write_through=True)

    def write(self, data: Any) -> int:
        """Take in bytes (a text, where the stream has no buffer); whole lines leave."""
        with self._lock:
            self._line += self._decoder.decode(bytes(data)) if self._binary else data
            self._lines()
        return len(data)

    def flush(self) -> None:
        """Let the start of a line out, since somebody waits for it: a prompt, the dots of a run."""
        with self._lock:
            said = _COLOUR.sub("", self._line)
            word = _last_word(said)
            alone = said == word or said[-len(word) - 1].isspace()  # else it is the end of a longer word
            if alone and _PROGRESS.match(word) is not None:
                if self._emit(self._line):  # what follows the dots of a run is another text
                    self._line, self._left, self._dots = "", "", (self._dots + said)[-_BEFORE:]
            else:
                tail = len(_last_word(self._line))
                self._emit(self._line if tail <= _BARE else self._line[:-tail])
            self._flush()

    def close(self) -> None:
        """Let all out, and the stream be what it was."""
        if self._stream.closed:
            return
        with self._lock:
            self._sink.flush = self._flush
            self._stream.flush()
            self._line += self._decoder.decode(b"", final=True) if self._binary else ""
            self._emit(self._line)
            self._line = self._left = ""
            self._flush()
            self._sink.write, self._sink.flush = self._write, self._flush
            if self._keeps:
                self._stream.reconfigure(write_through=False)

    def _lines(self) -> None:
        while (end := _end(self._line)) and self._emit(self._line[:end]):  # to hide one may have written another
            self._armour.without(self._dots + self._line[:end])
            self._line, self._left, self._dots = self._line[end:], "", ""

    def _emit(self, text: str) -> bool:
        """Write what of the text has not left yet; False where it has to wait."""
        if self._busy or (hidden := self._hidden(text)) is None:
            return False
        at = next((at for at, (one, other) in enumerate(zip(self._left, hidden, strict=False)) if one != other), None)
        at = min(len(self._left), len(hidden)) if at is None else at
        if at < len(hidden):
            new, self._left = hidden[at:], hidden
            self._write(new.encode(self._encoding, "surrogateescape") if self._binary else new)
        return True

    def _hidden(self, text: str) -> str | None:
        self._busy = True  # to hide may take reading the exports, and what that writes comes after this
        try:
            hidden = self.hide(replace(self._armour).without(text))
            if self._dots and (joined := self.hide(replace(self._armour).without(self._dots + text))):
                rest = joined.removeprefix(self._dots)
                hidden = hidden if rest == text else self.hide(rest)  # by itself it may be a name, too
            if hidden is None or "\x1b[" not in hidden:
                return hidden
            parts = enumerate(_COLOURS.split(hidden))  # a colour is no part of the word behind it
            return "".join(each if at % 2 else self.hide(each) or "" for at, each in parts)
        finally:
            self._busy = False


@dataclass
class _Armour:
    """A private key whose lines are written one by one: of each, a veil sees nothing that gives it away."""

    within: bool = False
    seen: bool = False

    def without(self, text: str) -> str:
        """The text without the lines of a key whose head was in it, or in what came before."""
        if not self.within and not any(head in text for head in _HEADS):
            return text
        text = text if self.within else _WHOLE.sub(_KEY, text)
        return "".join(map(self._line, text.splitlines(keepends=True)))

    def _line(self, line: str) -> str:
        if (head := _HEAD.search(line)) is not None:
            self.within, self.seen = _FOOT.search(line, head.end()) is None, False
        elif self.within and not _BETWEEN.match(line):
            shorter = _KEY_BODY.sub(_KEY, line)
            if shorter == line and self.seen and len(line) <= _LINE_WIDTH and not _FOOT.search(line):
                self.within, self.seen = False, False
                return _KEY_END.sub(_KEY, line)
            self.within = self.seen = shorter != line
            return shorter
        return line


def _end(text: str) -> int:
    """Where its last whole line ends; of a line without end, its last word."""
    end = max(text.rfind("\n"), text.rfind("\r")) + 1
    return end if end or len(text) <= _LONGEST else max(text.rfind(" "), 0)


def _last_word(line: str) -> str:
    at = len(line)
    while at and (line[at - 1].isalnum() or line[at - 1] in _OF_WORDS):
        at -= 1
    return line[at:]


@contextmanager
def veiled(streams: Iterable[Any], hide: Hide) -> Iterator[None]:
    """Within, what is written to the streams is hidden first."""
    with ExitStack() as stack:
        for stream in streams:
            stack.callback(Outlet(stream, hide).close)
        yield
