"""What a control says beside its asserts: `deviation(resource, message)` over a population, `pending(text)`."""

from contextvars import ContextVar
from typing import NoReturn

from soc2test.errors import Pending, Soc2Error
from soc2test.resources.resource import Resource

__all__ = ["collecting", "deviation", "pending"]

collecting: ContextVar[list[tuple[Resource, str]] | None] = ContextVar("soc2test_deviations", default=None)


def deviation(resource: Resource, message: str = "") -> None:
    """Name `resource` as a deviation of the control that runs now, and go on.

    For controls over a population; a control on a single resource asserts instead.
    Raises `Soc2Error` outside of an evaluation.
    """
    found = collecting.get()
    if found is None:
        raise Soc2Error("deviation() was called outside of a control's evaluation")
    found.append((resource, message))


def pending(text: str) -> NoReturn:
    """Say that the limit of the event under test is still open: it neither passes nor deviates, and is counted apart.

    `text` says what is awaited and until when ("not disabled 11 hours after 2026-11-20, limit 24 hours").
    For controls on a single resource; over a population nothing is pending as a whole, and it is an error.
    """
    raise Pending(text)
