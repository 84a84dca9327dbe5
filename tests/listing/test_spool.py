"""Rows until it is known what was found."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from soc2test import Resource, control
from soc2test.controls.control import Control, control_of
from soc2test.errors import Soc2Error
from soc2test.listing.blocks import Block, block_of
from soc2test.listing.columns import facts_listed, head
from soc2test.listing.rows import Rows
from soc2test.listing.spool import Spool
from soc2test.resources.resource import MEMBER, Origin, build


class Door(Resource, frozen=True, gc=False, kw_only=True):
    locked: bool
    height: int
    opened_at: datetime


class Gate(Door, frozen=True, gc=False, kw_only=True):
    bars: int


@control(
    id="DOOR-01", criteria=["CC6.4"], severity="high", operates="continuously", nature="event", dated="opened_at",
    where=lambda door: door.height > 1,
)  # fmt: skip
def test_door_is_locked(door: Door) -> None:
    """A door is locked.

    CC6.4: doors.
    """
    assert door.locked or (isinstance(door, Gate) and door.bars > 1)


def spec() -> Control:
    test_door_is_locked.__test__ = False  # type: ignore[attr-defined]  # a control, and no test of pytest's
    found = control_of(test_door_is_locked)
    assert found is not None
    return found


def door(id: str, *, source: str = "keys", **known: object) -> Resource:
    facts = {"locked": True, "height": 2, "opened_at": datetime(2026, 3, 1, 23, 30, tzinfo=UTC), **known}
    return build(
        Door,
        id,
        {name: value for name, value in facts.items() if value is not ...},
        origin=Origin(source, ("keys/list.json",)),
    )


def nature(source: str) -> str:
    return "record" if source == "book" else "system"


def ids(blocks: Iterator[Block]) -> list[str]:
    return [id for block in blocks for id in block.ids]


def test_the_columns_are_the_facts_that_the_control_reads_in_where_body_and_special_cases() -> None:
    assert facts_listed(spec()) == ("height", "locked", "bars")
    assert head(spec())[-3:] == ("fact.height", "fact.locked", "fact.bars")


def test_a_row_tells_what_is_known_and_that_the_rest_is_unknown() -> None:
    rows = Rows(spec(), nature, UTC)
    front, back = door("front"), door("back", locked=..., source="book")
    assert rows.row(front) == ("front", "Door", "2026-03-01", "keys", "system", "", "keys/list.json", "2", "yes", "")
    assert rows.row(back)[4] == "record"
    assert rows.row(back)[-2] == "unknown: no evidence tells it"


def test_columns_and_rows_say_the_same() -> None:
    rows = Rows(spec(), nature, UTC)
    doors = [door("front"), door("back", locked=..., source="book"), door('a "b", c', height=-5)]
    assert rows.block(doors) == block_of([rows.row(each) for each in doors])


def test_an_event_of_which_no_date_is_told_has_an_unknown_one() -> None:
    assert Rows(spec(), nature, UTC).row(door("front", opened_at=...))[2] == "unknown"


def test_a_member_that_rows_kept_by_hand_alone_name_is_told_by_them() -> None:
    by_hand = build(Door, "x", {"locked": True, "height": 2}, origin=Origin("keys", ("a",), by_hand=(MEMBER,)))
    assert Rows(spec(), nature, UTC).row(by_hand)[4] == "record"


def test_rows_stay_in_order_whether_few_or_many(tmp_path: Path) -> None:
    for count in (3, 1000):
        spool = Spool(tmp_path / str(count))
        take = spool.sink(spec(), nature, UTC)
        names = [f"door {n}" for n in range(count)]
        for at in range(0, count, 100):
            take([door(name) for name in names[at : at + 100]])
        assert ids(spool.blocks("DOOR-01", count)) == names


def test_a_control_that_is_evaluated_again_is_listed_once(tmp_path: Path) -> None:
    spool = Spool(tmp_path / "lists")
    spool.sink(spec(), nature, UTC)([door(str(n)) for n in range(600)])
    spool.sink(spec(), nature, UTC)([door("alone")])
    assert ids(spool.blocks("DOOR-01", 1)) == ["alone"]


def test_an_id_with_line_feeds_quotes_and_half_characters_comes_back(tmp_path: Path) -> None:
    odd = 'a\nb,"c"\ud800'
    worker = Spool(tmp_path / "gw0", shared=True)
    worker.sink(spec(), nature, UTC)([door(odd)])
    worker.hand_on()
    assert ids(Spool(tmp_path).blocks("DOOR-01", 1)) == [odd]


def test_of_two_workers_the_one_that_saw_all_is_taken(tmp_path: Path) -> None:
    for name, count in (("gw0", 2), ("gw1", 3)):  # the first one crashed on its way
        worker = Spool(tmp_path / name, shared=True)
        worker.sink(spec(), nature, UTC)([door(str(n)) for n in range(count)])
        worker.hand_on()
    assert ids(Spool(tmp_path).blocks("DOOR-01", 3)) == ["0", "1", "2"]


def test_what_nobody_can_read_here_is_no_empty_list(tmp_path: Path) -> None:
    with pytest.raises(Soc2Error, match="evaluated where this process can't read it"):
        Spool(tmp_path).blocks("DOOR-01", 0)


def test_rows_that_the_disk_refused_are_no_shorter_list(tmp_path: Path) -> None:
    (tmp_path / "lists").write_text("a file where the folder should be")
    spool = Spool(tmp_path / "lists")
    spool.sink(spec(), nature, UTC)([door(str(n)) for n in range(600)])
    with pytest.raises(Soc2Error, match="DOOR-01: its population can't be listed: "):
        spool.blocks("DOOR-01", 600)
