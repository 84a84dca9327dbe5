"""`results.ocsf.json`: Compliance Findings of OCSF, for what gathers security events.

Class 2003 of OCSF 1.5.0, an array as Prowler writes one. One event tells each control, one each resource for which it
does not hold or of which nothing is known, and the last one the run: `finding_info.types` tells them apart, so that
nobody counts a deviation twice. A status is OCSF's: Pass only where all of a control was tested and nothing deviates,
Warning where what is needed is missing, which OCSF means by it. A waived deviation is a Fail.
"""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from soc2test.reports.text import json_dump
from soc2test.run import DISCLAIMER, Run
from soc2test.verdicts import ControlResult, Finding, Outcome, Verdict

__all__ = ["VERSION", "Ocsf"]

VERSION = "1.5.0"
_UNKNOWN, _PASS, _WARNING, _FAIL, _OTHER = 0, 1, 2, 3, 99
_CAPTIONS = {_UNKNOWN: "Unknown", _PASS: "Pass", _WARNING: "Warning", _FAIL: "Fail"}
_OF_VERDICT = {
    Verdict.PASS: _PASS,
    Verdict.FAIL: _FAIL,
    Verdict.ACCEPTED: _FAIL,
    Verdict.NOT_EVALUATED: _WARNING,
    Verdict.ERROR: _UNKNOWN,
    Verdict.NO_OCCURRENCES: _OTHER,
    Verdict.NOT_APPLICABLE: _OTHER,
}
_OF_OUTCOME: dict[Outcome, int] = {"deviation": _FAIL, "waived": _FAIL, "unknown": _WARNING, "error": _UNKNOWN}
"""pending and exempt resources have no event: their numbers stand in that of the control"""
_SEVERITIES = {"low": (2, "Low"), "medium": (3, "Medium"), "high": (4, "High"), "critical": (5, "Critical")}
_INFORMATIONAL = (1, "Informational")
_NEW, _OTHER_STATE = 1, 99

Json = dict[str, Any]


class Ocsf:
    """All controls, what deviates or is unknown, and the run, controls by id."""

    filename = "results.ocsf.json"

    def render(self, run: Run) -> bytes:
        """The whole array, an event a line."""
        events = [json_dump(event) for event in _events(run)]
        return ("[\n" + ",\n".join(events) + "\n]\n").encode()


def _events(run: Run) -> Iterator[Json]:
    for result in sorted(run.controls, key=lambda result: result.id):
        yield _of_control(run, result)
        for finding in sorted(result.findings, key=lambda finding: (finding.kind, finding.resource, finding.id)):
            if finding.outcome in _OF_OUTCOME:
                yield _of_finding(run, result, finding)
    yield _of_run(run)


def _of_control(run: Run, result: ControlResult) -> Json:
    status = _OF_VERDICT[result.verdict]
    if status == _PASS and (result.gaps or result.unknown or result.errors):
        status = _WARNING
    said = result.period.said if result.period is not None else result.reason.text if result.reason else None
    counts = {
        "population": result.population, "passed": result.passed, "deviations": result.deviations,
        "waived": result.waived, "pending": result.pending, "unknown": result.unknown, "errors": result.errors,
        "exempt": result.exempt,
    }  # fmt: skip
    more = {"verdict": result.verdict.value, **counts, "lacks": [gap.text for gap in result.gaps]}
    return {
        **_head(run, _severity(result, status), result.title),
        "compliance": _compliance(result, status, said),
        "finding_info": _info(run, result.id, result.title, "control"),
        "unmapped": {**more, **_of_all(run)},
    }


def _of_finding(run: Run, result: ControlResult, finding: Finding) -> Json:
    status = _OF_OUTCOME[finding.outcome]
    state = {"status_id": _NEW, "status": "New"}
    if finding.outcome == "waived":
        state = {"status_id": _OTHER_STATE, "status": f"waived by {finding.waiver}"}
    paths = [entry.path for entry in run.evidence if entry.id == finding.evidence]
    return {
        **_head(run, _severity(result, status), finding.message),
        **(state if status == _FAIL else {}),
        "compliance": _compliance(result, status, finding.message),
        "finding_info": {**_info(run, finding.id, result.title, "resource"), "data_sources": paths},
        "resources": [{"uid": finding.resource, "name": finding.resource, "type": finding.kind}],
        "unmapped": {"outcome": finding.outcome, "source": finding.source, **_of_all(run)},
    }


def _of_run(run: Run) -> Json:
    """Whether all was tested: an array that is shorter than it should be looks like any other."""
    status = _OTHER if run.complete else _WARNING
    text = "the run is complete" if run.complete else f"the run is not complete: {run.incomplete_because}"
    return {
        **_head(run, _INFORMATIONAL, text),
        "compliance": {"standards": [_STANDARD], "status_id": status, "status": _CAPTIONS.get(status, "complete")},
        "finding_info": _info(run, "run", f"soc2test over {run.programme.system}", "run"),
        "unmapped": {
            "events": len(run.controls),
            "problems": [*run.problems],
            **_of_all(run),
            "disclaimer": DISCLAIMER,
        },
    }


_STANDARD = "Trust Services Criteria"


def _head(run: Run, severity: tuple[int, str], message: str) -> Json:
    number, caption = severity
    return {
        "activity_id": 1, "activity_name": "Create",
        "category_uid": 2, "category_name": "Findings",
        "class_uid": 2003, "class_name": "Compliance Finding",
        "type_uid": 200301, "type_name": "Compliance Finding: Create",
        "time": _milliseconds(run.as_of.time),
        "severity_id": number, "severity": caption,
        "message": message,
        "metadata": {
            "version": VERSION,
            "product": {"name": "soc2test", "vendor_name": "soc2test", "version": run.tool.version},
        },
    }  # fmt: skip


def _severity(result: ControlResult, status: int) -> tuple[int, str]:
    """Where nothing deviates and nothing is missing there is nothing to do."""
    return _INFORMATIONAL if status in (_PASS, _OTHER) else _SEVERITIES[result.severity]


def _compliance(result: ControlResult, status: int, said: str | None) -> Json:
    caption = _CAPTIONS.get(status, result.verdict.value.replace("_", " "))
    return {
        "control": result.id,
        "standards": [_STANDARD],
        "requirements": [*result.criteria],
        "status_id": status,
        "status": caption,
        **({"status_details": [said]} if said else {}),
    }


def _info(run: Run, uid: str, title: str, type: str) -> Json:
    return {"uid": uid, "title": title, "types": [type], "created_time": _milliseconds(run.as_of.time)}


def _of_all(run: Run) -> Json:
    """What stands in each event: one alone must not look like more than it is of."""
    period = None if run.period is None else f"{run.period.first}..{run.period.last}"
    return {"system": run.programme.system, "period": period, "complete": run.complete}


def _milliseconds(moment: datetime) -> int:
    return int(moment.timestamp() * 1000)
