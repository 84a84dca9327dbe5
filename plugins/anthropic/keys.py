"""Keys of the API.

https://platform.claude.com/docs/en/api/admin/api_keys/list
"""

from soc2test import Facts, Item, Subject, UnknownFact, facts, item_of, or_unknown, text, translated
from soc2test_plugins.anthropic.kinds import AnthropicKey
from soc2test_plugins.anthropic.source import API, anthropic, uid

_STATUSES = {"active": True, **dict.fromkeys(("archived", "expired", "inactive"), False)}


@anthropic.reads(
    "api_keys list",
    kind=AnthropicKey,
    items="data",
    lists=True,
    command=API + 'api_keys?limit=1000"',
)
def key(item: Item, at: Subject) -> Facts:
    """A key, whatever its state; one that is switched off may be switched on again."""
    return facts(
        uid(at, "keys", item["id"]),
        identity=or_unknown(lambda: _made_by(item, at)),
        category="token",
        root=False,
        active=translated(item["status"], _STATUSES),
        created_at=item.time("created_at"),
        expires_at=item.time("expires_at"),
    )


def _made_by(item: Item, at: Subject) -> str:
    """Who made it: keys of a workspace act for nobody, unless they say for whom. Null where it was not recorded."""
    if item.or_else("principal", None) is not None:
        raise UnknownFact("identity", "the key acts for a principal, of which no list is read")
    if item["created_by"] is None:
        raise UnknownFact("identity", "who made the key is not recorded")
    maker = item_of(item["created_by"])
    if text(maker["type"]) != "user":
        raise UnknownFact("identity", "another than a user made the key")
    return uid(at, "users", maker["id"])
