"""CycloneDX: the JSON Schema of the format, which cyclonedx-python-lib brings along."""

import json
from functools import cache
from pathlib import Path as File
from typing import Any

from documented_words.json_schema import Schema
from documented_words.schema_node import Node

__all__ = ["answer_of"]

_FILE = "cyclonedx/schema/_res/bom-1.7.SNAPSHOT.schema.json"


def answer_of(package: File) -> list[Node]:
    """A document."""
    return [Schema(_document(package), _document(package), _FILE)]


@cache
def _document(package: File) -> Any:
    return json.loads((package / _FILE).read_bytes())
