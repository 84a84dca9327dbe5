"""`results.oscal.json`: OSCAL assessment results, for tools that gather what was tested.

Assessment Results of OSCAL 1.2.1 (NIST). Each control is an observation with what it found, and where resources deviate
a finding about the control's own id, whose state is then OSCAL's "not-satisfied". Its counterpart is never written: it
would judge a criterion, which no test does and only an examiner may. What was not evaluated has an observation and no
finding, and is named in the result's remarks.
"""

from datetime import UTC, datetime
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from soc2test.reports.text import json_dump, json_text
from soc2test.run import DISCLAIMER, Run
from soc2test.verdicts import ControlResult, Finding, Verdict

__all__ = ["VERSION", "Oscal"]

VERSION = "1.2.1"
_NS = "urn:soc2test"
_DEVIATES = (Verdict.FAIL, Verdict.ACCEPTED)
_NOT_TESTED = (Verdict.NOT_EVALUATED, Verdict.ERROR)

Json = dict[str, Any]


class Oscal:
    """One result with an observation for each control, by id."""

    filename = "results.oscal.json"

    def render(self, run: Run) -> bytes:
        """The whole document; its UUIDs are made of what they are of, so that the same run has the same ones."""
        document = {
            "uuid": _uuid(run, "document"),
            "metadata": {
                "title": _line(f"soc2test over {run.programme.system}"),
                "last-modified": _moment(run.as_of.time),
                "version": run.programme.digest[:12] or "none",
                "oscal-version": VERSION,
            },
            "import-ap": {"href": f"#{_uuid(run, 'plan')}"},
            "results": [_result(run)],
            "back-matter": {
                "resources": [
                    {
                        "uuid": _uuid(run, "plan"),
                        "title": "No assessment plan",
                        "description": "What was to be tested is said by soc2.yaml, which is no document of OSCAL.",
                        "remarks": DISCLAIMER,
                    }
                ]
            },
        }
        return f"{json_dump({'assessment-results': document})}\n".encode()


def _result(run: Run) -> Json:
    controls = sorted(run.controls, key=lambda result: result.id)
    made: Json = {
        "uuid": _uuid(run, "result"),
        "title": _line(f"Management's tests over {run.programme.system}"),
        "description": "Tests that management runs over its own evidence, each over its whole population.",
        "start": _moment(run.as_of.time),
        "props": [_prop("complete", "yes" if run.complete else "no"), *_period(run)],
        "reviewed-controls": _reviewed(controls),
        "remarks": _remarks(run, controls),
    }
    observations = [_observation(run, result) for result in controls]
    findings = [_finding(run, result) for result in controls if result.verdict in _DEVIATES]
    # an empty list is no list in OSCAL
    return {
        **made,
        **({"observations": observations} if observations else {}),
        **({"findings": findings} if findings else {}),
    }


def _reviewed(controls: list[ControlResult]) -> Json:
    criteria = sorted({criterion for result in controls for criterion in result.criteria})
    chosen: Json = (
        {"include-controls": [{"control-id": each} for each in criteria]} if criteria else {"include-all": {}}
    )
    text = "The Trust Services Criteria, (c) AICPA, by id, at parts of which these tests look. No criterion is judged."
    return {"description": text, "control-selections": [chosen]}


def _remarks(run: Run, controls: list[ControlResult]) -> str:
    """What who reads findings alone would not see."""
    untested = [each.id for each in controls if each.verdict in _NOT_TESTED]
    said = [f"Not complete: {run.incomplete_because}."] if not run.complete else []
    said += [f"Not tested: {', '.join(untested)}."] if untested else []
    return _line(" ".join([*said, "A test without a finding is not thereby without deviation: see its observation."]))


def _observation(run: Run, result: ControlResult) -> Json:
    told = [each for each in result.findings if each.outcome in ("deviation", "waived", "unknown", "error")]
    paths = sorted({entry.path for entry in run.evidence if entry.id in result.evidence})
    made: Json = {
        "uuid": _uuid(run, f"observation/{result.id}"),
        "title": _line(f"{result.id}: {result.title}"),
        "description": _line(_said(result)),
        "props": [_prop(name, str(value)) for name, value in _counts(result)],
        "methods": ["TEST"],
        "collected": _moment(run.as_of.time),
    }
    subjects = [_subject(run, result, each) for each in told]
    evidence = [{"description": _line(path)} for path in paths]
    return {
        **made,
        **({"subjects": subjects} if subjects else {}),
        **({"relevant-evidence": evidence} if evidence else {}),
    }


def _said(result: ControlResult) -> str:
    if result.period is not None:
        return result.period.said
    gaps = "; ".join(gap.text for gap in result.gaps)
    reason = result.reason.text if result.reason is not None else ""
    return "; ".join(filter(None, [result.verdict.value.replace("_", " "), reason, gaps]))


def _counts(result: ControlResult) -> list[tuple[str, object]]:
    names = ("population", "passed", "deviations", "waived", "pending", "unknown", "errors", "exempt")
    counts: list[tuple[str, object]] = [(name, getattr(result, name)) for name in names]
    return [("verdict", result.verdict.value), ("severity", result.severity), *counts]


def _subject(run: Run, result: ControlResult, finding: Finding) -> Json:
    return {
        "subject-uuid": _uuid(run, f"{finding.kind}/{finding.resource}"),
        "type": "resource",
        "title": _line(f"{finding.kind} {finding.resource}"),
        "props": [_prop("outcome", finding.outcome), _prop("source", finding.source)],
        "remarks": _line(finding.message),
    }


def _finding(run: Run, result: ControlResult) -> Json:
    whole = result.verdict is Verdict.ACCEPTED
    text = (
        "All deviations are waived: see waivers.yaml."
        if whole
        else "Resources deviate, or the control as a whole does."
    )
    return {
        "uuid": _uuid(run, f"finding/{result.id}"),
        "title": _line(f"{result.id}: {result.title}"),
        "description": text,
        "target": {
            "type": "objective-id",
            "target-id": result.id,
            "status": {"state": "not-satisfied", "reason": "fail"},
        },
        "related-observations": [{"observation-uuid": _uuid(run, f"observation/{result.id}")}],
    }


def _period(run: Run) -> list[Json]:
    return [] if run.period is None else [_prop("period", f"{run.period.first}..{run.period.last}")]


def _prop(name: str, value: str) -> Json:
    return {"name": name, "ns": _NS, "value": _line(value)}


def _line(text: str) -> str:
    """OSCAL's strings are of one line, without blanks at their ends, and not empty."""
    return " ".join(text.split()) or "-"


def _moment(moment: datetime) -> str:
    """Milliseconds, since readers cut what is finer."""
    return moment.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _uuid(run: Run, name: str) -> str:
    return str(uuid5(NAMESPACE_URL, f"{_NS}:{run.programme.digest}:{_moment(run.as_of.time)}:{json_text(name)}"))
