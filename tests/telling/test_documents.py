"""`documents=True`: the reading function gets the list of a file's documents."""

from pathlib import Path
from typing import Any

import pytest
from exporting import codes, ids, load

from soc2test import Facts, Source, facts, unpaged
from soc2test.resources.kinds import Identity


def source(documents: bool) -> Source:
    sheet = Source("sheet", paging=unpaged)

    @sheet.reads("people", kind=Identity, items="", lists=True, documents=documents)
    def person(item: Any, at: Any) -> Facts:
        return facts(item["id"], name=item["id"])

    return sheet


@pytest.mark.parametrize(
    ("name", "text", "with_", "without"),
    [
        ("people.yaml", "id: a\n---\nid: b\n---\n", ["a", "b"], []),
        ("people.json", '{"id": "a"}\n{"id": "b"}', ["a", "b"], []),
        ("people.yaml", "id: a\n", ["a"], []),
        ("people.ndjson", '{"id": "a"}\n{"id": "b"}', ["a", "b"], ["a", "b"]),
        ("people.yaml", "- id: a\n---\n- id: b\n", [], []),
    ],
)
def test_documents_are_items_where_the_operation_says_so(
    name: str, text: str, with_: list[str], without: list[str], tmp_path: Path
) -> None:
    for documents, expected in ((True, with_), (False, without)):
        inventory = load(tmp_path, {f"sheet/{name}": text}, source(documents)).inventory
        assert ids(inventory, Identity) == expected
        assert bool(codes(inventory, Identity)) is not bool(expected)  # what is not read is a gap
