"""Evaluation: controls over populations to results. A pure function; knows neither pytest nor files.

Resource-major: each resource is decoded once and every control of its kind runs on it; nothing is allocated for a
pass. The plugin, and later the period engine and a cluster's worker, call the same function.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from itertools import islice
from types import MappingProxyType
from typing import Any, Protocol

import msgspec

from soc2test.controls.control import Control
from soc2test.controls.deviation import collecting
from soc2test.errors import Soc2Error, UnknownFact
from soc2test.evaluation.limits import Limits
from soc2test.evaluation.outside import by_signal, of_control
from soc2test.evaluation.tally import Census, Tally
from soc2test.faults import place_of, words
from soc2test.populations.population import Gap, Population
from soc2test.resources.resource import Resource
from soc2test.verdicts import ControlResult

__all__ = ["Evaluated", "Kinds", "Raises", "evaluate"]

_TOGETHER = 256
"""Resources of a stream in memory at a time: to count them and to run a control on them costs less than singly."""


class Kinds(Protocol):
    """Where evaluation gets its populations from."""

    def members(self, kind: type[Resource]) -> Iterable[Resource]:
        """The resources of a kind, subclasses included; may stream, once."""
        ...

    def gaps(self, kind: type[Resource]) -> Sequence[Gap]:
        """What the population of a kind lacks; to be asked after `members` was read."""
        ...

    def population(self, kind: type[Resource]) -> Population[Any]:
        """The whole population of a kind in memory, for joins."""
        ...

    def sources(self, kind: type[Resource]) -> Sequence[str]:
        """Names of the sources that tell a kind."""
        ...

    def declared(self, source: str | None) -> bool:
        """True where soc2.yaml declares the source."""
        ...


class Raises(msgspec.Struct, frozen=True):
    """Which exceptions of a control's body mean a deviation, and which an error; all others propagate."""

    deviation: tuple[type[BaseException], ...] = (AssertionError,)
    error: tuple[type[BaseException], ...] = (Exception,)
    said: tuple[tuple[type[BaseException], str], ...] = ()
    """our own words for some of them"""


class Evaluated(msgspec.Struct, frozen=True):
    """A result, and the first deviating resource for whoever wants to run the control on it once more."""

    result: ControlResult
    first: Resource | None
    broken: Resource | None = None
    """the first resource that the control broke on"""


def evaluate(
    controls: Sequence[Control],
    kinds: Kinds,
    limits: Mapping[str, Limits],
    as_of: datetime,
    *,
    fixtures: Mapping[str, Any] = MappingProxyType({}),
    raises: Raises = Raises(),  # noqa: B008  # frozen
) -> dict[str, Evaluated]:
    """Evaluate `controls`, all in one pass over each kind; results by control id.

    `limits` holds each control's limits by id, `fixtures` the values of further parameters by name.
    What a control raises is part of its result; it never hides another's. What a signal handler raises comes out.
    """
    by_kind: dict[type[Resource] | None, list[Control]] = {}
    for control in controls:
        by_kind.setdefault(control.kind, []).append(control)
    done: dict[str, Evaluated] = {}
    for kind, group in by_kind.items():
        whole = Census()
        calls = [
            (_bind(each, kinds, limits[each.id], as_of, fixtures), Tally(each, limits[each.id], _shared(each, whole)))
            for each in group
        ]
        if kind is None:
            for call, tally in calls:
                _once(call[1], tally, raises, _members(tally.control, kinds))
        else:
            _each(kinds.members(kind), whole, calls, raises)
        for _, tally in calls:
            gaps = [gap for needed in tally.control.kinds for gap in kinds.gaps(needed)]
            sources = [source for needed in tally.control.kinds for source in kinds.sources(needed)]
            done[tally.control.id] = Evaluated(tally.result(gaps, sources, kinds.declared), tally.first, tally.broken)
    return done


def _shared(control: Control, whole: Census) -> Census | None:
    """The census of its kind, for a control that applies to all of it."""
    return whole if control.kind is not None and control.where is None else None


