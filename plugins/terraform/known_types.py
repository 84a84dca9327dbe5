"""The types of resources that Terraform's providers know: which are read here, and what becomes of the others.

The list is resource_types.txt; a type that it lacks is unknown, and so is one of a provider that it lacks.
"""

import re
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files

from soc2test import (
    Alarm,
    Application,
    BackupPlan,
    Credential,
    DataStore,
    Detector,
    EncryptionKey,
    Endpoint,
    Environment,
    Host,
    Identity,
    LogSink,
    LogStore,
    Missed,
    Network,
    NetworkRule,
    PasswordPolicy,
    Repository,
    Resource,
    Secret,
    Skip,
    Tenant,
    Types,
    Workload,
)
from soc2test_plugins.terraform.belonging import ALONE, PARTS, part
from soc2test_plugins.terraform.documents import Record
from soc2test_plugins.terraform.workspace import READERS, Workspace

__all__ = ["HARMLESS", "KINDS", "judge", "provider_of", "sections"]

Word = str | tuple[type[Resource], ...]

KINDS: Mapping[str, type[Resource]] = {
    "alarm": Alarm,
    "app": Application,
    "backup": BackupPlan,
    "cred": Credential,
    "detector": Detector,
    "endpoint": Endpoint,
    "env": Environment,
    "host": Host,
    "identity": Identity,
    "key": EncryptionKey,
    "log": LogSink,
    "logs": LogStore,
    "net": Network,
    "password": PasswordPolicy,
    "repo": Repository,
    "rule": NetworkRule,
    "secret": Secret,
    "store": DataStore,
    "tenant": Tenant,
    "workload": Workload,
}
HARMLESS: Mapping[str, str] = {
    "-cert": "a certificate: controls test the endpoint that serves it",
    "-made": "a value that Terraform itself makes, in no vendor's system",
    "-meta": "holds no data and opens nothing: a name, a tag, a quota, a view",
    "-net": "leads traffic: what may pass is said by security groups and firewalls",
    "-part": "a setting of another resource, none that a control asks for",
    "-role": "names a role or an account, and gives no rights of its own",
    "-run": "says when, where or how often something runs that is a resource of its own",
    "-scope": "holds other resources, and is tested by what its own export tells",
    "-waf": "a filter before an endpoint, which can only narrow what passes",
    "-wire": "a part of an interface whose endpoint is a resource of its own",
}
"""What stands before a list of names is one of these, kinds joined by "+", or "any": of every kind that is listed."""

_SECTION = re.compile(r"\[([^,\]]+), (\w+_), [^\]]+\]")
_QUOTED = re.compile(r'"?(?:[\w.:-]+/)?([\w-]+)/([\w-]+)"?\]?(?:\.[\w-]+)?', re.ASCII)
_OF_OLD = re.compile(r"(?:module\..*\.)?provider\.([\w-]+)(?:\.[\w-]+)?", re.ASCII)


def sections() -> Iterator[tuple[frozenset[str], dict[str, str]]]:
    """The providers of each section of the list, with its types and the word on each."""
    providers, prefix, word = frozenset[str](), "", ""
    types: dict[str, str] = {}
    text = (files(__package__) / "resource_types.txt").read_text("utf-8")
    for line in text.splitlines():
        if not line or line.startswith("#"):
            continue
        if section := _SECTION.fullmatch(line):
            if types:
                yield providers, types
            providers, prefix, types = frozenset(section[1].split()), section[2], {}
            continue
        new, colon, names = line.partition(": ")
        word = new if colon else word  # a list goes on in the lines below
        types.update((f"{prefix}{name}", word) for name in (names if colon else line).split())
    yield providers, types


def _kinds(word: str) -> tuple[type[Resource], ...]:
    return () if word == "any" else tuple(KINDS[each] for each in word.split("+"))


def _words() -> Mapping[str, Word]:
    words = {name: HARMLESS.get(word) or _kinds(word) for _, types in sections() for name, word in types.items()}
    return {**words, **ALONE}


@cache
def _providers() -> Mapping[str, frozenset[str]]:
    return {name: providers for providers, types in sections() for name in types}


_TYPES = Types(read=(), others=_words)


def judge(record: Record, workspace: Workspace) -> Skip | Missed | None:
    """None for a record that a reader takes, else the skip or the gap that it is.

    Types are names within a provider: what another provider calls "aws_s3_bucket" is not known.
    """
    provider = provider_of(record.provider)
    if provider and provider not in _providers().get(record.type, (provider,)):
        text = f"type {record.type} of the provider {provider} is in no table of this source: it may be anything"
        return Missed(text, (), f"{provider}/{record.type}")
    if record.type in READERS:
        return None
    return part(record, workspace) if record.type in PARTS else _TYPES.judge(record.type)


def provider_of(written: str) -> str:
    """Such as "hashicorp/aws", as plans, states and state files write it; "" where an old one names no namespace.

    A registry before it is left out: mirrors serve the same providers.
    """
    if old := _OF_OLD.fullmatch(written):
        written = old[1]
    if "/" not in written:
        return ""
    match = _QUOTED.search(written)
    if match is None:
        return written[:120]
    return "" if match[1] == "-" else f"{match[1]}/{match[2]}"
