"""Facts where a missing one is shown as not told, and decides nothing."""

from typing import Any

from soc2test.errors import UnknownFact
from soc2test.resources.resource import Resource

__all__ = ["is_told", "told"]


def told(resource: Resource, fact: str) -> Any:
    """What a fact says; None where nobody tells it."""
    try:
        return getattr(resource, fact)
    except UnknownFact:
        return None


def is_told(resource: Resource, fact: str) -> bool:
    """False where nobody tells it; a fact that is told to be None is told."""
    try:
        getattr(resource, fact)
    except UnknownFact:
        return False
    return True
