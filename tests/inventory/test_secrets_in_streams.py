"""A secret in a streamed item never becomes a fact, whatever the reading function does with the item."""

import json
from pathlib import Path
from typing import Any

import pytest
from exporting import load

from soc2test import Facts, Resource, Source, UnknownFact, facts, unpaged

CANARY = "canary-of-a-secret-9f3"


class Dumped(Resource, frozen=True, gc=False, kw_only=True):
    """All of an item as text."""

    body: str


class Listed(Resource, frozen=True, gc=False, kw_only=True):
    """Texts that were made of an item."""

    texts: tuple[str, ...]


@pytest.mark.parametrize("suffix", ["ndjson", "json"])
def test_a_secret_of_a_streamed_item_is_no_part_of_a_fact(suffix: str, tmp_path: Path) -> None:
    dump = Source("dump", paging=unpaged)

    @dump.reads("rows", kind=Dumped, items="", lists=True, stream=True)
    def row(item: Any, at: Any) -> Facts:
        return facts(item["id"], body=json.dumps(item))

    rows = [{"id": "a", "user": {"password": CANARY, "name": "ann"}}]
    text = "\n".join(map(json.dumps, rows)) if suffix == "ndjson" else json.dumps(rows)
    (only,) = load(tmp_path, {f"dump/rows.{suffix}": text}, dump).inventory.members(Dumped)
    assert CANARY not in repr(only)
    with pytest.raises(UnknownFact):  # `"x" not in body` would pass over a text with a hole in it
        assert only.body  # type: ignore[attr-defined]


@pytest.mark.parametrize("stream", [True, False])
def test_a_list_of_texts_made_of_a_secret_is_no_known_fact(stream: bool, tmp_path: Path) -> None:
    log = Source("log", paging=unpaged)

    @log.reads("rows", kind=Listed, items="", lists=True, stream=stream)
    def row(item: Any, at: Any) -> Facts:
        return facts(item["id"], texts=[f"{item['user']['password']}!"])

    text = json.dumps([{"id": "a", "user": {"password": CANARY}}])
    inventory = load(tmp_path, {"log/rows.json": text}, log).inventory
    assert inventory.streams(Listed) is stream
    (only,) = inventory.members(Listed)
    with pytest.raises(UnknownFact):
        assert only.texts  # type: ignore[attr-defined]
