"""Can the function that reads a stream come by a secret at all? If not, no item has to be searched for one.

To look through every item would cost a stream as much as decoding it. So the code is looked at once: where a function,
and what it calls in its own module, takes values only by names written in it, and none of them is a secret's, no value
of a secret can become a fact. Whatever is not seen to be so (loops over keys, f-strings, `json.dumps`, unknown calls)
is taken to be otherwise: then each item is searched.
"""

import builtins
import dis
from collections.abc import Iterator
from datetime import date, datetime
from types import CodeType, FunctionType
from typing import Any, get_args, get_origin

import msgspec

from soc2test.evidence.secret_names import is_secret_name
from soc2test.populations.three_valued import all_of, any_of
from soc2test.resources.resource import Resource
from soc2test.resources.unknown import Unknown
from soc2test.sources.facts import Facts, Skip, facts

__all__ = ["may_read_secrets"]

_HARMLESS = {
    facts, Facts, Unknown, bool, int, isinstance, len, any, all, any_of, all_of, tuple, list, set, frozenset, sorted,
    KeyError,
}  # fmt: skip
"""What makes no text of what it gets; `str` and its like may be of a whole item."""
_MARKED = frozenset({"data", "stringData", "values", "after", "before", "annotations"})
"""Keys whose values another key may mark as secret."""
_METHODS = frozenset({"lower", "upper", "strip", "startswith", "endswith", "removeprefix", "removesuffix"})
_FLAT = frozenset({str, int, float, bool, bytes, datetime, date, type(None)})
_TYPES = (str, int, float, bytes, type(None), type(Ellipsis), Skip)


def may_read_secrets(read: Any, kind: type[Resource]) -> bool:
    """True unless the code of `read` shows that no fact of `kind` which it tells can hold a secret."""
    flat = all(_is_flat(field.type) for field in msgspec.structs.fields(kind) if field.name != "origin")
    return not flat or not isinstance(read, FunctionType) or not _is_plain(read, set())


def _is_flat(type_: Any) -> bool:
    """A fact of this type can hold no object of the export."""
    inner = [each for each in get_args(type_) if each is not Ellipsis]
    return all(map(_is_flat, inner)) if inner and get_origin(type_) is not dict else type_ in _FLAT


def _is_plain(function: FunctionType, seen: set[FunctionType]) -> bool:
    if function in seen:
        return True
    seen.add(function)
    if function.__closure__ or not all(_plain_code(code) for code in _codes(function.__code__)):
        return False
    return all(_plain_name(function, name, seen) for code in _codes(function.__code__) for name in code.co_names)


def _codes(code: CodeType) -> Iterator[CodeType]:
    """The code of a function and of what stands in it: comprehensions, lambdas."""
    yield code
    for inner in code.co_consts:
        if isinstance(inner, CodeType):
            yield from _codes(inner)


def _plain_code(code: CodeType) -> bool:
    texts = set(_texts(code.co_consts))
    if not _MARKED.isdisjoint(texts) or any(map(is_secret_name, texts)):
        return False
    if "ParameterValue" in texts or "auths" in texts:
        return False
    if texts & {"value", "Value"} and (not texts & {"key", "Key"} or texts & {"name", "Name"}):
        return False  # of a pair, unless it is a tag's: a variable's name may say that its value is a secret
    before = None
    for step in dis.get_instructions(code):
        if step.opname.startswith(("FORMAT_", "BUILD_STRING", "CALL_FUNCTION_EX", "CONVERT_", "MATCH_", "DICT_")):
            return False
        looks_up = step.opname.startswith("BINARY_SUBSCR") or (step.opname == "BINARY_OP" and step.argrepr == "[]")
        if looks_up and (before is None or before.opname not in ("LOAD_CONST", "LOAD_SMALL_INT")):
            return False
        before = step
    return True


def _texts(constants: tuple[Any, ...]) -> Iterator[str]:
    for constant in constants:
        if isinstance(constant, str):
            yield constant
        elif isinstance(constant, tuple | frozenset):
            yield from _texts(tuple(constant))


def _plain_name(function: FunctionType, name: str, seen: set[FunctionType]) -> bool:
    """A name that the code takes from its module, from the builtins, or as an attribute."""
    missing = object()
    found = function.__globals__.get(name, getattr(builtins, name, missing))
    if found is missing:
        return name in _METHODS
    if isinstance(found, FunctionType) and found not in _HARMLESS:
        return found.__module__ == function.__module__ and _is_plain(found, seen)
    return isinstance(found, _TYPES) or (callable(found) and found in _HARMLESS)
