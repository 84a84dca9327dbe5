"""The words that a control's code compares with, which are likely values of the facts that it reads."""

import types
from collections.abc import Callable, Iterator
from typing import Any
from weakref import WeakKeyDictionary

from soc2test.code_reading.reached import reached
from soc2test.controls.control import Control

__all__ = ["words_in"]

_MOST = 16
_LONGEST = 24

_known: WeakKeyDictionary[Callable[..., Any], tuple[str, ...]] = WeakKeyDictionary()


def words_in(control: Control) -> tuple[str, ...]:
    """The first short texts without blanks in the code of its `where`, its body and the helpers of its package."""
    if control.function not in _known:
        functions = [function for function in (control.where, control.function) if function is not None]
        found = dict.fromkeys(word for function in reached(*functions).functions for word in _words(function))
        _known[control.function] = tuple(found)[:_MOST]
    return _known[control.function]


def _words(function: types.FunctionType) -> Iterator[str]:
    """Those that stand in a function, and in the tables of its module that it names."""
    yield from _constants(function.__code__)
    for name in function.__code__.co_names:
        table = function.__globals__.get(name)
        if isinstance(table, tuple | frozenset | set | dict):
            yield from (word for word in sorted(map(str, table)) if _is_word(word))


def _constants(code: types.CodeType) -> Iterator[str]:
    for value in code.co_consts[1:]:  # the first is the docstring
        for word in value if isinstance(value, tuple | frozenset) else (value,):
            if isinstance(word, types.CodeType):
                yield from _constants(word)
            elif isinstance(word, str) and _is_word(word):
                yield word


def _is_word(text: str) -> bool:
    return 1 < len(text) <= _LONGEST and " " not in text and text.strip(".,;:()") == text
