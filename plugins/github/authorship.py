"""Who wrote a pull request: its commits with their co-authors, and who had a program write it."""

import re
from collections.abc import Iterable, Mapping
from typing import Any

from msgspec import structs

from soc2test import (
    Facts,
    Item,
    Person,
    Population,
    Subject,
    UnknownFact,
    Writer,
    by_full_page,
    facts,
    items_of,
    or_unknown,
    text,
)
from soc2test_plugins.github.about import REPO
from soc2test_plugins.github.agents import is_agent, is_machine_address
from soc2test_plugins.github.kinds import PullCommit, PullRequest
from soc2test_plugins.github.pulls import PULL, pull_id
from soc2test_plugins.github.shapes import login
from soc2test_plugins.github.source import github

_ACCOUNT = "github:"  # as the register of people names accounts
_GITHUB = "web-flow"
_TWO = 2  # parents of a merge
_MOST_COMMITS = 250  # GitHub lists no more of one pull request
_NO_ACCOUNT = (
    "GitHub knows no account that wrote one of its commits: add the commit's e-mail address to an account there, "
    "and export the commits again"
)
_UNNAMED = (
    "a commit names a co-author by an e-mail address or a name alone: neither other commits nor the register of people "
    "tell which account of GitHub (`accounts: [github:login]`) it belongs to"
)
_NOBODY = "a program proposed it, and neither co-authors, assignees nor its text say who had it written"
_TRAILER = re.compile(r"^[ \t]*co-(?:authored|developed)-by:[ \t]*(\S[^\n]{0,600})", re.IGNORECASE | re.MULTILINE)
_ADDRESS = re.compile(r"<([^>]{1,320})>")
_NO_REPLY = re.compile(r"(?:\d+\+)?([A-Za-z0-9-]{1,39}(?:\[bot\])?)@users\.noreply\.github\.com", re.IGNORECASE)


@github.reads(
    "pulls list-commits",
    kind=PullRequest,
    subject=("repo", "number"),
    about={"repo": REPO},
    paging=by_full_page(30, 100, _MOST_COMMITS),
    command=PULL + 'commits?per_page=100"',
)
def commits(body: Any, at: Subject) -> Facts:
    """The commits, each with who authored and committed it, as accounts that GitHub knows.

    GitHub finds the account by the commit's e-mail address. Where it knows none, whoever wrote the commit may be any
    of the accounts, also that which approved. Co-authors stand in the commit's text alone, by their address.
    """
    told = or_unknown(lambda: tuple(_commits(items_of(body))))
    return facts(pull_id(at, at["number"]), commits=told)


@github.derives(PullRequest, "commit_authors", joins=Person)
def commit_authors(pull: PullRequest, people: Population[Person]) -> tuple[str, ...]:
    """Everybody who authored, co-authored or committed one of its commits, where the list reaches the final one.

    Who had GitHub merge another branch into it ("Update branch") is told as one who `joined_only`: conflicts that are
    resolved in the browser make the very same commit ("Resolving a merge conflict on GitHub" in its guide).
    """
    if not any(commit.sha == pull.head_sha for commit in pull.commits):
        raise UnknownFact("commit_authors", "the commits exported do not reach the final one: export them again")
    if _count(pull) not in (None, len(pull.commits)):
        raise UnknownFact("commit_authors", f"{len(pull.commits)} of its {_count(pull)} commits are exported")
    wrote = {writer.login for commit in pull.commits for writer in commit.writers if not commit.merged_by_github}
    return tuple(sorted(wrote | _co_authors(pull, people)))


@github.derives(PullRequest, "writers")
def writers(pull: PullRequest) -> tuple[Writer, ...]:
    """GitHub gives a commit to the account that has its e-mail address, which nobody else's account can have."""
    wrote = {writer.login for commit in pull.commits for writer in commit.writers if not commit.merged_by_github}
    told = (
        structs.replace(writer, joined_only=writer.login not in wrote)
        for commit in pull.commits
        for writer in commit.writers
    )
    return tuple(dict.fromkeys(told))


