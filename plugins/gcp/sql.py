"""Cloud SQL: instances."""

from collections.abc import Iterator
from typing import Any

from soc2test import (
    Facts,
    Item,
    Unknown,
    UnknownFact,
    facts,
    flag,
    items_of,
    known,
    listed,
    meaning,
    number,
    or_unknown,
    translated,
)
from soc2test_plugins.gcp.kinds import CloudSqlInstance
from soc2test_plugins.gcp.shapes import CLASSIFICATION, Asset, has_key, key_of, reader, section
from soc2test_plugins.gcp.source import label
from soc2test_plugins.networks import lets_in_world

_TLS = {
    "ENCRYPTED_ONLY": True,
    "TRUSTED_CLIENT_CERTIFICATE_REQUIRED": True,
    "ALLOW_UNENCRYPTED_AND_ENCRYPTED": False,
}
_COPIES = {
    "CLOUD_SQL_INSTANCE": False,
    "ON_PREMISES_INSTANCE": False,
    "READ_REPLICA_INSTANCE": True,
    "READ_POOL_INSTANCE": True,
    # a copy until everybody is switched over to it, and the only one from then on
    "GREEN_INSTANCE": Unknown("it is the target of a blue-green deployment, and whether that took place is not told"),
}
_KEY_IS_LOST = "KMS_KEY_ISSUE"
_ZONES = {"REGIONAL": True, "ZONAL": False}


@reader("sqladmin.googleapis.com/Instance")
def instance(asset: Asset) -> Iterator[Facts]:
    """A database instance."""
    data, settings = asset.data, known(asset.data["settings"])
    backups = settings["backupConfiguration"]
    labels = section(settings, "userLabels")
    yield facts(
        asset.name,
        CloudSqlInstance,
        name=data["name"],
        copy=translated(data["instanceType"], _COPIES),
        encrypted=True,  # Cloud SQL encrypts everything, and can't be told not to
        customer_key=or_unknown(lambda: has_key(section(data, "diskEncryptionConfiguration"), "kmsKeyName")),
        encryption_key=or_unknown(lambda: _key(data)),
        public=or_unknown(lambda: _public(settings["ipConfiguration"])),
        tls_only=or_unknown(lambda: _tls_only(settings["ipConfiguration"])),
        versioned=or_unknown(lambda: _point_in_time(backups)),
        backed_up=or_unknown(lambda: _backed_up(data, backups)),
        backup_days=or_unknown(lambda: _backup_days(known(backups))),
        deletion_protected=settings["deletionProtectionEnabled"],
        protected_days=None,
        multi_zone=translated(settings["availabilityType"], _ZONES),
        classification=label(labels, *CLASSIFICATION),
        owner=label(labels, "owner"),
    )


def _key(data: Item) -> str | None:
    _raise_if_locked(data)
    key: str | None = key_of(section(data, "diskEncryptionConfiguration"), "kmsKeyName")
    return key


def _backed_up(data: Item, backups: Any) -> bool:
    """Of an instance that is suspended no backup is made."""
    _raise_if_locked(data)
    return flag(known(backups)["enabled"])


def _raise_if_locked(data: Item) -> None:
    """Raises `UnknownFact` where it is suspended since its key is revoked, or access to that is denied
    (https://cloud.google.com/sql/docs/mysql/admin-api/rest/v1/instances#SqlSuspensionReason)."""
    if _KEY_IS_LOST in listed(data.or_else("suspensionReason", [])):
        raise UnknownFact("encryption_key", f"Cloud SQL can't use its key ({_KEY_IS_LOST}): it is suspended")


def _backup_days(backups: Item) -> int:
    """One backup a day is made; how many are kept is told by their number, seven where nobody set it."""
    return number(section(backups, "backupRetentionSettings").or_else("retainedBackups", 7))


def _public(addresses: Item) -> bool:
    """It has a public address, and lets any address connect; without networks only Google's own proxy does."""
    if not flag(addresses["ipv4Enabled"]):
        return False
    networks = items_of(addresses.or_else("authorizedNetworks", []))
    lasting = [network["value"] for network in networks if "expirationTime" not in network]
    if lets_in_world(lasting):
        return True
    if lets_in_world(network["value"] for network in networks):
        raise UnknownFact("public", "a network that lets anybody connect ends at a time of its own")
    return False


def _tls_only(addresses: Item) -> Any:
    """`sslMode` where it is told, else the older `requireSsl`."""
    return meaning(addresses["sslMode"], _TLS) if "sslMode" in addresses else flag(addresses["requireSsl"])


def _point_in_time(backups: Item) -> bool:
    keys = [key for key in ("pointInTimeRecoveryEnabled", "binaryLogEnabled") if key in backups]
    return any(flag(backups[key]) for key in keys or ["pointInTimeRecoveryEnabled"])
