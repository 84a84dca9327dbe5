"""`matrix.json`: the whole run for machines; `soc2test/schemas/matrix.schema.json` describes it."""

from datetime import datetime
from typing import Any

import msgspec

from soc2test.criteria import criterion_order
from soc2test.reports.natures import nature_counts
from soc2test.reports.text import json_dump
from soc2test.reports.view import counts, is_started, ordered, utc
from soc2test.run import DISCLAIMER, Run
from soc2test.verdicts import ControlResult

__all__ = ["INLINE_FINDINGS", "MatrixJson"]

INLINE_FINDINGS = 100
"""Findings of one control that stand inline; findings.ndjson holds all."""


class MatrixJson:
    """The matrix as JSON."""

    filename = "matrix.json"

    def render(self, run: Run) -> bytes:
        """The document, indented, with a line feed at its end."""
        return (json_dump(_document(run), indent=2) + "\n").encode()


def _document(run: Run) -> dict[str, Any]:
    return {
        "schema": "matrix/2",
        "complete": run.complete,
        "incomplete_because": run.incomplete_because,
        "state": "started" if is_started(run) else "finished",
        "as_of": None if is_started(run) else _plain(run.as_of),
        "period": None,
        "tool": _plain(run.tool),
        "programme": _plain(run.programme),
        "counts": counts(run),
        "natures": nature_counts(run),
        "criteria": [_plain(row) for row in sorted(run.criteria, key=lambda row: criterion_order(row.id))],
        "controls": [_control(result) for result in sorted(run.controls, key=lambda result: result.id)],
        "evidence": [_plain(entry) for entry in sorted(run.evidence, key=lambda entry: (entry.path, entry.id))],
        "documents": [_plain(entry) for entry in sorted(run.documents, key=lambda entry: entry.file)],
        "ages": [_plain(age) for age in sorted(run.ages, key=lambda age: age.source)],
        "statements": [_plain(statement) for statement in sorted(run.statements, key=lambda statement: statement.id)],
        "unclaimed": [_plain(entry) for entry in sorted(run.unclaimed, key=lambda entry: (entry.path, entry.reason))],
        "problems": list(run.problems),
        "pseudonymised": run.pseudonymised,
        "disclaimer": DISCLAIMER,
    }


_ORDER = (
    "id", "title", "criteria", "supports", "nature", "rests_on", "tested_facts", "reliance", "verdict",
    "reason", "taken_out", "severity", "operates", "limits", "population", "population_digest", "passed",
    "deviations", "waived", "pending", "unknown", "errors", "exempt", "exempt_deviations", "exemptions", "findings",
    "findings_total", "by_source", "joined", "evidence", "declared", "gaps",
)  # fmt: skip


def _control(result: ControlResult) -> dict[str, Any]:
    findings = ordered(result.findings)
    plain = _plain(msgspec.structs.replace(result, findings=()))
    document = plain | {
        "supports": dict(sorted(result.supports.items(), key=lambda item: criterion_order(item[0]))),
        "limits": dict(sorted(plain["limits"].items())),
        "findings": [_plain(finding) for finding in findings[:INLINE_FINDINGS]],
        "findings_total": len(findings),
        "evidence": sorted(result.evidence),
    }
    return {key: document[key] for key in _ORDER}


def _plain(record: msgspec.Struct) -> dict[str, Any]:
    """The record's fields in their order; its times with Z."""
    plain: dict[str, Any] = msgspec.to_builtins(record, builtin_types=(datetime,))
    return {key: utc(value) if isinstance(value, datetime) else value for key, value in plain.items()}
