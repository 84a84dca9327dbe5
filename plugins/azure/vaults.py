"""Key vaults and their keys."""

import re
from typing import Any

from soc2test import (
    Facts,
    Item,
    Subject,
    UnknownFact,
    facts,
    flag,
    id_text,
    item_of,
    items_of,
    known,
    meaning,
    or_unknown,
    text,
)
from soc2test_plugins.azure.about import VAULT, VAULT_KEY, within
from soc2test_plugins.azure.kinds import AzureKeyVault, AzureVaultKey
from soc2test_plugins.azure.source import CLASSIFICATION, arm_id, as_value, azure, inner, tag
from soc2test_plugins.azure.storage import network_open

_YEAR_DAYS = 366
_PERIOD = re.compile(r"P(?:(\d{1,4})Y)?(?:(\d{1,4})M)?(?:(\d{1,4})W)?(?:(\d{1,4})D)?", re.ASCII)
_PER_UNIT = (366, 31, 7, 1)
_ACTIONS = {"rotate": True, "notify": False}


@azure.reads(
    "keyvault show",
    kind=AzureKeyVault,
    subject="vault",
    about={"vault": within("vaults")},
    command="az {operation} --name {vault} --subscription {subscription} --output json",
)
@azure.reads("keyvault list", kind=AzureKeyVault, items="value", lists=True, prepare=as_value)
def vault(item: Item, at: Subject) -> Facts:
    """A vault; the CLI's list says little more than its name, its `show` the rest."""
    own = inner(item)
    listed_only = own is item
    return facts(
        arm_id(item),
        name=item["name"],
        copy=False,
        public=False,
        encrypted=True,
        encryption_key=None,
        tls_only=True,
        versioned=True,  # a vault keeps the versions of each object
        backed_up=True,
        backup_days=None,
        multi_zone=True,  # Azure copies each vault within its region, and to another where there is a pair
        network_open=or_unknown(lambda: network_open(own)),
        purge_protected=own["enablePurgeProtection"]
        if listed_only
        else own.or_else("enablePurgeProtection", None) is True,
        classification=tag(item, *CLASSIFICATION),
        owner=tag(item, "owner"),
    )


@azure.reads(
    "keyvault key list",
    kind=AzureVaultKey,
    items="value",
    lists=True,
    per=AzureKeyVault,
    subject="vault",
    about={"vault": VAULT},
    prepare=as_value,
    command="az {operation} --vault-name {vault} --output json",
)
def key(item: Item, at: Subject) -> Facts:
    """A key; Azure can make new key material for any that it holds, of each type."""
    identifier = id_text(item["kid"]).lower()
    return facts(
        identifier,
        name=identifier.rpartition("/")[2],
        customer_managed=or_unknown(
            lambda: not flag(item.or_else("managed", None) or False)
        ),  # "managed": made for a certificate
        enabled=known(item["attributes"])["enabled"],
        symmetric=True,
        deletion_pending=False,  # deleted ones are not in this list
    )


@azure.reads(
    "keyvault key rotation-policy show",
    kind=AzureVaultKey,
    subject=("vault", "key"),
    about={"vault": VAULT, "key": VAULT_KEY},
    command="az {operation} --vault-name {vault} --name {key} --output json",
)
def rotation(item: Item, at: Subject) -> Facts:
    """Whether Azure itself makes new key material within a year of the last."""
    id = f"https://{at['vault']}.vault.azure.net/keys/{at['key']}".lower()
    rotates = or_unknown(lambda: _renewed(item))
    return facts(id, rotates=rotates, next_rotation_at=None)  # Azure counts from the last time, and shows no date


def _renewed(policy: Item) -> bool:
    """One action makes new key material in time; the others only tell somebody."""
    return any(_rotates(action, policy) for action in items_of(policy["lifetimeActions"]))


def _rotates(action: Item, policy: Item) -> bool:
    """An action has its type in an object of the REST API, or beside it from the CLI; it counts from either end."""
    told: Any = action["action"]
    if not meaning(text(told["type"] if isinstance(told, Item) else told).lower(), _ACTIONS):
        return False
    trigger = item_of(action.or_else("trigger", action))
    after, before = trigger.or_else("timeAfterCreate", None), trigger.or_else("timeBeforeExpiry", None)
    if after is not None:
        return _days(text(after)) <= _YEAR_DAYS
    if before is None:
        raise UnknownFact("rotates", "the rotation has neither a time after creation nor one before expiry")
    attributes = item_of(policy["attributes"])
    left = _days(text(attributes["expiryTime"])) - _days(text(before))
    if left <= 0:
        raise UnknownFact("rotates", "the rotation comes before the key is made")
    return left <= _YEAR_DAYS


def _days(period: str) -> int:
    """ISO 8601: P90D, P18M, P1Y2M. Raises `UnknownFact` for what is no such period."""
    match = _PERIOD.fullmatch(period.upper())
    if match is None or not any(match.groups()):
        raise UnknownFact("rotates", "a period of the rotation policy is none that is known here")
    total = sum(int(count or 0) * days for count, days in zip(match.groups(), _PER_UNIT, strict=True))
    if total <= 0:
        raise UnknownFact("rotates", "a period of the rotation policy is no time at all")
    return total
