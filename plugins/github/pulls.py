"""Pull requests: what was merged, who reviewed the final commit, who wrote the commits."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from soc2test import (
    Facts,
    Item,
    Subject,
    Unknown,
    UnknownFact,
    by_full_page,
    dig,
    facts,
    id_text,
    items_of,
    or_unknown,
    text,
)
from soc2test_plugins.github.kinds import Commit, GithubRepository, PullRequest, Review
from soc2test_plugins.github.shapes import known_login, login
from soc2test_plugins.github.source import github, uid

_PULL = 'gh api --paginate --slurp "repos/{org}/{repository}/pulls/{number}/'
_DECISIVE = ("APPROVED", "CHANGES_REQUESTED", "DISMISSED")
_OTHER = ("COMMENTED", "PENDING")
_MOST_COMMITS = 250  # GitHub lists no more of one pull request
_NO_ACCOUNT = (
    "GitHub knows no account that wrote one of its commits: add the commit's e-mail address to an account there, "
    "and export the commits again"
)


@github.reads(
    "pulls list",
    kind=PullRequest,
    items="",
    lists=True,
    per=GithubRepository,
    subject="repo",
    command='gh api --paginate --slurp "repos/{org}/{repo}/pulls?state=all&per_page=100"',
)
def pull(item: Item, at: Subject) -> Facts:
    """A pull request; it is merged where it has a time of merging (the list has no `merged`)."""
    return facts(
        pull_id(at, id_text(item["number"])),
        repository=at["repo"],
        number=item["number"],
        title=item["title"],
        author=item.then("user", _author),
        base_branch=dig(item, "base", "ref"),
        merged=item.then("merged_at", lambda moment: moment is not None),
        merged_at=item.time("merged_at"),
        head_sha=dig(item, "head", "sha"),
    )


@github.reads(
    "pulls get",
    kind=PullRequest,
    subject=("repo", "number"),
    command="gh api repos/{org}/{repository}/pulls/{number}",
)
def merger(item: Item, at: Subject) -> Facts:
    """Who merged it, which the list does not say; and when, which an older list may not have known."""
    again = (
        {"merged_at": item.time("merged_at"), "merged": item["merged_at"] is not None} if "merged_at" in item else {}
    )
    return facts(pull_id(at, at["number"]), merged_by=item.then("merged_by", known_login), **again)


@github.reads(
    "pulls list-reviews",
    kind=PullRequest,
    subject=("repo", "number"),
    command=_PULL + 'reviews?per_page=100"',
)
def reviews(body: Any, at: Subject) -> Facts:
    """The submitted reviews of a pull request whose reviewers still have an account."""
    return facts(pull_id(at, at["number"]), reviews=or_unknown(lambda: tuple(_reviews(items_of(body)))))


@github.reads(
    "pulls list-commits",
    kind=PullRequest,
    subject=("repo", "number"),
    paging=by_full_page(30, 100, _MOST_COMMITS),
    command=_PULL + 'commits?per_page=100"',
)
def commits(body: Any, at: Subject) -> Facts:
    """The commits, each with who authored and committed it, as accounts that GitHub knows.

    GitHub finds the account by the commit's e-mail address. Where it knows none, whoever wrote the commit may be any
    of the accounts, also that which approved.
    """
    told = or_unknown(lambda: tuple(_commit(each) for each in items_of(body)))
    return facts(pull_id(at, at["number"]), commits=told)


@github.derives(PullRequest, "commit_authors")
def commit_authors(pull: PullRequest) -> tuple[str, ...]:
    """Everybody who authored or committed one of its commits, where the list reaches the final one."""
    if not any(commit.sha == pull.head_sha for commit in pull.commits):
        raise UnknownFact("commit_authors", "the commits exported do not reach the final one: export them again")
    return tuple(sorted({who for commit in pull.commits for who in commit.writers}))


@github.derives(PullRequest, "approvers")
def approvers(pull: PullRequest) -> tuple[str, ...]:
    """People whose last decisive review before the merge approves the last commit; a comment decides nothing.

    A merged pull request can still be approved: that let nothing in. A dismissal takes the place of the review that it
    dismisses, with the time of that review, so one after the merge counts.
    """
    end, last = pull.merged_at, dict[str, Review]()
    for review in sorted(pull.reviews, key=lambda each: each.at):
        if review.state in _DECISIVE and (end is None or review.at <= end):
            last[review.user] = review
    return tuple(sorted(who for who, review in last.items() if _approves(review, pull.head_sha)))


def pull_id(at: Subject, number: str) -> str:
    """github/acme/web/pulls/12."""
    return uid(at, at["repo"], "pulls", number)


def _author(user: Any) -> Any:
    name = known_login(user)
    return Unknown("the author's account was deleted: GitHub names nobody") if name is None else name


def _approves(review: Review, head_sha: str) -> bool:
    return review.human and review.state == "APPROVED" and review.commit == head_sha


def _reviews(items: Iterable[Item]) -> Iterable[Review]:
    for item in items:
        user = login(item["user"])
        if user is not None and item["state"] != "PENDING":
            commit = item["commit_id"]
            yield Review(
                user=user,
                human=text(item["user"]["type"]) == "User",
                state=_decision(item),
                commit=None if commit is None else text(commit),
                at=_submitted(item),
            )


def _decision(item: Item) -> str:
    state = text(item["state"])
    if state not in (*_DECISIVE, *_OTHER):
        raise UnknownFact("state", "a review is in a state that this plugin does not know")
    return state


def _submitted(item: Item) -> datetime:
    moment = item.time("submitted_at")
    if isinstance(moment, datetime):
        return moment
    raise UnknownFact("submitted_at", "a review does not say when it was submitted")


def _commit(commit: Item) -> Commit:
    return Commit(sha=text(commit["sha"]), writers=tuple(_writers(commit)))


def _writers(commit: Item) -> Iterable[str]:
    for role in ("author", "committer"):
        who = login(commit[role])
        if who == "web-flow":  # GitHub itself, committing what the author did in the browser
            continue
        if who is None:
            raise UnknownFact("commit_authors", _NO_ACCOUNT)
        yield who
