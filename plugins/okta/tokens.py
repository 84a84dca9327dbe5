"""Tokens for Okta's API."""

import re
from datetime import datetime, timedelta

from soc2test import Facts, Item, Subject, UnknownFact, facts, or_unknown, text
from soc2test_plugins.okta.kinds import OktaApiToken
from soc2test_plugins.okta.source import API, okta, uid

_SPAN = re.compile(r"P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?")
_AT_ONCE = timedelta(minutes=1)


@okta.reads(
    "listApiTokens",
    kind=OktaApiToken,
    items="",
    lists=True,
    command=API + 'api-tokens?limit=200"',  # super administrators alone may call
)
def token(item: Item, at: Subject) -> Facts:
    """An active token; Okta lists no others.

    "API tokens are valid for 30 days and automatically renew every time they're used" (Okta's help, "Manage Okta API
    tokens"): the expiry less the window is when it was used last.
    """
    return facts(
        uid(at, "api-tokens", item["id"]),
        name=item["name"],
        identity=or_unknown(lambda: uid(at, item["userId"])),
        category="token",
        active=True,
        root=False,
        created_at=item.time("created"),
        expires_at=item.time("expiresAt"),
        last_used_at=or_unknown(lambda: _last_used_at(item)),
    )


def _last_used_at(item: Item) -> datetime | None:
    """A use at the very moment of making is the making itself."""
    created, expires = item.time("created"), item.time("expiresAt")
    if not isinstance(created, datetime) or not isinstance(expires, datetime):
        raise UnknownFact("last_used_at", "the token does not say when it was made and when it expires")
    used = expires - _span(text(item["tokenWindow"]))
    if created - used > _AT_ONCE:
        raise UnknownFact("last_used_at", "the token expires sooner after it was made than its window says")
    return used if used - created > _AT_ONCE else None


def _span(text: str) -> timedelta:
    """An ISO 8601 duration in days and below, such as P30D."""
    match = _SPAN.fullmatch(text)
    if match is None or not any(match.groups()):
        raise UnknownFact("tokenWindow", "the token's window is no duration in days, hours, minutes and seconds")
    days, hours, minutes, seconds = (int(each or 0) for each in match.groups())
    return timedelta(days=days, hours=hours, minutes=minutes, seconds=seconds)
