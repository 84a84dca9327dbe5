"""GitHub Apps that were installed in the organisation, and what they may do there.

https://docs.github.com/en/rest/orgs/orgs#list-app-installations-for-an-organization
"""

from soc2test import Facts, Item, Subject, UnknownFact, facts, item_of, or_unknown, text
from soc2test_plugins.github.kinds import AppInstallation
from soc2test_plugins.github.source import counted, github, uid

_ONE = "if length == 1 then .[0] else {{total_count: .[0].total_count, installations: map(.installations[]?)}} end"
"""gh prints the pages one after the other; an error stands alone."""


@github.reads(
    "orgs list-app-installations",
    kind=AppInstallation,
    items="installations",
    lists=True,
    paging=counted,
    total="total_count",
    command='gh api --paginate "orgs/{org}/installations?per_page=100" | jq --slurp \'' + _ONE + "'",
)
def installation(item: Item, at: Subject) -> Facts:
    """An app, also one that is suspended."""
    return facts(
        uid(at, "installations", item["id"]),
        name=item["app_slug"],
        active=item.then("suspended_at", lambda moment: moment is None),
        rights=or_unknown(lambda: _rights(item_of(item["permissions"]))),
    )


def _rights(permissions: Item) -> tuple[str, ...]:
    rights = []
    for name, level in permissions.items():
        if not isinstance(level, str):
            raise UnknownFact("rights", "a permission has no level")
        rights.append(f"{name}:{text(level)}")
    return tuple(sorted(rights))
