"""`results.sarif`: deviations for code scanning and whatever else reads SARIF.

SARIF 2.1.0, OASIS Standard of 27 March 2020. What reads it closes an alert once its result is gone, so that a control
which could not be tested is a result of its own, of the rule `not-tested`: the night on which an export is missing
looks no better than the one before. Passes are in it only as numbers. The limits are those that GitHub documents for
uploads: above 5,000 results it drops some, above 25,000 it takes nothing; a rule has up to 20 tags.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any
from urllib.parse import quote

from soc2test.reports.text import json_dump, json_text
from soc2test.reports.view import utc
from soc2test.run import DISCLAIMER, Run
from soc2test.verdicts import SEVERITIES, ControlResult, Finding, Verdict, Waiver

__all__ = ["NOT_TESTED", "RESULTS", "Sarif"]

NOT_TESTED = "not-tested"
"""the rule of what could not be tested; ids of controls are in capitals"""
RESULTS = 5000
_TAGS = 20
_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_LEVELS = {"critical": "error", "high": "error", "medium": "warning", "low": "note"}
_SCORES = {"critical": "9.5", "high": "8.0", "medium": "5.5", "low": "2.0"}
"""the numbers by which GitHub tells severities of rules that bear the tag "security\""""
_EXPORTS = "EXPORTS"
"""the name that stands for the exports folder: where it lies in a repository nobody told the writer"""
_PLACEHOLDER = re.compile(r"\{(?=[0-9])")
_UNTESTED = (Verdict.NOT_EVALUATED, Verdict.ERROR)

Json = dict[str, Any]


class Sarif:
    """One run of SARIF: the controls as rules, what deviates or could not be tested as results, worst first."""

    filename = "results.sarif"

    def render(self, run: Run) -> bytes:
        """The whole file. What GitHub would drop is left out here, worst first kept, and said."""
        rules = _rules(run)
        results = [*_results(run, {rule["id"]: number for number, rule in enumerate(rules)})]
        kept, left_out = results[:RESULTS], len(results[RESULTS:])
        log = {
            "$schema": _SCHEMA,
            "version": "2.1.0",
            "runs": [
                {
                    "tool": {"driver": _driver(run, rules)},
                    "automationDetails": {"id": f"soc2test/{run.programme.system}/"},
                    "originalUriBaseIds": {
                        _EXPORTS: {"description": {"text": "The folder of exports that the run read."}}
                    },
                    "invocations": [_invocation(run, left_out)],
                    "results": kept,
                    "properties": _properties(run, len(results)),
                }
            ],
        }
        return f"{json_dump(log)}\n".encode()


def _driver(run: Run, rules: list[Json]) -> Json:
    return {"name": "soc2test", "semanticVersion": run.tool.version, "version": run.tool.version, "rules": rules}


def _rules(run: Run) -> list[Json]:
    """What could not be tested, then the controls by id."""
    untested = _rule(NOT_TESTED, "A control could not be tested", "high", ())
    controls = sorted(run.controls, key=lambda result: result.id)
    return [untested, *(_rule(each.id, each.title, each.severity, each.criteria) for each in controls)]


def _rule(id: str, title: str, severity: str, criteria: Iterable[str]) -> Json:
    return {
        "id": id,
        "shortDescription": {"text": title},
        "fullDescription": {"text": title},
        "defaultConfiguration": {"level": _LEVELS[severity]},
        "properties": {
            "tags": ["security", *criteria][:_TAGS],
            "criteria": [*criteria],
            "security-severity": _SCORES[severity],
            "problem.severity": _LEVELS[severity],
        },
    }


def _results(run: Run, numbers: Mapping[str, int]) -> Iterator[Json]:
    """What could not be tested first, then what deviates, by severity and control."""
    paths = {entry.id: entry.path for entry in run.evidence}
    controls = sorted(run.controls, key=lambda result: (SEVERITIES.index(result.severity), result.id))
    for result in controls:
        if (text := _not_tested(result)) is not None:
            yield _untested(result, text, numbers)
    for result in controls:
        whole = _as_a_whole(result)
        if whole is not None:
            yield _result(result, whole, f"{result.id}/whole", numbers, ())
        for finding in sorted(result.findings, key=lambda finding: (finding.kind, finding.resource, finding.id)):
            if finding.outcome in ("deviation", "waived"):
                yield _of_finding(result, finding, numbers, paths)


def _not_tested(result: ControlResult) -> str | None:
    """What of a control could not be tested, in words; None where all of it was."""
    if result.verdict is Verdict.NOT_APPLICABLE:  # somebody approved that it is not
        return None
    counts = [f"{result.unknown} unknown"] * bool(result.unknown) + [f"{result.errors} in error"] * bool(result.errors)
    if result.verdict not in _UNTESTED and not counts and not result.gaps:
        return None
    because = [result.reason.text] if result.reason is not None and result.verdict in _UNTESTED else []
    said = [*because, *counts, *(gap.text for gap in result.gaps if gap.text not in because)]
    return "; ".join(said) or result.verdict.value


