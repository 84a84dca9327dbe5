"""`deviation(resource, message)`: how a control over a whole population names what does not hold."""

from contextvars import ContextVar

from soc2test.errors import Soc2Error
from soc2test.resources.resource import Resource

__all__ = ["collecting", "deviation"]

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
