"""`controls.ndjson`: every control's result whole; `soc2test/schemas/control.schema.json` describes its lines."""

from collections.abc import Iterator

from soc2test.reports.control_records import control_record
from soc2test.reports.natures import nature_counts
from soc2test.reports.ndjson import closing, lines, opening
from soc2test.reports.plain import plain
from soc2test.reports.text import json_dump
from soc2test.run import Run

__all__ = ["ControlList"]


class ControlList:
    """All results as NDJSON, by id, with all gaps and ids of evidence, then statements, the company's own controls,
    subservice organisations, requirements of other frameworks, and what went wrong.

    Their findings are in findings.ndjson.
    """

    filename = "controls.ndjson"

    def render(self, run: Run) -> bytes:
        """The lines; matrix.json holds the first of each list."""
        return b"".join(self.parts(run))

    def parts(self, run: Run) -> Iterator[bytes]:
        """The same, a line at a time."""
        yield from opening(run)
        for result in sorted(run.controls, key=lambda result: result.id):
            line = {"schema": "control/2", **control_record(result, None)}
            yield f"{json_dump(line)}\n".encode()
        yield from lines({"schema": "statement/1"}, sorted(run.statements, key=lambda statement: statement.id))
        described = run.company_controls.controls if run.company_controls is not None else ()
        yield from lines({"schema": "company_control/1"}, described)
        told = run.subservice
        organisations, own = (told.organisations, told.user_entity_controls) if told is not None else ((), ())
        yield from lines({"schema": "subservice_organisation/1"}, organisations)
        yield from lines({"schema": "user_entity_control/1"}, own)
        for framework in run.frameworks:
            yield from lines({"schema": "requirement/1", "framework": framework.name}, framework.requirements)
        yield from lines({"schema": "problem/1"}, [{"text": problem} for problem in run.problems])
        totals = {
            "controls": len(run.controls),
            "statements": len(run.statements),
            "company_controls": len(described),
            "subservice_organisations": len(organisations),
            "user_entity_controls": len(own),
            "requirements": sum(len(framework.requirements) for framework in run.frameworks),
            "problems": len(run.problems),
        }
        natures = {"natures": nature_counts(run), "sources": [plain(source) for source in run.sources]}
        yield closing("controls/1", run, {**totals, **natures})
