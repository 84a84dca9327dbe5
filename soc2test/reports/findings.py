"""`findings.ndjson`: every finding; `soc2test/schemas/finding.schema.json` describes its lines."""

from collections.abc import Iterator

from soc2test.reports.natures import nature_counts
from soc2test.reports.ndjson import closing, lines, opening
from soc2test.reports.plain import plain
from soc2test.reports.view import ordered
from soc2test.run import Run
from soc2test.verdicts import ControlResult

__all__ = ["Findings"]


class Findings:
    """All findings as NDJSON, controls by id."""

    filename = "findings.ndjson"

    def render(self, run: Run) -> bytes:
        """The lines, deviations first within a control."""
        return b"".join(self.parts(run))

    def parts(self, run: Run) -> Iterator[bytes]:
        """The same, some lines at a time."""
        yield from opening(run)
        count = 0
        for result in sorted(run.controls, key=lambda result: result.id):
            found = ordered(result.findings)
            count += len(found)
            yield from lines(_head(result), found)
        sources = [plain(source) for source in run.sources]
        yield closing("findings/1", run, {"findings": count, "natures": nature_counts(run), "sources": sources})


def _head(result: ControlResult) -> dict[str, object]:
    return {
        "schema": "finding/2",
        "control": result.id,
        "criteria": result.criteria,
        "nature": result.nature,
        "rests_on": result.rests_on,
        "severity": result.severity,
    }
