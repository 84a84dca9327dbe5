"""Pull requests: what was proposed by whom, what was merged, when, and by which commit."""

import re
from typing import Any

from soc2test import Facts, Item, Subject, Unknown, dig, facts, id_text, items_of, or_unknown, text
from soc2test_plugins.github.about import NUMBER, REPO
from soc2test_plugins.github.agents import is_agent
from soc2test_plugins.github.kinds import GithubRepository, PullRequest
from soc2test_plugins.github.shapes import known_login, login
from soc2test_plugins.github.source import github, uid

__all__ = ["PULL", "commit_id", "pull_id"]

PULL = 'gh api --paginate --slurp "repos/{org}/{repository}/pulls/{number}/'
_REQUESTED = re.compile(r"\brequested by\b[^\n@]{0,80}@([A-Za-z0-9-]{1,39})\b", re.IGNORECASE)


@github.reads(
    "pulls list",
    kind=PullRequest,
    items="",
    lists=True,
    per=GithubRepository,
    subject="repo",
    about={"repo": REPO},
    command='gh api --paginate --slurp "repos/{org}/{repo}/pulls?state=closed&per_page=100"',
)
def pull(item: Item, at: Subject) -> Facts:
    """A pull request; it is merged where it has a time of merging (the list has no `merged`).

    An open one let nothing in, so none needs to be listed. GitHub can't list by date; of what is older than a
    control's window nothing more is asked.
    """
    return facts(
        pull_id(at, id_text(item["number"])),
        repository=at["repo"],
        number=item["number"],
        title=item["title"],
        labels=or_unknown(lambda: tuple(text(label["name"]) for label in items_of(item["labels"]))),
        author=item.then("user", _author),
        author_type=dig(item, "user", "type"),
        assignees=or_unknown(lambda: tuple(_people(items_of(item["assignees"])))),
        requested_by=item.then("body", _requested_by),
        base_branch=dig(item, "base", "ref"),
        merged=item.then("merged_at", lambda moment: moment is not None),
        merged_at=item.time("merged_at"),
        merge_commit=or_unknown(lambda: _merge_commit(item, at)),
        head_sha=dig(item, "head", "sha"),
    )


@github.reads(
    "pulls get",
    kind=PullRequest,
    subject=("repo", "number"),
    about={"repo": REPO, "number": NUMBER},
    command="gh api repos/{org}/{repository}/pulls/{number}",
)
def merger(item: Item, at: Subject) -> Facts:
    """Who merged it, and of how many commits, which the list does not say; when, which an older list may not know."""
    again = (
        {"merged_at": item.time("merged_at"), "merged": item["merged_at"] is not None} if "merged_at" in item else {}
    )
    if "commits" in item:
        again["commit_count"] = item["commits"]
    return facts(pull_id(at, at["number"]), merged_by=item.then("merged_by", known_login), **again)


def pull_id(at: Subject, number: str) -> str:
    """github/acme/web/pulls/12."""
    return uid(at, at["repo"], "pulls", number)


def commit_id(at: Subject, sha: Any) -> str:
    """github/acme/web/commits/6dcb09b5... Raises `UnknownFact` for what names no commit."""
    return uid(at, at["repo"], "commits", text(sha))


def _author(user: Any) -> Any:
    name = known_login(user)
    return Unknown("the author's account was deleted: GitHub names nobody") if name is None else name


def _people(users: list[Item]) -> list[str]:
    named = [(login(user), text(user["type"])) for user in users]
    return [who for who, type in named if who is not None and type != "Bot" and not is_agent(who)]


def _requested_by(body: Any) -> Any:
    """Some agents write into the text for whom they work; null is no text."""
    return () if body is None else or_unknown(lambda: tuple(_REQUESTED.findall(text(body))))


def _merge_commit(item: Item, at: Subject) -> str | None:
    """Of one that is not merged GitHub names a trial merge, which is on no branch."""
    moment = item["merged_at"]
    if isinstance(moment, Unknown):
        moment.raise_()
    return None if moment is None else commit_id(at, item["merge_commit_sha"])
