"""Alarms."""

from soc2test import Alarm, control


@control(
    "LOG-07",
    criteria=["CC7.2"],
    nature="state",
    supports={"CC7.3": "somebody hears of what has to be judged"},
    severity="medium",
    operates="continuously",
)
def test_alarms_reach_somebody(alarm: Alarm) -> None:
    """Every alarm tells somebody, or makes something act, when it goes off.

    CC7.2: an alarm that reaches nobody watches in vain: what it saw is acted on by no one.
    """
    assert alarm.notifies, "goes off without telling anybody"
