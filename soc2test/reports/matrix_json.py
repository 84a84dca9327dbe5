"""`matrix.json`: a run for machines, at most 5 MB whatever the run; `soc2test/schemas/matrix.schema.json` describes it.

What grows with the company stands in it with its first entries and its total; whole it is in findings.ndjson,
controls.ndjson and evidence.ndjson.
"""

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from soc2test.criteria import criterion_order
from soc2test.reports.company_records import company_record
from soc2test.reports.control_records import control_record, cut
from soc2test.reports.frameworks_records import framework_records
from soc2test.reports.natures import nature_counts
from soc2test.reports.plain import plain
from soc2test.reports.subservice_records import subservice_record
from soc2test.reports.text import json_dump
from soc2test.reports.view import counts, is_started
from soc2test.run import DISCLAIMER, CriterionRow, Run
from soc2test.verdicts import ControlResult, Verdict

__all__ = ["MOST", "ROOM", "MatrixJson"]

MOST = 20
"""Entries of a list that stand inline."""

ROOM = 5_000_000
"""Bytes of the whole document, at most."""

_WORST_FIRST = (
    Verdict.FAIL, Verdict.ERROR, Verdict.NOT_EVALUATED, Verdict.ACCEPTED, Verdict.NOT_APPLICABLE,
    Verdict.NO_OCCURRENCES, Verdict.PASS,
)  # fmt: skip


class _Form(NamedTuple):
    """How much of a run is written, and how."""

    most: int
    """entries of a list that grows with the company"""
    indent: int | None = None
    ids: int | None = None
    """entries of a list that grows with the number of tests and statements alone; None: all"""
    controls: int | None = None
    """results of controls; None: of all"""


class MatrixJson:
    """The matrix as JSON."""

    filename = "matrix.json"

    def render(self, run: Run) -> bytes:
        """The document with a line feed at its end: indented, unless the run is so large that it has no room."""
        text = b""
        for form in _forms(run):
            text = (json_dump(_document(run, form), indent=form.indent) + "\n").encode()
            if len(text) <= ROOM:
                break
        return text


def _forms(run: Run) -> Iterator[_Form]:
    """From the fullest to the briefest; the last ones leave out results, those that pass first."""
    yield _Form(most=MOST, indent=2)
    yield _Form(most=MOST)
    yield _Form(most=5)
    yield _Form(most=5, ids=MOST)
    yield _Form(most=0, ids=MOST)
    controls = len(run.controls)
    while controls > 1:
        controls //= 2
        yield _Form(most=0, ids=MOST, controls=controls)


def _document(run: Run, form: _Form) -> dict[str, Any]:
    whole = {
        "schema": "matrix/2",
        "held_back": _held_back(run, form.most),
        "complete": run.complete,
        "incomplete_because": run.incomplete_because,
        "state": "started" if is_started(run) else "finished",
        "as_of": None if is_started(run) else plain(run.as_of),
        "period": plain(run.period) if run.period is not None else None,
        "tool": plain(run.tool),
        "programme": plain(run.programme),
        "counts": counts(run),
        "natures": nature_counts(run),
        "sources": [plain(source) for source in run.sources],
        "criteria": [_row(row, form.ids) for row in sorted(run.criteria, key=lambda row: criterion_order(row.id))],
        "controls": [control_record(result, form.most) for result in _results(run.controls, form.controls)],
        "controls_total": len(run.controls),
        "evidence": sorted(run.evidence, key=lambda entry: (entry.path, entry.id)),
        "documents": sorted(run.documents, key=lambda entry: entry.file),
        "ages": [plain(age) for age in sorted(run.ages, key=lambda age: age.source)],
        "statements": sorted(run.statements, key=lambda statement: statement.id)[: form.ids],
        "statements_total": len(run.statements),
        "company_controls": company_record(run.company_controls, form.ids),
        "subservice": subservice_record(run.subservice, form.ids),
        "frameworks": framework_records(run.frameworks, form.ids),
        "frameworks_total": len(run.frameworks),
        "unclaimed": sorted(run.unclaimed, key=lambda entry: (entry.path, entry.reason)),
        "problems": list(run.problems),
        "pseudonymised": run.pseudonymised,
        "recorded": plain(run.recorded) if run.recorded is not None else None,
        "disclaimer": DISCLAIMER,
    }
    document = cut(whole, form.most, "evidence", "documents", "unclaimed", "problems")
    for name in ("evidence", "documents", "statements", "unclaimed"):
        document[name] = [plain(entry) for entry in document[name]]
    return document


def _held_back(run: Run, most: int) -> dict[str, Any] | None:
    return None if run.held_back is None else cut(plain(run.held_back), most, "controls", "gone")


_IDS = ("controls", "supported_by", "partial", "loosened", "no_occurrences", "statements", "organisations")


def _row(row: CriterionRow, most: int | None) -> dict[str, Any]:
    """A criterion, with the first of the ids in each of its lists, and how many are left out."""
    record = plain(row)
    shorter = {name: record[name][:most] for name in _IDS}
    left_out = sum(len(record[name]) - len(shorter[name]) for name in _IDS)
    return {**record, **shorter, "ids_left_out": left_out}


def _results(results: Sequence[ControlResult], most: int | None) -> list[ControlResult]:
    """By id; where not all have room, those that say the worst."""
    worst = sorted(results, key=lambda result: (_WORST_FIRST.index(result.verdict), result.id))
    return sorted(worst[:most], key=lambda result: result.id)
