"""All controls proven, by as many processes as there are cores."""

import multiprocessing
import os
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from datetime import datetime

import msgspec

from soc2test.controls.control import Control
from soc2test.evaluation.limits import Limits
from soc2test.faults import place_of, words
from soc2test.proving.bases import Told, bases_of
from soc2test.proving.made_up import made_up
from soc2test.proving.outcomes import Asked, alone
from soc2test.proving.prove import prove
from soc2test.proving.records import Fact, Proof, Weakness
from soc2test.proving.saved import relied_on

__all__ = ["MADE_UP", "ToProve", "prove_all", "prove_one"]

MADE_UP = "made up from its facts"
"""the basis of a proof without evidence"""


class ToProve(msgspec.Struct, frozen=True):
    """A control, its limits, the moment, and the evidence to begin with; None where there is none."""

    control: Control
    limits: Limits
    as_of: datetime
    told: Told | None


def prove_all(given: Sequence[ToProve], processes: int | None = None) -> Iterator[Proof]:
    """The proof of each, in their order. What they read is not copied: processes are forked where the system can."""
    count = min(processes or os.cpu_count() or 1, len(given))
    if count < 2 or "fork" not in multiprocessing.get_all_start_methods():  # noqa: PLR2004
        yield from map(prove_one, given)
        return
    context = multiprocessing.get_context("fork")
    with ProcessPoolExecutor(count, mp_context=context, initializer=_begin, initargs=(given,)) as pool:
        yield from pool.map(_prove_place, range(len(given)))


_given: Sequence[ToProve] = ()


def _begin(given: Sequence[ToProve]) -> None:
    global _given  # noqa: PLW0603  # inherited by the fork, since an inventory does not travel
    _given = given


def _prove_place(place: int) -> Proof:
    return prove_one(_given[place])


def prove_one(given: ToProve) -> Proof:
    """The proof of one control, over what is told of its kind, else over what can be made up.

    Whatever its code raises is a fault of it, and hides no other control.
    """
    control = given.control
    if control.fixtures:
        return _in_part(control)
    try:
        return _proof(given)
    except KeyboardInterrupt:
        raise
    except BaseException as error:  # noqa: BLE001  # SystemExit, too: the others are to be proven all the same
        text = f"proving it raised {words(error)} ({place_of(error, control.function)})"
        return Proof(control=control.id, basis="nothing", facts=_named(control), faults=(Weakness("broke", text, ""),))


def _proof(given: ToProve) -> Proof:
    control = given.control
    asked = Asked(control=alone(control), limits=given.limits, as_of=given.as_of)
    worlds = bases_of(asked, given.told) if given.told is not None else []
    if worlds:
        return prove(asked, worlds, f"the exports ({len(worlds)} to begin with)")
    if worlds := made_up(asked):
        return prove(asked, worlds, MADE_UP)
    text = "nothing was found for which it holds, in the exports or made up: give exports in which it does (--exports)"
    return Proof(control=control.id, basis="nothing", facts=_named(control), faults=(Weakness("no_basis", text, ""),))


def _in_part(control: Control) -> Proof:
    """A body that needs pytest can't be run here: its facts are told from its code, and that is all."""
    names = ", ".join(control.fixtures)
    text = f"it takes pytest fixtures ({names}), so that its body can't be run here; what it reads is told by its code"
    return Proof(control=control.id, basis="its code", facts=_named(control), faults=(Weakness("fixtures", text, ""),))


def _named(control: Control) -> tuple[Fact, ...]:
    return tuple(Fact(name=name, decides=False) for name in relied_on(control, None))
