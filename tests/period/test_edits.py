"""What counts as told otherwise than before: an edit, and not what merely came after."""

from datetime import UTC, datetime

from soc2test import Resource, Spell, control
from soc2test.controls.control import control_of
from soc2test.period.edits import Edits
from soc2test.period.observed import Snapshot
from soc2test.resources.resource import build


class Worker(Resource, frozen=True, gc=False, kw_only=True):
    """Somebody who works here, and may come back."""

    ended_at: datetime | None
    spells: tuple[Spell, ...]


@control("EDT-01", criteria=["CC6.2"], nature="event", operates="per event", dated="ended_at")
def test_nobody_is_told(worker: Worker) -> None:
    """Reads both facts."""
    assert worker.ended_at is None or worker.spells, "left"


(CONTROL,) = filter(None, [control_of(test_nobody_is_told)])
del test_nobody_is_told  # it is no test of this suite
START, LEFT, BACK, AGAIN = (datetime(2026, month, 1, tzinfo=UTC) for month in (1, 2, 3, 5))


def snapshot(number: int) -> Snapshot:
    moment = datetime(2026, 1, number, tzinfo=UTC)
    return Snapshot(number=number, digest="", as_of=moment, recorded_at=moment)


def worker(*spells: tuple[datetime, datetime | None]) -> Worker:
    told = tuple(Spell(started_at=start, ended_at=end) for start, end in spells)
    found = build(Worker, "ann", {"ended_at": told[-1].ended_at, "spells": told})
    assert isinstance(found, Worker)
    return found


def words(*told: Worker) -> list[tuple[str, ...]]:
    edits = Edits()
    seen = [edits.learn(CONTROL, [each], snapshot(number)) for number, each in enumerate(told, 1)]
    return [each.words for found in seen for each in found.values()]


def test_a_second_end_of_work_edits_no_first_one_that_is_still_told() -> None:
    first, second = (START, LEFT), (BACK, AGAIN)
    assert words(worker(first), worker(first, (BACK, None)), worker(first, second)) == []


def test_a_first_end_that_is_told_no_more_was_edited() -> None:
    assert words(worker((START, LEFT)), worker((START, AGAIN))) == [
        ("ended_at was 2026-02-01 00:00 (record 1) and is 2026-05-01 00:00",)
    ]


def test_an_edit_stays_one_after_somebody_came_back() -> None:
    moved = worker((START, AGAIN))
    assert words(worker((START, LEFT)), moved, moved)[-1] == (
        "ended_at was 2026-02-01 00:00 (record 1) and is 2026-05-01 00:00",
    )
