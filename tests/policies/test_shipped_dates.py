"""When the events of the shipped tests happened: an exemption covers what came after it was approved."""

from datetime import UTC, datetime

from policy_shipped import shipped_controls

from soc2test import Device, Person, Spell
from soc2test.controls.control import Control
from soc2test.testing import resource


def shipped(id: str) -> Control:
    return next(spec for spec in shipped_controls() if spec.id == id)


def day(month: int, day: int) -> datetime:
    return datetime(2026, month, day, tzinfo=UTC)


def test_every_shipped_test_of_events_says_when_they_happened() -> None:
    undated = [spec.id for spec in shipped_controls() if spec.nature != "state" and spec.dated is None]
    assert undated == []


def test_who_came_back_and_left_again_left_on_both_days() -> None:
    spells = (Spell(started_at=day(1, 1), ended_at=day(3, 2)), Spell(started_at=day(5, 1), ended_at=day(11, 5)))
    dated = shipped("IAM-07").dated
    assert callable(dated)
    assert dated(resource(Person, "ann", ended_at=day(11, 5), spells=spells)) == (day(3, 2), day(11, 5))
    assert dated(resource(Person, "ann", ended_at=day(11, 5))) == (day(11, 5),)
    assert dated(resource(Person, "ann", ended_at=None, spells=spells[:1])) == (day(3, 2),)


def test_a_device_is_out_of_use_from_the_first_day_that_says_so() -> None:
    dated = shipped("DEV-05").dated
    assert callable(dated)
    assert dated(resource(Device, "d", returned_at=day(6, 1), lost_at=None, disposed_at=day(11, 5))) == day(6, 1)
    assert dated(resource(Device, "d", returned_at=None, lost_at=None, disposed_at=None)) is None
