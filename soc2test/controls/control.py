"""The `@control` decorator: a test function becomes a control over a population."""

import inspect
import re
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field, replace
from typing import Any, TypeVar, get_args, get_origin

from soc2test.controls.looser import check_directions
from soc2test.controls.parameters import looks_at
from soc2test.criteria import CRITERIA
from soc2test.errors import ControlDefinitionError
from soc2test.nearest import near
from soc2test.populations.population import Population
from soc2test.resources.resource import Resource, fact_names
from soc2test.verdicts import SEVERITIES, LimitValue

__all__ = ["NATURES", "ON_EMPTY", "OPERATES", "Control", "Decorated", "control", "control_of", "decorations"]

OPERATES = ("continuously", "daily", "weekly", "monthly", "quarterly", "yearly", "per event")
NATURES = ("state", "occurrence", "event")
ON_EMPTY = ("not_evaluated", "no_occurrences", "fail")
F = TypeVar("F", bound=Callable[..., Any])

_ID = re.compile(r"[A-Z][A-Z0-9]*(-[A-Z0-9]+)+")
_ATTRIBUTE = "__soc2_control__"
_NEVER_RUN = (inspect.iscoroutinefunction, inspect.isgeneratorfunction, inspect.isasyncgenfunction)

_INJECTED = ("limits", "as_of")
_NATURES_SAID = (
    'say nature="state" (it holds or not at each moment, age limits included), "occurrence" (performances of which '
    'so many were due) or "event" (a trigger and a deadline)'
)


@dataclass(frozen=True)
class Second:
    """A function that asks second sources whether nothing, or nothing else, occurred; it raises where they disagree."""

    function: Callable[..., object] = field(repr=False)
    populations: Mapping[str, type[Resource]]
    injected: tuple[str, ...]

    def values(self, populations: Callable[[type[Resource]], Any], given: Mapping[str, Any]) -> dict[str, Any]:
        """What it is called with."""
        own = {name: given[name] for name in self.injected}
        return own | {name: populations(kind) for name, kind in self.populations.items()}


@dataclass(frozen=True)
class Control:
    """What `@control` says about a function; see `control` for the meaning of each."""

    id: str
    title: str
    description: str
    criteria: tuple[str, ...]
    supports: Mapping[str, str]
    severity: str
    operates: str
    where: Callable[..., object] | None
    limits: Mapping[str, LimitValue]
    on_empty: str
    function: Callable[..., object] = field(repr=False)
    kind: type[Resource] | None
    """the kind under test; None for a control over populations alone"""
    parameter: str | None
    """name of the parameter that takes the resource under test"""
    populations: Mapping[str, type[Resource]]
    """parameter name -> kind of the populations it joins"""
    injected: tuple[str, ...]
    """which of `limits` and `as_of` the function takes"""
    fixtures: tuple[str, ...]
    """names of the pytest fixtures it takes"""
    file: str = ""
    """path within its pack, with forward slashes"""
    pack: str = ""
    least: Mapping[str, float] = field(default_factory=dict)
    """limit -> the least number that soc2.yaml may set"""
    words: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """limit -> the words that soc2.yaml may set"""
    joins: Mapping[str, Callable[..., object]] = field(default_factory=dict)
    """parameter name -> which members of the population that it joins matter"""
    beside: tuple[str, ...] = ()
    """parameters whose populations only add to what others tell: what they lack holds nothing up by itself"""
    against: tuple[str, ...] = ()
    """those of `beside` whose populations can but contradict: a verdict that they leave alone does not rest on them"""
    looser: Mapping[str, str] = field(default_factory=dict)
    """limit -> in which direction it gets looser: "higher", "lower", "fewer", "more\""""
    nature: str = "state"
    reliance: bool = False
    agrees: "Second | None" = None
    """the second source that an empty population of events needs"""
    dated: "str | Callable[..., object] | None" = None
    """when an event or an occurrence happened: a fact of the kind under test, or a function of the resource"""
    complete: "Second | None" = None
    """what names, from other sources, what its population may lack"""

    @property
    def kinds(self) -> tuple[type[Resource], ...]:
        """Every kind whose population it needs."""
        first = (self.kind,) if self.kind is not None else ()
        return (*first, *self.populations.values())

    @property
    def besides(self) -> tuple[type[Resource], ...]:
        """The kinds of the populations that only add to what others tell."""
        return tuple(self.populations[name] for name in self.beside)

    @property
    def seconds(self) -> tuple[type[Resource], ...]:
        """The kinds that a second source is asked for where its own population is empty."""
        return tuple(self.agrees.populations.values()) if self.agrees is not None else ()

    @property
    def completing(self) -> tuple[type[Resource], ...]:
        """The kinds that are asked for what its own population may lack; what these lack holds nothing up by itself."""
        return tuple(self.complete.populations.values()) if self.complete is not None else ()


