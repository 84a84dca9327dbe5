"""Does what a function gives rest on its arguments alone? Told from its code, without running it.

Only what is seen to be so counts: each name that the code takes from its module must be a constant, a harmless function
of Python's own or another such function, and each attribute must be a fact, a harmless method of Python's own types, or
one that the loaded kinds define in such a way. The clock, files, the environment and whatever can be changed from
elsewhere are none of these. A function that changes what it was given is none either.
"""

import builtins
import dis
import re
from collections.abc import Callable, Collection, Iterator, Sequence
from datetime import date, datetime, time, timedelta, timezone
from decimal import Decimal
from functools import cache, cached_property
from types import CodeType, FunctionType, ModuleType
from typing import Any, get_args
from zoneinfo import ZoneInfo

import msgspec

from soc2test.resources.resource import Resource, every_kind

__all__ = ["Repeatable"]

_CONSTANTS = (
    str, bytes, int, float, complex, bool, type(None), type(Ellipsis), date, datetime, time, timedelta, timezone,
    Decimal, range, re.Pattern, ZoneInfo,
)  # fmt: skip
_CALLABLES = frozenset((
    abs, all, any, bool, date, datetime, Decimal, dict, divmod, enumerate, filter, float, frozenset, int, isinstance,
    iter, len, list, map, max, min, next, object, range, reversed, round, set, sorted, str, sum, timedelta, tuple, zip,
))  # fmt: skip
_MODULES = frozenset(("math", "re"))
_ATTRIBUTES = frozenset((
    # of texts, numbers and collections
    "bit_length", "capitalize", "casefold", "count", "difference", "encode", "endswith", "find", "get", "index",
    "intersection", "isalnum", "isalpha", "isascii", "isdecimal", "isdigit", "isdisjoint", "isidentifier", "islower",
    "isnumeric", "isprintable", "isspace", "issubset", "issuperset", "istitle", "isupper", "items", "join", "keys",
    "lower", "lstrip", "partition", "removeprefix", "removesuffix", "replace", "rfind", "rpartition", "rsplit",
    "rstrip", "split",
    "splitlines", "startswith", "strip", "symmetric_difference", "title", "union", "upper", "values",
    # of moments and spans
    "astimezone", "date", "day", "days", "fromisoformat", "hour", "isocalendar", "isoformat", "isoweekday", "max",
    "microsecond", "min", "minute", "month", "second", "seconds", "total_seconds", "tzinfo", "utcoffset", "weekday",
    "year",
    # of patterns
    "end", "findall", "fullmatch", "group", "groups", "match", "search", "span", "start", "sub",
    # of resources and populations
    "alike", "all", "complete", "hits", "id", "kind", "members", "one", "part", "source", "tenant",
))  # fmt: skip
_CHANGING = (
    "DELETE_ATTR", "DELETE_DEREF", "DELETE_GLOBAL", "DELETE_NAME", "DELETE_SUBSCR", "IMPORT_", "LOAD_BUILD_CLASS",
    "LOAD_FROM_DICT", "LOAD_LOCALS", "LOAD_NAME", "LOAD_SUPER_ATTR", "MATCH_CLASS", "STORE_ATTR", "STORE_GLOBAL",
    "STORE_NAME", "STORE_SLICE", "STORE_SUBSCR",
)  # fmt: skip
"""how the names of instructions begin that change something, or take what is not followed here"""
_CATCHING = ("CHECK_EXC_MATCH", "CHECK_EG_MATCH", "PUSH_EXC_INFO", "WITH_EXCEPT_START")


class Repeatable:
    """Looks at functions, each once. `harmless` are functions that count as such by themselves. Those of the packages
    that are `trusted`, by their names, are seen to be so elsewhere, but for what they let through.
    """

    def __init__(self, harmless: Collection[Callable[..., Any]] = (), trusted: Collection[str] = ()) -> None:
        self._harmless, self._trusted = tuple(harmless), frozenset(trusted)
        self._told: dict[tuple[Any, frozenset[str], bool], bool] = {}

    def __call__(
        self, function: Callable[..., Any] | None, names: Collection[str] = (), *, catching: bool = True
    ) -> bool:
        """True where the function, if there is one, gives the same for the same arguments, however often it is called.

        `names` are further attributes that its arguments are known to have. Without `catching` it is also seen to let
        through whatever is raised in it.
        """
        key = function, frozenset(names), catching
        if key not in self._told:
            walk = _Walk(self._harmless, key[1], self._kinds, self._trusted if catching else (), catching=catching)
            self._told[key] = function is None or walk.enter(function)
        return self._told[key]

    @cached_property
    def _kinds(self) -> "_Kinds":
        return _Kinds()


