"""Automated checks on the final commit of a pull request: check runs, and the statuses that other systems set.

What GitHub takes for a required check is said in its guide "Troubleshooting required status checks": on the latest
commit it must be successful, skipped or neutral; a status and a check run of one name are both required; and a check
may have to come from a certain app.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from soc2test import Facts, Item, Population, Subject, UnknownFact, facts, items_of, number, or_unknown, text
from soc2test_plugins.github.about import REPO
from soc2test_plugins.github.guards import demanded_checks
from soc2test_plugins.github.kinds import Check, GithubCommit, GithubRepository, PullRequest, RequiredCheck
from soc2test_plugins.github.pulls import pull_id
from soc2test_plugins.github.source import all_counted, github

_COMMIT = 'gh api "repos/{org}/{repository}/commits/{head_sha}/'
_SUCCESS = "success"
_PASSED = (_SUCCESS, "neutral", "skipped")
_FAILED = ("action_required", "cancelled", "failure", "stale", "startup_failure", "timed_out")
_CONCLUSIONS = {**dict.fromkeys(_PASSED, True), **dict.fromkeys(_FAILED, False)}
_NEVER_RAN = "a check that is demanded now never ran on it, or not by the app that must report it: was it demanded?"
_STATES = {"success": True, **dict.fromkeys(("error", "failure", "pending"), False)}


@github.reads(
    "checks list-for-ref",
    kind=PullRequest,
    subject=("repo", "number"),
    about={"repo": REPO},
    paging=all_counted("check_runs"),
    command=_COMMIT + 'check-runs?filter=all&per_page=100"',
)
def check_runs(body: Item, at: Subject) -> Facts:
    """The check runs of the last commit; `filter=all`, since a run after the merge hides the one before it."""
    told = or_unknown(lambda: tuple(_run(each) for each in items_of(body["check_runs"])))
    return facts(pull_id(at, at["number"]), check_runs=told)


@github.reads(
    "repos get-combined-status-for-ref",
    kind=PullRequest,
    subject=("repo", "number"),
    about={"repo": REPO},
    paging=all_counted("statuses"),
    command=_COMMIT + 'status?per_page=100"',
)
def commit_statuses(body: Item, at: Subject) -> Facts:
    """The newest status of each context; needed where a demanded check is no check run, counted wherever told."""
    told = or_unknown(lambda: tuple(_status(each, text(body["sha"])) for each in items_of(body["statuses"])))
    return facts(pull_id(at, at["number"]), commit_statuses=told)


@github.derives(PullRequest, "missing_checks", joins=GithubRepository)
def missing_checks(pull: PullRequest, repositories: Population[GithubRepository]) -> tuple[str, ...]:
    """Of the checks that the default branch demands now, those that had not passed when the change was merged."""
    passed = {check: _passed(own, pull) for check, own in _reported(pull, repositories).items()}
    missing = {check.name for check, ok in passed.items() if ok is False}
    if not missing and None in passed.values():
        raise UnknownFact("missing_checks", _NEVER_RAN)
    return tuple(sorted(missing))


@github.derives(PullRequest, "skipped_checks", joins=GithubRepository)
def skipped_checks(pull: PullRequest, repositories: Population[GithubRepository]) -> tuple[str, ...]:
    """The checks that the default branch demands, where each of them passed unrun: GitHub lets such a change in."""
    reported = _reported(pull, repositories)
    if any(check.succeeded and _in_time(check, pull) for own in reported.values() for check in own):
        return ()
    passed = {check: _passed(own, pull) for check, own in reported.items()}
    if None in passed.values():
        raise UnknownFact("skipped_checks", _NEVER_RAN)
    return tuple(sorted(check.name for check, ok in passed.items() if ok))


def _reported(pull: PullRequest, repositories: Population[GithubRepository]) -> dict[RequiredCheck, list[Check]]:
    """What was reported before the merge of each check that the default branch demands now; empty where none is.

    A branch that was renamed since goes by its old name in what was merged before.
    """
    place = pull.id.partition("/pulls/")[0]
    repository = repositories.one("id", place)
    if repository is None:
        raise UnknownFact("missing_checks", "the repositories in the evidence do not name its own")
    if pull.base_branch != repository.default_branch:
        if _plain(pull.base_branch) == _plain(repository.default_branch):
            raise UnknownFact("base_branch", "its branch is the default one but for how it is written")
        if not pull.on_default_line:
            return {}
    demanded = demanded_checks(repository)
    if not demanded:
        return {}
    if pull.merged_at is None:
        raise UnknownFact("missing_checks", "it is not merged")
    runs = _last(pull, pull.check_runs, pull.merged_at)
    whole = all(_reports(check, runs) for check in demanded)
    reports = [*runs, *_last(pull, _statuses(pull, needed=not whole), pull.merged_at)]
    return {check: _reports(check, reports) for check in demanded}


@github.derives(PullRequest, "on_default_line", joins=GithubCommit)
def on_default_line(pull: PullRequest, commits: Population[GithubCommit]) -> bool:
    """What another branch took came with the merge of that one, and is not of the default branch's own line."""
    merged = None if pull.merge_commit is None else commits.one("id", pull.merge_commit)
    return merged is not None and merged.carrier == merged.id


