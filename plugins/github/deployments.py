"""Environments that a repository is deployed to, and who must approve a deployment there."""

from collections.abc import Iterator
from typing import Any

from soc2test import Facts, Item, Reviewer, Subject, UnknownFact, facts, flag, items_of, meaning, or_unknown, text
from soc2test_plugins.github.about import REPO
from soc2test_plugins.github.agents import is_agent
from soc2test_plugins.github.kinds import GithubEnvironment, GithubRepository
from soc2test_plugins.github.shapes import ACCOUNT_TYPES, login
from soc2test_plugins.github.source import counted, github, uid

_IS_ACCOUNT = {"User": True, "Team": False}


@github.reads(
    "repos get-all-environments",
    kind=GithubEnvironment,
    items="environments",
    lists=True,
    per=GithubRepository,
    subject="repo",
    about={"repo": REPO},
    paging=counted,
    total="total_count",
    command='gh api "repos/{org}/{repo}/environments?per_page=100"',
)
def environment(item: Item, at: Subject) -> Facts:
    """An environment; a rule that is not listed is not in force.

    Administrators may pass by the rules unless that is switched off ("Reviewing deployments" in GitHub's guide to
    Actions). GitHub's answer says so in `can_admins_bypass`, which its REST description does not list: where it is
    left out it is unknown. One of the reviewers is enough ("Required reviewers", ibidem).
    """
    return facts(
        uid(at, at["repo"], "environments", item["name"]),
        name=item["name"],
        repository=at["repo"],
        approval_required=or_unknown(lambda: bool(_reviewers(item))),
        reviewers=or_unknown(lambda: tuple(_accounts(item))),
        reviewing_teams=or_unknown(lambda: tuple(_teams(item))),
        self_approval_blocked=or_unknown(lambda: _self_approval_blocked(item)),
        admins_bound=item.then("can_admins_bypass", lambda can: or_unknown(lambda: not flag(can))),
    )


def _review_rules(item: Item) -> list[Item]:
    return [rule for rule in items_of(item["protection_rules"]) if text(rule["type"]) == "required_reviewers"]


def _accounts(item: Item) -> Iterator[Reviewer]:
    """Raises `UnknownFact` for a kind of reviewer that is neither an account nor a team."""
    for reviewer in _reviewers(item):
        if meaning(reviewer["type"], _IS_ACCOUNT):
            account = reviewer["reviewer"]
            name = login(account)
            if name is None:
                raise UnknownFact("reviewers", "a reviewer's account is not named")
            yield Reviewer(login=name, human=meaning(account["type"], ACCOUNT_TYPES) and not is_agent(name))


def _teams(item: Item) -> Iterator[str]:
    for reviewer in _reviewers(item):
        if not meaning(reviewer["type"], _IS_ACCOUNT):
            yield text(reviewer["reviewer"]["slug"])


def _reviewers(item: Item) -> list[Any]:
    found = [rule["reviewers"] for rule in _review_rules(item)]
    if not all(isinstance(each, list) for each in found):
        raise UnknownFact("reviewers", "a rule that demands reviewers does not name them")
    return [who for each in found for who in each]


def _self_approval_blocked(item: Item) -> bool:
    return any([flag(rule["prevent_self_review"]) for rule in _review_rules(item)])  # noqa: C419  # each must be told
