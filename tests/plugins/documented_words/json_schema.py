"""What a JSON Schema says of one place of a document; OpenAPI descriptions are made of such."""

from collections.abc import Iterator
from typing import Any, NamedTuple

from documented_words.schema_node import Enumeration, Node

from soc2test.proving.words.paths import Entries, Step

__all__ = ["Schema"]


class Schema(NamedTuple):
    """A place of a document that is described by `schema`, which stands in `document`."""

    document: Any
    schema: Any
    file: str

    def below(self, step: Step) -> Iterator[Node]:
        for schema in self._alternatives(self.schema):
            inner = schema.get("items") if isinstance(step, Entries) else schema.get("properties", {}).get(step)
            if isinstance(inner, dict):
                yield Schema(self.document, inner, self.file)

    def enumeration(self) -> Enumeration | None:
        found = [schema for schema in self._alternatives(self.schema) if schema.get("type") != "null"]
        texts = [schema for schema in found if schema.get("type") in ("string", None, ["string", "null"])]
        if not texts or not all("enum" in schema for schema in texts):
            return None
        words = dict.fromkeys(word for schema in texts for word in schema["enum"] if isinstance(word, str))
        return Enumeration(tuple(words), self.file) if words else None

    def _alternatives(self, schema: Any) -> Iterator[Any]:
        if "$ref" in schema:
            yield from self._alternatives(_at(self.document, schema["$ref"]))
            return
        inner = [each for key in ("allOf", "anyOf", "oneOf") for each in schema.get(key, ())]
        if not inner or "properties" in schema or "enum" in schema:
            yield schema
        for each in inner:
            yield from self._alternatives(each)


def _at(document: Any, reference: str) -> Any:
    found = document
    for step in reference.removeprefix("#/").split("/"):
        found = found[step]
    return found
