"""The second source: that a population of events is empty means something only where another source agrees."""

from collections.abc import Iterable, Mapping
from typing import Any, Protocol

import msgspec

from soc2test.controls.control import Control
from soc2test.controls.deviation import collecting
from soc2test.errors import UnknownFact
from soc2test.evaluation.complete import Named
from soc2test.evaluation.outside import by_signal
from soc2test.faults import place_of, words
from soc2test.populations.population import Population
from soc2test.populations.teller import Teller
from soc2test.resources.resource import Resource
from soc2test.verdicts import ControlResult, Reason, Verdict

__all__ = ["confirmed"]


class Kinds(Protocol):
    """What the second source is asked with."""

    def population(self, kind: type[Resource]) -> Population[Any]:
        """The whole population of a kind."""
        ...

    def tellers(self, kind: type[Resource]) -> frozenset[Teller]:
        """The exports that list a kind."""
        ...


def confirmed(
    control: Control,
    result: ControlResult,
    kinds: Kinds,
    given: Mapping[str, Any],
    shown: list[Named],
    *,
    kept: bool,
) -> ControlResult:
    """The result, "not evaluated" where it says "no occurrences" and nothing else shows that there were none.

    `given` are the control's limits and the moment. `kept` is true where the population of its kind is kept by hand and
    empty altogether: then a state says nothing either. What the second source names is `shown`.
    """
    if result.verdict is not Verdict.NO_OCCURRENCES or result.reason is None or result.reason.code != "empty":
        return result
    is_state = control.nature == "state"
    doubt = _nothing_kept(control, kept=kept) if is_state else _asked(control, kinds, given, shown)
    return result if doubt is None else msgspec.structs.replace(result, verdict=Verdict.NOT_EVALUATED, reason=doubt)


def _tellers(kinds: Kinds, of: Iterable[type[Resource]]) -> set[Teller]:
    return {teller for kind in of for teller in kinds.tellers(kind)}


def _is_another(teller: Teller, own: Iterable[Teller]) -> bool:
    """True for an export that is none of the population's own, and no copy of one.

    Another register is another, also of the same source: what people write in two places they have to keep in step, and
    the controls over either see where they don't.
    """
    return not any(teller.is_one_with(each) for each in own)


def _nothing_kept(control: Control, *, kept: bool) -> Reason | None:
    kind = control.kinds[0].__name__
    text = f"the register is empty, and nothing else shows that there is no {kind}"
    return Reason("unconfirmed", text) if kept else None


def _asked(control: Control, kinds: Kinds, given: Mapping[str, Any], shown: list[Named]) -> Reason | None:
    second, kind = control.agrees, control.kinds[0].__name__
    if second is None:
        return Reason("unconfirmed", f"no {kind} is told, and no second source shows that there was none")
    own, beside = _tellers(kinds, control.kinds[:1]), _tellers(kinds, control.seconds)
    if own and beside and not any(_is_another(teller, own) for teller in beside):
        names = " and ".join(sorted({f"{teller.source} {teller.operation}" for teller in beside}))
        text = f"no {kind} is told, and its second source reads the same ({names}), so that it agrees with itself"
        return Reason("unconfirmed", f"{text}: export another source or register that would show one")
    named: list[Named] = []
    token = collecting.set(named)
    try:
        said = second.function(**second.values(kinds.population, given))
    except AssertionError as caught:
        text = str(caught) or "a second source shows that there was one"
        return Reason("contradicted", f"no {kind} is told, but {text}")
    except UnknownFact as caught:
        return Reason("unconfirmed", f"no {kind} is told, and the second source can't tell: {caught}")
    except KeyboardInterrupt:
        raise
    except BaseException as caught:  # whatever it raises, nothing is confirmed
        if by_signal(caught):
            raise
        return Reason("unconfirmed", f"its second source raised {words(caught)} ({place_of(caught, second.function)})")
    finally:
        collecting.reset(token)
    if named:
        shown += named
        more = f" and {len(named) - 1} more" if named[1:] else ""
        return Reason("contradicted", f"no {kind} is told, but {named[0][1] or named[0][0].id}{more}")
    if said is not None:
        return Reason("unconfirmed", "its second source returned a value; it asserts")
    text = f"no {kind} is told, and nothing was exported that its second source asks"
    return None if beside else Reason("unconfirmed", text)
