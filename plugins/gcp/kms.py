"""Cloud KMS: keys and their versions."""

from collections.abc import Iterator

from soc2test import Facts, Item, Population, UnknownFact, facts, flag, item_of, meaning, or_unknown, text, translated
from soc2test_plugins.gcp.kinds import GcpCryptoKey, GcpKeyVersion
from soc2test_plugins.gcp.shapes import Asset, reader
from soc2test_plugins.gcp.source import gcp

_YEAR = 366 * 86400
_ROTATABLE = {
    "ENCRYPT_DECRYPT": True,
    **dict.fromkeys(
        ("AES_WRAPPING", "ASYMMETRIC_DECRYPT", "ASYMMETRIC_SIGN", "KEY_ENCAPSULATION", "MAC", "RAW_ENCRYPT_DECRYPT"),
        False,
    ),
}
"""Purposes: Google renews keys of the first alone (the API's reference, `nextRotationTime`)."""
_INSIDE = {"SOFTWARE": True, "HSM": True, "HSM_SINGLE_TENANT": True, "EXTERNAL": False, "EXTERNAL_VPC": False}
"""Protection levels; key material that lies elsewhere Google can't renew."""
_LEFT_OUT = "SOFTWARE"
"""The level where none is told ("Defaults to SOFTWARE", https://cloud.google.com/kms/docs/reference/rest/v1/projects.locations.keyRings.cryptoKeys)."""
_STATES = (
    "PENDING_GENERATION", "ENABLED", "DISABLED", "DESTROYED", "DESTROY_SCHEDULED", "PENDING_IMPORT", "IMPORT_FAILED",
    "GENERATION_FAILED", "PENDING_EXTERNAL_DESTRUCTION", "EXTERNAL_DESTRUCTION_FAILED",
)  # fmt: skip


@reader("cloudkms.googleapis.com/CryptoKey")
def key(asset: Asset) -> Iterator[Facts]:
    """A key. An absent rotation period means that it does not rotate by itself."""
    data = asset.data
    yield facts(
        asset.name,
        GcpCryptoKey,
        name=or_unknown(lambda: text(data["name"]).rpartition("/")[2]),
        customer_managed=True,
        symmetric=or_unknown(lambda: _symmetric(data)),
        rotates=or_unknown(lambda: _rotates(data)),
        next_rotation_at=or_unknown(lambda: data.time("nextRotationTime") if "nextRotationTime" in data else None),
    )


def _symmetric(data: Item) -> bool:
    if not meaning(data["purpose"], _ROTATABLE) or flag(data.or_else("importOnly", False)):
        return False
    template = item_of(data["versionTemplate"])
    return meaning(template.or_else("protectionLevel", _LEFT_OUT), _INSIDE)


def _rotates(data: Item) -> bool:
    """By its period; when next, which may be years ahead, is told beside it."""
    return "rotationPeriod" in data and _seconds(data["rotationPeriod"]) <= _YEAR


def _seconds(duration: object) -> int:
    """Google writes durations as "7776000s"; it takes no period below a day."""
    seconds = int(text(duration).removesuffix("s").partition(".")[0])
    if seconds <= 0:
        raise UnknownFact("rotates", "the period of the rotation is none: Cloud KMS takes a day at least")
    return seconds


@reader("cloudkms.googleapis.com/CryptoKeyVersion")
def version(asset: Asset) -> Iterator[Facts]:
    """A version of a key."""
    state = translated(asset.data["state"], {each: each for each in _STATES})
    yield facts(asset.name, GcpKeyVersion, key=asset.name.rpartition("/cryptoKeyVersions/")[0], state=state)


@gcp.derives(GcpCryptoKey, "enabled", joins=GcpKeyVersion)
def enabled(key: GcpCryptoKey, versions: Population[GcpKeyVersion]) -> bool:
    """One of its versions can be used."""
    return any(version.state == "ENABLED" for version in _versions(key, versions))


@gcp.derives(GcpCryptoKey, "deletion_pending", joins=GcpKeyVersion)
def deletion_pending(key: GcpCryptoKey, versions: Population[GcpKeyVersion]) -> bool:
    """A version is on its way to destruction."""
    return any(version.state == "DESTROY_SCHEDULED" for version in _versions(key, versions))


def _versions(key: GcpCryptoKey, versions: Population[GcpKeyVersion]) -> list[GcpKeyVersion]:
    """Those of a key: one at least, since versions that are destroyed stay in the list."""
    own = list(versions.all("key", key.id))
    if not own:
        raise UnknownFact("enabled", "the export names no version of the key: export the assets of all types")
    return own
