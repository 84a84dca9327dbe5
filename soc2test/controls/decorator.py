"""The `@control` decorator: a test function becomes a control over a population."""

import inspect
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any, TypeVar

from soc2test.controls.blind_spots import stated_spots
from soc2test.controls.built_fixtures import with_fixtures
from soc2test.controls.control import ATTRIBUTE, Control
from soc2test.controls.definition import (
    check_choices,
    check_criteria,
    check_where,
    check_words,
    checked_between,
    dated_by,
    definition_error,
    said_by,
)
from soc2test.controls.limit_rules import check_limits
from soc2test.controls.noting import note
from soc2test.controls.parameters import agreeing, joined, members_that_matter, parameters_of, second_source
from soc2test.errors import ControlDefinitionError
from soc2test.verdicts import LimitValue

__all__ = ["control"]

F = TypeVar("F", bound=Callable[..., Any])


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
    blind_spots: Mapping[str, str] | None = None,
    between: str = "",
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
    the resource, which gives a tuple where it stands for several events. An exemption takes out only what happened
    since it was approved; without a date it takes out nothing.

    `between` names, of a state, the control of events that looks at what changed between two moments, by a log: over a
    period it is said for which scopes such a log tells of the time between the snapshots, and for which none does.

    `blind_spots` states what `soc2test prove` finds and is meant so, with the reason: a fact ("Person.score"), a limit
    ("limits.days"), "as_of" or a joined population by its parameter. It is printed wherever the control is explained.

    The function's annotations decide what it gets: one `Kind` parameter is the resource under test, and the body runs
    for each member; `Population[Kind]` is a whole population for joins; `limits` and `as_of` are given by name. Without
    an annotation the name of a kind does the same: `device` is the resource under test, `devices` its population; any
    other parameter is a pytest fixture, and the populations that it builds on are needed as if the control took them.
    Its docstring is the test's title and description.

    Raises `ControlDefinitionError` for anything that can't work.
    """

    def decorate(function: F) -> F:
        if isinstance(criteria, str):
            text = f"control {id!r} ({function.__name__}): criteria is a list: write criteria=[{criteria!r}]"
            raise ControlDefinitionError(text.replace("'", '"'))
        if not inspect.isfunction(function):
            kind = type(function).__name__
            raise ControlDefinitionError(f"control {id!r}: {kind} is no plain function; write `def test_...` below it")
        wrong = partial(definition_error, id, function)
        check_words(id, function, wrong)
        check_criteria(tuple(criteria), supports or {}, wrong, reliance=reliance)
        check_choices(wrong, nature=nature, severity=severity, operates=operates, on_empty=on_empty)
        title, description = said_by(function, wrong)
        takes = with_fixtures(function, parameters_of(function, wrong), wrong)
        check_where(where, takes, wrong)
        own_words = {name: tuple(each) for name, each in (words or {}).items()}
        check_limits(limits or {}, least or {}, own_words, looser or {}, wrong)
        own = takes.kind or next(iter((*takes.populations.values(), *takes.through.values())))
        spec = Control(
            id=id,
            title=title,
            description=description,
            criteria=tuple(criteria),
            supports=dict(supports or {}),
            severity=severity,
            operates=operates,
            where=where,
            limits=dict(limits or {}),
            on_empty=on_empty,
            function=function,
            kind=takes.kind,
            parameter=takes.parameter,
            populations=takes.populations,
            injected=takes.injected,
            fixtures=takes.fixtures,
            through=takes.through,
            built=takes.built,
            nature=nature,
            reliance=reliance,
            least=dict(least or {}),
            words=own_words,
            looser=dict(looser or {}),
            agrees=None if agrees is None else agreeing(agrees, on_empty, wrong),
            complete=None if complete is None else second_source("complete", complete, wrong),
            joins=members_that_matter(joins or {}, takes, wrong),
            beside=(*joined("beside", beside, takes, wrong), *joined("against", against, takes, wrong)),
            against=tuple(against),
            dated=dated_by(dated, own, nature, wrong),
            between=checked_between(between, nature, wrong),
            blind_spots=stated_spots(blind_spots or {}, takes, tuple(limits or {}), wrong),
        )
        setattr(function, ATTRIBUTE, spec)
        note(spec)
        function.__test__ = False  # type: ignore[attr-defined]  # ordinary pytest runs collect no control
        return function

    return decorate
