"""Code scanning analyses: whether the runs behind the alerts of a branch saw everything."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

from soc2test import Item, Missed, Said, Skip, Subject, UnknownFact, items_of, known, missed, or_skip, skip
from soc2test_plugins.github.about import REPO
from soc2test_plugins.github.kinds import CodeScanningAlert
from soc2test_plugins.github.source import github

__all__ = ["analyses"]

_BRANCH = 'gh api --paginate --slurp "repos/{org}/{repo}/'
_PROBLEMS = {"error": "could not be processed whole", "warning": "was processed with a part left out"}
"""Fields of an analysis that are empty where GitHub took all of it in; a warning is "123 results were ignored"."""


@github.reads(
    "code-scanning list-recent-analyses",
    kind=CodeScanningAlert,
    subject=("repo", "branch"),
    about={"repo": REPO},
    command=_BRANCH + 'code-scanning/analyses?ref=refs/heads/{branch}&per_page=100"',
)
def analyses(body: Any, at: Subject) -> Iterator[Said]:
    """The newest analysis of each scanner on the branch: with an error or a warning, its alerts are not all there.

    Earlier ones, and those of other branches and pull requests, say nothing of the alerts that are listed.
    Source: https://docs.github.com/en/rest/code-scanning/code-scanning.
    """
    try:
        newest = _newest(items_of(body), at["branch"])
        words = [word for analysis in newest for word in _judged(analysis)]
    except UnknownFact as error:  # else nothing would say so: the operation lists no alerts
        words = [missed(f"an analysis can't be read: {error.reason}", CodeScanningAlert)]
    return or_skip(words, "no analysis of the branch: its alerts, if there are any, are of other scanners")


def _newest(listed: Iterable[Item], branch: str) -> list[Item]:
    """The newest analysis of each scanner on the branch."""
    newest: dict[tuple[str, str, str], tuple[datetime, Item]] = {}
    for analysis in listed:
        if analysis["ref"] not in (branch, f"refs/heads/{branch}"):
            continue
        made, scanner = known(analysis.time("created_at")), _scanner(analysis)
        if scanner not in newest or newest[scanner][0] < made:
            newest[scanner] = made, analysis
    return [analysis for _, analysis in newest.values()]


def _scanner(analysis: Item) -> tuple[str, str, str]:
    """What GitHub tells sets of analyses by: the tool and its category, or the workflow's job where none is given."""
    tool = analysis["tool"]["name"]
    return str(tool), str(analysis.or_else("category", "")), str(analysis.or_else("analysis_key", ""))


def _judged(analysis: Item) -> Iterator[Missed | Skip]:
    problems = [said for key, said in _PROBLEMS.items() if analysis[key] not in (None, "")]
    for said in problems:
        yield missed(f"an analysis {said}: mend its cause and scan again", CodeScanningAlert)
    if not problems:
        yield skip("an analysis that was processed whole")