Where = Callable[[Any], object] | None
Call = tuple[Where, Callable[..., object]]


def _bind(control: Control, kinds: Kinds, limits: Limits, as_of: datetime, fixtures: Mapping[str, Any]) -> Call:
    given = {"limits": limits, "as_of": as_of}
    values: dict[str, Any] = {name: given[name] for name in control.injected}
    values |= {name: kinds.population(kind) for name, kind in control.populations.items()}
    values |= {name: fixtures[name] for name in control.fixtures if name in fixtures}
    return _where(control, given), _body(control, values)


def _where(control: Control, given: Mapping[str, Any]) -> Where:
    where = control.where
    if where is None:
        return None
    wanted = {name: given[name] for name in where.__code__.co_varnames[: where.__code__.co_argcount] if name in given}
    return (lambda resource: where(resource, **wanted)) if wanted else where


def _body(control: Control, values: Mapping[str, Any]) -> Callable[..., object]:
    function, parameter = control.function, control.parameter
    if not values:
        return function  # the hot path: no wrapper around it
    if parameter is None:
        return lambda: function(**values)
    return lambda resource: function(**{parameter: resource}, **values)


def _each(
    resources: Iterable[Resource], whole: Census, calls: Sequence[tuple[Call, Tally]], raises: Raises
) -> None:
    plan = [(where, body, tally) for (where, body), tally in calls]
    deviation, error = raises.deviation, raises.error
    shared, left = any(where is None for where, _, _ in plan), iter(resources)
    while batch := list(islice(left, _TOGETHER)):
        if shared:
            whole.add(batch)
        for where, body, tally in plan:
            for resource in batch:
                try:
                    if where is not None:
                        if not where(resource):
                            continue
                        tally.examined(resource)
                    if body(resource) is not None:
                        tally.error(resource, "the control returned a value; a control asserts and returns nothing")
                except UnknownFact as caught:
                    tally.unknown(resource, caught)
                except deviation as caught:
                    _let_through(caught)
                    if of_control(caught, tally.control.function):
                        tally.deviation(resource, _message(caught), caught)
                    else:  # in `where`
                        tally.error(resource, _describe(caught, tally.control, raises))
                except error as caught:
                    _let_through(caught)
                    tally.error(resource, _describe(caught, tally.control, raises))


def _once(body: Callable[..., object], tally: Tally, raises: Raises, members: Sequence[Resource]) -> None:
    named: list[tuple[Resource, str]] = []
    token = collecting.set(named)
    tally.examined(*members)
    try:
        if body() is not None:
            tally.broke("the control returned a value; a control asserts and returns nothing")
    except UnknownFact as caught:
        tally.undecided(caught)
    except raises.deviation as caught:
        _let_through(caught)
        tally.failed(_message(caught))
    except raises.error as caught:
        _let_through(caught)
        tally.broke(_describe(caught, tally.control, raises))
    finally:
        collecting.reset(token)
    for resource, message in named:
        tally.deviation(resource, message)


def _let_through(caught: BaseException) -> None:
    """A time limit ends the evaluation: what it interrupts may hang again on the next resource."""
    if by_signal(caught):
        raise caught


def _members(control: Control, kinds: Kinds) -> Sequence[Resource]:
    """The population of a control that takes none under test: that of its first parameter."""
    first = next(iter(control.populations.values()))
    return kinds.population(first).members


def _message(caught: BaseException) -> str:
    text = str(caught) or str(getattr(caught, "msg", "") or "")
    return "" if text.startswith("assert ") else text


def _describe(caught: BaseException, control: Control, raises: Raises) -> str:
    """What a control raised, and its own line; nothing of the exception's text that may quote the evidence."""
    own = next((text for type, text in raises.said if isinstance(caught, type)), None)
    if own is None:
        own = str(caught) if isinstance(caught, Soc2Error) else f"raised {words(caught)}"
    place = place_of(caught, control.function)
    return f"{own} ({place})" if place else own
