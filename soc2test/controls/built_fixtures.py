"""Fixtures of a programme that build on populations: what a control that takes them needs, told from the text alone.

A control that gets a population by way of a fixture in `conftest.py` needs that population whole, as one that takes it
itself does. pytest is not there where controls are loaded for `soc2test controls` or `soc2test lint`, so the text of
the policy file and of the `conftest.py` files above it is read. What it does not show (a fixture of a library, one
that asks for another while it runs) the pytest plugin refuses when it comes up.
"""

import ast
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

from soc2test.code_reading.walking import walk
from soc2test.controls.parameters import Parameters, Wrong
from soc2test.regular import read_regular
from soc2test.resources.fixture_names import claims_of, two_claim
from soc2test.resources.resource import Resource

__all__ = ["with_fixtures"]

_PROGRAMME = "soc2.yaml"
_CONFTEST = "conftest.py"
_DECORATORS = ("fixture", "yield_fixture")


class _Written(NamedTuple):
    """A fixture as its file has it."""

    name: str
    takes: tuple[str, ...]
    place: str
    """file and line, for messages"""


def with_fixtures(function: Callable[..., Any], takes: Parameters, wrong: Wrong) -> Parameters:
    """What a function takes, with the populations that its fixtures build on. Raises `ControlDefinitionError`."""
    if not takes.fixtures and not takes.by_name:
        return takes  # most controls: no file is read for them
    written = _fixtures_beside(function)
    _refuse_replaced(takes.by_name, written, wrong)
    built = {fixture: _built_on(fixture, written, wrong) for fixture in takes.fixtures}
    through = {name: kind for populations in built.values() for name, kind in populations.items()}
    return replace(takes, through=through, built=tuple(fixture for fixture in built if built[fixture]))


def _fixtures_beside(function: Callable[..., Any]) -> list[_Written]:
    """The fixtures of the function's own file and of each conftest.py up to its programme, the nearest first."""
    file = Path(function.__code__.co_filename)
    return [fixture for source in (file, *_conftests(file.parent)) for fixture in _fixtures_in(source)]


def _conftests(folder: Path) -> Iterator[Path]:
    """Those of the folders up to soc2.yaml; without a programme up to the end of the installed package."""
    folders = (folder, *folder.parents)
    root = next((place for place in folders if (place / _PROGRAMME).exists()), None)
    for place in folders:
        yield place / _CONFTEST
        if place == root or (root is None and not (place / "__init__.py").exists()):
            return


def _fixtures_in(file: Path) -> tuple[_Written, ...]:
    try:
        return _written_in(read_regular(file), file.name)
    except (OSError, SyntaxError, ValueError):
        return ()  # there is none, or whoever loads it says what is wrong


@lru_cache(maxsize=64)
def _written_in(source: bytes, file: str) -> tuple[_Written, ...]:
    found: list[_Written] = []
    for node in walk(ast.parse(source)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            taken = tuple(argument.arg for argument in (*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs))
            names = filter(None, [_name(decorator, node.name) for decorator in node.decorator_list])
            place = f"{file}, line {node.lineno}"
            found.extend(_Written(name=name, takes=taken, place=place) for name in names)
    return tuple(found)


def _name(decorator: ast.expr, function: str) -> str | None:
    """The name of the fixture that a decorator makes; None where it is another decorator."""
    called = decorator.func if isinstance(decorator, ast.Call) else decorator
    last = called.attr if isinstance(called, ast.Attribute) else getattr(called, "id", "")
    if last not in _DECORATORS:
        return None
    given = decorator.keywords if isinstance(decorator, ast.Call) else []
    names = [each.value.value for each in given if each.arg == "name" and isinstance(each.value, ast.Constant)]
    return next((name for name in names if isinstance(name, str)), function)


def _refuse_replaced(names: Sequence[str], written: Sequence[_Written], wrong: Wrong) -> None:
    """Raise where a programme's fixture has a name by which the control takes a kind: it would not be asked."""
    for name in names:
        for fixture in written:
            if fixture.name == name:
                kind = claims_of(name)[0].kind.__name__
                raise wrong(
                    f"{name} is a fixture of the kind {kind}, and {fixture.place} defines another of that name, which "
                    "would take its place: give that one a name of its own"
                )


def _built_on(fixture: str, written: Sequence[_Written], wrong: Wrong) -> dict[str, type[Resource]]:
    """The populations that a fixture builds on, by name and in the order in which they are met.

    Raises for one that builds on a resource under test, on a name that several kinds claim, or on a kind whose name a
    fixture of the programme takes.
    """
    found: dict[str, type[Resource]] = {}
    for name, way in _reached(fixture, written, set()):
        claimed = claims_of(name)
        if len(claimed) > 1:
            raise wrong(two_claim(name, claimed))
        if not claimed:
            continue
        _refuse_replaced([name], written, wrong)
        if not claimed[0].whole:
            raise wrong(
                f"the fixture {way} builds on {name}, the resource under test, of which there is another each time "
                f"that the control runs: take {name} in the control itself, or build on the population"
            )
        found[name] = claimed[0].kind
    return found


def _reached(fixture: str, written: Sequence[_Written], seen: set[str]) -> Iterator[tuple[str, str]]:
    """Each name that a fixture takes, by way of others too, with the fixture that takes it."""
    if fixture in seen:
        return
    seen.add(fixture)
    for definition in written:
        if definition.name == fixture:
            for name in definition.takes:
                yield name, f"{fixture} ({definition.place})"
                yield from _reached(name, written, seen)
            if fixture not in definition.takes:
                return  # it takes the place of those farther away
