"""One control's result as it stands in `controls.ndjson`, whole, and in `matrix.json`, with the first of each list."""

from collections.abc import Mapping
from typing import Any

import msgspec

from soc2test.criteria import criterion_order
from soc2test.reports.plain import plain
from soc2test.reports.view import ordered
from soc2test.verdicts import ControlResult

__all__ = ["control_record", "cut"]

_ORDER = (
    "id", "title", "criteria", "supports", "nature", "rests_on", "tested_facts", "relies_on", "proven", "reliance",
    "verdict",
    "reason", "taken_out", "severity", "operates", "limits", "population", "population_digest", "passed",
    "deviations", "waived", "pending", "unknown", "errors", "exempt", "exempt_deviations", "exemptions",
    "waivers", "findings",
    "findings_total", "by_source", "joined", "evidence", "evidence_total", "declared", "gaps", "gaps_total", "period",
    "listed",
)  # fmt: skip


def control_record(result: ControlResult, most: int | None) -> dict[str, Any]:
    """A result; of each list that grows with the company the first `most`, beside it how many there are.

    Where `most` is None all of them, but for its findings: they have a list of their own, findings.ndjson.
    """
    fields = plain(msgspec.structs.replace(result, findings=()))
    findings = ordered(result.findings)
    whole = fields | {
        "supports": dict(sorted(result.supports.items(), key=lambda item: criterion_order(item[0]))),
        "limits": dict(sorted(fields["limits"].items())),
        "exemptions": [cut(each, most, "resources", "unmatched") for each in fields["exemptions"]],
        "waivers": [cut(each, most, "resources", "unmatched") for each in fields["waivers"]],
        "joined": [cut(each, most, "evidence") for each in fields["joined"]],
        "period": None if fields["period"] is None else _period(fields["period"], most),
        "findings": [plain(finding) for finding in findings[: most or 0]],
        "findings_total": len(findings),
        "evidence": sorted(result.evidence),
    }
    record = cut(whole, most, "evidence", "gaps")
    return {key: record[key] for key in _ORDER if key != "findings" or most is not None}


def _period(period: Mapping[str, Any], most: int | None) -> dict[str, Any]:
    looser = [cut(each, most, "judged") for each in period["looser"]]
    return cut({**period, "looser": looser}, most, "noted", "taken_back", "notes", "exempt", "recorded_late")


def cut(record: Mapping[str, Any], most: int | None, *names: str) -> dict[str, Any]:
    """The record with the first `most` of these lists, and behind each its total."""
    shorter: dict[str, Any] = {}
    for key, value in record.items():
        shorter[key] = value[:most] if key in names else value
        if key in names:
            shorter[f"{key}_total"] = len(value)
    return shorter
