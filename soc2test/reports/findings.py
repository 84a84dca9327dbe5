"""`findings.ndjson`: every finding, one JSON object a line, and a closing line that counts them.

The closing line makes a cut file tell: it holds the number of findings, whether the run is complete, and the
disclaimer. `soc2test/schemas/finding.schema.json` describes both kinds of line.
"""

from collections.abc import Iterator, Sequence

import msgspec

from soc2test.reports.natures import nature_counts
from soc2test.reports.text import DATA_LIMIT, json_dump
from soc2test.reports.view import ordered
from soc2test.run import DISCLAIMER, Run
from soc2test.verdicts import ControlResult, Finding

__all__ = ["Findings"]

_DELETE = b"\x7f"
_TOGETHER = 500
_encoder = msgspec.json.Encoder()


class Findings:
    """All findings as NDJSON, controls by id."""

    filename = "findings.ndjson"

    def render(self, run: Run) -> bytes:
        """The lines, deviations first within a control."""
        return b"".join(self.parts(run))

    def parts(self, run: Run) -> Iterator[bytes]:
        """The same, some lines at a time."""
        count = 0
        for result in sorted(run.controls, key=lambda result: result.id):
            found = ordered(result.findings)
            count += len(found)
            yield from _lines(result, found)
        end = {
            "schema": "findings/1",
            "complete": run.complete,
            "incomplete_because": run.incomplete_because,
            "findings": count,
            "natures": nature_counts(run),
            "sources": [{name: getattr(each, name) for name in each.__struct_fields__} for each in run.sources],
            "disclaimer": DISCLAIMER,
        }
        yield f"{json_dump(end)}\n".encode()


def _lines(result: ControlResult, found: Sequence[Finding]) -> Iterator[bytes]:
    head = {
        "schema": "finding/2",
        "control": result.id,
        "criteria": result.criteria,
        "nature": result.nature,
        "rests_on": result.rests_on,
        "severity": result.severity,
    }
    opening = b"%b," % json_dump(head).encode()[:-1]
    for at in range(0, len(found), _TOGETHER):
        lines = _encoded(found[at : at + _TOGETHER])
        # no line feed stands within JSON's strings, so each that is there begins a line
        yield opening + lines[1:].replace(b"\n{", b"\n" + opening)


def _encoded(found: Sequence[Finding]) -> bytes:
    """A line each, the same bytes as `json_dump`; most are plain, and msgspec writes them a hundred times faster."""
    try:
        fast = _encoder.encode_lines(found)
    except UnicodeEncodeError:  # a lone surrogate
        fast = b""
    if fast.isascii() and fast and _DELETE not in fast and max(map(len, fast.split(b"\n"))) < DATA_LIMIT:
        return fast
    return b"".join(f"{json_dump(msgspec.to_builtins(each))}\n".encode() for each in found)
