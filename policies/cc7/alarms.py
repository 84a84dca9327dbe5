"""Alarms."""

from datetime import datetime

from soc2test import Alarm, Person, Population, control
from soc2test_policies._people import is_a_leavers

_TWO_STEPS = "whether somebody has left is asked of those whom mail alone tells: two changes where a pager is told"


@control(
    "LOG-07",
    criteria=["CC7.2"],
    nature="state",
    supports={"CC7.3": "somebody hears of what has to be judged"},
    severity="medium",
    operates="continuously",
    against=["persons"],
    blind_spots={
        "Person.active": _TWO_STEPS,
        "Person.ended_at": _TWO_STEPS,
        "as_of": _TWO_STEPS,
    },
)
def test_alarms_reach_somebody(alarm: Alarm, persons: Population[Person], as_of: datetime) -> None:
    """Every alarm tells somebody who works here, or makes something act, when it goes off.

    Where mail alone tells of it, one of the addresses must be another than those of people who left.

    CC7.2: an alarm that reaches nobody watches in vain: what it saw is acted on by no one.
    """
    assert alarm.notifies, "goes off without telling anybody"
    told = alarm.told_by_mail
    gone = [address for address in told if is_a_leavers(address, persons, as_of)]
    assert not told or len(gone) < len(told), f"tells {', '.join(gone)} alone, who left"
