"""What is read from a stream is what is read in memory: the same resources, and a gap where there is one."""

import json
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from soc2test import DERIVE, Facts, Item, Resource, Source, Subject, UnknownFact, facts, missed, skip
from soc2test.evidence.read_limits import ReadLimits
from soc2test.inventory.dating import Clock
from soc2test.inventory.inventory import Inventory
from soc2test.inventory.load import Request, load_inventory
from soc2test.resources.resource import fact_names
from soc2test.sources.facts import Document

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)


class Thing(Resource, frozen=True, gc=False, kw_only=True):
    """A thing."""

    good: bool
    owner: str | None
    score: float


class Other(Resource, frozen=True, gc=False, kw_only=True):
    """What the operation does not tell of."""

    good: bool
    owner: str | None
    score: float


def source(stream: bool, items: str) -> Source:
    made = Source("things")

    @made.reads("list", kind=Thing, items=items, lists=True, next="next", stream=stream, total="total")
    def thing(item: Any, at: Subject) -> Any:
        if isinstance(item, Item | dict) and "odd" in item:
            other = facts("b", Other, good=True, owner=None, score=1.5)
            told = {"skip": skip("odd"), "missed": missed("can't be read"), "none": None, "text": "x", "kind": other}
            return told[item["odd"]]
        return facts(item["id"], good=item["good"], owner=item["owner"], score=item["score"])

    return made


def thing(id: Any = "a", **facts: Any) -> dict[str, Any]:
    return {"id": id, "good": True, "owner": None, "score": 1.5, **facts}


def outcome(folder: Path, name: str, data: bytes, *, stream: bool, items: str) -> tuple[Any, ...]:
    below = folder / ("stream" if stream else "memory")
    (below / "things").mkdir(parents=True)
    (below / "things" / name).write_bytes(data)
    made = source(stream, items)
    request = Request(below, {"things": made}, lambda _: [], {}, {}, ReadLimits(), Clock(NOW, NOW))
    inventory = load_inventory(request).inventory
    members = sorted(inventory.members(Thing), key=lambda each: each.id)
    told = [(each.id, {name: _fact(each, name) for name in fact_names(Thing)}) for each in members]
    (evidence,) = inventory.exports()
    gaps = {gap.code for gap in inventory.gaps(Thing)}
    return told, bool(gaps), evidence.records, evidence.skipped


def _fact(thing: Resource, name: str) -> Any:
    try:
        return getattr(thing, name)
    except UnknownFact:
        return "unknown"


def rows(*things: Any, **more: Any) -> bytes:
    return json.dumps({"rows": list(things), **more}).encode()


ODD: dict[str, tuple[str, bytes]] = {
    "plain": ("list.json", rows(thing("a"), thing("b"))),
    "empty": ("list.json", rows()),
    "null entry": ("list.json", rows(thing("a"), None)),
    "text entry": ("list.json", rows(thing("a"), "b")),
    "list entry": ("list.json", rows(thing("a"), [thing("b")])),
    "empty id": ("list.json", rows(thing("a"), thing(""))),
    "number as id": ("list.json", rows(thing("a"), thing(7))),
    "null as id": ("list.json", rows(thing("a"), thing(None))),
    "a star as id": ("list.json", rows(thing("*"))),
    "no id": ("list.json", rows(thing("a"), {"good": True, "owner": None, "score": 1})),
    "an id that is a list": ("list.json", rows(thing("a"), thing(["b"]))),
    "text for true": ("list.json", rows(thing("a", good="true"))),
    "absent fact": ("list.json", rows({"id": "a", "owner": None, "score": 1})),
    "null fact": ("list.json", rows(thing("a", good=None))),
    "huge number": ("list.json", b'{"rows": [{"id": "a", "good": true, "owner": null, "score": 1e999}]}'),
    "template": ("list.json", rows(thing("a", owner="{{ owner }}"))),
    "one twice": ("list.json", rows(thing("a"), thing("a"))),
    "skipped": ("list.json", rows(thing("a"), {"odd": "skip"})),
    "missed": ("list.json", rows(thing("a"), {"odd": "missed"})),
    "forgot its return": ("list.json", rows(thing("a"), {"odd": "none"})),
    "gave another kind": ("list.json", rows(thing("a"), {"odd": "kind"})),
    "gave a text": ("list.json", rows(thing("a"), {"odd": "text"})),
    "another page": ("list.json", rows(thing("a"), next="t")),
    "wrong total": ("list.json", rows(thing("a"), total=2)),
    "no list": ("list.json", b'{"rows": null}'),
    "another list": ("list.json", b'{"row": []}'),
    "duplicate key": ("list.json", b'{"rows": [{"id": "a", "id": "b", "good": true, "owner": null, "score": 1}]}'),
    "cut": ("list.json", rows(thing("a"), thing("b"))[:-20]),
    "nothing": ("list.json", b""),
    "an error text": ("list.json", b"An error occurred (Throttling) when calling the operation: Rate exceeded\n"),
}
LINES: dict[str, bytes] = {
    "plain": b"".join(json.dumps(thing(id)).encode() + b"\n" for id in "ab"),
    "blank lines": json.dumps(thing("a")).encode() + b"\n\n\n" + json.dumps(thing("b")).encode(),
    "a list in a line": json.dumps([thing("a")]).encode() + b"\n",
    "null in a line": json.dumps(thing("a")).encode() + b"\nnull\n",
    "a text in a line": json.dumps(thing("a")).encode() + b'\n"b"\n',
    "an empty id": json.dumps(thing("")).encode() + b"\n",
}


