"""Tables of types: what is read, what no control tests, what is known and not read; anything else is unknown."""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from soc2test import DataStore, Facts, Identity, Item, PluginError, Source, Subject, Types, facts, unpaged
from soc2test.evidence.read_limits import ReadLimits
from soc2test.inventory.dating import Clock
from soc2test.inventory.load import Loaded, Request, load_inventory
from soc2test.resources.kinds import EvidenceItem
from soc2test.sources.facts import Missed, Skip

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)


class Bucket(DataStore, frozen=True, gc=False, kw_only=True):
    """A bucket."""


TYPES = Types(
    read=["bucket"],
    others=lambda: {
        "label": "holds no data",
        "cache": (DataStore,),
        "user": (Identity,),
        "both": (DataStore, Identity),
    },
)


def load(tmp_path: Path, *types: str, **declared: Any) -> Loaded:
    source = Source("cloud", paging=unpaged)

    @source.reads("assets", kind=Bucket, items="", lists=True, types=TYPES, type_of=lambda item: item["type"])
    def bucket(item: Item, at: Subject) -> Facts:
        return facts(item["id"], name=item["id"])

    source.reads("users", kind=Identity, items="", lists=True)(lambda item, at: facts(item["id"]))
    (tmp_path / "cloud").mkdir()
    rows = [{"id": str(number), "type": name} for number, name in enumerate(types)]
    (tmp_path / "cloud" / "assets.json").write_text(json.dumps(rows))
    (tmp_path / "cloud" / "users.json").write_text("[]")
    return load_inventory(Request(tmp_path, {"cloud": source}, lambda _: [], {}, {}, ReadLimits(), Clock(NOW, NOW)))


def codes(loaded: Loaded, kind: Any) -> list[str]:
    return [gap.code for gap in loaded.inventory.gaps(kind)]


def test_each_word_of_a_table() -> None:
    assert TYPES.judge("bucket") is None
    assert TYPES.judge("label") == Skip("label: holds no data")
    cache, unknown = TYPES.judge("cache"), TYPES.judge("surprise")
    assert isinstance(cache, Missed)
    assert isinstance(unknown, Missed)
    assert (cache.kinds, cache.unknown_type) == ((DataStore,), None)
    assert (unknown.kinds, unknown.unknown_type) == ((), "surprise")


def test_a_name_that_is_none_is_not_shown() -> None:
    judged = TYPES.judge("<script>" * 50)
    assert isinstance(judged, Missed)
    assert judged.unknown_type == "that is no name"


@pytest.mark.parametrize(
    ("name", "stores", "users"),
    [
        ("bucket", [], []), ("label", [], []), ("cache", ["unread"], []), ("user", [], ["unread"]),
        ("both", ["unread"], ["unread"]), ("surprise", ["unknown_type"], ["unknown_type"]),
    ],
)  # fmt: skip
def test_what_becomes_of_a_thing_of_a_type(tmp_path: Path, name: str, stores: list[str], users: list[str]) -> None:
    loaded = load(tmp_path, "bucket", name)
    assert (codes(loaded, DataStore), codes(loaded, Identity)) == (stores, users)
    assert codes(loaded, Bucket) == [code for code in stores if code == "unknown_type"]  # a cache is no bucket
    item = next(each for each in loaded.inventory.members(EvidenceItem) if each.id.endswith("assets.json"))
    assert item.unknown_types == (("surprise",) if name == "surprise" else ())  # type: ignore[attr-defined]
    assert loaded.faults == ()


def test_many_of_one_type_are_one_gap(tmp_path: Path) -> None:
    (gap,) = load(tmp_path, *["surprise"] * 5).inventory.gaps(DataStore)
    assert "[0] and 4 more: type surprise is in no table" in gap.text


def test_a_type_function_needs_a_table_and_items() -> None:
    for declared in ({"items": ""}, {"items": None, "types": TYPES}):
        with pytest.raises(PluginError, match="type_of= is asked of items"):
            Source("cloud").reads("a", kind=DataStore, paging=unpaged, type_of=lambda item: "x", **declared)
