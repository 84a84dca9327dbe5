"""What a plugin is told of a file beside its content: where the rows of a table stand, for what it says of them."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from exporting import ids, load

from soc2test import Context, Facts, Item, Resource, Source, Subject, facts, unpaged


class Entry(Resource, frozen=True, gc=False, kw_only=True):
    """A row."""

    name: str


def test_a_plugin_knows_the_rows_of_a_table_and_none_of_another_file(tmp_path: Path) -> None:
    seen: dict[str, tuple[int, ...]] = {}

    def arranged(body: Mapping[str, Any], context: Context) -> Mapping[str, Any]:
        seen[context.file] = context.rows
        return body

    desk = Source("desk", command="{operation}", paging=unpaged, nature="record")

    @desk.reads("list", kind=Entry, items="entries", lists=True, arrange=arranged, subject="of")
    def entry(item: Item, at: Subject) -> Facts:
        return facts(item["id"], name=item["name"])

    files = {
        "desk/list.a.csv": "id,name\n1,Ann\n\n2,Bob\n",
        "desk/list.b.json": {"entries": [{"id": "3", "name": "Cy"}]},
    }
    assert ids(load(tmp_path, files, desk).inventory, Entry) == ["1", "2", "3"]
    assert seen == {"desk/list.a.csv": (2, 4), "desk/list.b.json": ()}
