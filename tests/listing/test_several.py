"""Members that stand for several events: which day dates the row, and that the sheet names all of them."""

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from reports.demo import demo_run

from soc2test import Person, Spell, control
from soc2test.controls.control import Control, control_of
from soc2test.listing.blocks import block_of, packed, unpacked
from soc2test.listing.columns import head
from soc2test.listing.finishing import Finished, finish
from soc2test.listing.outcomes import Outcomes
from soc2test.listing.rows import Rows
from soc2test.listing.sheets import as_markdown
from soc2test.testing import check, resource

from .test_folder import sheet

JANUARY, MAY = datetime(2026, 1, 30, 16, tzinfo=UTC), datetime(2026, 5, 8, 15, tzinfo=UTC)
HIRED = datetime(2023, 2, 1, tzinfo=UTC)


def _ends(person: Person) -> tuple[Any, ...]:
    return tuple(spell.ended_at for spell in person.spells)


@control(id="OWN-01", criteria=["CC6.2"], nature="event", operates="per event", dated=_ends)
def test_left(person: Person) -> None:
    """Whoever left has no role."""
    assert not person.role


def _twice() -> Person:
    spells = (Spell(started_at=HIRED, ended_at=JANUARY), Spell(started_at=JANUARY, ended_at=MAY))
    return resource(Person, "teo", spells=spells, role="")


def _once() -> Person:
    return resource(Person, "una", spells=(Spell(started_at=HIRED, ended_at=MAY),), role="")


def _own() -> Control:
    own = control_of(test_left)
    assert own is not None
    return own


def _rows(*within: date) -> Rows:
    days = (within,) if within else ()
    return Rows(_own(), lambda _: "record", UTC, *days)


def test_a_row_is_dated_by_the_first_day_and_within_a_period_by_the_first_of_its_days() -> None:
    assert _rows().row(_twice())[2] == "2026-01-30"
    assert _rows(date(2026, 4, 1), date(2026, 6, 30)).row(_twice())[2] == "2026-05-08"
    assert _rows(date(2027, 1, 1), date(2027, 6, 30)).row(_twice())[2] == "2026-01-30"


def test_days_of_several_events_go_with_a_block_also_through_a_file() -> None:
    block = _rows().block([_twice(), _once()])
    assert block.several == {"teo": ["2026-01-30", "2026-05-08"]}
    assert unpacked(packed(block)) == block
    assert block_of([]).several == {}


def _finished(folder: Path) -> Finished:
    blocks = [_rows().block([_twice(), _once()])]
    outcomes = Outcomes(check(test_left, _twice(), _once()), over_all=False)
    return finish(
        folder / "OWN-01.csv",
        head(_own()),
        blocks,
        outcomes,
        lambda text: text.replace("teo", "person-1"),
        of_events=True,
    )


def test_the_sheet_names_them_as_the_list_does(tmp_path: Path) -> None:
    (tmp_path / "populations").mkdir()
    finished = _finished(tmp_path / "populations")
    assert finished.several == ("person-1 of 2026-01-30 and of 2026-05-08",)
    text = as_markdown(sheet(several=finished.several, several_total=finished.several_total), demo_run())
    assert "- Several events under one id, tested and listed as one: person-1 of 2026-01-30 and of 2026-05-08\n" in text
    more = as_markdown(sheet(several=finished.several, several_total=3), demo_run())
    assert "of 2026-05-08; and 2 more\n" in more
