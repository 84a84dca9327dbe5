"""What items of a stream told before is what they tell now: a stream that knows it reads the same as one that does not."""

import json
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from examples import examples
from exporting import NOW
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from soc2test import Item, Resource, Source, facts, skip, unpaged
from soc2test.code_reading.repeatable import Repeatable
from soc2test.evidence.read_limits import ReadLimits
from soc2test.inventory.dating import Clock
from soc2test.inventory.items_read import ItemsRead
from soc2test.inventory.load import Request, load_inventory

CALLS: list[str] = []


class Event(Resource, frozen=True, gc=False, kw_only=True):
    """Something that happened."""

    good: bool
    note: str | None
    at: datetime


def source(*, repeatable: bool = True) -> Source:
    log = Source("log", scope=("org",), error=lambda body: None, paging=unpaged)

    @log.reads("events", kind=Event, items="", lists=True, stream=True)
    def event(item: Mapping[str, Any], at: Any) -> Any:
        return _told(item)

    @log.reads("counted", kind=Event, items="", lists=True, stream=True)
    def counted(item: Mapping[str, Any], at: Any) -> Any:
        CALLS.append(item["id"])
        return _told(item)

    log.operations = {name: each for name, each in log.operations.items() if (name == "events") is repeatable}
    return log


def _told(item: Mapping[str, Any] | Item) -> Any:
    if item["id"] == "skipped":
        return skip("it says so")
    return facts(item["id"], good=item["good"], note=item["note"], at="2026-01-01T00:00:00Z")


def read(folder: Path, name: str, data: bytes, before: ItemsRead | None, made: Source) -> tuple[list[Resource], Any]:
    place = folder / "log" / "one" / name
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_bytes(data)
    request = Request(folder, {"log": made}, lambda _: [], {}, {}, ReadLimits(), Clock(NOW, NOW), items_read=before)
    if before is not None:
        before.begin()
    inventory = load_inventory(request).inventory
    members = list(inventory.members(Event))
    told = [repr(resource.__reduce__()[1]) for resource in members]
    place.unlink()
    return members, (told, inventory.gaps(Event), inventory.exports())


def known() -> ItemsRead:
    return ItemsRead(Repeatable((facts, skip)))


items = st.fixed_dictionaries({
    "id": st.sampled_from(["a", "b", "c", "d", 'e}, {"id": "f', "skipped", "ü", ""]),
    "good": st.sampled_from([True, False, None, "x"]),
    "note": st.sampled_from([None, "plain", '}, {"id": ', "{{ template }}", "\n", "\\"]),
}, optional={"more": st.just([{"id": 1}, {"id": 2}])})  # fmt: skip
lists = st.lists(items, max_size=6)
styles = st.sampled_from([
    (lambda rows: json.dumps(rows), "events.json"),
    (lambda rows: json.dumps(rows, indent=1), "events.json"),
    (lambda rows: json.dumps(rows, separators=(",", ":"), ensure_ascii=False) + "\n", "events.json"),
    (lambda rows: json.dumps(rows)[:-1], "events.json"),
    (lambda rows: json.dumps(rows)[:-1] + "}", "events.json"),
    (lambda rows: json.dumps(rows)[:-1] + "x", "events.json"),
    (lambda rows: json.dumps(rows)[:-2] + "]", "events.json"),
    (lambda rows: json.dumps(rows)[:-2] + "}}", "events.json"),
    (lambda rows: "\n [ " + json.dumps(rows)[1:-1] + " ] \n", "events.json"),
    (lambda rows: json.dumps(rows) + "]", "events.json"),
    (lambda rows: json.dumps(rows) + " {}", "events.json"),
    (lambda rows: json.dumps(rows).replace("}, {", "},, {", 1), "events.json"),
    (lambda rows: json.dumps(rows).replace('"a"', '"a", "id": "a"'), "events.json"),
    (lambda rows: "".join(json.dumps(row) + "\n" for row in rows), "events.ndjson"),
    (lambda rows: "\n".join(json.dumps(row) + "\n" for row in rows), "events.ndjson"),
])  # fmt: skip


@settings(max_examples=examples(100), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(days=st.lists(st.tuples(lists, styles, st.integers(1, 60)), min_size=2, max_size=5))
def test_each_export_is_read_as_by_one_who_never_saw_the_ones_before(tmp_path: Path, days: Any) -> None:
    before, made = known(), source()
    for rows, (style, name), times in days:
        data = style(rows * times).encode()
        _, with_memory = read(tmp_path, name, data, before, made)
        _, afresh = read(tmp_path, name, data, None, made)
        assert with_memory == afresh


def rows(count: int, **more: Any) -> list[dict[str, Any]]:
    return [{"id": f"e{number}", "good": True, "note": None, **more} for number in range(count)]


@pytest.mark.parametrize("name", ["events.json", "events.ndjson"])
def test_what_did_not_change_is_one_object_and_what_did_is_another(tmp_path: Path, name: str) -> None:
    def written(rows: list[dict[str, Any]]) -> bytes:
        return (json.dumps(rows) if name == "events.json" else "".join(json.dumps(row) + "\n" for row in rows)).encode()

    before, made = known(), source()
    first, _ = read(tmp_path, name, written(rows(1000)), before, made)
    changed = rows(1000)
    changed[500]["note"] = "another"
    second, _ = read(tmp_path, name, written([*changed[300:], *changed[:300]]), before, made)
    again = [*first[300:], *first[:300]]
    assert [place for place, (old, new) in enumerate(zip(again, second, strict=True)) if old is not new] == [200]


def test_a_function_that_is_not_seen_to_be_repeatable_reads_each_item_each_time(tmp_path: Path) -> None:
    before, made = known(), source(repeatable=False)
    CALLS.clear()
    for _ in range(2):
        read(tmp_path, "counted.json", json.dumps(rows(3)).encode(), before, made)
    assert CALLS == ["e0", "e1", "e2"] * 2


def test_an_export_of_another_place_tells_of_its_own_place(tmp_path: Path) -> None:
    before, made = known(), source()
    data = json.dumps(rows(3)).encode()
    first, _ = read(tmp_path, "events.json", data, before, made)
    second, _ = read(tmp_path / "other", "events.2026-01-02.json", data, before, made)
    assert {resource.origin.evidence for resource in first} != {resource.origin.evidence for resource in second}
