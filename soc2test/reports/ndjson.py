"""Lists of any length for machines: one JSON object a line, and a closing line by which a cut file tells itself."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

import msgspec

from soc2test.reports.text import DATA_LIMIT, json_dump
from soc2test.run import DISCLAIMER, Run

__all__ = ["closing", "lines", "opening"]

_DELETE = b"\x7f"
_TOGETHER = 500
_encoder = msgspec.json.Encoder()


def lines(head: Mapping[str, Any], records: Sequence[Any]) -> Iterator[bytes]:
    """Each record as an object that begins with `head`, some lines at a time.

    `records` are of one type, which msgspec writes as `json_dump` would: no times among their fields.
    """
    opening = b"%b," % json_dump(head).encode()[:-1]
    for at in range(0, len(records), _TOGETHER):
        text = _encoded(records[at : at + _TOGETHER])
        # no line feed stands within JSON's strings, so each that is there begins a line
        yield opening + text[1:].replace(b"\n{", b"\n" + opening)


def opening(run: Run) -> Iterator[bytes]:
    """The first line where a baseline holds something back from the exit code, else none."""
    if run.held_back is not None:
        held = run.held_back
        line = {"schema": "held_back/1", "text": held.text, "file": held.file, "deviations": held.deviations}
        yield f"{json_dump(line)}\n".encode()


def closing(schema: str, run: Run, counts: Mapping[str, Any]) -> bytes:
    """The last line: how many stand above it, whether the run is complete, and what this is not."""
    end = {
        "schema": schema,
        "complete": run.complete,
        "incomplete_because": run.incomplete_because,
        **counts,
        "disclaimer": DISCLAIMER,
    }
    return f"{json_dump(end)}\n".encode()


def _encoded(records: Iterable[Any]) -> bytes:
    """A line each, the same bytes as `json_dump`; most are plain, and msgspec writes them a hundred times faster."""
    try:
        fast = _encoder.encode_lines(records)
    except UnicodeEncodeError:  # a lone surrogate
        fast = b""
    if fast.isascii() and fast and _DELETE not in fast and max(map(len, fast.split(b"\n"))) < DATA_LIMIT:
        return fast
    return b"".join(f"{json_dump(msgspec.to_builtins(record))}\n".encode() for record in records)
