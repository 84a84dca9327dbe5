"""Writing to a terminal or a log what must not wait behind other text."""

import os
from typing import Any

__all__ = ["at_once", "moves"]


def moves(stream: Any) -> bool:
    """True where what was written can be taken back: a terminal that knows how to move its cursor."""
    return bool(stream.isatty()) and os.environ.get("TERM") != "dumb"


def at_once(stream: Any, text: str) -> None:
    """Write past what holds text back: a veil waits for whole lines, and for whom to hide."""
    stream.flush()
    try:
        number = stream.fileno()
    except (AttributeError, OSError, ValueError):  # a text in memory
        stream.write(text)
        stream.flush()
        return
    os.write(number, text.encode("utf-8", "replace"))
