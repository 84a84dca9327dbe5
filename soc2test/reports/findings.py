"""`findings.ndjson`: every finding, one JSON object a line, and a closing line that counts them.

The closing line makes a cut file tell: it holds the number of findings, whether the run is complete, and the
disclaimer. `soc2test/schemas/finding.schema.json` describes both kinds of line.
"""

from collections.abc import Iterator
from typing import Any

import msgspec

from soc2test.reports.text import json_dump
from soc2test.reports.view import ordered
from soc2test.run import DISCLAIMER, Run

__all__ = ["Findings"]


class Findings:
    """All findings as NDJSON, controls by id."""

    filename = "findings.ndjson"

    def render(self, run: Run) -> bytes:
        """The lines, deviations first within a control."""
        lines = [json_dump(finding) for finding in _findings(run)]
        end = {
            "schema": "findings/1",
            "complete": run.complete,
            "incomplete_because": run.incomplete_because,
            "findings": len(lines),
            "disclaimer": DISCLAIMER,
        }
        return "".join(f"{line}\n" for line in (*lines, json_dump(end))).encode()


def _findings(run: Run) -> Iterator[dict[str, Any]]:
    for result in sorted(run.controls, key=lambda result: result.id):
        head = {"schema": "finding/1", "control": result.id, "criteria": result.criteria, "severity": result.severity}
        for finding in ordered(result.findings):
            yield head | msgspec.to_builtins(finding)
