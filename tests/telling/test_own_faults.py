"""What breaks in soc2test itself ends the run: a gap that blames a plugin or an export would hide it."""

from pathlib import Path
from typing import Any

import pytest
from exporting import load

from soc2test import Facts, Item, Resource, Source, Subject, facts, unpaged
from soc2test.sources.operation import Operation


class Entry(Resource, frozen=True, gc=False, kw_only=True):
    """A line."""

    name: str


def source(*, stream: bool) -> Source:
    lines = Source("lines", command="{operation}", paging=unpaged, nature="system")

    @lines.reads("list", kind=Entry, items="", lists=True, stream=stream)
    def line(item: Item, at: Subject) -> Facts:
        return facts(item["id"], name=item["name"])

    return lines


@pytest.mark.parametrize(("method", "stream"), [("short", False), ("more", False), ("more", True)])
def test_what_breaks_in_soc2test_is_no_gap(
    method: str, stream: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def breaks(*_: Any) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(Operation, method, breaks)
    with pytest.raises(ZeroDivisionError):
        list(
            load(tmp_path, {"lines/list.json": [{"id": "a", "name": "Ann"}]}, source(stream=stream)).inventory.members(
                Entry
            )
        )
