"""SARIF 2.1.0: the results of code scanners, with suppressions."""

from collections.abc import Iterator
from typing import Any

from soc2test import Facts, Item, Said, Source, Subject, Unknown, UnknownFact, dig, item_of, missed, skip, unpaged
from soc2test_plugins.vulnerabilities.kinds import CodeWeakness, ReportedVulnerability, ScannedAsset
from soc2test_plugins.vulnerabilities.sarif_rules import RunRules
from soc2test_plugins.vulnerabilities.sarif_runs import lying_elsewhere, run_gaps
from soc2test_plugins.vulnerabilities.severity import of_score
from soc2test_plugins.vulnerabilities.shapes import TARGET, TELLS, items_at, reported, scanned, text_at

__all__ = ["sarif"]

sarif = Source(
    "sarif",
    title="SARIF",
    scope=TARGET,
    command="<scanner of {target}, writing SARIF 2.1.0>",
    paging=unpaged,  # a report is one document
    dated="runs[].invocations[].endTimeUtc",
    url="https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html",
)
_LEVELS = {"error": "high", "warning": "medium", "note": "low", "none": "low"}
_NO_WEAKNESS = ("pass", "notApplicable", "informational")


@sarif.reads("report", kind=(ReportedVulnerability, ScannedAsset), lists=True, tells=TELLS)
def report(body: Any, at: Subject) -> Iterator[Said]:
    """One log of one or more runs."""
    log = item_of(body)
    runs = items_at(log, "runs")
    if not runs:
        raise UnknownFact("runs", "the log holds no run: nothing was scanned")
    shared = items_at(log, "inlineExternalProperties", [])
    yield from lying_elsewhere(shared, "beside the run (inlineExternalProperties), where they were not read")
    for run in runs:
        yield from _run(run, at)


def _run(run: Item, at: Subject) -> Iterator[Said]:
    """One run. By the standard, a run that could not scan has no list of results, one without findings an empty one.

    What a failed run found all the same stands.
    """
    rules = RunRules(run)
    gaps = list(run_gaps(run, rules))
    if run.or_else("results", None) is None:
        gaps.append(missed("a run without a list of results: it did not scan", CodeWeakness))
    yield from gaps
    results = items_at(run, "results", [])
    asset = _asset(run) or at["target"]
    tool = text_at(run, "tool", "driver", "name") or "tool"
    yield scanned(sarif, at, asset, _ended(run), tool, gaps=gaps)
    for result in results:
        if text_at(result, "kind") in _NO_WEAKNESS:
            yield skip("a result that is no weakness: something passed, or was looked at for information")
        else:
            yield _result(rules, result, at, tool, asset)


def _ended(run: Item) -> Any:
    invocations = items_at(run, "invocations", [])
    return invocations[-1].time("endTimeUtc") if invocations else Unknown("the run does not say when it ended")


def _asset(run: Item) -> str:
    """The repository that was scanned, where the run names it."""
    origins = items_at(run, "versionControlProvenance", [])
    return text_at(origins[0], "repositoryUri") if origins else ""


def _result(rules: RunRules, result: Item, at: Subject, tool: str, asset: str) -> Facts:
    rule = rules.rule_of(result)
    weakness = _id(result, rule)
    return reported(
        sarif,
        at,
        (tool, weakness, _place(result)),
        weakness=weakness,
        package=None,
        category="code",
        asset=asset,
        severity=_severity(rules, result, rule),
        **_state(result),
    )


def _id(result: Item, rule: Item | Unknown | None) -> Any:
    own = result.first("ruleId") if "ruleId" in result else dig(result, "rule", "id")
    return rule["id"] if isinstance(own, Unknown) and isinstance(rule, Item) else own


def _severity(rules: RunRules, result: Item, rule: Item | Unknown | None) -> Any:
    """The `security-severity` (a CVSS score), else the level: error is high, warning medium, note and none low."""
    described = None if isinstance(rule, Unknown) else rule
    for properties in (dig(result, "properties"), dig(described, "properties")):
        if (word := of_score(dig(properties, "security-severity"))) is not None:
            return word
    if isinstance(rule, Unknown) and not text_at(result, "level"):
        return rule
    unknown = Unknown("the result has neither a security severity nor a known level", what="severity")
    return _LEVELS.get(rules.level_of(result, described), unknown)


def _state(result: Item) -> dict[str, Any]:
    """Suppressed where every suppression is accepted (as one without status is); absent since the baseline: fixed."""
    if text_at(result, "baselineState") == "absent":
        return {"state": "fixed", "closed_at": Unknown("the log does not say when it was fixed", what="closed_at")}
    given = items_at(result, "suppressions", [])
    if not given or any(each.or_else("status", "accepted") != "accepted" for each in given):
        return {}
    return {
        "state": "dismissed",
        "dismissed_by": Unknown(
            "a SARIF log does not say who suppressed it: the history of the code does", what="dismissed_by"
        ),
        "dismissed_reason": next((text for each in given if (text := text_at(each, "justification"))), None),
        "closed_at": Unknown("a SARIF log does not say when it was suppressed", what="closed_at"),
    }


def _place(result: Item) -> str:
    places = items_at(result, "locations", [])
    place = dig(places[0], "physicalLocation") if places else None
    region = [dig(place, "region", key) for key in ("startLine", "startColumn")]
    numbers = [str(each) for each in region if type(each) is int]
    return ":".join([text_at(place, "artifactLocation", "uri"), *numbers])