def control(
    id: str,
    *,
    criteria: Sequence[str],
    supports: Mapping[str, str] | None = None,
    severity: str = "medium",
    operates: str = "continuously",
    where: Callable[..., object] | None = None,
    limits: Mapping[str, LimitValue] | None = None,
    on_empty: str = "not_evaluated",
    least: Mapping[str, float] | None = None,
    words: Mapping[str, Sequence[str]] | None = None,
    looser: Mapping[str, str] | None = None,
    joins: Mapping[str, Callable[..., object]] | None = None,
    beside: Sequence[str] = (),
    against: Sequence[str] = (),
    nature: str = "",
    reliance: bool = False,
    agrees: Callable[..., object] | None = None,
    dated: str | Callable[..., object] | None = None,
    complete: Callable[..., object] | None = None,
) -> Callable[[F], F]:
    """Make a test function a control.

    `id` is stable and unique ("IAM-01"); `criteria` are the TSC ids it tests directly, `supports` maps further ids to
    the reason of the contribution; one that bears on a criterion and says too little of it alone only supports.
    `severity` is one of critical, high, medium, low; `operates` how often the control itself operates; `where` which
    resources belong to the population (takes the resource, and `limits`, `as_of` and what the control joins by name);
    `limits` the defaults that soc2.yaml overrides by id; `on_empty` the verdict over a complete but empty population:
    not_evaluated, no_occurrences (events) or fail. `least` and `words` say what soc2.yaml may set a limit to, where
    another value would switch the control off: the least number, and the words that the control knows.
    `looser` says in which direction a limit asks less than its default: "higher" or "lower" (numbers, and words in the
    order of `words`), "fewer" or "more" (lists). Such a value needs a clause and an approver in soc2.yaml; of a limit
    without a direction each other value does.
    `joins` says of a joined population, by the parameter's name, which of its members matter
    (`{"credentials": lambda credential: credential.root}`): the others are left out of it, and a gap of what it can't
    take holds nothing up. `beside` names joined populations that only add to what others tell, such as audit logs: what
    they lack holds nothing up by itself, and a join that misses in them raises as ever; the control says what it needs.
    `against` names such as can but contradict, and never excuse: no verdict rests on them, since rows kept by hand
    are no more than that because a system does not contradict them.

    `nature` decides how the test is evaluated over a period, and has no default: "state" (holds or not at each moment,
    age limits included), "occurrence" (performances of which so many were due) or "event" (a trigger and a deadline).
    An empty population of events or occurrences means something only where a second source agrees: `agrees` is a
    function that takes populations, `limits` and `as_of` as a control does, and asserts that they show none either.
    Without it, or where it raises, the control is not evaluated. `complete` is such a function too, asked whatever the
    population holds: what a system tells and a list kept by hand lacks it names with `deviation(resource, message)`, or
    asserts; the control is then not evaluated, unless it fails. `reliance` is for tests of the evidence itself, which
    are evidence of no criterion: their `criteria` are empty, and what they contribute to stands in `supports`.
    `dated` says when an event or an occurrence happened: the name of a fact of the kind under test, or a function of
    the resource. An exemption takes out only what happened since it was approved; without a date it takes out nothing.

    The function's annotations decide what it gets: one `Kind` parameter is the resource under test, and the body runs
    for each member; `Population[Kind]` is a whole population for joins; `limits` and `as_of` are given by name; any
    other parameter is a pytest fixture. Its docstring is the test's title and description.

    Raises `ControlDefinitionError` for anything that can't work.
    """

    def decorate(function: F) -> F:
        if isinstance(criteria, str):
            text = f"control {id!r} ({function.__name__}): criteria is a list: write criteria=[{criteria!r}]"
            raise ControlDefinitionError(text.replace("'", '"'))
        if not inspect.isfunction(function):
            kind = type(function).__name__
            raise ControlDefinitionError(f"control {id!r}: {kind} is no plain function; write `def test_...` below it")
        spec = _spec(
            function, id, tuple(criteria), dict(supports or {}), severity, operates, where, dict(limits or {}),
            on_empty, nature, reliance,
        )  # fmt: skip
        allowed = _ranges(spec, dict(least or {}), {name: tuple(each) for name, each in (words or {}).items()})
        directions = _directions(spec, dict(looser or {}), allowed["words"])
        second = _agreeing(spec, agrees) if agrees is not None else None
        whole = _second(spec, "complete", complete) if complete is not None else None
        spec = replace(
            spec,
            joins=_joins(spec, joins or {}),
            beside=(*_joined(spec, "beside", beside), *_joined(spec, "against", against)),
            against=tuple(against),
            looser=directions,
            agrees=second,
            dated=_dated(spec, dated),
            complete=whole,
            **allowed,
        )
        setattr(function, _ATTRIBUTE, spec)
        _note(spec)
        function.__test__ = False  # type: ignore[attr-defined]  # ordinary pytest runs collect no control
        return function

    return decorate


