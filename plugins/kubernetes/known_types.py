"""The types of objects, group and kind: which are read here, and what becomes of the others."""

from collections.abc import Iterator, Mapping
from importlib.resources import files

from soc2test import (
    Alarm,
    BackupPlan,
    Credential,
    DataStore,
    Endpoint,
    Host,
    Identity,
    Item,
    NetworkRule,
    Resource,
    Types,
    Workload,
    text,
)
from soc2test_plugins.kubernetes.shapes import READERS

__all__ = ["HARMLESS", "KINDS", "TYPES", "listed", "type_of"]

Word = str | tuple[type[Resource], ...]

KINDS: Mapping[str, type[Resource]] = {
    "alarm": Alarm,
    "backup": BackupPlan,
    "cred": Credential,
    "endpoint": Endpoint,
    "host": Host,
    "identity": Identity,
    "rule": NetworkRule,
    "store": DataStore,
    "workload": Workload,
}
HARMLESS: Mapping[str, str] = {
    "-asked": "a question to the API, which is kept nowhere",
    "-data": "certificates, which no control tests",
    "-defines": "defines types or interfaces: the objects themselves are listed apart",
    "-guard": "can only narrow or watch what other objects are allowed",
    "-net": "leads traffic to what other objects open",
    "-run": "says how, when or where something runs that is an object of its own, or what was seen of it",
    "-secret": "says where a secret is fetched from; the secret is an object of its own",
    "-volume": "says how volumes are made, which are objects of their own",
}


def listed() -> Iterator[tuple[str, str]]:
    """Each type of object_types.txt, "group/Kind", with the word on it."""
    group = word = ""
    for line in (files(__package__) / "object_types.txt").read_text("utf-8").splitlines():
        if not line or line.startswith("#"):
            continue
        if line.startswith("["):
            group = line.strip("[]")
            continue
        new, colon, kinds = line.partition(": ")
        word = new if colon else word  # a list goes on in the lines below
        yield from ((f"{group}/{kind}", word) for kind in (kinds if colon else line).split())


def _word(word: str) -> Word:
    if word in HARMLESS:
        return HARMLESS[word]
    return () if word == "any" else tuple(KINDS[each] for each in word.split("+"))


TYPES = Types(read=READERS, others=lambda: {name: _word(word) for name, word in listed()})


def type_of(item: Item) -> str:
    """Such as "apps/Deployment", and "/Pod" in the core group; the version is left out, since versions convert."""
    group, slash, _ = text(item["apiVersion"]).partition("/")
    return f"{group if slash else ''}/{text(item['kind'])}"
