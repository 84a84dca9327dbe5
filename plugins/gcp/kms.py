"""Cloud KMS: keys and their versions."""

from collections.abc import Iterator

from soc2test import Facts, Item, Population, facts, known, or_unknown
from soc2test_plugins.gcp.kinds import GcpCryptoKey, GcpKeyVersion
from soc2test_plugins.gcp.shapes import Asset, reader
from soc2test_plugins.gcp.source import gcp

_YEAR = 366 * 86400
_OUTSIDE = ("EXTERNAL", "EXTERNAL_VPC")
"""Protection levels whose key material lies elsewhere: Google can't renew it."""


@reader("cloudkms.googleapis.com/CryptoKey")
def key(asset: Asset) -> Iterator[Facts]:
    """A key. An absent rotation period means that it does not rotate by itself."""
    data = asset.data
    yield facts(
        asset.name,
        GcpCryptoKey,
        name=data.then("name", lambda name: str(name).rpartition("/")[2]),
        customer_managed=True,
        symmetric=or_unknown(lambda: _symmetric(data)),
        rotates=or_unknown(lambda: _seconds(data["rotationPeriod"]) <= _YEAR if "rotationPeriod" in data else False),
    )


def _symmetric(data: Item) -> bool:
    if known(data["purpose"]) != "ENCRYPT_DECRYPT" or data.or_else("importOnly", False) is True:
        return False
    return known(data["versionTemplate"])["protectionLevel"] not in _OUTSIDE


def _seconds(duration: object) -> int:
    """Google writes durations as "7776000s"."""
    return int(str(known(duration)).removesuffix("s").partition(".")[0])


@reader("cloudkms.googleapis.com/CryptoKeyVersion")
def version(asset: Asset) -> Iterator[Facts]:
    """A version of a key."""
    yield facts(
        asset.name, GcpKeyVersion, key=asset.name.rpartition("/cryptoKeyVersions/")[0], state=asset.data["state"]
    )


@gcp.derives(GcpCryptoKey, "enabled", joins=GcpKeyVersion)
def enabled(key: GcpCryptoKey, versions: Population[GcpKeyVersion]) -> bool:
    """One of its versions can be used."""
    return any(each.state == "ENABLED" for each in versions.all("key", key.id))


@gcp.derives(GcpCryptoKey, "deletion_pending", joins=GcpKeyVersion)
def deletion_pending(key: GcpCryptoKey, versions: Population[GcpKeyVersion]) -> bool:
    """A version is on its way to destruction."""
    return any(each.state == "DESTROY_SCHEDULED" for each in versions.all("key", key.id))
