"""The words that a control's code compares with, which are likely values of the facts that it reads."""

import types
from collections.abc import Callable, Iterator
from typing import Any
from weakref import WeakKeyDictionary

from soc2test.controls.control import Control

__all__ = ["words_in"]

_MOST = 16
_LONGEST = 24
_DEPTH = 2
"""helpers of helpers are looked at, and no further"""

_known: WeakKeyDictionary[Callable[..., Any], tuple[str, ...]] = WeakKeyDictionary()


def words_in(control: Control) -> tuple[str, ...]:
    """Short texts without blanks in the code of its `where`, its body and the helpers of its package."""
    if control.function not in _known:
        functions = [function for function in (control.where, control.function) if function is not None]
        found = dict.fromkeys(word for function in functions for word in _words(function, _DEPTH))
        _known[control.function] = tuple(found)[:_MOST]
    return _known[control.function]


def _words(function: Callable[..., Any], depth: int) -> Iterator[str]:
    code = getattr(function, "__code__", None)
    if not isinstance(code, types.CodeType):
        return
    yield from _constants(code)
    if depth:
        named = {name: function.__globals__[name] for name in code.co_names if name in function.__globals__}
        for value in named.values():
            if isinstance(value, types.FunctionType) and _package(value) == _package(function):
                yield from _words(value, depth - 1)
            elif isinstance(value, tuple | frozenset | set | dict):
                yield from (word for word in sorted(map(str, value)) if _is_word(word))


def _constants(code: types.CodeType) -> Iterator[str]:
    for value in code.co_consts[1:]:  # the first is the docstring
        for word in value if isinstance(value, tuple | frozenset) else (value,):
            if isinstance(word, types.CodeType):
                yield from _constants(word)
            elif isinstance(word, str) and _is_word(word):
                yield word


def _is_word(text: str) -> bool:
    return 1 < len(text) <= _LONGEST and " " not in text and text.strip(".,;:()") == text


def _package(function: Callable[..., Any]) -> str:
    return (function.__module__ or "").partition(".")[0]
