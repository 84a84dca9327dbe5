"""A control made ready to be run: with its limits, its moment and the populations that it joins."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from soc2test.code_reading.reach import could_take
from soc2test.controls.control import Control
from soc2test.errors import UnknownFact
from soc2test.evaluation.kinds import Kinds
from soc2test.evaluation.limits import Limits
from soc2test.populations.population import Gap, Population
from soc2test.resources.resource import Resource, kind_of

__all__ = ["Call", "Where", "bind", "may_belong", "on_trial", "relevant", "takes"]

Where = Callable[[Any], object] | None


class Call(NamedTuple):
    """A control made ready: what it applies to, its body for one resource, and the populations that it joins."""

    where: Where
    body: Callable[..., object]
    joined: Mapping[str, Population[Any]]


def bind(control: Control, kinds: Kinds, limits: Limits, as_of: datetime, fixtures: Mapping[str, Any]) -> Call:
    given = {"limits": limits, "as_of": as_of}
    values: dict[str, Any] = {name: given[name] for name in control.injected}
    joined = {name: _population(control, name, given, kinds) for name in control.needed}
    values |= {name: joined[name] for name in control.populations}
    values |= {name: fixtures[name] for name in control.fixtures if name in fixtures}
    body = _body(control, values, tuple(joined.values()))
    return Call(where=_where(control.where, given | joined), body=body, joined=joined)


def on_trial(control: Control, call: Call, limits: Limits, moment: Any) -> Callable[..., object]:
    """The body of a control made ready, with something else in place of `as_of`."""
    given = {"limits": limits, "as_of": moment}
    values = {name: given[name] for name in control.injected} | {
        name: call.joined[name] for name in control.populations
    }
    return _body(control, values, tuple(call.joined.values()))


def _population(control: Control, name: str, given: Mapping[str, Any], kinds: Kinds) -> Population[Any]:
    """A joined population: of its members and gaps, those that matter to the control."""
    whole = kinds.population(control.needed[name])
    where = _where(control.joins.get(name), given)
    if where is None:
        return whole  # shared by all controls that join it, with its indexes
    members = [member for member in whole.members if _matters(where, member)]
    return Population(whole.kind, members, relevant(whole.gaps, where, kinds))


def _matters(where: Callable[[Any], object], member: Resource) -> bool:
    try:
        return bool(where(member))
    except UnknownFact:
        return may_belong(where, member)


def _where(where: Callable[..., object] | None, given: Mapping[str, Any]) -> Where:
    if where is None:
        return None
    wanted = {name: given[name] for name in takes(where) if name in given}
    return (lambda resource: where(resource, **wanted)) if wanted else where


def takes(where: Callable[..., object]) -> tuple[str, ...]:
    """The names of what a condition takes."""
    return where.__code__.co_varnames[: where.__code__.co_argcount]


def _body(control: Control, values: Mapping[str, Any], joined: Sequence[Population[Any]]) -> Callable[..., object]:
    function, parameter = control.function, control.parameter
    if not values:
        return function  # the hot path: no wrapper around it
    if parameter is None:
        return lambda: function(**values)
    if not joined:
        return lambda resource: function(**{parameter: resource}, **values)

    def body(resource: Resource) -> object:
        for population in joined:
            population.given.clear()  # what joins give out from here on is about this resource
        return function(**{parameter: resource}, **values)

    return body


def relevant(gaps: Iterable[Gap], where: Where, kinds: Kinds) -> Iterator[Gap]:
    """Of what a population lacks, all but what `where` leaves out, whatever else is true of it."""
    taken: dict[type[Resource], bool] = {}  # there are few kinds, and a gap for each account

    def takes(kind: type[Resource]) -> bool:
        if kind not in taken:
            taken[kind] = where is None or _takes(where, kind, kinds)
        return taken[kind]

    for gap in gaps:
        if where is None or not gap.kinds or any(map(takes, gap.kinds)):
            yield gap


def _takes(where: Callable[[Any], object], kind: type[Resource], kinds: Kinds) -> bool:
    constants = kinds.constants(kind)

    def known(fact: str) -> Any:
        if fact not in constants:
            raise UnknownFact(fact, "of what is missing nothing more is known")
        return constants[fact]

    return could_take(where, kind, known)


def may_belong(where: Where, resource: Resource) -> bool:
    """Whether a resource that `where` could not tell of, for an unknown fact, may be a member."""
    return where is None or could_take(where, kind_of(resource), lambda fact: getattr(resource, fact))
