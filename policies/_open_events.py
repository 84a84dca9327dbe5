"""Which events are of the last year: by when they came in, and by whether what they ask for is done."""

from datetime import datetime

from soc2test_policies._ages import WINDOW, in_window

__all__ = ["of_the_year"]


def of_the_year(began: datetime, *steps: datetime | None, as_of: datetime) -> bool:
    """It came in within the year, a step of it was done within the year, or one is not done yet (None).

    What was over before was another period's. What nobody did goes on, however old it is. One with a step that lies
    before its beginning bears a wrong date, and nobody knows of which period it is: it counts.
    """
    if in_window(began, WINDOW, as_of):
        return True
    return any(step is None or step < began or in_window(step, WINDOW, as_of) for step in steps)