def _plain(branch: str) -> str:
    """GitHub writes a branch by its name alone, and names differ in case too: who writes otherwise is not GitHub."""
    return branch.casefold().removeprefix("refs/heads/").strip()


def _statuses(pull: PullRequest, *, needed: bool) -> tuple[Check, ...]:
    """The statuses; none where nobody asked for them and check runs tell of all that is demanded."""
    try:
        return pull.commit_statuses
    except UnknownFact as error:
        if needed or error.code != "missing":
            raise
        return ()


def _last(pull: PullRequest, checks: tuple[Check, ...], merged_at: datetime) -> list[Check]:
    """By name and app the last that began before the merge; all of them where several began at one moment."""
    if any(check.commit != pull.head_sha for check in checks):
        raise UnknownFact("missing_checks", "the checks exported are those of another commit than the final one")
    newest: dict[tuple[str, int | None], list[Check]] = {}
    for check in checks:
        if check.begun_at > merged_at:
            continue
        before = newest.get((check.name, check.app), [])
        if not before or check.begun_at > before[0].begun_at:
            newest[check.name, check.app] = [check]
        elif check.begun_at == before[0].begun_at:
            before.append(check)
    return [check for group in newest.values() for check in group]


def _reports(wanted: RequiredCheck, checks: Iterable[Check]) -> list[Check]:
    """What was reported of a demanded check; a status names no app, so it is none where one must report it."""
    return [each for each in checks if each.name == wanted.name and wanted.app in (None, each.app)]


def _passed(reports: list[Check], pull: PullRequest) -> bool | None:
    """Whether each had passed when it was merged; None where nothing was reported."""
    if not reports:
        return None
    return all(check.passed and _in_time(check, pull) for check in reports)


def _in_time(check: Check, pull: PullRequest) -> bool:
    """It had ended when the change was merged."""
    return check.ended_at is not None and pull.merged_at is not None and check.ended_at <= pull.merged_at


def _run(item: Item) -> Check:
    ended, app = item["conclusion"], item.or_else("app", None)
    return Check(
        name=text(item["name"]),
        app=None if app is None else number(app["id"]),
        commit=text(item["head_sha"]),
        passed=ended is not None and _verdict(ended, _CONCLUSIONS),
        succeeded=ended == _SUCCESS,
        begun_at=_moment(item, "started_at"),
        ended_at=None if ended is None else _moment(item, "completed_at"),
    )


def _status(item: Item, commit: str) -> Check:
    passed = _verdict(item["state"], _STATES)
    moment = _moment(item, "created_at")  # each change of a context's state is a status of its own
    return Check(
        name=text(item["context"]),
        app=None,
        commit=commit,
        passed=passed,
        succeeded=passed,
        begun_at=moment,
        ended_at=None if item["state"] == "pending" else moment,
    )


def _verdict(word: Any, known: dict[str, bool]) -> bool:
    if text(word) not in known:
        raise UnknownFact("conclusion", "a check ended in a way that this plugin does not know")
    return known[word]


def _moment(item: Item, key: str) -> datetime:
    moment = item.time(key)
    if not isinstance(moment, datetime):
        raise UnknownFact(key, f"a check does not say its {key}")
    return moment
