"""Alarms."""

from soc2test import Alarm, control


@control(
    "LOG-07",
    criteria=["CC7.3"],
    supports={"CC7.2": "what is measured is watched by somebody"},
    severity="medium",
    operates="continuously",
)
def test_alarms_reach_somebody(alarm: Alarm) -> None:
    """Every alarm tells somebody, or makes something act, when it goes off."""
    assert alarm.notifies, "goes off without telling anybody"
