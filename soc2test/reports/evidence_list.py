"""`evidence.ndjson`: every export, document and file that nobody read, with its digest.

`soc2test/schemas/evidence.schema.json` describes its lines.
"""

from collections.abc import Iterator, Sequence
from typing import Any

import msgspec

from soc2test.reports.ndjson import closing, lines, opening
from soc2test.reports.plain import plain
from soc2test.run import Run

__all__ = ["EvidenceList"]

_TOGETHER = 500


class EvidenceList:
    """All evidence as NDJSON: exports by path and id, then documents by file, then what is unclaimed by path."""

    filename = "evidence.ndjson"

    def render(self, run: Run) -> bytes:
        """The lines; matrix.json holds the first of them."""
        return b"".join(self.parts(run))

    def parts(self, run: Run) -> Iterator[bytes]:
        """The same, some lines at a time."""
        yield from opening(run)
        entries = sorted(run.evidence, key=lambda entry: (entry.path, entry.id))
        for at in range(0, len(entries), _TOGETHER):  # a time has no form of its own before `plain`
            yield from lines({"schema": "export/1"}, _plain(entries[at : at + _TOGETHER]))
        yield from lines({"schema": "document/1"}, sorted(run.documents, key=lambda entry: entry.file))
        unclaimed = sorted(run.unclaimed, key=lambda entry: (entry.path, entry.reason))
        yield from lines({"schema": "unclaimed/1"}, unclaimed)
        counts = {"exports": len(run.evidence), "documents": len(run.documents), "unclaimed": len(run.unclaimed)}
        yield closing("evidence-list/1", run, counts)


def _plain(entries: Sequence[msgspec.Struct]) -> list[dict[str, Any]]:
    return [plain(entry) for entry in entries]