@dataclass(frozen=True)
class Decorated:
    """A control, and the file and line of the module that was being executed when it was decorated."""

    control: Control
    file: str
    line: int


_decorated: ContextVar[list[Decorated] | None] = ContextVar("soc2test_decorated", default=None)


@contextmanager
def decorations() -> Iterator[list[Decorated]]:
    """Within, everything that becomes a control is noted: a name in a module may be lost again, a decoration not."""
    noted: list[Decorated] = []
    token = _decorated.set(noted)
    try:
        yield noted
    finally:
        _decorated.reset(token)


def _note(spec: Control) -> None:
    noted = _decorated.get()
    if noted is None:
        return
    frame = sys._getframe()  # a factory may stand in another file: what counts is which module calls it
    while frame.f_code.co_name != "<module>" and frame.f_back is not None:
        frame = frame.f_back
    code = getattr(spec.function, "__code__", None)
    file, line = frame.f_code.co_filename, frame.f_lineno
    if code is not None and code.co_filename == file:
        line = code.co_firstlineno
    noted.append(Decorated(spec, file, line))


def control_of(function: object) -> Control | None:
    """The control that `function` was decorated as, None where it is none."""
    spec = getattr(function, _ATTRIBUTE, None)
    return spec if isinstance(spec, Control) else None


def _spec(
    function: Callable[..., Any],
    id: str,
    criteria: tuple[str, ...],
    supports: dict[str, str],
    severity: str,
    operates: str,
    where: Callable[..., object] | None,
    limits: dict[str, LimitValue],
    on_empty: str,
    nature: str,
    reliance: bool,
) -> Control:
    def wrong(text: str) -> ControlDefinitionError:
        return ControlDefinitionError(f"control {id!r} ({function.__name__}): {text}")

    if not isinstance(id, str) or not _ID.fullmatch(id):
        raise wrong("an id is upper case with a hyphen, such as 'IAM-01'")
    if not function.__name__.startswith("test_"):
        raise wrong("its function's name must start with test_")
    _check_criteria(criteria, supports, reliance, wrong)
    if nature not in NATURES:
        raise wrong(f"nature is {nature!r}: {_NATURES_SAID}" if nature else f"it has no nature: {_NATURES_SAID}")
    for name, value, allowed in (
        ("severity", severity, SEVERITIES),
        ("operates", operates, OPERATES),
        ("on_empty", on_empty, ON_EMPTY),
    ):
        if value not in allowed:
            raise wrong(f"{name} is {value!r}, allowed are {', '.join(allowed)}")
    if any(odd(function) for odd in _NEVER_RUN):
        raise wrong("it must be a plain function: a coroutine or generator would never run its asserts")
    text = inspect.getdoc(function)
    if not text:
        raise wrong("it needs a docstring: the sentence that says what must hold")
    title, _, description = text.partition("\n")
    kind, parameter, populations, injected, fixtures = _parameters(function, wrong)
    if kind is None and not populations:
        raise wrong("it takes no resource: annotate a parameter with a kind or with Population[Kind]")
    _check_where_and_limits(where, kind, limits, wrong)
    return Control(
        id, title.strip(), description.strip(), criteria, supports, severity, operates, where, limits, on_empty,
        function, kind, parameter, populations, injected, fixtures, nature=nature, reliance=reliance,
    )  # fmt: skip


