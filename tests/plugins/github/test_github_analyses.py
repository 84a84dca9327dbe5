"""Analyses of code scanning: the newest of each scanner on the branch says whether the alerts are all there."""

from pathlib import Path
from typing import Any

import pytest
from github_reading import gap_codes, load

from soc2test_plugins.github.kinds import CodeScanningAlert

ANALYSIS: dict[str, Any] = {
    "ref": "refs/heads/main",
    "analysis_key": ".github/workflows/codeql.yml:analyze",
    "category": "/language:python",
    "environment": "{}",
    "error": "",
    "warning": "",
    "created_at": "2026-11-19T06:00:00Z",
    "results_count": 0,
    "rules_count": 67,
    "id": 201,
    "url": "https://api.github.com/repos/acme/web/code-scanning/analyses/201",
    "tool": {"name": "CodeQL", "guid": None, "version": "2.19.3"},
}
EARLIER = {"created_at": "2026-11-18T06:00:00Z"}
FAILED = {"error": "error reading field xyz"}
CUT = {"warning": "123 results were ignored"}


def gaps(folder: Path, *changes: dict[str, Any], slurped: bool = False) -> set[str]:
    listed: list[Any] = [{**ANALYSIS, **change} for change in changes]
    alerts = "code-scanning.list-alerts-for-org"
    files = {alerts: [], "code-scanning.list-recent-analyses.web~main": [listed] if slurped else listed}
    return gap_codes(load(folder, files), CodeScanningAlert)


@pytest.mark.parametrize("change", [FAILED, CUT, {**FAILED, **CUT}])
@pytest.mark.parametrize("slurped", [False, True])
def test_an_analysis_with_a_problem_is_a_gap(tmp_path: Path, change: dict[str, Any], *, slurped: bool) -> None:
    assert gaps(tmp_path, {}, change | {"category": "/language:go"}, slurped=slurped) == {"unread"}


@pytest.mark.parametrize(
    "changes",
    [
        [{}],
        [{}, {**EARLIER, **FAILED}],
        [{**EARLIER, **FAILED}, {}],
        [{}, {**FAILED, "ref": "refs/pull/7/merge"}],
        [{}, {**CUT, "ref": "refs/heads/experiment"}],
        [],
    ],
    ids=["whole", "an earlier one", "an earlier one first", "a pull request's", "another branch's", "none"],
)
def test_other_analyses_take_nothing_away(tmp_path: Path, changes: list[dict[str, Any]]) -> None:
    assert gaps(tmp_path, *changes) == set()


def test_the_newest_of_each_scanner_counts(tmp_path: Path) -> None:
    other = {"tool": {"name": "Semgrep"}}
    assert gaps(tmp_path, {}, {**EARLIER, **FAILED, **other}) == {"unread"}


@pytest.mark.parametrize("key", ["error", "warning", "ref", "created_at", "tool"])
def test_what_is_not_told_of_an_analysis_is_a_gap(tmp_path: Path, key: str) -> None:
    listed = [{name: value for name, value in ANALYSIS.items() if name != key}]
    files = {"code-scanning.list-alerts-for-org": [], "code-scanning.list-recent-analyses.web~main": listed}
    assert gap_codes(load(tmp_path, files), CodeScanningAlert)
