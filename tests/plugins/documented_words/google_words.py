"""Google: the discovery documents that google-api-python-client brings along."""

import json
from collections.abc import Iterator
from functools import cache
from pathlib import Path as File
from typing import Any, NamedTuple

from documented_words.schema_node import Enumeration, Node

from soc2test.proving.words.paths import Entries, Step

__all__ = ["answer_of", "asset_of"]

_DOCUMENTS = "googleapiclient/discovery_cache/documents"
_ASSETS = {
    "cloudkms.googleapis.com": "cloudkms.v1",
    "cloudresourcemanager.googleapis.com": "cloudresourcemanager.v3",
    "compute.googleapis.com": "compute.v1",
    "iam.googleapis.com": "iam.v1",
    "logging.googleapis.com": "logging.v2",
    "orgpolicy.googleapis.com": "orgpolicy.v2",
    "sqladmin.googleapis.com": "sqladmin.v1",
    "storage.googleapis.com": "storage.v1",
}
"""The document of each service whose things Cloud Asset Inventory lists."""
_NAMED_OTHERWISE = {
    "compute.googleapis.com/ResourcePolicy": "ResourcePolicy",
    "iam.googleapis.com/ServiceAccountKey": "ServiceAccountKey",
    "orgpolicy.googleapis.com/Policy": "GoogleCloudOrgpolicyV2Policy",
    "sqladmin.googleapis.com/Instance": "DatabaseInstance",
}


class _Schema(NamedTuple):
    document: Any
    schema: Any
    file: str

    def below(self, step: Step) -> Iterator[Node]:
        schema = self._resolved()
        if isinstance(step, Entries):
            inner = schema.get("items")
        else:
            inner = schema.get("properties", {}).get(step) or schema.get("additionalProperties")
        if inner is not None:
            yield _Schema(self.document, inner, self.file)

    def enumeration(self) -> Enumeration | None:
        words = self._resolved().get("enum")
        return Enumeration(tuple(words), self.file) if words else None

    def _resolved(self) -> Any:
        schema = self.schema
        while "$ref" in schema:
            schema = self.document["schemas"][schema["$ref"]]
        return schema


class Assets:
    """The answer of `gcloud asset list`: what `resource.data` holds, the asset's type says."""

    def __init__(self, package: File) -> None:
        self._package = package

    def below(self, step: Step) -> Iterator[Node]:
        if isinstance(step, Entries):
            yield _Asset(self._package, step.value, ("resource", "data"))
        elif step == "assets":
            yield self

    def enumeration(self) -> Enumeration | None:
        return None


class _Asset(NamedTuple):
    package: File
    type: str
    left: tuple[str, ...]

    def below(self, step: Step) -> Iterator[Node]:
        if step != self.left[0]:
            return
        if len(self.left) > 1:
            yield _Asset(self.package, self.type, self.left[1:])
        else:
            yield from asset_of(self.package, self.type)

    def enumeration(self) -> Enumeration | None:
        return None


def asset_of(package: File, type_: str) -> list[Node]:
    """What the API of its service says of a thing of this type."""
    service, _, name = type_.partition("/")
    if service not in _ASSETS:
        return []
    document, file = _document(package, _ASSETS[service])
    schema = document["schemas"].get(_NAMED_OTHERWISE.get(type_, name))
    return [] if schema is None else [_Schema(document, schema, file)]


def answer_of(package: File, document: str, method: str) -> list[Node]:
    """The answer of a method: `directory.users.list` of `admin.directory_v1`."""
    described, file = _document(package, document)
    resources, *_ = [described]
    *way, last = method.split(".")
    for name in way:
        resources = resources["resources"][name]
    return [_Schema(described, resources["methods"][last]["response"], file)]


@cache
def _document(package: File, name: str) -> tuple[Any, str]:
    file = package / _DOCUMENTS / f"{name}.json"
    return json.loads(file.read_bytes()), file.relative_to(package).as_posix()
