"""Evaluation: controls over populations to results. A pure function; knows neither pytest nor files.

Resource-major: each resource is decoded once and every control of its kind runs on it; nothing is allocated for a
pass. The plugin, and later the period engine and a cluster's worker, call the same function.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime, tzinfo
from types import MappingProxyType
from typing import Any, NamedTuple, Protocol

import msgspec

from soc2test.code_reading.reach import could_take
from soc2test.controls.control import Control
from soc2test.controls.deviation import collecting
from soc2test.controls.waiting import STATE_WAITS
from soc2test.errors import Pending, Soc2Error, UnknownFact
from soc2test.evaluation.batches import batches
from soc2test.evaluation.complete import lacking
from soc2test.evaluation.exempt import Aside, Exempting
from soc2test.evaluation.limits import Limits
from soc2test.evaluation.outside import by_signal, directly_in, of_control
from soc2test.evaluation.second import confirmed
from soc2test.evaluation.tally import Census, Tally
from soc2test.evaluation.wording import while_wording
from soc2test.faults import place_of, words
from soc2test.populations.population import Gap, Population
from soc2test.populations.teller import Teller
from soc2test.progress.watch import Watch, nobody
from soc2test.resources.resource import Resource, kind_of
from soc2test.verdicts import ControlResult, Exemption

__all__ = ["Evaluated", "Kinds", "Raises", "evaluate"]

Where = Callable[[Any], object] | None


class Call(NamedTuple):
    """A control made ready: what it applies to, its body for one resource, and the populations that it joins."""

    where: Where
    body: Callable[..., object]
    joined: Mapping[str, Population[Any]]


Counted = tuple[Call, Tally, Aside | None]
"""A control made ready, what counts what it finds, and what counts that of its exempt resources where there are any."""
Part = tuple[Where, Callable[..., object], Tally, Callable[[Resource], bool] | None]


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

    def constants(self, kind: type[Resource]) -> Mapping[str, Any]:
        """The facts that each member of a kind has by what the kind is."""
        ...

    def nature(self, source: str) -> str:
        """What stands behind the facts of a source: "system" or "record"."""
        ...

    def tellers(self, kind: type[Resource]) -> frozenset[Teller]:
        """The exports that list a kind."""
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
    exempt: Mapping[str, Sequence[Exemption]] = MappingProxyType({}),
    asked: Mapping[str, Collection[str]] = MappingProxyType({}),
    zone: tzinfo = UTC,
    watch: Watch = nobody,
) -> dict[str, Evaluated]:
    """Evaluate `controls`, all in one pass over each kind; results by control id.

    `limits` holds each control's limits by id, `fixtures` the values of further parameters by name.
    `exempt` holds the exemptions by control id: what they name is evaluated all the same, and counted and listed apart;
    of events and occurrences what happened since, by the days of `zone`.
    `asked` holds, by control id, ids of resources for which it is to say whether it holds for them.
    What a control raises is part of its result; it never hides another's. What a signal handler raises comes out.
    """
    by_kind: dict[type[Resource] | None, list[Control]] = {}
    for control in controls:
        by_kind.setdefault(control.kind, []).append(control)
    done: dict[str, Evaluated] = {}
    for kind, group in by_kind.items():
        whole = Census()
        calls = []
        for control in group:
            call = _bind(control, kinds, limits[control.id], as_of, fixtures)
            exempting = Exempting(control, exempt.get(control.id, ()), zone)
            calls.append(_counted(control, call, limits[control.id], whole, exempting))
        if kind is None:
            seen = 0
            for call, tally, aside in calls:
                _once(call.body, tally, raises, next(iter(call.joined.values())).members, aside)
        else:
            batched = batches(kinds.members(kind), watch, _stage(group))
            seen = _each(batched, whole, calls, raises, as_of)
        for call, tally, aside in calls:
            control = tally.control
            own = [] if kind is None else list(_relevant(kinds.gaps(kind), call.where, kinds))
            sources = [source for needed in control.kinds for source in kinds.sources(needed)]
            given = {"limits": limits[control.id], "as_of": as_of}
            own += lacking(control, kinds.population, given, tuple(kinds.sources(control.kinds[0])), aside)
            left_out = aside.aside(told=tally.whole_is_told) if aside is not None else ()
            if aside is not None:
                tally.findings = list(aside.exempting.explained(tally.findings))
            result = tally.result(own, sources, kinds.declared, kinds.nature, left_out)
            if aside is not None:
                result = msgspec.structs.replace(result, exemptions=aside.exempting.told(tally.ids))
            if held_for := sorted(id for id in asked.get(control.id, ()) if tally.holds_for(id)):
                result = msgspec.structs.replace(result, held_for=tuple(held_for))
            result = confirmed(control, result, kinds, given, kept=not seen and _kept(sources, kinds))
            done[control.id] = Evaluated(result, tally.first, tally.broken)
    return done


def _stage(group: Sequence[Control]) -> str:
    first, more = group[0].id, len(group) - 1
    return f"{first} and {more} more: resource" if more else f"{first}: resource"


def _relevant(gaps: Iterable[Gap], where: Where, kinds: Kinds) -> Iterator[Gap]:
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


def _may_belong(where: Where, resource: Resource) -> bool:
    """Whether a resource that `where` could not tell of, for an unknown fact, may be a member."""
    return where is None or could_take(where, kind_of(resource), lambda fact: getattr(resource, fact))


def _counted(control: Control, call: Call, limits: Limits, whole: Census, exempting: Exempting) -> Counted:
    """A control with what counts its findings, and those of its exempt resources apart where there are exemptions."""
    if not exempting:
        return call, Tally(control, limits, call.joined, _shared(control, whole)), None
    aside = Aside(control, limits, call.joined).begin(exempting)
    if control.kind is not None and call.where is None:  # it does not apply to all of its kind any more
        call = call._replace(where=_everything)
    return call, Tally(control, limits, call.joined), aside


def _everything(_: Resource) -> bool:
    return True


def _shared(control: Control, whole: Census) -> Census | None:
    """The census of its kind, for a control that applies to all of it."""
    return whole if control.kind is not None and control.where is None else None


def _bind(control: Control, kinds: Kinds, limits: Limits, as_of: datetime, fixtures: Mapping[str, Any]) -> Call:
    given = {"limits": limits, "as_of": as_of}
    values: dict[str, Any] = {name: given[name] for name in control.injected}
    joined = {name: _population(control, name, given, kinds) for name in control.populations}
    values |= joined
    values |= {name: fixtures[name] for name in control.fixtures if name in fixtures}
    body = _body(control, values, tuple(joined.values()))
    return Call(where=_where(control.where, given | joined), body=body, joined=joined)


def _population(control: Control, name: str, given: Mapping[str, Any], kinds: Kinds) -> Population[Any]:
    """A joined population: of its members and gaps, those that matter to the control."""
    whole = kinds.population(control.populations[name])
    where = _where(control.joins.get(name), given)
    if where is None:
        return whole  # shared by all controls that join it, with its indexes
    members = [member for member in whole.members if _matters(where, member)]
    return Population(whole.kind, members, _relevant(whole.gaps, where, kinds))


def _matters(where: Callable[[Any], object], member: Resource) -> bool:
    try:
        return bool(where(member))
    except UnknownFact:
        return _may_belong(where, member)


def _where(where: Callable[..., object] | None, given: Mapping[str, Any]) -> Where:
    if where is None:
        return None
    wanted = {name: given[name] for name in where.__code__.co_varnames[: where.__code__.co_argcount] if name in given}
    return (lambda resource: where(resource, **wanted)) if wanted else where


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


def _each(
    batched: Iterable[list[Resource]], whole: Census, calls: Sequence[Counted], raises: Raises, as_of: datetime
) -> int:
    """Run the controls on each resource; how many there were, whether they apply to them or not."""
    plan = [part for counted in calls for part in _parts(*counted)]
    judged = (*raises.deviation, *raises.error)
    shared, seen = any(where is None for where, _, _, _ in plan), 0
    for batch in batched:
        seen += len(batch)
        if shared:
            whole.add(batch)
        for where, body, tally, takes in plan:
            for resource in batch if takes is None else filter(takes, batch):
                try:
                    if where is not None:
                        if not where(resource):
                            continue
                        tally.examined(resource)
                    if body(resource) is not None:
                        tally.error(resource, "the control returned a value; a control asserts and returns nothing")
                except UnknownFact as caught:
                    if while_wording(caught, tally.control.function.__code__):
                        tally.deviation(resource, "", caught)
                    elif tally.examines(resource) or _may_belong(where, resource):
                        tally.unknown(resource, caught)
                except Pending as caught:
                    _await(resource, caught, tally, as_of)
                except judged as caught:
                    _judge(resource, caught, tally, raises)
    return seen


def _parts(call: Call, tally: Tally, aside: Aside | None) -> Iterator[Part]:
    """What to run on which resources, and what counts it; without exemptions on all of them."""
    if aside is None:
        yield call.where, call.body, tally, None
        return
    by = aside.exempting.by
    yield call.where, call.body, tally, lambda resource: by(resource) is None
    yield call.where, call.body, aside, lambda resource: by(resource) is not None


def _kept(sources: Sequence[str], kinds: Kinds) -> bool:
    """True where all of them are kept by hand."""
    return bool(sources) and all(kinds.nature(source) == "record" for source in sources)


def _await(resource: Resource, caught: Pending, tally: Tally, as_of: datetime) -> None:
    """A limit that is still open, if it is the body of a control on events that says so, and it has not passed."""
    until = f"{caught.until:%Y-%m-%d %H:%M} UTC"
    if not of_control(caught, tally.control.function):
        tally.error(resource, "its where= called pending(): whether it applies does not depend on a limit")
    elif tally.control.nature == "state":
        tally.error(resource, STATE_WAITS)
    elif caught.until < as_of:
        tally.error(resource, f"called pending(until=...) with {until}, which has passed: assert what must hold by now")
    else:
        tally.pending(resource, f"{caught.text} (pending until {until})")


def _judge(resource: Resource, caught: BaseException, tally: Tally, raises: Raises) -> None:
    """Whether what was raised over one resource is a deviation or an error."""
    if isinstance(caught, raises.deviation) and directly_in(caught, tally.control.function):
        tally.deviation(resource, _message(caught), caught)
        return
    _let_through(caught)
    if isinstance(caught, raises.deviation) and of_control(caught, tally.control.function):
        tally.deviation(resource, _message(caught), caught)
    else:  # an assert of `where` is none of the control
        tally.error(resource, _describe(caught, tally.control, raises))


def _once(
    body: Callable[..., object], tally: Tally, raises: Raises, members: Sequence[Resource], aside: Aside | None
) -> None:
    named: list[tuple[Resource, str]] = []
    token = collecting.set(named)
    for whose, part in _split(members, tally, aside):
        whose.examined(*part)
    try:
        if body() is not None:
            tally.broke("the control returned a value; a control asserts and returns nothing")
    except UnknownFact as caught:
        if while_wording(caught, tally.control.function.__code__):
            tally.failed("")
        else:
            tally.undecided(caught)
    except Pending as caught:
        tally.broke(f"called pending() over a population: {caught.text}")
    except raises.deviation as caught:
        _let_through(caught)
        tally.failed(_message(caught))
    except raises.error as caught:
        _let_through(caught)
        tally.broke(_describe(caught, tally.control, raises))
    finally:
        collecting.reset(token)
    for resource, message in named:
        whose = aside if aside is not None and aside.exempting.by(resource) is not None else tally
        whose.deviation(resource, message)


def _split(
    members: Sequence[Resource], tally: Tally, aside: Aside | None
) -> Iterator[tuple[Tally, Sequence[Resource]]]:
    if aside is None:
        yield tally, members
        return
    by = aside.exempting.by
    yield tally, [member for member in members if by(member) is None]
    yield aside, [member for member in members if by(member) is not None]


def _let_through(caught: BaseException) -> None:
    """A time limit ends the evaluation: what it interrupts may hang again on the next resource."""
    if by_signal(caught):
        raise caught


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
