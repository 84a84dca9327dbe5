"""`findings.ndjson`: every finding, one JSON object a line, and a closing line that counts them.

The closing line makes a cut file tell: it holds the number of findings, whether the run is complete, and the
disclaimer. `soc2test/schemas/finding.schema.json` describes both kinds of line.
"""

from collections.abc import Iterator

import msgspec

from soc2test.reports.text import DATA_LIMIT, json_dump
from soc2test.reports.view import ordered
from soc2test.run import DISCLAIMER, Run
from soc2test.verdicts import Finding

__all__ = ["Findings"]

_DELETE = b"\x7f"


class Findings:
    """All findings as NDJSON, controls by id."""

    filename = "findings.ndjson"

    def render(self, run: Run) -> bytes:
        """The lines, deviations first within a control."""
        return b"".join(self.parts(run))

    def parts(self, run: Run) -> Iterator[bytes]:
        """The same, line by line."""
        count = 0
        for count, line in enumerate(_lines(run), 1):  # noqa: B007  # told in the closing line
            yield line
        end = {
            "schema": "findings/1",
            "complete": run.complete,
            "incomplete_because": run.incomplete_because,
            "findings": count,
            "disclaimer": DISCLAIMER,
        }
        yield f"{json_dump(end)}\n".encode()


def _lines(run: Run) -> Iterator[bytes]:
    for result in sorted(run.controls, key=lambda result: result.id):
        head = {"schema": "finding/1", "control": result.id, "criteria": result.criteria, "severity": result.severity}
        opening = json_dump(head).encode()[:-1]
        for finding in ordered(result.findings):
            yield b"%b,%b\n" % (opening, _encoded(finding)[1:])


def _encoded(finding: Finding) -> bytes:
    """The same bytes as `json_dump`; most findings are plain, and msgspec writes them a hundred times faster."""
    try:
        fast = msgspec.json.encode(finding)
    except UnicodeEncodeError:  # a lone surrogate
        fast = b""
    if fast.isascii() and 0 < len(fast) < DATA_LIMIT and _DELETE not in fast:
        return fast
    return json_dump(msgspec.to_builtins(finding)).encode()
