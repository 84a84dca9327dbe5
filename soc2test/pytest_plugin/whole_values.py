"""pytest cuts a long value in its middle, and half a token has no shape that a veil would know: hide, then cut."""

from collections.abc import Callable
from importlib import import_module
from typing import Any

import pytest

__all__ = ["compared", "hide_before_cutting"]

_LONGEST = 240


class _Hidden:
    """Shows a text as it is."""

    def __init__(self, text: str) -> None:
        self._text = text

    def __repr__(self) -> str:
        return self._text


def hide_before_cutting(config: pytest.Config, hide: Callable[[str], str]) -> None:
    """In asserts, in --showlocals and in --setup-show: all that pytest cuts goes through its `SafeRepr`."""
    from _pytest._io.saferepr import SafeRepr  # noqa: PLC0415  # there is no public way

    code: Any = import_module("_pytest._code.code")

    cut, spread = SafeRepr.repr, code.safeformat

    def shown(self: Any, value: object) -> str:
        whole = cut(SafeRepr(None), value)
        hidden = hide(whole)
        return cut(self, value if hidden == whole else _Hidden(hidden))

    def over_lines(value: object) -> str:
        whole = SafeRepr(None).repr_instance(value, 0)
        hidden = hide(whole)
        return spread(value) if hidden == whole else hidden

    SafeRepr.repr = shown  # type: ignore[assignment]
    code.safeformat = over_lines  # of -vv --showlocals, which breaks long values into lines
    config.add_cleanup(lambda: setattr(SafeRepr, "repr", cut))
    config.add_cleanup(lambda: setattr(code, "safeformat", spread))


def compared(op: str, left: object, right: object, hide: Callable[[str], str]) -> list[str] | None:
    """Two values of an assert where one holds what is hidden: no diff of parts; None for pytest's own explanation."""
    try:
        whole = repr(left), repr(right)
    except Exception:  # noqa: BLE001  # pytest knows how to show such a value
        return None
    hidden = hide(whole[0]), hide(whole[1])
    if hidden == whole:
        return None
    first, second = (each if len(each) <= _LONGEST else f"{each[:_LONGEST]}..." for each in hidden)
    return [f"{first} {op} {second}"]
