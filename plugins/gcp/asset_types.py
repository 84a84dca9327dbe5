"""The asset types of Cloud Asset Inventory: which are read here, and what becomes of the others."""

from collections.abc import Iterator, Mapping
from importlib.resources import files

from soc2test import (
    Alarm,
    BackupPlan,
    Credential,
    DataStore,
    Detector,
    EncryptionKey,
    Endpoint,
    Host,
    Identity,
    Item,
    LogSink,
    Missed,
    Network,
    NetworkRule,
    PostureCheck,
    Resource,
    Secret,
    Skip,
    Tenant,
    Types,
    Vulnerability,
    Workload,
    text,
)
from soc2test_plugins.gcp import (  # noqa: F401  # readers
    compute,
    disks,
    iam,
    kms,
    logs,
    organization,
    roles,
    schedules,
    sql,
    storage,
)
from soc2test_plugins.gcp.kinds import (
    CloudSqlInstance,
    GcpBucket,
    GcpCryptoKey,
    GcpDisk,
    GcpFirewallRule,
    GcpInstance,
    GcpKeyVersion,
    GcpLogDestination,
    GcpLogSink,
    GcpOrgPolicy,
    GcpProject,
    GcpRole,
    GcpServiceAccount,
    GcpServiceAccountKey,
    GcpSnapshot,
    GcpSnapshotSchedule,
)
from soc2test_plugins.gcp.shapes import READERS

__all__ = ["ANYTHING", "HARMLESS", "KINDS", "KINDS_READ", "TYPES", "judge", "listed", "type_of"]

Word = str | tuple[type[Resource], ...]

KINDS: Mapping[str, type[Resource]] = {
    "alarm": Alarm,
    "backup": BackupPlan,
    "cred": Credential,
    "detector": Detector,
    "endpoint": Endpoint,
    "host": Host,
    "identity": Identity,
    "key": EncryptionKey,
    "network": Network,
    "posture": PostureCheck,
    "rule": NetworkRule,
    "secret": Secret,
    "store": DataStore,
    "vuln": Vulnerability,
    "workload": Workload,
}
ANYTHING: tuple[type[Resource], ...] = (*KINDS.values(), LogSink, Tenant)
"""What an asset of an unknown type may be; of those types that are read it is none."""
HARMLESS: Mapping[str, str] = {
    "-guard": "can only narrow or watch what other resources allow",
    "-org": "orders or groups resources, which are assets of their own",
    "-part": "a part of another asset, which is listed itself",
    "-path": "leads traffic or events to what other assets open",
    "-run": "work that is defined or was done; what it runs on and what it writes to are assets of their own",
    "-settings": "settings or descriptions, which no control tests by themselves",
}


def listed() -> Iterator[tuple[str, str]]:
    """Each type of asset_types.txt, "service/Type", with the word on it."""
    service = word = ""
    for line in (files(__package__) / "asset_types.txt").read_text("utf-8").splitlines():
        if not line or line.startswith("#"):
            continue
        if line.startswith("["):
            service = line.strip("[]")
            continue
        new, colon, types = line.partition(": ")
        word = new if colon else word  # a list goes on in the lines below
        yield from ((f"{service}/{type_}", word) for type_ in (types if colon else line).split())


def _word(word: str) -> Word:
    if word in HARMLESS:
        return HARMLESS[word]
    return ANYTHING if word == "any" else tuple(KINDS[kind] for kind in word.split("+"))


KINDS_READ: Mapping[str, tuple[type[Resource], ...]] = {
    "cloudkms.googleapis.com/CryptoKey": (GcpCryptoKey,),
    "cloudkms.googleapis.com/CryptoKeyVersion": (GcpKeyVersion,),
    "cloudresourcemanager.googleapis.com/Project": (GcpProject,),
    "compute.googleapis.com/Disk": (GcpDisk,),
    "compute.googleapis.com/Firewall": (GcpFirewallRule,),
    "compute.googleapis.com/FirewallPolicy": (GcpFirewallRule,),
    "compute.googleapis.com/Instance": (GcpInstance,),
    "compute.googleapis.com/NetworkFirewallPolicy": (GcpFirewallRule,),
    "compute.googleapis.com/RegionDisk": (GcpDisk,),
    "compute.googleapis.com/ResourcePolicy": (GcpSnapshotSchedule,),
    "compute.googleapis.com/Snapshot": (GcpSnapshot,),
    "iam.googleapis.com/Role": (GcpRole,),
    "iam.googleapis.com/ServiceAccount": (GcpServiceAccount,),
    "iam.googleapis.com/ServiceAccountKey": (GcpServiceAccountKey,),
    "logging.googleapis.com/LogBucket": (GcpLogDestination,),
    "logging.googleapis.com/LogSink": (GcpLogSink,),
    "orgpolicy.googleapis.com/Policy": (GcpOrgPolicy,),
    "sqladmin.googleapis.com/Instance": (CloudSqlInstance,),
    "storage.googleapis.com/Bucket": (GcpBucket,),
}
"""What each type that is read becomes."""

TYPES = Types(read=READERS, others=lambda: {name: _word(word) for name, word in listed()})


def judge(type_: str) -> Skip | Missed | None:
    """None for a type that is read; else the word on it."""
    word = TYPES.judge(type_)
    return Missed(word.text, ANYTHING, word.unknown_type) if isinstance(word, Missed) and not word.kinds else word


def type_of(item: Item) -> str:
    """Such as "storage.googleapis.com/Bucket"; exported files and gcloud differ in the key. Raises `UnknownFact`."""
    return text(item.first("assetType", "asset_type"))