@pytest.mark.parametrize("name", ODD)
def test_objects(tmp_path: Path, name: str) -> None:
    file, data = ODD[name]
    stream, memory = (outcome(tmp_path, file, data, stream=each, items="rows") for each in (True, False))
    if name == "one twice":  # a stream keeps no ids: evaluation counts them, and says that they repeat
        assert [id for id, _ in stream[0]] == ["a", "a"]
        assert [id for id, _ in memory[0]] == ["a"]
    elif name == "gave another kind":  # which a stream can't hand on: it is a gap
        assert stream[0] == memory[0]
        assert stream[1]
    else:
        assert stream[:2] == memory[:2]
    if not stream[1]:
        assert stream[2:] == memory[2:]


@pytest.mark.parametrize("name", LINES)
def test_lines(tmp_path: Path, name: str) -> None:
    stream, memory = (outcome(tmp_path, "list.ndjson", LINES[name], stream=each, items="") for each in (True, False))
    assert stream[:2] == memory[:2]


def test_a_page_of_things_is_no_facts() -> None:
    assert isinstance(facts("a", good=True), Facts)


def test_a_document_that_a_stream_names_is_not_taken_unseen(tmp_path: Path) -> None:
    made = Source("things", nature="record")

    @made.reads("list", kind=Thing, items="rows", lists=True, next="next", stream=True)
    def by_document(item: Item, at: Subject) -> Facts:
        return facts("a", good=True, owner=None, score=1.5).shown_by(item.document("document"), "good")

    row = {"document": {"file": "documents/a.txt", "sha256": "0" * 64}}
    (tmp_path / "things").mkdir()
    (tmp_path / "things/list.json").write_bytes(rows(row))
    request = Request(tmp_path, {"things": made}, lambda _: [], {}, {}, ReadLimits(), Clock(NOW, NOW))
    inventory = load_inventory(request).inventory
    assert list(inventory.members(Thing)) == []
    (gap,) = inventory.gaps(Thing)
    assert "names a document, which is looked at in memory alone" in gap.text


class Anything(Resource, frozen=True, gc=False, kw_only=True):
    """A kind with a fact of any type, which takes what has no value as well."""

    owner: str | None
    extra: Any


def anything(stream: bool, extra: Any, tmp_path: Path) -> Inventory:
    """The inventory of a list of two, of which the second lacks its owner, so that a stream reads it once more."""
    made = Source("things", scope=("account",))

    @made.reads("list", kind=Anything, items="rows", lists=True, next="next", stream=stream)
    def thing(item: Any, at: Subject) -> Facts:
        return facts(item["id"], owner=item["owner"], extra=extra)

    folder = tmp_path / str(stream)
    (folder / "things/1234").mkdir(parents=True)
    (folder / "things/1234/list.json").write_bytes(rows({"id": "a", "owner": "ann"}, {"id": "b"}))
    declared = {"things": {"account": ("1234",)}}
    request = Request(folder, {"things": made}, lambda _: [], declared, {}, ReadLimits(), Clock(NOW, NOW))
    return load_inventory(request).inventory


@pytest.mark.parametrize("extra", [Decimal("1e999"), DERIVE], ids=["a number out of range", "what is to be derived"])
@pytest.mark.parametrize("stream", [True, False])
def test_a_fact_of_any_type_takes_nothing_that_is_no_value(stream: bool, extra: Any, tmp_path: Path) -> None:
    inventory = anything(stream, extra, tmp_path)
    assert inventory.streams(Anything) is stream
    assert [_fact(member, "extra") for member in inventory.members(Anything)] == ["unknown", "unknown"]


@pytest.mark.parametrize("stream", [True, False])
def test_what_is_read_once_more_is_of_the_same_tenant(stream: bool, tmp_path: Path) -> None:
    members = list(anything(stream, 1, tmp_path).members(Anything))
    assert {member.id: member.tenant for member in members} == {"a": "1234", "b": "1234"}


def test_a_document_of_a_plain_item_is_not_taken_unseen_either(tmp_path: Path) -> None:
    made = Source("things", nature="record")
    document = Document(file="documents/a.txt", sha256="0" * 64)

    @made.reads("list", kind=Thing, items="rows", lists=True, next="next", stream=True)
    def by_document(item: Any, at: Subject) -> Facts:
        return facts(item["id"], good=True, owner=None, score=1.5).shown_by(document, "good")

    (tmp_path / "things").mkdir()
    (tmp_path / "things/list.json").write_bytes(rows(thing("a")))
    request = Request(tmp_path, {"things": made}, lambda _: [], {}, {}, ReadLimits(), Clock(NOW, NOW))
    inventory = load_inventory(request).inventory
    assert list(inventory.members(Thing)) == []
    (gap,) = inventory.gaps(Thing)
    assert "names a document, which is looked at in memory alone" in gap.text
