"""Background checks."""

from soc2test import Person, control
from soc2test_policies._ages import day
from soc2test_policies._people import works_here


@control(
    "PPL-03",
    criteria=["CC1.4"],
    nature="event",
    dated="started_at",
    severity="medium",
    operates="per event",
    where=works_here,
)
def test_people_are_checked_before_they_start(person: Person) -> None:
    """Every active person's background check was done before the first day of work."""
    checked, started = person.background_check_at, person.started_at
    assert checked is not None, f"started on {day(started)} without a background check"
    assert checked <= started, f"checked on {day(checked)}, after the start on {day(started)}"
