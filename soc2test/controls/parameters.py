"""What a function takes, told by its annotations or names: the resource under test, populations, limits, fixtures."""

import dis
import inspect
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from types import CodeType
from typing import Any, get_args, get_origin

from soc2test.controls.control import Second
from soc2test.errors import ControlDefinitionError
from soc2test.nearest import near
from soc2test.populations.population import Population
from soc2test.resources.fixture_names import Claim, claims_of, two_claim
from soc2test.resources.resource import Resource

__all__ = [
    "Parameters", "Wrong", "agreeing", "joined", "looks_at", "members_that_matter", "never_runs", "parameters_of",
    "second_source",
]  # fmt: skip

Wrong = Callable[[str], ControlDefinitionError]
"""Makes the error of one control from what is wrong with it."""
_INJECTED = ("limits", "as_of")
_UNSAID = (None, Any)
"""annotations that leave it to the name: none, and the one that strict type checkers ask for in its place"""
_NEVER_RUN = (inspect.iscoroutinefunction, inspect.isgeneratorfunction, inspect.isasyncgenfunction)


@dataclass(frozen=True, kw_only=True)
class Parameters:
    """What a function takes; see `Control` for the meaning of each."""

    kind: type[Resource] | None
    parameter: str | None
    populations: dict[str, type[Resource]]
    injected: tuple[str, ...]
    fixtures: tuple[str, ...]
    by_name: tuple[str, ...] = ()
    """parameters without an annotation that are kinds by their names"""
    through: Mapping[str, type[Resource]] = field(default_factory=dict)
    built: tuple[str, ...] = ()


def parameters_of(function: Callable[..., Any], wrong: Wrong) -> Parameters:
    """What a function takes. Raises `ControlDefinitionError` for what says nothing of itself."""
    try:
        annotations = inspect.get_annotations(function, eval_str=True)
    except NameError as error:
        raise wrong(f"an annotation can't be resolved: {error}") from error
    kind: type[Resource] | None = None
    parameter: str | None = None
    populations: dict[str, type[Resource]] = {}
    injected: list[str] = []
    fixtures: list[str] = []
    by_name: list[str] = []
    for name, given in inspect.signature(function).parameters.items():
        if given.kind in (inspect.Parameter.VAR_POSITIONAL, inspect.Parameter.VAR_KEYWORD):
            raise wrong(f"it can't take *{name}: name each parameter")
        claim = _claim(name, annotations.get(name), wrong)
        if claim is not None and annotations.get(name) in _UNSAID:
            by_name.append(name)
        if claim is None:
            (injected if name in _INJECTED else fixtures).append(name)
        elif claim.whole:
            populations[name] = claim.kind
        elif kind is not None:
            raise wrong("it takes two resources under test; join the second through Population[Kind]")
        else:
            kind, parameter = claim.kind, name
    return Parameters(
        kind=kind,
        parameter=parameter,
        populations=populations,
        injected=tuple(injected),
        fixtures=tuple(fixtures),
        by_name=tuple(by_name),
    )


def _claim(name: str, annotation: Any, wrong: Wrong) -> Claim | None:
    """What a parameter gets of the resources; None for what is none of them."""
    if isinstance(annotation, type) and issubclass(annotation, Resource):
        return Claim(kind=annotation, whole=False)
    if annotation is Population or get_origin(annotation) is Population:
        return Claim(kind=_member_kind(annotation, name, wrong), whole=True)
    claimed = () if name in _INJECTED else claims_of(name)
    if not claimed:
        return None
    if len(claimed) > 1:
        raise wrong(two_claim(name, claimed))
    if annotation not in _UNSAID:
        kind = claimed[0].kind.__name__
        raise wrong(
            f"{name} is a fixture of the kind {kind}, and its annotation is another: leave it out, write "
            f"{name}: {f'Population[{kind}]' if claimed[0].whole else kind}, or give the parameter another name"
        )
    return claimed[0]


def _member_kind(annotation: Any, name: str, wrong: Wrong) -> type[Resource]:
    kind = next(iter(get_args(annotation)), None)
    if not (isinstance(kind, type) and issubclass(kind, Resource)):
        raise wrong(f"{name} is a Population of no kind: write Population[Kind]")
    return kind


def never_runs(function: object) -> bool:
    """True for a coroutine or generator function: to call it runs none of its asserts."""
    return any(odd(function) for odd in _NEVER_RUN)


def members_that_matter(
    joins: Mapping[str, Callable[..., object]], takes: Parameters, wrong: Wrong
) -> dict[str, Callable[..., object]]:
    """The conditions of `joins=`, of populations that it takes."""
    for name, where in joins.items():
        if name not in takes.populations:
            raise wrong(f"joins= names populations that it takes, and {name!r} is none{near(name, takes.populations)}")
        if not inspect.isfunction(where) or never_runs(where):
            raise wrong(f"joins[{name!r}] must be a plain function or lambda")
    return dict(joins)


def joined(key: str, names: Sequence[str], takes: Parameters, wrong: Wrong) -> tuple[str, ...]:
    """The names of populations that a control joins, as `beside=` and `against=` give them."""
    own = [*takes.populations][:1] if takes.kind is None else []
    for name in [names] if isinstance(names, str) else names:
        if name not in takes.populations or name in own:
            raise wrong(f"{key}= names populations that it joins, and {name!r} is none{near(name, takes.populations)}")
    if isinstance(names, str):
        raise wrong(f"{key}= is a list: write {key}=[{names!r}]")
    return tuple(names)


def agreeing(agrees: Callable[..., object], on_empty: str, wrong: Wrong) -> Second:
    """The second source of an empty population."""
    if on_empty != "no_occurrences":
        raise wrong('agrees= says when an empty population is none: write on_empty="no_occurrences" with it')
    return second_source("agrees", agrees, wrong)


def second_source(name: str, asked: Callable[..., object], wrong: Wrong) -> Second:
    """A function that asks second sources, and looks at all that it takes."""

    def odd(text: str) -> ControlDefinitionError:
        return wrong(f"{name}= {text}")

    if not inspect.isfunction(asked) or never_runs(asked):
        raise odd("must be a plain function")
    takes = parameters_of(asked, odd)
    if takes.kind is not None or takes.fixtures or not takes.populations:
        raise odd("takes populations (`name: Population[Kind]`), `limits` and `as_of`, and nothing else")
    idle = [population for population in takes.populations if not looks_at(asked, population)]
    if idle:
        raise odd(f"takes {idle[0]!r} and never looks at it: what it does not read agrees with nothing")
    return Second(function=asked, populations=takes.populations, injected=takes.injected)


def looks_at(function: Callable[..., object], name: str) -> bool:
    """True where the code of a function reads its parameter; what it takes and never reads decides nothing.

    Of one that hands on whatever it gets (a wrapper) nobody knows, and it may.
    """
    code = getattr(function, "__code__", None)
    return code is None or name not in _idle_variables(code)


@lru_cache(maxsize=4096)
def _idle_variables(code: CodeType) -> frozenset[object]:
    """The variables of a function that none of its instructions reads."""
    read = (each.argval for each in dis.get_instructions(code) if "LOAD" in each.opname)
    named = {each for value in read for each in (value if isinstance(value, tuple) else (value,))}
    return frozenset((*code.co_varnames, *code.co_cellvars)) - named
