"""Members of the workspace.

https://docs.slack.dev/reference/methods/users.list and https://docs.slack.dev/reference/objects/user-object, as of
2026; what answers of a real workspace held beside that is from issues 258, 296 and 334 of brekkylab/backlot, which
measured them in September 2026.
"""

from typing import Any

from soc2test import (
    Facts,
    Item,
    Missed,
    Skip,
    Subject,
    Unknown,
    any_of,
    dig,
    facts,
    flag,
    id_text,
    item_of,
    missed,
    or_unknown,
    skip,
)
from soc2test_plugins.slack.kinds import SlackUser
from soc2test_plugins.slack.source import API, slack, uid

_SLACKBOT = "USLACKBOT"
_ROLES = ("is_admin", "is_owner", "is_primary_owner")
_NO_SCOPE = Unknown("the token needs the scope users:read.email to be told addresses", what="email")
_NOT_SHOWN = Unknown(
    "Slack shows administrators alone who has set up a second factor: take a user token of one, a bot's will not do",
    what="has_2fa",
)


@slack.reads(
    "users.list",
    kind=SlackUser,
    items="members",
    lists=True,
    never_empty=True,  # whoever asks is a member
    command=API + 'users.list?limit=200&team_id={workspace}"',
)
def user(item: Item, at: Subject) -> Facts | Skip | Missed:
    """A member of the workspace: a person, a guest or a bot, also one who was invited or deactivated.

    Of who is deactivated Slack leaves roles, `has_2fa` and more out altogether. `name` is no login ("Don't use
    this"), and `is_app_user` is no bot: it says that somebody allowed the app that asks.
    """
    if item["id"] == _SLACKBOT:  # "Slackbot is special, so is_bot will be false for it"
        return skip("Slackbot is Slack's own", _SLACKBOT)
    if not _is_of(item, at):
        return _of_another(item)
    bot = or_unknown(lambda: flag(item["is_bot"]))
    deleted = or_unknown(lambda: flag(item.or_else("deleted", False)))
    return facts(
        uid(at, item["id"]),
        name=_name(item),
        email=_email(item, bot),
        human=or_unknown(lambda: not flag(bot)),
        root=False,
        active=or_unknown(lambda: not flag(deleted)),
        admin=False if deleted is True else or_unknown(lambda: _administrates(item)),
        guest=or_unknown(lambda: any_of([item["is_restricted"], item["is_ultra_restricted"]], flag)),
        two_factor=item.or_else("has_2fa", _NOT_SHOWN),
        disabled_at=None if deleted is False else Unknown("Slack does not list when a member was deactivated"),
        owner=None,
    )


def _is_of(item: Item, at: Subject) -> bool:
    """`team_id` names the workspace, or the organization's word on the member does.

    Raises `UnknownFact` where neither is told: "there is no single property to substantiate if the user is external
    or not" (docs.slack.dev, Slack Connect).
    """
    if item["team_id"] == at["workspace"]:
        return True
    teams = dig(item.or_else("enterprise_user", {}), "teams")
    return isinstance(teams, list) and at["workspace"] in teams


def _of_another(item: Item) -> Skip | Missed:
    """Of a company that shares a channel, or of another workspace of the same organization.

    The one is no account here. The other shows that the list may have been made for that workspace.
    """
    if item.or_else("enterprise_user", None) is not None:
        return missed("a member of an Enterprise organization who belongs to another workspace", SlackUser)
    return skip("belongs to another workspace, which shares a channel (Slack Connect)", id_text(item["id"]))


def _administrates(item: Item) -> bool:
    """Of the workspace, or of the organization that it is in; without one the key is not there."""
    roles = [item[role] for role in _ROLES]
    organization = item.or_else("enterprise_user", None)
    if organization is not None:
        roles += [item_of(organization)[role] for role in ("is_admin", "is_owner")]
    return any_of(roles, flag)


def _email(item: Item, bot: bool | Unknown) -> Any:
    """The address. A bot has none; the key of a person is left out, null or empty where it is not shown."""
    address = dig(item.or_else("profile", {}), "email")
    if isinstance(address, str) and address:
        return address
    return None if bot is True else _NO_SCOPE


def _name(item: Item) -> Any:
    """The address that people sign in with; the id where it is not told, and of bots."""
    address = dig(item.or_else("profile", {}), "email")
    return address if isinstance(address, str) and address else item["id"]