def _untested(result: ControlResult, text: str, numbers: Mapping[str, int]) -> Json:
    return {
        "ruleId": NOT_TESTED,
        "ruleIndex": numbers[NOT_TESTED],
        "kind": "fail",
        "level": _LEVELS[result.severity] if result.declared else "note",  # as for the exit code
        "message": _message(f"{result.id} ({result.title}) could not be tested, or not in full: {text}"),
        "locations": [_location(None, [_logical(result.id, "control")])],
        "partialFingerprints": {"soc2test/v1": f"{NOT_TESTED}/{result.id}"},
        "properties": {"control": result.id, "verdict": result.verdict.value},
    }


def _as_a_whole(result: ControlResult) -> str | None:
    """What deviates without any single resource: an empty population, or over a period what has its own words."""
    if result.period is not None:
        return result.period.as_a_whole or None
    none_deviates = not any(each.outcome in ("deviation", "waived") for each in result.findings)
    if result.verdict is Verdict.FAIL and none_deviates:
        return result.reason.text if result.reason is not None else "it does not hold"
    return None


def _of_finding(result: ControlResult, finding: Finding, numbers: Mapping[str, int], paths: Mapping[str, str]) -> Json:
    path = None if finding.evidence is None else paths.get(finding.evidence)
    place = _location(path, [_logical(f"{finding.kind}/{finding.resource}", "resource")])
    made = _result(result, f"{finding.resource}: {finding.message}", finding.id, numbers, _waived_by(result, finding))
    properties = {"resource": finding.resource, "kind": finding.kind, "source": finding.source}
    return {**made, "locations": [place], "properties": {**made["properties"], **properties}}


def _result(
    result: ControlResult, text: str, fingerprint: str, numbers: Mapping[str, int], waivers: Iterable[Json]
) -> Json:
    return {
        "ruleId": result.id,
        "ruleIndex": numbers[result.id],
        "kind": "fail",
        "level": _LEVELS[result.severity],
        "message": _message(text),
        "locations": [_location(None, [_logical(result.id, "control")])],
        "partialFingerprints": {"soc2test/v1": fingerprint},
        "suppressions": [*waivers],  # empty: none is suppressed, which a missing one would leave open
        "properties": {"criteria": [*result.criteria], "verdict": result.verdict.value},
    }


def _waived_by(result: ControlResult, finding: Finding) -> list[Json]:
    """A waived deviation is a result like any other, which bears that somebody accepted it for a time."""
    if finding.outcome != "waived":
        return []
    waiver = next((each for each in result.waivers if each.id == finding.waiver), None)
    text = f"{finding.waiver}: accepted by waivers.yaml" if waiver is None else _said_of(waiver)
    return [{"kind": "external", "status": "accepted", "justification": text}]


def _said_of(waiver: Waiver) -> str:
    return f"{waiver.id}: {waiver.reason} (approved by {waiver.approver}, until {waiver.expires})"


def _location(path: str | None, logical: list[Json]) -> Json:
    """Without an export soc2.yaml, since what reads SARIF wants a file of each result."""
    artifact = {"uri": "soc2.yaml"}
    if path is not None:
        artifact = {"uri": quote(json_text(path), safe="/"), "uriBaseId": _EXPORTS}
    whole = {"startLine": 1}  # GitHub wants a line; of a file of JSON there is none to show
    return {"physicalLocation": {"artifactLocation": artifact, "region": whole}, "logicalLocations": logical}


def _logical(name: str, kind: str) -> Json:
    return {"fullyQualifiedName": name, "kind": kind}


def _invocation(run: Run, left_out: int) -> Json:
    """Whether all was tested, and what was not: who reads results alone reads too little."""
    notes = [_note(run.incomplete_because or "not complete", "error")] if not run.complete else []
    notes += [_note(problem, "error") for problem in run.problems]
    if left_out:
        notes.append(_note(f"{left_out} more results than the {RESULTS} here stand in findings.ndjson", "error"))
    return {"executionSuccessful": run.complete and not left_out, "toolExecutionNotifications": notes}


def _note(text: str, level: str) -> Json:
    return {"level": level, "message": _message(text)}


def _message(text: str) -> Json:
    """Of names that stand in it none is a link ("[shown](where)") or a placeholder ("{0}"), as SARIF has them."""
    return {"text": _PLACEHOLDER.sub("{ ", text.replace("](", "] ("))}


def _properties(run: Run, results: int) -> Json:
    verdicts = [each.verdict.value for each in run.controls]
    return {
        "complete": run.complete,
        "incompleteBecause": run.incomplete_because,
        "system": run.programme.system,
        "asOf": utc(run.as_of.time),
        "period": None if run.period is None else f"{run.period.first}..{run.period.last}",
        "results": results,
        "controls": {verdict.value: verdicts.count(verdict.value) for verdict in Verdict},
        "disclaimer": DISCLAIMER,
    }
