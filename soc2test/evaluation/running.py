"""Running controls: on each resource that goes by, or once over whole populations; what they raise goes to a tally."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime

import msgspec

from soc2test.controls.control import Control
from soc2test.controls.deviation import collecting
from soc2test.controls.waiting import STATE_WAITS
from soc2test.errors import Pending, Soc2Error, UnknownFact
from soc2test.evaluation.calls import Call, Where, may_belong
from soc2test.evaluation.exempt import Aside
from soc2test.evaluation.outside import by_signal, directly_in, of_control
from soc2test.evaluation.tally import Census, Tally
from soc2test.evaluation.wording import while_wording
from soc2test.faults import place_of, words
from soc2test.resources.resource import Resource

__all__ = ["Counted", "Raises", "run_again", "run_on_each", "run_once"]

Counted = tuple[Call, Tally, Aside | None]
"""A control made ready, what counts what it finds, and what counts that of its exempt resources where there are any."""
Part = tuple[Where, Callable[..., object], Tally, Callable[[Resource], bool] | None]


class Raises(msgspec.Struct, frozen=True):
    """Which exceptions of a control's body mean a deviation, and which an error; all others propagate."""

    deviation: tuple[type[BaseException], ...] = (AssertionError,)
    error: tuple[type[BaseException], ...] = (Exception,)
    said: tuple[tuple[type[BaseException], str], ...] = ()
    """our own words for some of them"""


def run_on_each(
    batched: Iterable[list[Resource]], whole: Census, calls: Sequence[Counted], raises: Raises, as_of: datetime
) -> int:
    """Run the controls on each resource; how many there were, whether they apply to them or not."""
    plan = [part for counted in calls for part in _parts(*counted)]
    seen = 0
    unbound = [tally for where, _, tally, _ in plan if where is None]
    told = [whole.add] * bool(unbound) + [tally.members for tally in unbound if tally.members is not None]
    for batch in batched:
        seen += len(batch)
        for members in told:
            members(batch)
        _run(batch, plan, raises, as_of)
    return seen


def run_again(batch: Sequence[Resource], calls: Iterable[Counted], raises: Raises, as_of: datetime) -> None:
    """Run the controls on resources that were counted already, where the control applies to all of its kind."""
    _run(batch, [part for counted in calls for part in _parts(*counted)], raises, as_of)


def _run(batch: Sequence[Resource], plan: Sequence[Part], raises: Raises, as_of: datetime) -> None:
    judged = (*raises.deviation, *raises.error)
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
                elif tally.examines(resource) or may_belong(where, resource):
                    tally.unknown(resource, caught)
            except Pending as caught:
                _await(resource, caught, tally, as_of)
            except judged as caught:
                _judge(resource, caught, tally, raises)


def _parts(call: Call, tally: Tally, aside: Aside | None) -> Iterator[Part]:
    """What to run on which resources, and what counts it; without exemptions on all of them."""
    if aside is None:
        yield call.where, call.body, tally, None
        return
    by = aside.exempting.by
    yield call.where, call.body, tally, lambda resource: by(resource) is None
    yield call.where, call.body, aside, lambda resource: by(resource) is not None


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
        tally.pending(resource, f"{caught.text} (pending until {until})", caught.until.isoformat())


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


def run_once(
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
