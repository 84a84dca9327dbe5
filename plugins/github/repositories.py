"""The organisation's repositories and the security features that are on in each."""

from typing import Any

from soc2test import Facts, Item, Subject, Unknown, dig, facts, flag, or_unknown
from soc2test_plugins.github.about import REPO
from soc2test_plugins.github.kinds import GithubRepository
from soc2test_plugins.github.source import github, uid


@github.reads(
    "repos list-for-org",
    kind=GithubRepository,
    items="",
    lists=True,
    command='gh api --paginate --slurp "orgs/{org}/repos?type=all&per_page=100"',
)
@github.reads(
    "repos get", kind=GithubRepository, subject="repo", command="gh api repos/{org}/{name}", about={"repo": REPO}
)  # for security_and_analysis where the list was read without administrator's rights
def repository(item: Item, at: Subject) -> Facts:
    """A repository; an internal one is not public, only the enterprise sees it."""
    return facts(
        uid(at, item["name"]),
        name=item["name"],
        public=item.then("private", lambda private: or_unknown(lambda: not flag(private))),
        archived=item["archived"],
        default_branch=item["default_branch"],
        secret_scanning=_enabled(dig(item, "security_and_analysis", "secret_scanning", "status")),
    )


@github.reads(
    "graphql repository",
    kind=GithubRepository,
    subject="repo",
    command="gh api graphql -f owner={org} -f name={name} -f query="
    "'query($owner: String!, $name: String!)"
    " {{repository(owner: $owner, name: $name) {{hasVulnerabilityAlertsEnabled}}}}'",
)  # REST answers 204 with nothing in it for "on", which looks like an export that broke off
def dependency_alerts(item: Item, at: Subject) -> Facts:
    """Whether Dependabot alerts are on."""
    told = dig(item, "data", "repository", "hasVulnerabilityAlertsEnabled")
    return facts(uid(at, at["repo"]), dependency_alerts=told)


def _enabled(status: Any) -> Any:
    if isinstance(status, Unknown):
        return status
    unknown = Unknown("GitHub gives the feature another status than enabled or disabled", what="status")
    return {"enabled": True, "disabled": False}.get(str(status), unknown)
