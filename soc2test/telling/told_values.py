"""What a reading function gave as the value of a fact, or as an id, as it is kept."""

import math
from collections.abc import Callable
from decimal import Decimal
from typing import Any

from soc2test.errors import UnknownFact
from soc2test.evidence.redacted import REASON, Redacted, is_composed
from soc2test.resources.unknown import Unknown

__all__ = ["is_out_of_range", "kept", "kept_id"]


def kept(value: Any) -> Any:
    """The value; `Unknown` for a secret, for what is made of one, and for a number that no fact can hold."""
    if type(value) is Redacted or any(map(is_composed, value if isinstance(value, list | tuple) else (value,))):
        return Unknown(REASON, code="redacted")
    if is_out_of_range(value):
        return Unknown("the number is out of range", code="type")
    return tuple(value) if isinstance(value, list) else value


def is_out_of_range(value: Any) -> bool:
    """True for a number that no float can hold: it would become infinite, and be above each limit."""
    return type(value) is Decimal and math.isinf(float(value))


def kept_id(id: Any, how: Callable[[], str] = str) -> str:
    """The id. Raises `UnknownFact` for one that is unknown, a secret, empty or no text; `how` says how it
    would be one."""
    if type(id) is Unknown:
        raise UnknownFact("id", id.reason, code=id.code)
    if type(id) is Redacted or is_composed(id):
        raise UnknownFact("id", "the id stands where a secret is")
    if not isinstance(id, str):
        raise UnknownFact("id", f"the id is a {type(id).__name__}, not text{how()}")
    if not id:
        raise UnknownFact("id", "the id is empty")
    return id
