"""What functions lead to within their own package, and every name that stands in that code; told without running it.

Names are taken for what they might mean: an attribute of any value, and any text, may name a fact. So what is not
among them is read by nobody, while what is among them need not be.
"""

import functools
import types
from collections.abc import Callable, Iterable, Mapping
from typing import Any, NamedTuple

__all__ = ["Reached", "reached"]


class Reached(NamedTuple):
    """The functions, in the order in which they are met, and the names of attributes and texts in them."""

    functions: tuple[types.FunctionType, ...]
    names: frozenset[str]

    def may_read(self, name: str) -> bool:
        """True where a name stands there, or a beginning or an end of it that `getattr` may be given (f"{x}_days")."""
        if name in self.names:
            return True
        return "getattr" in self.names and any(
            (part.endswith("_") and name.startswith(part)) or (part.startswith("_") and name.endswith(part))
            for part in self.names
            if part.strip("_")
        )


@functools.lru_cache(maxsize=2048)
def reached(*functions: Callable[..., Any]) -> Reached:
    """What these functions lead to: helpers, methods, partials and tables of the package that each is of."""
    walk = _Walk()
    for function in functions:
        walk.enter(function, _package(function))
    return Reached(functions=tuple(walk.functions), names=frozenset(walk.names))


def _package(of: Any) -> str:
    return str(getattr(of, "__module__", None) or "").partition(".")[0]


def _written_in(of: type) -> list[Any]:
    """The methods and values of a class, without what Python notes of it: that a record has a field reads none."""
    return [value for name, value in vars(of).items() if callable(value) or not name.startswith("__")]


def _held_by(value: Any) -> list[Any]:
    """What an object of a class of the package holds; of slots those of a record."""
    fields = getattr(type(value), "__struct_fields__", ())
    return [*getattr(value, "__dict__", {}).values(), *(getattr(value, name, None) for name in fields)]


class _Walk:
    def __init__(self) -> None:
        self.functions: dict[types.FunctionType, None] = {}
        self.names: set[str] = set()
        self._seen: set[int] = set()

    def enter(self, value: Any, package: str) -> None:
        """Follow a value into code of the package; what is of others is left."""
        if isinstance(value, str):
            self.names.add(value)
        elif isinstance(value, functools.partial):
            self._all((value.func, *value.args, *value.keywords.values()), package)
        elif isinstance(value, property):
            self.enter(value.fget, package)
        elif isinstance(value, functools.cached_property):
            self.enter(value.func, package)
        elif isinstance(value, staticmethod | classmethod):
            self.enter(value.__func__, package)
        elif id(value) not in self._seen:
            self._seen.add(id(value))
            self._into(value, package)

    def _into(self, value: Any, package: str) -> None:
        if isinstance(value, types.FunctionType):
            if _package(value) == package:
                self._function(value, package)
        elif isinstance(value, type):
            if _package(value) == package:
                self._all((*_written_in(value), *value.__bases__), package)
        elif isinstance(value, dict):
            self._all((*value.keys(), *value.values()), package)
        elif isinstance(value, tuple | list | set | frozenset):
            self._all(value, package)
        if not isinstance(value, type) and _package(type(value)) == package:
            self._all((type(value), *_held_by(value)), package)

    def _all(self, values: Iterable[Any], package: str) -> None:
        for value in values:
            self.enter(value, package)

    def _function(self, function: types.FunctionType, package: str) -> None:
        self.functions[function] = None
        self._code(function.__code__, function.__globals__, package)
        self._all((function.__defaults__ or (), *(function.__kwdefaults__ or {}).values()), package)
        for cell in function.__closure__ or ():
            try:
                self.enter(cell.cell_contents, package)
            except ValueError:  # a name that is not bound yet
                continue

    def _code(self, code: types.CodeType, scope: Mapping[str, Any], package: str) -> None:
        self.names.update(code.co_names)
        for name in code.co_names:
            value = scope.get(name)
            if isinstance(value, types.ModuleType) and _package_of_module(value) == package:
                self._all((vars(value).get(each) for each in code.co_names), package)
            else:
                self.enter(value, package)
        for const in code.co_consts:
            if isinstance(const, types.CodeType):
                self._code(const, scope, package)
            else:
                self.enter(const, package)


def _package_of_module(module: types.ModuleType) -> str:
    return module.__name__.partition(".")[0]
