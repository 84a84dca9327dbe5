"""A plan as it may leave: without secrets, and without people where these are hidden."""

from collections.abc import Callable
from typing import Any

import msgspec

from soc2test.gaps.records import Plan

__all__ = ["veiled"]

_OURS = ("kind", "cause", "severity", "status", "category", "earliest", "as_of", "next_unit", "interval")
"""words of our own, which nobody's name can be"""


def veiled(plan: Plan, hide: Callable[[str], str]) -> Plan:
    """The plan, each of its texts passed through `hide`; ids stay equal where they were."""
    return msgspec.convert(_hidden(msgspec.to_builtins(plan), hide, ""), Plan)


def _hidden(value: Any, hide: Callable[[str], str], key: str) -> Any:
    if isinstance(value, str):
        return value if key in _OURS else hide(value)
    if isinstance(value, dict):
        return {name: _hidden(part, hide, name) for name, part in value.items()}
    if isinstance(value, list | tuple):
        return [_hidden(part, hide, key) for part in value]
    return value
