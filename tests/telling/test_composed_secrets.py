"""A text that a plugin's function puts together with a secret says nothing, as a fact and as an id."""

import json
from pathlib import Path
from typing import Any

import pytest
from exporting import codes, load

from soc2test import Facts, Resource, Source, UnknownFact, facts, unpaged
from soc2test.evidence.redacted import REDACTED, is_composed

CANARY = "canary-of-a-secret-9f3"
ROWS = [{"id": name, "user": {"password": CANARY, "name": name}} for name in ("a", "b")]
WAYS: dict[str, Any] = {
    "f-string": lambda item: f"of {item['user']['password']}",
    "percent": lambda item: "of %s" % item["user"]["password"],  # noqa: UP031  # a way that plugins go
    "plus": lambda item: "of " + item["user"]["password"],
    "join": lambda item: "/".join(["of", item["user"]["password"]]),
    "JSON": lambda item: json.dumps({"of": item["user"]["password"]}),
    "repr": lambda item: repr(item["user"]["password"]),
}


class Note(Resource, frozen=True, gc=False, kw_only=True):
    """What is said of a thing."""

    text: str
    texts: tuple[str, ...]


@pytest.mark.parametrize("stream", [False, True])
@pytest.mark.parametrize("way", WAYS)
def test_a_fact_with_a_hole_in_it_is_unknown(way: str, stream: bool, tmp_path: Path) -> None:
    notes = Source("notes", paging=unpaged)

    @notes.reads("rows", kind=Note, items="", lists=True, stream=stream)
    def row(item: Any, at: Any) -> Facts:
        return facts(item["id"], text=WAYS[way](item), texts=(item["id"],))

    members = load(tmp_path, {"notes/rows.json": json.dumps(ROWS)}, notes).inventory.members(Note)
    assert [member.id for member in members] == ["a", "b"]
    assert CANARY not in repr(members)
    for member in members:
        with pytest.raises(UnknownFact, match="holds a secret"):
            assert "TOKEN" not in member.text  # type: ignore[attr-defined]  # over the text it would pass


@pytest.mark.parametrize("stream", [False, True])
@pytest.mark.parametrize("way", WAYS)
def test_two_ids_with_holes_in_them_are_no_one_resource(way: str, stream: bool, tmp_path: Path) -> None:
    notes = Source("notes", paging=unpaged)

    @notes.reads("rows", kind=Note, items="", lists=True, stream=stream)
    def row(item: Any, at: Any) -> Facts:
        return facts(WAYS[way](item), text="x", texts=())

    inventory = load(tmp_path, {"notes/rows.json": json.dumps(ROWS)}, notes).inventory
    assert [*inventory.members(Note)] == []
    assert codes(inventory, Note) == ["unreadable"]


def test_a_list_with_such_a_text_is_unknown(tmp_path: Path) -> None:
    notes = Source("notes", paging=unpaged)

    @notes.reads("rows", kind=Note, items="", lists=True)
    def row(item: Any, at: Any) -> Facts:
        return facts(item["id"], text="x", texts=[f"PASSWORD={item['user']['password']}"])

    member, *_ = load(tmp_path, {"notes/rows.json": json.dumps(ROWS)}, notes).inventory.members(Note)
    with pytest.raises(UnknownFact):
        assert member.texts  # type: ignore[attr-defined]


def test_a_text_is_composed_where_it_holds_the_place_of_a_secret() -> None:
    assert is_composed(f"a {REDACTED}")
    assert not is_composed(REDACTED)  # it refuses by itself
    assert not is_composed("a redacted report")
