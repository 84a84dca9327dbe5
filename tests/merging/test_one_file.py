"""A register is one file: two that say the same are one, and of two that differ neither counts."""

from pathlib import Path

import pytest
from exporting import codes, ids, load, texts

from soc2test import Facts, Item, Resource, Source, Subject, facts, unpaged


class Entry(Resource, frozen=True, gc=False, kw_only=True):
    """A line of a register."""

    name: str | None


kept = Source("kept", command="{operation}", paging=unpaged, nature="record", one_file=True)


@kept.reads("entries", kind=Entry, items="", lists=True)
def entry(item: Item, at: Subject) -> Facts:
    return facts(item["id"], name=item.or_else("name", None))


ONE = '[{"id": "a", "name": "Ann"}]'
DIFFERENT = "the files say different things"
TWO_FILES = {
    "the same bytes": (ONE, ONE, None),
    "the same facts": (ONE, '[ {"name": "Ann", "id": "a"} ]', None),
    "another fact": (ONE, '[{"id": "a", "name": "Bob"}]', DIFFERENT),
    "an unknown fact": (ONE, '[{"id": "a", "name": 7}]', DIFFERENT),
    "an entry more": (ONE, '[{"id": "a", "name": "Ann"}, {"id": "b", "name": "Bob"}]', DIFFERENT),
    "no entry": (ONE, "[]", DIFFERENT),
    "no data": (ONE, "[", "nobody knows whether they say the same, since kept/entries.yaml can't be read"),
    "twice no data": ("[", "[", "nobody knows whether they say the same, since kept/entries.json can't be read"),
}


@pytest.mark.parametrize(("first", "second", "wrong"), TWO_FILES.values(), ids=TWO_FILES)
def test_two_files_of_one_register(first: str, second: str, wrong: str | None, tmp_path: Path) -> None:
    inventory = load(tmp_path, {"kept/entries.json": first, "kept/entries.yaml": second}, kept).inventory
    if wrong is None:
        assert (ids(inventory, Entry), codes(inventory, Entry)) == (["a"], [])
        assert [each.in_force for each in inventory.exports()] == [False, True]
    else:
        assert set(codes(inventory, Entry)) == {"conflict"}
        assert wrong in texts(inventory, Entry)
