"""Fine-grained personal access tokens that the organisation let in."""

from soc2test import Facts, Item, Subject, facts
from soc2test_plugins.github.kinds import GithubTokenGrant
from soc2test_plugins.github.shapes import known_login
from soc2test_plugins.github.source import github, uid


@github.reads(
    "orgs list-pat-grants",
    kind=GithubTokenGrant,
    items="",
    lists=True,
    command='gh api --paginate --slurp "orgs/{org}/personal-access-tokens?per_page=100"',  # GitHub Apps alone may call
)
def grant(item: Item, at: Subject) -> Facts:
    """A token, by the grant's id; the token itself is in no export."""
    return facts(
        uid(at, "personal-access-tokens", str(item["id"])),
        name=item["token_name"],
        owner=item.then("owner", known_login),
        all_repositories=item.then("repository_selection", lambda selected: selected == "all"),
        expired=item["token_expired"],
        expires_at=item.time("token_expires_at"),
        granted_at=item.time("access_granted_at"),
        last_used_at=item.time("token_last_used_at"),
    )