class _Kinds:
    """The loaded kinds and the records that their facts hold, as a function may read them."""

    def __init__(self) -> None:
        records: dict[type, None] = dict.fromkeys(every_kind())
        for kind in [*records]:
            for field in msgspec.structs.fields(kind):
                records |= dict.fromkeys(_records_in(field.type))
        self._records = [*records]
        self.facts = frozenset(
            name for each in records if issubclass(each, msgspec.Struct) for name in each.__struct_fields__
        )

    @cache  # noqa: B019  # it lives as long as what asks it
    def defined(self, name: str) -> list[Any]:
        """The properties and methods of this name, of all kinds: which one is read depends on the resource."""
        own = [vars(record)[name] for record in self._records if name in vars(record)]
        return [value for value in own if isinstance(value, _METHODS)]


_METHODS = (FunctionType, property, cached_property, classmethod, staticmethod)


class _Walk:
    """Follows a function into all that it leads to; nothing is told of these before all of it was seen."""

    def __init__(
        self,
        harmless: Sequence[Callable[..., Any]],
        names: frozenset[str],
        kinds: _Kinds,
        trusted: Collection[str],
        *,
        catching: bool,
    ) -> None:
        self._harmless, self._names, self._kinds, self._trusted = harmless, names, kinds, trusted
        self._refused = _CHANGING if catching else (*_CHANGING, *_CATCHING)
        self._entered: set[FunctionType] = set()

    def enter(self, function: Any) -> bool:
        """Whether all that the function does is seen to be harmless."""
        if not isinstance(function, FunctionType) or hasattr(function, "__wrapped__"):
            return False
        if function in self._entered:
            return True
        self._entered.add(function)
        held = [*(function.__defaults__ or ()), *(function.__kwdefaults__ or {}).values(), *_enclosed(function)]
        if function.__module__.partition(".")[0] in self._trusted:  # but not what it was given to call
            return all(self.enter(value) for value in held if isinstance(value, FunctionType))
        if not all(self._value(value) for value in held):
            return False
        return all(self._code(code, function) for code in _codes(function.__code__))

    def _code(self, code: CodeType, function: FunctionType) -> bool:
        for step in dis.get_instructions(code):
            if step.opname.startswith(self._refused):
                return False
            if step.opname == "STORE_DEREF" and step.argval in function.__code__.co_freevars:
                return False  # it keeps something for the next call
            if step.opname == "LOAD_GLOBAL" and not self._global(function, step.argval):
                return False
            if step.opname in ("LOAD_ATTR", "LOAD_METHOD") and not self._attribute(step.argval):
                return False
        return True

    def _global(self, function: FunctionType, name: str) -> bool:
        missing = object()
        value = function.__globals__.get(name, getattr(builtins, name, missing))
        return value is not missing and self._value(value)

    def _value(self, value: Any) -> bool:
        """Whether what the code takes from around it stays as it is, or is harmless to call."""
        if type(value) in _CONSTANTS:
            return True
        if type(value) in (tuple, frozenset):
            return all(map(self._value, value))
        if isinstance(value, ModuleType):
            return value.__name__ in _MODULES
        if isinstance(value, type):
            return value in _CALLABLES or issubclass(value, Resource | BaseException)
        if any(value is harmless for harmless in self._harmless):
            return True
        return _is_among(value, _CALLABLES) or self.enter(value)

    def _attribute(self, name: str) -> bool:
        """Whether reading it, or calling it as a method, is harmless on whatever has such an attribute."""
        defined = self._kinds.defined(name)
        known = name in _ATTRIBUTES or name in self._names or name in self._kinds.facts
        return (known or bool(defined)) and all(map(self._method, defined))

    def _method(self, value: Any) -> bool:
        return self.enter(value.fget if isinstance(value, property) else value)


def _is_among(value: Any, callables: frozenset[Any]) -> bool:
    try:
        return value in callables
    except TypeError:  # it can't be hashed, so it is none of them
        return False


def _records_in(annotation: Any) -> Iterator[type]:
    """The classes that a type names, those of Python's own left out, with what their fields hold."""
    if isinstance(annotation, type) and issubclass(annotation, msgspec.Struct):
        yield annotation
        for field in msgspec.structs.fields(annotation):
            if field.type is not annotation:
                yield from _records_in(field.type)
    for inner in get_args(annotation):
        yield from _records_in(inner)


def _codes(code: CodeType) -> Iterator[CodeType]:
    """The code of a function and of what stands in it: comprehensions, lambdas."""
    yield code
    for inner in code.co_consts:
        if isinstance(inner, CodeType):
            yield from _codes(inner)


def _enclosed(function: FunctionType) -> Iterator[Any]:
    """What it takes from the functions around it; something not harmless where that is not there yet."""
    for cell in function.__closure__ or ():
        try:
            yield cell.cell_contents
        except ValueError:
            yield object()