def _check_criteria(
    criteria: tuple[str, ...],
    supports: Mapping[str, str],
    reliance: bool,
    wrong: Callable[[str], ControlDefinitionError],
) -> None:
    if not criteria and not supports:
        raise wrong("name at least one criterion that it tests, or one that it supports")
    if criteria and reliance:
        raise wrong("a test of the evidence itself is evidence of no criterion: move criteria= to supports=")
    for criterion in (*criteria, *supports):
        if criterion not in CRITERIA:
            guess = near(str(criterion), CRITERIA) or "; `soc2test criteria` lists all"
            raise wrong(f"there is no criterion {criterion!r}{guess}")
    both = sorted(set(criteria) & set(supports))
    if both:
        raise wrong(f"{', '.join(both)} stands in criteria and in supports")


def _check_where_and_limits(
    where: object, kind: object, limits: Mapping[str, object], wrong: Callable[[str], ControlDefinitionError]
) -> None:
    if where is not None and kind is None:
        raise wrong("`where` needs a resource under test")
    if where is not None and not inspect.isfunction(where):
        raise wrong("`where` must be a plain function or lambda")
    if any(odd(where) for odd in _NEVER_RUN):
        raise wrong("`where` must be a plain function: a coroutine or generator is true for every resource")
    for name, value in limits.items():
        if not name.isidentifier() or name.startswith("_") or name == "items":
            raise wrong(f"a limit can't be named {name!r}")
        if not isinstance(value, bool | int | float | str | tuple):
            instead = ": write a tuple, " + repr(tuple(value)) if isinstance(value, list | set) else ""
            allowed = "allowed are bool, int, float, str and a tuple of texts"
            raise wrong(f"limit {name} is a {type(value).__name__}, {allowed}{instead}")
        if isinstance(value, tuple) and not all(isinstance(each, str) for each in value):
            raise wrong(f"limit {name} is a tuple that holds more than texts: soc2.yaml could not set it")


def _joins(spec: Control, joins: Mapping[str, Callable[..., object]]) -> dict[str, Callable[..., object]]:
    for name, where in joins.items():
        if name not in spec.populations:
            text = f"joins= names populations that it takes, and {name!r} is none{near(name, spec.populations)}"
            raise ControlDefinitionError(f"control {spec.id!r} ({spec.function.__name__}): {text}")
        if not inspect.isfunction(where) or any(odd(where) for odd in _NEVER_RUN):
            text = f"joins[{name!r}] must be a plain function or lambda"
            raise ControlDefinitionError(f"control {spec.id!r} ({spec.function.__name__}): {text}")
    return dict(joins)


def _joined(spec: Control, key: str, names: Sequence[str]) -> tuple[str, ...]:
    """The names of populations that a control joins, as `beside` and `against` give them."""
    own = [*spec.populations][:1] if spec.kind is None else []
    for name in [names] if isinstance(names, str) else names:
        if name not in spec.populations or name in own:
            text = f"{key}= names populations that it joins, and {name!r} is none{near(name, spec.populations)}"
            raise ControlDefinitionError(f"control {spec.id!r} ({spec.function.__name__}): {text}")
    if isinstance(names, str):
        text = f"{key}= is a list: write {key}=[{names!r}]"
        raise ControlDefinitionError(f"control {spec.id!r} ({spec.function.__name__}): {text}")
    return tuple(names)


def _directions(spec: Control, looser: dict[str, str], words: dict[str, tuple[str, ...]]) -> dict[str, str]:
    if (wrong := check_directions(looser, spec.limits, words)) is not None:
        raise ControlDefinitionError(f"control {spec.id!r} ({spec.function.__name__}): {wrong}")
    return looser


def _agreeing(spec: Control, agrees: Callable[..., object]) -> Second:
    if spec.on_empty != "no_occurrences":
        text = 'agrees= says when an empty population is none: write on_empty="no_occurrences" with it'
        raise ControlDefinitionError(f"control {spec.id!r} ({spec.function.__name__}): {text}")
    return _second(spec, "agrees", agrees)


