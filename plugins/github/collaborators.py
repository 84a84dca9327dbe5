"""Who has access to a repository, and may write to it."""

from collections.abc import Iterable
from typing import Any

from soc2test import (
    Facts,
    Item,
    Population,
    Subject,
    UnknownFact,
    dig,
    facts,
    flag,
    items_of,
    meaning,
    or_unknown,
    text,
)
from soc2test_plugins.github.about import REPO
from soc2test_plugins.github.kinds import Collaborator, GithubOrganization, GithubRepository
from soc2test_plugins.github.source import github, uid

_MEMBERS_WRITE = {"none": False, "read": False, "write": True, "admin": True}


@github.reads(
    "repos list-collaborators",
    kind=GithubRepository,
    subject="repo",
    about={"repo": REPO},
    command='gh api --paginate --slurp "repos/{org}/{name}/collaborators?affiliation=all&per_page=100"',
)
def collaborators(body: Any, at: Subject) -> Facts:
    """Everybody with access: owners, members by a team or by the organisation's default, and who was invited.

    GitHub shows it to those who may write themselves. Its `permissions` are what a role comes to, also one of the
    organisation's own.
    """
    told = or_unknown(lambda: tuple(_collaborators(items_of(body))))
    return facts(uid(at, at["repo"]), collaborators=told)


@github.derives(GithubRepository, "members_write", joins=GithubOrganization)
def members_write(repo: GithubRepository, organizations: Population[GithubOrganization]) -> bool:
    """The organisation's default for its members; a repository can give more, and not less."""
    organization = organizations.one("id", repo.id.rpartition("/")[0])
    if organization is None:
        raise UnknownFact("members_write", "the organisation in the evidence is another one")
    return meaning(organization.default_repository_permission, _MEMBERS_WRITE)


def _collaborators(people: list[Item]) -> Iterable[Collaborator]:
    if not people:  # the owners of an organisation have access to all of it
        raise UnknownFact("collaborators", "the list names nobody: export it as somebody who may write")
    for person in people:
        yield Collaborator(login=text(person["login"]), writes=flag(dig(person, "permissions", "push")))
