"""What may be said of an exception in the code of a plugin or policy: why and where, without a word of the evidence.

An exception's own text may quote what was read (`int("s3cret")` does). So a text is our own, or the interpreter's
about types alone, or one that the code itself wrote; a name or key is quoted only where it stands in the code.
"""

import builtins
import dis
import re
import sys
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from types import CodeType, TracebackType
from typing import Any

from soc2test.errors import Soc2Error, UnknownFact
from soc2test.imports import LABELS
from soc2test.nearest import near
from soc2test.resources.resource import Resource, fact_names, kind_of_class

__all__ = ["place_of", "place_of_code", "raised_on_purpose", "words"]

_TYPE = r"'(?:datetime\.)?(\w+)'"
_OF_TYPES = re.compile(
    rf"{_TYPE} object (?:is not (?:iterable|callable|subscriptable|an iterator)|does not support item assignment)"
    rf"|object of type {_TYPE} has no len\(\)|argument of type {_TYPE} is not (?:iterable|a container or iterable)"
    r"|string indices must be integers, not 'str'|(?:list|tuple) indices must be integers or slices, not str"
    rf"|'[<>=]+' not supported between instances of {_TYPE} and {_TYPE}"
    rf"|unsupported operand type\(s\) for [^\w\s]{{1,3}}: {_TYPE} and {_TYPE}"
)
_KNOWN_TYPES = {*vars(builtins), "NoneType", "datetime", "timedelta", "date", "Item", "Unknown", "Facts"}
_TIMES = (
    "can't compare offset-naive and offset-aware datetimes",
    "can't subtract offset-naive and offset-aware datetimes",
)
_CONSTANT = ("list index out of range", "tuple index out of range", "string index out of range", "division by zero")


def words(error: BaseException) -> str:
    """What was raised: "KeyError 'total'", "TypeError: 'NoneType' object is not iterable", else the type alone."""
    if isinstance(error, UnknownFact):
        return error.reason
    if isinstance(error, Soc2Error):
        return f"{type(error).__name__}: {error}"
    name, text = type(error).__name__, _safe(error)
    return f"{name}{text}" if text.startswith(" ") or not text else f"{name}: {text}"


def _safe(error: BaseException) -> str:
    # of others it is not even asked for: a class of the plugin's own may answer with anything, or raise
    text = str(error) if type(error) in (TypeError, IndexError, ZeroDivisionError) else ""
    if isinstance(error, AttributeError) and error.name in _own_words(error):
        return _no_attribute(error.obj, error.name)
    if isinstance(error, NameError) and error.name in _own_words(error):
        return f"the name {error.name!r} is not defined"
    if isinstance(error, KeyError):
        key = error.args[0] if error.args else None
        looked_up = not _is_raised(error)  # a `raise KeyError(...)` may hold any text
        return f" {key!r}" if looked_up and isinstance(key, str) and key in _own_words(error) else ""
    if isinstance(error, TypeError) and text in _TIMES:
        return "a time without a zone meets one with a zone; as_of and all facts are aware UTC times"
    if isinstance(error, TypeError) and (match := _OF_TYPES.fullmatch(text)) is not None:
        return text if {each for each in match.groups() if each} <= _KNOWN_TYPES else ""
    return text if text in _CONSTANT else ""


def _no_attribute(of: object, name: str) -> str:
    kind = of if isinstance(of, type) else type(of)
    if issubclass(kind, Resource):
        kind = kind_of_class(kind)
        return f"{kind.__name__} has no fact {name!r}{near(name, (*fact_names(kind), 'id'))}"
    return f"{kind.__name__} has no attribute {name!r}"


def _own_words(error: BaseException) -> set[str]:
    """The names and texts that stand in the code which the exception went through."""
    own: set[str] = set()
    for trace in _traces(error):
        own.update(_texts(trace.tb_frame.f_code))
    return own


def _texts(code: CodeType) -> Iterator[str]:
    yield from code.co_names
    for const in code.co_consts:
        yield from (each for each in (const if isinstance(const, tuple) else (const,)) if isinstance(each, str))


def _traces(error: BaseException) -> Iterator[TracebackType]:
    trace = error.__traceback__
    while trace is not None:
        yield trace
        trace = trace.tb_next


def raised_on_purpose(error: BaseException, owner: Callable[..., Any]) -> bool:
    """True where a `raise` statement of the owner's code, or of ours, made it: then its author chose its text."""
    last = [*_traces(error)][-1:]
    tops = [_top(trace.tb_frame.f_globals.get("__name__")) for trace in last]
    return bool(tops) and tops[0] in ("soc2test", _top_of(owner)) and _is_raised(error)


def _is_raised(error: BaseException) -> bool:
    """True where a `raise` statement made it, not an operation of the interpreter."""
    last = [*_traces(error)][-1:]
    return any(dis.opname[each.tb_frame.f_code.co_code[each.tb_lasti]] == "RAISE_VARARGS" for each in last)


def place_of(error: BaseException, owner: Callable[..., Any]) -> str:
    """Where in the code of `owner` it came from: "plugins/badgeco.py:22"; "" where that is not known."""
    top, found = _top_of(owner), ""
    if code := getattr(_plain(owner), "__code__", None):
        found = place_of_code(code.co_filename, code.co_firstlineno, top)
    for trace in _traces(error):
        if _top(trace.tb_frame.f_globals.get("__name__")) == top:
            found = place_of_code(trace.tb_frame.f_code.co_filename, trace.tb_lineno, top)
    return found


def place_of_code(file: str, line: int | None, module: str) -> str:
    """A file as people of the programme know it, never an install path: below its package or folder."""
    top = _top(module)
    shown = Path(file).name
    for folder in getattr(sys.modules.get(top), "__path__", ()):
        if Path(file).is_relative_to(folder):
            shown = f"{LABELS.get(top, top)}/{Path(file).relative_to(folder).as_posix()}"
    return shown if line is None else f"{shown}:{line}"


def _plain(function: Any) -> Any:
    while isinstance(function, partial):
        function = function.func
    return function if hasattr(function, "__code__") else type(function).__call__


def _top_of(function: Any) -> str:
    return _top(getattr(_plain(function), "__module__", None))


def _top(module: str | None) -> str:
    return (module or "").partition(".")[0]
