"""What is wrong with a body, as people read it: each fault once with its place, and what is left without it."""

from typing import Any

import pytest
from exporting import NOW

from soc2test import Facts, Item, Resource, Source, Subject, facts, unpaged
from soc2test.evidence.schema_violations import Violation, violations
from soc2test.sources.context import Context
from soc2test.telling.pages import NOTHING
from soc2test.telling.violations import id_of, told, without


class Entry(Resource, frozen=True, gc=False, kw_only=True):
    """A line of a register."""

    name: str


kept = Source("kept", command="{operation}", paging=unpaged, nature="record")


@kept.reads("entries", kind=Entry, items="entries", lists=True)
def entry(item: Item, at: Subject) -> Facts:
    return facts(item["id"], name=item["name"])


LIST = kept.operations["entries"]
RAW = {"entries": [{"id": "a"}, {"email": "ann@acme.example"}, {"id": "no id!"}, {}]}
CSV = {"entries": [{"id": "a"}, {"id": "b"}], "columns": ["id"], "rows": [2, 5]}
NOT_TEXT = "must be string"


def at(*path: str | int, text: str = NOT_TEXT) -> Violation:
    return path, text


@pytest.mark.parametrize(
    ("raw", "wrong", "said"),
    [
        (RAW, [at("entries", 0, "name")], ["entries[0] (id a).name: must be string"]),
        (RAW, [at("entries", 1, "name", "first")], ["entries[1] (ann@acme.example).name.first: must be string"]),
        (RAW, [at("entries", 2, 0)], ["entries[2][0]: must be string"]),  # what looks like no id is not quoted
        (RAW, [at("entries", 9)], ["entries[9]: must be string"]),
        (RAW, [at("entries", n, "name") for n in (0, 1, 3)], ["entries[0] (id a).name (and in 2 more entries): must be string"]),
        (RAW, [at("entries", 0, "a"), at("entries", 1, "b")], ["entries[0] (id a).a: must be string", "entries[1] (ann@acme.example).b: must be string"]),
        (RAW, [at("entries", 0), at("entries", 1, text="must be object")], ["entries[0] (id a): must be string", "entries[1] (ann@acme.example): must be object"]),
        (RAW, [at("owner"), at("as_of")], ["owner: must be string", "as_of: must be string"]),
        (RAW, [at("owner", "name"), at("approver", "name")], ["owner.name: must be string", "approver.name: must be string"]),
        (RAW, [at()], ["top: must be string"]),
        (RAW, [at("entries")], ["entries: must be string"]),
        (CSV, [at("entries", 0, "id")], ["row 2, column A (id): must be string"]),
        (CSV, [at("entries", 1)], ["row 5: must be string"]),
        (CSV, [at("entries", 0, "id"), at("entries", 1, "id")], ["row 2, column A (id) (and in row 5): must be string"]),
        (
            {**CSV, "rows": [*range(2, 32)]}, [at("entries", n, "id") for n in range(3)],
            ["row 2, column A (id) (and in rows 3, 4): must be string"],
        ),
        (
            {**CSV, "rows": [*range(2, 32)]}, [at("entries", n, "id") for n in range(30)],
            ["row 2, column A (id) (and in all other rows): must be string"],
        ),
        (
            {**CSV, "rows": [*range(2, 32)]}, [at("entries", n, "id") for n in range(29)],
            [f"row 2, column A (id) (and in rows {', '.join(map(str, range(3, 23)))} and 8 more): must be string"],
        ),
        (
            {**CSV, "columns": ["id", "at", "by"]}, [at("entries", 1), at("entries", 1, "at"), at("entries", 0, "at", text="a"), at("entries", 0, "by", text="b"), at("entries", 0, "id")],
            ["row 2, column A (id): must be string", "row 2, column B (at): a", "row 2, column C (by): b", "row 5: must be string", "row 5, column B (at): must be string"],
        ),
        (CSV, [at("entries", 2)], ["entries[2]: must be string"]),
    ],
)  # fmt: skip
def test_each_fault_is_told_once_with_its_place(raw: Any, wrong: list[Violation], said: list[str]) -> None:
    assert told(LIST, raw, wrong) == said


def test_twenty_faults_are_told_and_the_others_counted() -> None:
    wrong = [at("entries", 0, f"key{number}") for number in range(22)]
    assert len(told(LIST, RAW, wrong[:20])) == 20
    assert told(LIST, RAW, wrong)[19:] == ["entries[0] (id a).key19: must be string", "and 2 more"]


@pytest.mark.parametrize(
    ("entry", "id"),
    [
        ({"id": "V-5"}, " (id V-5)"),
        ({"serial": "C02"}, " (serial C02)"),
        ({"person_email": "ann@acme.example", "serial": "C02"}, " (ann@acme.example)"),
        ({"id": "two words", "serial": "C02"}, ""),
        ({"id": "x" * 41}, ""),
        ({"id": 5}, ""),
        ({}, ""),
        ("V-5", ""),
    ],
)
def test_an_entry_is_named_by_what_looks_like_an_id(entry: Any, id: str) -> None:
    assert id_of(entry) == id


CONTEXT = Context(as_of=NOW, rows=(2, 5))


def test_the_entries_that_are_right_are_left_with_their_rows() -> None:
    body, left = without(
        LIST, {"owner": "ann", "entries": [{"id": "a"}, {"id": "b"}]}, [at("entries", 0, "name")], CONTEXT
    )
    assert body == {"owner": "ann", "entries": [{"id": "b"}]}
    assert (left.rows, left.numbers) == ((5,), (1,))


@pytest.mark.parametrize(
    ("body", "wrong"),
    [
        ({"entries": [1]}, at("owner")),
        ({"entries": [1]}, at("owner", 0)),
        ({"entries": [1]}, at("entries")),
        ({"entries": [1]}, at()),
        ({"entries": {}}, at("entries", 0)),
        ([1], at("entries", 0)),
    ],
)
def test_nothing_is_left_where_the_fault_is_in_no_entry(body: Any, wrong: Violation) -> None:
    assert without(LIST, body, [wrong], CONTEXT) == (NOTHING, CONTEXT)


def test_an_unknown_key_is_told_with_those_that_are_allowed() -> None:
    schema = {"type": "object", "properties": {"owner": {}, "name": {}}, "additionalProperties": False}
    assert list(violations(schema, {"ownr": 1})) == [
        (("ownr",), "an unknown key; allowed are name, owner; did you mean 'owner'?")
    ]
