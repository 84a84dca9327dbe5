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
    Network,
    NetworkRule,
    PostureCheck,
    Resource,
    Secret,
    Types,
    Vulnerability,
    Workload,
    text,
)
from soc2test_plugins.gcp.shapes import READERS

__all__ = ["HARMLESS", "KINDS", "TYPES", "listed", "type_of"]

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
    return () if word == "any" else tuple(KINDS[kind] for kind in word.split("+"))


TYPES = Types(read=READERS, others=lambda: {name: _word(word) for name, word in listed()})


def type_of(item: Item) -> str:
    """Such as "storage.googleapis.com/Bucket"; exported files and gcloud differ in the key. Raises `UnknownFact`."""
    return text(item.first("assetType", "asset_type"))
