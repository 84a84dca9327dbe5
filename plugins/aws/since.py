"""Since when something that can be started and stopped has been on."""

from datetime import datetime

from soc2test import Item, UnknownFact, flag, known

__all__ = ["since"]


def since(status: Item, running: str, started: str, stopped: str) -> datetime | None:
    """When it last started; None where it is off. The keys are those of the flag and of the two last moments.

    A moment that never came is left out. One that is on and by its times stopped after it last started is unknown.
    """
    if not flag(status[running]):
        return None
    start: datetime | None = known(status.time(started))
    stop: datetime | None = known(status.time(stopped)) if stopped in status else None
    if stop is not None and start is not None and stop > start:
        raise UnknownFact(started, f"it is on, and by {stopped} it was stopped after {started}")
    return start
