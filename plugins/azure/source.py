"""The source `azure`: its scope, its errors, its ids and its two dialects."""

import ipaddress
import re
from typing import Any, TypeVar

from soc2test import (
    Collecting,
    ErrorInfo,
    Item,
    Source,
    UnknownFact,
    WhoAmI,
    by_token,
    id_text,
    item_of,
    meaning,
    or_unknown,
    text,
)
from soc2test_plugins.azure.identity import IDENTITY
from soc2test_plugins.azure.rights import RIGHTS

__all__ = [
    "CLASSIFICATION",
    "arm_id",
    "as_value",
    "azure",
    "error_info",
    "inner",
    "many",
    "public_network",
    "tag",
]

T = TypeVar("T")

CLASSIFICATION = ("classification", "data-classification", "dataclassification")
_CLI = re.compile(r"ERROR: \((\w{1,100})\)")
_MANY = 1 << 24
"""addresses: a network of somebody has less"""


def error_info(body: Any) -> ErrorInfo | None:
    """Azure's error body `{"error": {"code", "message"}}`, or the CLI's line on stderr."""
    if isinstance(body, str):
        match = _CLI.search(body)
        return ErrorInfo(match[1]) if match else None
    inner = body.get("error") if isinstance(body, dict) else None
    return ErrorInfo(str(inner["code"])) if isinstance(inner, dict) and "code" in inner else None


COLLECTING = Collecting(
    tools={"az --version": "2.30"},
    whoami=WhoAmI(
        operation="account show",
        command="az account show --subscription {subscription} --output json",
        says={"id": "{subscription}", "name": "{subscription}"},
        who="name",
    ),
    rights=RIGHTS,
)

azure = Source(
    "azure",
    title="Microsoft Azure",
    hosted_by=["Azure", "Microsoft Azure", "MS Azure", "Windows Azure"],
    sold_by=["Microsoft"],
    scope=("subscription",),
    identity=IDENTITY,
    command="az {operation} --subscription {subscription} --output json",
    paging=by_token("nextLink"),  # of the REST API; the CLI follows it itself
    error=error_info,
    denied=(
        "AuthorizationFailed",
        "AuthenticationFailed",
        "Forbidden",
        "InvalidAuthenticationTokenTenant",
        "401",
        "403",
    ),
    collecting=COLLECTING,
    url="https://learn.microsoft.com/rest/api/azure/",
)


def as_value(body: Any) -> Any:
    """One shape for the bare array of the CLI and the pages of the REST API. One resource alone is no list."""
    return {"value": body} if isinstance(body, list) else body


def inner(item: Item) -> Item:
    """What the REST API keeps in `properties` and the CLI puts beside the name."""
    properties = item.or_else("properties", None)
    return properties if isinstance(properties, Item) else item


def arm_id(item: Item, below: str = "") -> str:
    """The id in lower case, since Azure's services differ in how they write it; cut before the segment `below`."""
    whole = id_text(item["id"]).lower()
    return whole.partition(f"/{below.lower()}/")[0] if below else whole


def tag(item: Item, *names: str) -> Any:
    """The first of the tags `names` that is there, whatever its case; None where none is, or it is empty."""
    return or_unknown(lambda: _tag(item, names))


def _tag(item: Item, names: tuple[str, ...]) -> str | None:
    tags = item.or_else("tags", None)
    if tags is None:
        return None
    lower = {key.casefold(): value for key, value in item_of(tags).items()}
    return next((told for name in names if name in lower and (told := text(lower[name]).strip())), None)


def public_network(told: Any) -> bool:
    """Whether a service has an address that any network reaches; Azure leaves the setting out where it never was made.

    Raises `UnknownFact` for one that is secured by a perimeter, whose rules decide and are not read
    (https://learn.microsoft.com/azure/private-link/network-security-perimeter-concepts), and for a word that is new.
    """
    if told is None:
        return True
    word = text(told).lower()
    if word == "securedbyperimeter":
        raise UnknownFact("network", "a network security perimeter decides whom it lets in, whose rules are not read")
    return meaning(word, {"enabled": True, "disabled": False})


_IPV4 = 4
_MANY_IPV6 = 2**96
"""Addresses of an allocation to a provider: a company has less."""
_MAPPED = ipaddress.IPv6Network("::ffff:0:0/96")
"""All of IPv4, as IPv6 writes it; Microsoft's own examples of rules for IPv6 do."""


def many(first: Any, last: Any) -> bool:
    """Whether a range from one address to another is meant for anybody: 16 million addresses and more.

    Raises `UnknownFact` for the range of 0.0.0.0 alone, by which Azure's databases mean all that comes from Azure, of
    other customers too (https://learn.microsoft.com/azure/azure-sql/database/firewall-configure).
    """
    try:
        low, high = (ipaddress.ip_address(text(address)) for address in (first, last))
    except ValueError:
        raise UnknownFact("world", "an address of a range is none") from None
    if low.version != high.version:
        raise UnknownFact("world", "a range begins with an address of one version and ends with one of the other")
    if int(high) < int(low):
        raise UnknownFact("world", "a range of addresses ends before it begins")
    if low.version != _IPV4:
        return _many_ipv6(int(low), int(high))
    if int(high) == 0:
        raise UnknownFact("world", "a rule lets in all of Azure, other customers' machines too: name your own networks")
    return _count(int(low), int(high)) >= _MANY


def _many_ipv6(low: int, high: int) -> bool:
    """The part that is IPv4 in the spelling of IPv6 counts as such."""
    if low == high == int(_MAPPED[0]):
        raise UnknownFact("world", "a rule lets in 0.0.0.0 written as IPv6, which may be all of Azure")
    mapped = _count(max(low, int(_MAPPED[0])), min(high, int(_MAPPED[-1])))
    return _count(low, high) >= _MANY_IPV6 or mapped >= _MANY


def _count(low: int, high: int) -> int:
    """How many addresses a range has, both ends with it; none where it ends before it begins."""
    return max(0, high - low + 1)
