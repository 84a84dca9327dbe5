"""GitHub: the OpenAPI description that @octokit/openapi brings along."""

import json
from collections.abc import Iterator
from functools import cache
from pathlib import Path as File
from typing import Any, NamedTuple

from documented_words.schema_node import Enumeration, Node

from soc2test.proving.words_paths import Entries, Step

__all__ = ["answer_of"]

_FILE = "package/generated/api.github.com.json"


class _Schema(NamedTuple):
    document: Any
    schema: Any

    def below(self, step: Step) -> Iterator[Node]:
        for schema in self._alternatives(self.schema):
            inner = schema.get("items") if isinstance(step, Entries) else schema.get("properties", {}).get(step)
            if isinstance(inner, dict):
                yield _Schema(self.document, inner)

    def enumeration(self) -> Enumeration | None:
        found = [schema for schema in self._alternatives(self.schema) if schema.get("type") != "null"]
        texts = [schema for schema in found if schema.get("type") in ("string", None, ["string", "null"])]
        if not texts or not all("enum" in schema for schema in texts):
            return None
        words = dict.fromkeys(word for schema in texts for word in schema["enum"] if isinstance(word, str))
        return Enumeration(tuple(words), _FILE) if words else None

    def _alternatives(self, schema: Any) -> Iterator[Any]:
        if "$ref" in schema:
            yield from self._alternatives(_at(self.document, schema["$ref"]))
            return
        inner = [each for key in ("allOf", "anyOf", "oneOf") for each in schema.get(key, ())]
        if not inner or "properties" in schema or "enum" in schema:
            yield schema
        for each in inner:
            yield from self._alternatives(each)


def answer_of(package: File, operation: str) -> list[Node]:
    """The answer of `repos get-branch-protection`; nothing of a call that it does not describe (GraphQL)."""
    words = operation.split(" ")
    described = _operations(package).get("/".join(words[:2]))
    if described is None:
        return []
    content = described["responses"]["200"]["content"]["application/json"]["schema"]
    return [_Schema(_document(package), content)]


@cache
def _document(package: File) -> Any:
    return json.loads((package / _FILE).read_bytes())


@cache
def _operations(package: File) -> dict[str, Any]:
    paths = _document(package)["paths"].values()
    return {one["operationId"]: one for path in paths for one in path.values() if isinstance(one, dict)}


def _at(document: Any, reference: str) -> Any:
    found = document
    for step in reference.removeprefix("#/").split("/"):
        found = found[step]
    return found
