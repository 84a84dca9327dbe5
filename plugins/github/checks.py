"""Automated checks on the final commit of a pull request: check runs, and the statuses that other systems set."""

from datetime import datetime

from soc2test import Facts, Item, Population, Subject, UnknownFact, facts
from soc2test_plugins.github.kinds import Check, GithubRepository, PullRequest
from soc2test_plugins.github.pulls import pull_id
from soc2test_plugins.github.shapes import as_items, or_unknown
from soc2test_plugins.github.source import all_counted, github

_COMMIT = 'gh api "repos/{org}/{repository}/commits/{head_sha}/'
_PASSED = ("success", "neutral", "skipped")  # what GitHub itself takes for a required check
_FAILED = ("action_required", "cancelled", "failure", "stale", "startup_failure", "timed_out")
_RUNS = ("in_progress", "pending", "queued", "requested", "waiting")


@github.reads(
    "checks list-for-ref",
    kind=PullRequest,
    subject=("repo", "number"),
    paging=all_counted("check_runs"),
    command=_COMMIT + 'check-runs?filter=all&per_page=100"',
)
def check_runs(body: Item, at: Subject) -> Facts:
    """The check runs of the last commit; `filter=all`, since a run after the merge hides the one before it."""
    told = or_unknown(lambda: tuple(_run(each) for each in as_items(body["check_runs"])))
    return facts(pull_id(at, at["number"]), check_runs=told)


@github.reads(
    "repos get-combined-status-for-ref",
    kind=PullRequest,
    subject=("repo", "number"),
    paging=all_counted("statuses"),
    command=_COMMIT + 'status?per_page=100"',
)
def commit_statuses(body: Item, at: Subject) -> Facts:
    """The newest status of each context; only asked for where a demanded check is no check run."""
    told = or_unknown(lambda: tuple(_status(each, str(body["sha"])) for each in as_items(body["statuses"])))
    return facts(pull_id(at, at["number"]), commit_statuses=told)


@github.derives(PullRequest, "missing_checks", joins=GithubRepository)
def missing_checks(pull: PullRequest, repositories: Population[GithubRepository]) -> tuple[str, ...]:
    """Of the checks that the default branch demands now, those that had not passed when the change was merged."""
    place = pull.id.partition("/pulls/")[0]
    repository = repositories.one("id", place)
    if repository is None:
        raise UnknownFact("missing_checks", "the repositories in the evidence do not name its own")
    if pull.base_branch != repository.default_branch:
        return ()
    demanded = set(repository.required_checks)
    if not demanded:
        return ()
    if pull.merged_at is None:
        raise UnknownFact("missing_checks", "it is not merged")
    last = _last(pull, pull.check_runs, pull.merged_at)
    if not demanded <= set(last):
        last = _last(pull, pull.commit_statuses, pull.merged_at) | last
    missing = {name for name in demanded & set(last) if not _by(last[name], pull.merged_at)}
    if not missing and not demanded <= set(last):
        raise UnknownFact("missing_checks", "a check that is demanded now never ran on it: was it demanded then?")
    return tuple(sorted(missing))


def _last(pull: PullRequest, checks: tuple[Check, ...], merged_at: datetime) -> dict[str, Check]:
    """By name the last run that began before the merge."""
    if any(check.commit != pull.head_sha for check in checks):
        raise UnknownFact("missing_checks", "the checks exported are those of another commit than the final one")
    before = (check for check in checks if check.begun_at <= merged_at)
    return {check.name: check for check in sorted(before, key=lambda each: each.begun_at)}


def _by(check: Check, merged_at: datetime) -> bool:
    return check.passed and check.ended_at is not None and check.ended_at <= merged_at


def _run(item: Item) -> Check:
    ended = item["conclusion"]
    return Check(
        name=str(item["name"]),
        commit=str(item["head_sha"]),
        passed=_verdict("pending" if ended is None else str(ended)),
        begun_at=_moment(item, "started_at"),
        ended_at=_ended(item),
    )


def _ended(item: Item) -> datetime | None:
    return None if item["conclusion"] is None else _moment(item, "completed_at")


def _status(item: Item, commit: str) -> Check:
    state = str(item["state"])
    moment = _moment(item, "created_at")  # each change of a context's state is a status of its own
    return Check(
        name=str(item["context"]),
        commit=commit,
        passed=_verdict("failure" if state == "error" else state),
        begun_at=moment,
        ended_at=None if state == "pending" else moment,
    )


def _verdict(word: str) -> bool:
    if word not in (*_PASSED, *_FAILED, *_RUNS):
        raise UnknownFact("conclusion", "a check ended in a way that this plugin does not know")
    return word in _PASSED


def _moment(item: Item, key: str) -> datetime:
    moment = item.time(key)
    if not isinstance(moment, datetime):
        raise UnknownFact(key, f"a check does not say its {key}")
    return moment
