"""A plugin's table of the words that its vendor documents, `documented_words.json`."""

import json
from collections.abc import Iterator
from pathlib import Path as File
from typing import NamedTuple

from soc2test.proving.words.paths import Path, path_of

__all__ = ["Documented", "documented_in"]


class Documented(NamedTuple):
    """The words of one leaf of one call's answers."""

    source: str
    operation: str
    leaf: Path
    words: tuple[str, ...]


def documented_in(table: File) -> Iterator[Documented]:
    """What a table holds. Raises `OSError`, `KeyError` or `ValueError` where it is no such table."""
    for source, operations in json.loads(table.read_text("utf-8"))["sources"].items():
        for operation, described in operations.items():
            for leaf, said in described["leaves"].items():
                yield Documented(source, operation, path_of(leaf), tuple(said["words"]))
