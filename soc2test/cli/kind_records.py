"""Everything about one kind, as a plain record: its facts with type and meaning as its class states them."""

import ast
import inspect
from collections.abc import Collection
from functools import cache
from itertools import pairwise
from typing import Any

import msgspec

from soc2test.cli.here import Here
from soc2test.code_reading.modules import class_named
from soc2test.imports import as_imported
from soc2test.resources.resource import Resource, every_kind, fact_names
from soc2test.sources.tellers import listers, tellers

__all__ = ["kind_record", "known_kinds", "special_case_of"]

Kind = type[Resource]


def known_kinds(here: Here) -> dict[str, Kind]:
    """Kinds by name: the neutral ones, those that a loaded source tells and those that a control takes."""
    import soc2test.contract  # noqa: F401, PLC0415  # so that the neutral kinds are there

    operations = [each for source in here.plugins.sources.values() for each in source.operations.values()]
    used = {kind for each in operations for kind in each.kinds}
    used |= {kind for known in here.controls().values() for kind in known.control.kinds}
    wanted = {base for kind in used for base in kind.__mro__ if issubclass(base, Resource)} - {Resource}
    neutral = {kind for kind in every_kind() if kind.__module__.startswith("soc2test.")}
    return {kind.__name__: kind for kind in sorted(wanted | neutral, key=lambda each: each.__name__)}


def kind_record(kind: Kind, here: Here, known: Collection[str]) -> dict[str, Any]:
    """The record that `--format json` prints; of its special cases those that are `known`, by their names."""
    sources = here.plugins.sources
    base = special_case_of(kind)
    return {
        "name": kind.__name__,
        "is": (inspect.getdoc(kind) or "").partition("\n")[0].rstrip("."),
        "import": f"from {_module(kind)} import {kind.__name__}",
        "special_case_of": None if base is None else base.__name__,
        "special_cases": sorted({each.__name__ for each in every_kind(kind)} & {*known}),
        "listed_by": listers(sources, kind),
        "controls": sorted(
            id for id, known in here.controls().items() if any(issubclass(kind, each) for each in known.control.kinds)
        ),
        "facts": [
            {"name": name, "type": type_text(kind, name), "meaning": meanings(kind).get(name, ""),
             "told_by": tellers(sources, kind, name)}
            for name in fact_names(kind)
        ],
    }  # fmt: skip


def special_case_of(kind: Kind) -> Kind | None:
    """The kind of which it is a special case; None of a neutral one."""
    (base,) = kind.__bases__ if len(kind.__bases__) == 1 else (kind.__mro__[1],)
    return None if base is Resource else base


def _module(kind: Kind) -> str:
    return "soc2test" if kind.__module__.startswith("soc2test.") else as_imported(kind.__module__)


def type_text(kind: Kind, fact: str) -> str:
    """A fact's type as one writes it: "str | None"."""
    (field,) = (each for each in msgspec.structs.fields(kind) if each.name == fact)
    return str(getattr(field.type, "__name__", field.type) if isinstance(field.type, type) else field.type).replace(
        "datetime.datetime", "datetime"
    )


@cache
def meanings(kind: Kind) -> dict[str, str]:
    """Fact -> the sentence that stands below it in its class or the nearest base."""
    found: dict[str, str] = {}
    for each in reversed(kind.__mro__):
        if issubclass(each, Resource):
            found |= _stated(each)
    return found


@cache
def _stated(kind: Kind) -> dict[str, str]:
    try:
        tree = class_named(inspect.getsourcefile(kind) or "", kind.__qualname__)
    except (OSError, TypeError, SyntaxError, ValueError):
        return {}
    body = [] if tree is None else tree.body
    return {
        one.target.id: " ".join(str(after.value.value).split())
        for one, after in pairwise(body)
        if isinstance(one, ast.AnnAssign) and isinstance(one.target, ast.Name)
        and isinstance(after, ast.Expr) and isinstance(after.value, ast.Constant) and isinstance(after.value.value, str)
    }  # fmt: skip
