"""What lists of users tell of accounts: programs, e-mail addresses, second factors and last use.

docs.gitlab.com/api/users, For administrators (gitlab-org/gitlab doc/api/users.md), and docs.gitlab.com/api/groups, List
all SAML users (Premium and Ultimate, since 18.1), whose entries have the same keys.
"""

from datetime import datetime

from soc2test import Facts, Item, Subject, UnknownFact, facts, items_of, or_unknown, text
from soc2test_plugins.gitlab.kinds import GitlabUser
from soc2test_plugins.gitlab.shapes import switch
from soc2test_plugins.gitlab.source import API, gitlab, member_id

_USES = ("last_sign_in_at", "current_sign_in_at", "last_activity_on")


@gitlab.reads(
    "users",
    kind=GitlabUser,
    items="",
    lists=True,
    never_empty=True,  # whoever asks is one
    command=API + 'users?pagination=keyset&order_by=id&sort=asc&per_page=100"',
)
@gitlab.reads(
    "groups saml_users",
    kind=GitlabUser,
    items="",
    lists=True,
    command=API + 'groups/{group}/saml_users?per_page=100"',
)
def user(item: Item, at: Subject) -> Facts:
    """A user; that of an instance may be in no group. Who is no administrator is answered with names alone."""
    return facts(
        member_id(at, text(item["username"])),
        bot=item["bot"],
        email=or_unknown(lambda: text(item["email"]) or None),
        two_factor=item["two_factor_enabled"],
        signs_in_by=or_unknown(lambda: tuple(text(linked["provider"]) for linked in items_of(item["identities"]))),
        administrator=or_unknown(lambda: switch(item["is_admin"])),
        created_at=item.time("created_at"),
        last_used_at=or_unknown(lambda: _last_used(item)),
    )


def _last_used(item: Item) -> datetime | None:
    """The newest of the sign-ins and of the last day with any activity, by git or the API too; None: there was none."""
    moments = [item.time(key) for key in _USES]
    told = [moment for moment in moments if isinstance(moment, datetime)]
    if len(told) + moments.count(None) < len(moments):
        raise UnknownFact("last_used_at", "the list does not tell all of sign-ins and activity")
    return max(told, default=None)