def _second(spec: Control, name: str, asked: Callable[..., object]) -> Second:
    def wrong(text: str) -> ControlDefinitionError:
        return ControlDefinitionError(f"control {spec.id!r} ({spec.function.__name__}): {name}= {text}")

    if not inspect.isfunction(asked) or any(odd(asked) for odd in _NEVER_RUN):
        raise wrong("must be a plain function")
    kind, _, populations, injected, others = _parameters(asked, wrong)
    if kind is not None or others or not populations:
        raise wrong("takes populations (`name: Population[Kind]`), `limits` and `as_of`, and nothing else")
    idle = [each for each in populations if not looks_at(asked, each)]
    if idle:
        raise wrong(f"takes {idle[0]!r} and never looks at it: what it does not read agrees with nothing")
    return Second(function=asked, populations=populations, injected=injected)


def _dated(spec: Control, dated: str | Callable[..., object] | None) -> str | Callable[..., object] | None:
    kind, wrong = spec.kinds[0], ""
    if dated is not None and spec.nature == "state":
        wrong = "dates events and occurrences, and a state is that of now"
    elif isinstance(dated, str) and dated not in fact_names(kind):
        wrong = f"names a fact of {kind.__name__}, and {dated!r} is none{near(dated, fact_names(kind))}"
    elif dated is not None and not isinstance(dated, str) and (
        not inspect.isfunction(dated) or any(odd(dated) for odd in _NEVER_RUN)
    ):
        wrong = "must be the name of a fact, or a plain function of the resource"
    if wrong:
        raise ControlDefinitionError(f"control {spec.id!r} ({spec.function.__name__}): dated= {wrong}")
    return dated


def _ranges(spec: Control, least: dict[str, float], words: dict[str, tuple[str, ...]]) -> dict[str, Any]:
    for name in (*least, *words):
        if name not in spec.limits:
            raise ControlDefinitionError(
                f"control {spec.id!r} ({spec.function.__name__}): least and words name limits, and it has no limit "
                f"{name!r}"
            )
    for name, value in spec.limits.items():
        given = value if isinstance(value, tuple) else (value,)
        unknown = name in words and not set(given) <= set(words[name])
        if unknown or (name in least and not (isinstance(value, int | float) and value >= least[name])):
            raise ControlDefinitionError(
                f"control {spec.id!r} ({spec.function.__name__}): the default of {name} is not what soc2.yaml may set"
            )
    return {"least": least, "words": words}


def _parameters(
    function: Callable[..., Any], wrong: Callable[[str], ControlDefinitionError]
) -> tuple[type[Resource] | None, str | None, dict[str, type[Resource]], tuple[str, ...], tuple[str, ...]]:
    try:
        annotations = inspect.get_annotations(function, eval_str=True)
    except NameError as error:
        raise wrong(f"an annotation can't be resolved: {error}") from error
    kind: type[Resource] | None = None
    parameter: str | None = None
    populations: dict[str, type[Resource]] = {}
    injected: list[str] = []
    fixtures: list[str] = []
    for name, given in inspect.signature(function).parameters.items():
        if given.kind in (inspect.Parameter.VAR_POSITIONAL, inspect.Parameter.VAR_KEYWORD):
            raise wrong(f"it can't take *{name}: name each parameter")
        annotation = annotations.get(name)
        if isinstance(annotation, type) and issubclass(annotation, Resource):
            if kind is not None:
                raise wrong("it takes two resources under test; join the second through Population[Kind]")
            kind, parameter = annotation, name
        elif annotation is Population or get_origin(annotation) is Population:
            populations[name] = _member_kind(annotation, name, wrong)
        elif name in _INJECTED:
            injected.append(name)
        else:
            fixtures.append(name)
    return kind, parameter, populations, tuple(injected), tuple(fixtures)


def _member_kind(annotation: Any, name: str, wrong: Callable[[str], ControlDefinitionError]) -> type[Resource]:
    kind = next(iter(get_args(annotation)), None)
    if not (isinstance(kind, type) and issubclass(kind, Resource)):
        raise wrong(f"{name} is a Population of no kind: write Population[Kind]")
    return kind