@github.derives(PullRequest, "requesters", joins=Person)
def requesters(pull: PullRequest, people: Population[Person]) -> tuple[str, ...]:
    """Of a program's pull request the people it names as co-authors; of a known agent's those assigned to it too.

    Assignees of other programs may be its reviewers: tools that renew dependencies can be told to assign them.
    """
    agent = is_agent(pull.author)
    if pull.author_type == "User" and not agent:
        return ()
    named = {*pull.requested_by, *_co_authors(pull, people), *(pull.assignees if agent else ())}
    if not named:
        raise UnknownFact("requesters", _NOBODY)
    return tuple(sorted(named))


def _count(pull: PullRequest) -> int | None:
    """Nobody need have asked for it."""
    try:
        return pull.commit_count
    except UnknownFact:
        return None


def _co_authors(pull: PullRequest, people: Population[Person]) -> set[str]:
    """Raises `UnknownFact` where an address is nobody's whose account is told."""
    named = {who for commit in pull.commits for who in commit.co_authors}
    for address in {address for commit in pull.commits for address in commit.addresses}:
        named.update(_accounts_of(address, people))
    return named


def _accounts_of(address: str, people: Population[Person]) -> list[str]:
    """All that somebody uses or answers for; whichever of them approves, he approves his own work."""
    accounts = [account for person in people.all("email", address).hits for account in person.accounts]
    logins = [account.removeprefix(_ACCOUNT) for account in accounts if account.startswith(_ACCOUNT)]
    if not logins:
        raise UnknownFact("commit_authors", _UNNAMED)
    return logins


def _commits(items: list[Item]) -> Iterable[PullCommit]:
    accounts = _accounts(items)
    for commit in items:
        logins, addresses = _named(text(commit["commit"]["message"]), accounts)
        yield PullCommit(
            sha=text(commit["sha"]),
            writers=tuple(_writers(commit)),
            merged_by_github=_is_merged_by_github(commit),
            co_authors=tuple(logins),
            addresses=tuple(addresses),
        )


def _writers(commit: Item) -> Iterable[Writer]:
    for role in ("author", "committer"):
        who = login(commit[role])
        if who == _GITHUB:  # GitHub itself, committing what the author did in the browser
            continue
        if who is None:
            raise UnknownFact("commit_authors", _NO_ACCOUNT)
        yield Writer(login=who, address=_address(commit, role), human=_is_person(commit[role], who))


def _is_merged_by_github(commit: Item) -> bool:
    """Anybody may commit under GitHub's address: its signature shows that it was GitHub."""
    if login(commit["committer"]) != _GITHUB or len(items_of(commit.or_else("parents", []))) < _TWO:
        return False
    signature = commit["commit"].or_else("verification", None)
    return isinstance(signature, Item) and signature.or_else("verified", None) is True


def _is_person(account: Item, who: str) -> bool:
    """Whatever GitHub calls otherwise, or not at all, counts as a person's: who has it must then be told."""
    return account.or_else("type", "User") != "Bot" and not _is_program(who)


def _accounts(commits: list[Item]) -> Mapping[str, str]:
    """E-mail address -> login, as far as authors and committers of these commits show it."""
    known: dict[str, str] = {}
    for commit in commits:
        for role in ("author", "committer"):
            address, who = _address(commit, role), login(commit[role])
            if address is not None and who is not None:
                known[address.casefold()] = who
    return known


def _address(commit: Item, role: str) -> str | None:
    signature = commit["commit"][role]
    address = signature.or_else("email", None) if isinstance(signature, Item) else None
    return address if isinstance(address, str) else None


def _named(message: str, accounts: Mapping[str, str]) -> tuple[list[str], list[str]]:
    """The people whom the trailers name: logins, and addresses whose login is not told; programs are nobody."""
    logins, addresses = list[str](), list[str]()
    for said in _TRAILER.findall(message):
        written = _ADDRESS.search(said)
        address = written[1].strip() if written else said.strip().removeprefix("@")  # a name alone is somebody too
        hidden = _NO_REPLY.fullmatch(address)
        who = hidden[1] if hidden else accounts.get(address.casefold(), address if _is_program(address) else None)
        if is_machine_address(address) or (who is not None and _is_program(who)):
            continue
        if who is None:
            addresses.append(address)
        else:
            logins.append(who)
    return logins, addresses


def _is_program(who: str) -> bool:
    return who.casefold().endswith("[bot]") or is_agent(who)
