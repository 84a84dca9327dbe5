"""GitHub: the OpenAPI description that @octokit/openapi brings along."""

import json
from functools import cache
from pathlib import Path as File
from typing import Any

from documented_words.json_schema import Schema
from documented_words.schema_node import Node

__all__ = ["answer_of"]

_FILE = "package/generated/api.github.com.json"


def answer_of(package: File, operation: str) -> list[Node]:
    """The answer of `repos get-branch-protection`; nothing of a call that it does not describe (GraphQL)."""
    words = operation.split(" ")
    described = _operations(package).get("/".join(words[:2]))
    if described is None:
        return []
    content = described["responses"]["200"]["content"]["application/json"]["schema"]
    return [Schema(_document(package), content, _FILE)]


@cache
def _document(package: File) -> Any:
    return json.loads((package / _FILE).read_bytes())


@cache
def _operations(package: File) -> dict[str, Any]:
    paths = _document(package)["paths"].values()
    return {one["operationId"]: one for path in paths for one in path.values() if isinstance(one, dict)}
