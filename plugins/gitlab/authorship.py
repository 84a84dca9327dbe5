"""Who wrote a merge request: its commits, which GitLab tells by e-mail addresses, and their co-authors.

docs.gitlab.com/api/merge_requests, Get single merge request commits, and the entity `Commit` (gitlab-org/gitlab,
lib/api).
"""

import re
from collections.abc import Iterable
from typing import Any

from soc2test import Facts, Item, Person, Population, Subject, UnknownFact, facts, items_of, or_unknown, text
from soc2test_plugins.gitlab.kinds import MergeCommit, MergeRequest
from soc2test_plugins.gitlab.merge_requests import MERGE_REQUEST
from soc2test_plugins.gitlab.source import gitlab, merge_request_id

__all__ = ["logins"]

_ACCOUNT = "gitlab:"  # as the register of people names accounts
_TRAILER = re.compile(r"^[ \t]*co-(?:authored|developed)-by:[ \t]*(\S[^\n]{0,600})", re.IGNORECASE | re.MULTILINE)
_ADDRESS = re.compile(r"<([^>]{1,320})>")
_PRIVATE = re.compile(r"\d+-([^@]{1,255})@users\.noreply\..+", re.IGNORECASE | re.ASCII)
"""A private commit address, "7-ann@users.noreply.gitlab.com" (lib/gitlab/private_commit_email.rb)."""
_NOT_WHOLE = "the commits exported do not reach the final one: export them again"
_NOBODYS = (
    "a commit has an e-mail address that is nobody's in the register of people, or of somebody whose account of GitLab "
    "(`accounts: [gitlab:login]`) that does not tell"
)


@gitlab.reads(
    "merge_requests commits",
    kind=MergeRequest,
    subject=("project", "number"),
    command=MERGE_REQUEST + '/commits?per_page=100"',
)
def commits(body: Any, at: Subject) -> Facts:
    """The commits, each with the addresses of who authored and committed it, and of those whom its text names."""
    told = or_unknown(lambda: tuple(_commit(commit) for commit in items_of(body)))
    return facts(merge_request_id(at, at["number"]), commits=told)


@gitlab.derives(MergeRequest, "commit_authors", joins=Person)
def commit_authors(change: MergeRequest, people: Population[Person]) -> tuple[str, ...]:
    """The accounts of everybody who wrote one of its commits, by private addresses and by the register of people."""
    if not any(commit.sha == change.head_sha for commit in change.commits):
        raise UnknownFact("commit_authors", _NOT_WHOLE)
    addresses = {address for commit in change.commits for address in commit.addresses}
    return tuple(sorted({login for address in addresses for login in logins(address, people)}))


def logins(address: str, people: Population[Person]) -> list[str]:
    """The accounts of whoever has an address, all that he uses: whichever of them approves, he approves his own work.

    Raises `UnknownFact` where that is nobody whose account is told.
    """
    private = _PRIVATE.fullmatch(address)
    if private is not None:
        return [private[1]]
    accounts = [account for person in people.all("email", address).hits for account in person.accounts]
    told = [account.removeprefix(_ACCOUNT) for account in accounts if account.startswith(_ACCOUNT)]
    if not told:
        raise UnknownFact("commit_authors", _NOBODYS)
    return told


def _commit(item: Item) -> MergeCommit:
    written = (text(item["author_email"]), text(item["committer_email"]))
    return MergeCommit(sha=text(item["id"]), addresses=(*written, *_co_authors(text(item["message"]))))


def _co_authors(message: str) -> Iterable[str]:
    for said in _TRAILER.findall(message):
        address = _ADDRESS.search(said)
        yield said.strip() if address is None else address[1].strip()  # a name alone is somebody too
