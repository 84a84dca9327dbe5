"""Counts that bodies state, pages that are one list, and items of another type than declared."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from soc2test import (
    Counted,
    DataStore,
    Facts,
    Identity,
    Item,
    PluginError,
    Source,
    Subject,
    Tenant,
    UnknownFact,
    counted,
    facts,
    number,
    or_skip,
    skip,
    unpaged,
)
from soc2test.evidence.read_limits import ReadLimits
from soc2test.inventory.dating import Clock
from soc2test.inventory.load import Loaded, Request, load_inventory
from soc2test.sources.facts import EVERY

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)


def load(tmp_path: Path, source: Source, **files: Any) -> Loaded:
    folder = tmp_path / source.name
    folder.mkdir(parents=True, exist_ok=True)
    for name, body in files.items():
        (folder / f"{name.replace('_', '.')}.json").write_text(json.dumps(body))
    return load_inventory(Request(tmp_path, {source.name: source}, lambda _: [], {}, {}, ReadLimits(), Clock(NOW, NOW)))


def gaps(loaded: Loaded, kind: Any = DataStore) -> list[tuple[str, str]]:
    return [(gap.code, gap.text) for gap in loaded.inventory.gaps(kind)]


def bucket(item: Item, at: Subject) -> Facts:
    return facts(item["id"], name=item["id"])


def counting(**declared: Any) -> Source:
    source = Source("cloud", paging=unpaged)
    source.reads("list", kind=DataStore, items="rows", lists=True, **declared)(bucket)
    return source


def rows(*ids: str, **more: Any) -> dict[str, Any]:
    return {"rows": [{"id": id} for id in ids], **more}


@pytest.mark.parametrize("total", [2, "2", None])
def test_a_count_that_ties_out(tmp_path: Path, total: Any) -> None:
    body = rows("a", "b") if total is None else rows("a", "b", meta={"total": total})
    assert gaps(load(tmp_path, counting(total="meta.total"), list=body)) == []


@pytest.mark.parametrize("total", [3, 1, "3", "many", True, 2.5, [2]])
def test_a_count_that_does_not(tmp_path: Path, total: Any) -> None:
    ((code, text),) = gaps(load(tmp_path, counting(total="total"), list=rows("a", "b", total=total)))
    assert code == "partial"
    assert "total" in text


@pytest.mark.parametrize("count", [{"total": "connection_string"}, {"count": "connection_string"}])
def test_a_count_that_was_replaced_as_a_secret_is_unknown(tmp_path: Path, count: dict[str, str]) -> None:
    ((code, text),) = gaps(load(tmp_path, counting(**count), list=rows("a", "b", connection_string="2")))
    assert code == "partial"
    assert "connection_string is no number of items" in text


def test_the_total_is_of_all_pages_and_the_count_of_each(tmp_path: Path) -> None:
    source = counting(total="total", count="size")
    pages = {"list_page1": rows("a", "b", total=3, size=2), "list_page2": rows("c", total=3, size=1)}
    assert gaps(load(tmp_path, source, **pages)) == []
    pages["list_page2"]["size"] = 2
    ((_, text),) = gaps(load(tmp_path, source, **pages))
    assert "size says 2 items, and 1 are there" in text
    cut = load(tmp_path / "cut", source, list_page1=pages["list_page1"])
    assert "total says 3 items, and 2 are there" in gaps(cut)[0][1]


def test_a_rule_of_the_plugins_own_sees_all_pages(tmp_path: Path) -> None:
    def all_of_them(body: Any) -> str | None:
        return None if len(body["rows"]) == body["total"] else "not all"

    source = Source("cloud")
    source.reads("list", kind=DataStore, items="rows", lists=True, paging=all_of_them)(bucket)
    assert gaps(load(tmp_path, source, list_page1=rows("a", total=2), list_page2=rows("b", total=2))) == []
    short = load(tmp_path / "short", source, list_page1=rows("a", total=3), list_page2=rows("b", total=3))
    assert [code for code, _ in gaps(short)] == ["partial"]


def test_a_whole_body_is_read_over_all_its_pages(tmp_path: Path) -> None:
    source = Source("cloud", paging=unpaged)
    source.reads("list", kind=DataStore, items="rows", lists=True)(bucket)
    source.reads("tags", kind=DataStore, subject="bucket", tells=["owner"])(
        lambda body, at: facts(at["bucket"], owner=",".join(tag["owner"] for tag in body["tags"]))
    )
    pages = {
        "tags_a_page1": {"tags": [{"owner": "ann"}], "kind": "t"},
        "tags_a_page2": {"tags": [{"owner": "bob"}], "kind": "t"},
    }
    (store,) = load(tmp_path, source, list=rows("a"), **pages).inventory.members(DataStore)
    assert store.owner == "ann,bob"  # type: ignore[attr-defined]


def test_a_whole_body_that_is_a_list_is_read_over_all_its_pages(tmp_path: Path) -> None:
    source = Source("cloud", paging=unpaged)
    source.reads("list", kind=DataStore, items="rows", lists=True)(bucket)
    source.reads("tags", kind=DataStore, subject="bucket", tells=["owner"])(
        lambda body, at: facts(at["bucket"], owner=",".join(tag["owner"] for tag in body))
    )
    pages = {"tags_a_page1": [{"owner": "ann"}], "tags_a_page2": [{"owner": "bob"}]}
    (store,) = load(tmp_path, source, list=rows("a"), **pages).inventory.members(DataStore)
    assert store.owner == "ann,bob"  # type: ignore[attr-defined]


def test_the_rule_of_a_source_is_for_its_lists(tmp_path: Path) -> None:
    def counted(body: Any) -> str | None:
        return None if body["total"] == len(body["rows"]) else "not all"

    source = Source("cloud", paging=counted)
    source.reads("list", kind=DataStore, items="rows", lists=True)(bucket)
    source.reads("get", kind=DataStore, subject="bucket")(lambda body, at: facts(at["bucket"], owner=body["owner"]))
    loaded = load(tmp_path, source, list=rows("a", total=1), get_a={"owner": "ann"})
    (store,) = loaded.inventory.members(DataStore)
    assert (gaps(loaded), loaded.faults, store.owner) == ([], (), "ann")  # type: ignore[attr-defined]


@pytest.mark.parametrize(("entry", "items", "bad"), [
    ("object", [{"id": "a"}], "a name"), ("object", [{"id": "a"}], None), ("object", [{"id": "a"}], [{"id": "b"}]),
    ("text", ["a"], {"id": "b"}), ("text", ["a"], None), ("text", ["a"], 3),
])  # fmt: skip
def test_an_entry_of_another_type_is_refused_before_the_plugin_sees_it(
    tmp_path: Path, entry: Any, items: list[Any], bad: Any
) -> None:
    seen: list[Any] = []

    def read(item: Any, at: Subject) -> Facts:
        seen.append(item)
        return facts(item if entry == "text" else item["id"])

    source = Source("cloud", paging=unpaged)
    source.reads("list", kind=DataStore, items="rows", lists=True, entry=entry)(read)
    loaded = load(tmp_path, source, list={"rows": [*items, bad]})
    ((code, text),) = gaps(loaded)
    assert (code, loaded.faults, len(seen)) == ("unreadable", (), 1)
    assert "rows[1]: " in text
    assert "stands where" in text


def test_a_word_of_the_data_is_no_word_of_the_framework(tmp_path: Path) -> None:
    source = Source("cloud", paging=unpaged)
    source.reads("list", kind=DataStore, items="rows", lists=True)(bucket)
    source.reads("more", kind=DataStore, items="rows", lists=False)(
        lambda item, at: facts(item["id"], encrypted=item["encrypted"])
    )
    source.reads("default", kind=DataStore)(lambda body, at: facts(EVERY, tls_only=body["tls"]))
    star = {"rows": [{"id": "*", "encrypted": True}]}
    loaded = load(tmp_path, source, list=rows("a", "*"), more=star, default={"tls": True})
    stores = {store.id: store for store in loaded.inventory.members(DataStore)}
    assert stores["*"].encrypted is True  # type: ignore[attr-defined]
    with pytest.raises(BaseException, match="is unknown"):
        _ = stores["a"].encrypted  # type: ignore[attr-defined]
    assert [store.tls_only for store in stores.values()] == [True, True]  # type: ignore[attr-defined]


def test_what_says_nothing_of_an_item_is_an_error_and_or_skip_says_why(tmp_path: Path) -> None:
    source = Source("cloud", paging=unpaged)
    source.reads("list", kind=DataStore, items="rows", lists=True)(lambda item, at: [])
    source.reads("users", kind=Identity, items="rows", lists=True)(lambda item, at: or_skip([], "nobody"))
    loaded = load(tmp_path, source, list=rows("a"), users=rows("a", "b"))
    ((code, text),) = gaps(loaded)
    assert (code, len(loaded.faults)) == ("plugin", 1)
    assert "returned nothing" in text
    assert gaps(loaded, Identity) == []
    assert [each.skipped for each in loaded.inventory.exports()] == [{}, {"nobody": 2}]


def test_skips_are_counted_by_their_reason(tmp_path: Path) -> None:
    source = Source("cloud", paging=unpaged)
    source.reads("list", kind=DataStore, items="rows", lists=True)(
        lambda item, at: skip("deleted") if "gone" in item else bucket(item, at)
    )
    loaded = load(tmp_path, source, list={"rows": [{"id": "a"}, {"id": "b", "gone": 1}, {"id": "c", "gone": 1}]})
    (evidence,) = loaded.inventory.exports()
    assert (evidence.records, evidence.skipped, gaps(loaded)) == (3, {"deleted": 2}, [])


def test_counts_are_of_items() -> None:
    with pytest.raises(PluginError, match="say items="):
        Source("cloud").reads("get", kind=DataStore, total="total")(bucket)


@pytest.mark.parametrize(("said", "gap"), [(0, False), (1, False), (2, True)])
def test_what_another_export_counts_is_held_against_the_lists(tmp_path: Path, said: int, gap: bool) -> None:
    made = Source("stores", scope=("account",))

    @made.reads("list", kind=DataStore, items="rows", lists=True, next="next")
    def store(item: Item, at: Subject) -> Facts:
        return facts(item["id"])

    @made.reads("summary", kind=Tenant, lists=True, paging=unpaged)
    def summary(body: Item, at: Subject) -> Iterator[Facts | Counted]:
        yield facts(at["account"])
        yield counted(number(body["stores"]), DataStore)

    for account, rows in (("one", ["a"]), ("two", ["b", "c"])):
        (tmp_path / "stores" / account).mkdir(parents=True)
        (tmp_path / "stores" / account / "list.json").write_text(json.dumps({"rows": [{"id": row} for row in rows]}))
        counts = {"stores": said if account == "one" else 2}
        (tmp_path / "stores" / account / "summary.json").write_text(json.dumps(counts))
    request = Request(tmp_path, {"stores": made}, lambda _: [], {}, {}, ReadLimits(), Clock(NOW, NOW))
    inventory = load_inventory(request).inventory
    gaps = inventory.gaps(DataStore)
    assert bool(gaps) is gap, gaps
    assert not inventory.gaps(Tenant)  # a list is whole, whatever is counted of another
    assert all("stores/one/summary.json counts 2 DataStore, and 1 are listed" in each.text for each in gaps), gaps


def test_what_is_computed_over_part_of_a_list_is_unknown_as_that(tmp_path: Path) -> None:
    source = Source("cloud")

    @source.reads("list", kind=DataStore, lists=True, next="next")
    def whole(body: Item, at: Subject) -> Facts:
        return facts("one", name="one", public=len(body["rows"]) > 0)

    def told(**body: Any) -> Any:
        (store,) = load(tmp_path, source, list={"rows": [], **body}).inventory.members(DataStore)
        return store.public  # type: ignore[attr-defined]

    assert told() is False
    with pytest.raises(UnknownFact) as caught:
        told(next="more")
    assert caught.value.code == "partial"
