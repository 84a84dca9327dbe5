"""The second source: that a population of events is empty means something only where another source agrees."""

from collections.abc import Callable, Mapping
from typing import Any

import msgspec

from soc2test.controls.control import Control
from soc2test.errors import UnknownFact
from soc2test.evaluation.outside import by_signal
from soc2test.faults import place_of, words
from soc2test.populations.population import Population
from soc2test.resources.resource import Resource
from soc2test.verdicts import ControlResult, Reason, Verdict

__all__ = ["confirmed"]

Populations = Callable[[type[Resource]], Population[Any]]


def confirmed(
    control: Control, result: ControlResult, populations: Populations, given: Mapping[str, Any], *, kept: bool
) -> ControlResult:
    """The result, "not evaluated" where it says "no occurrences" and nothing else shows that there were none.

    `given` are the control's limits and the moment. `kept` is true where the population of its kind is kept by hand and
    empty altogether: then a state says nothing either.
    """
    if result.verdict is not Verdict.NO_OCCURRENCES or result.reason is None or result.reason.code != "empty":
        return result
    if control.nature == "state":
        doubt = _nothing_kept(control) if kept else None
    else:
        doubt = _asked(control, populations, given)
    return result if doubt is None else msgspec.structs.replace(result, verdict=Verdict.NOT_EVALUATED, reason=doubt)


def _nothing_kept(control: Control) -> Reason:
    kind = control.kinds[0].__name__
    return Reason("unconfirmed", f"the register is empty, and nothing else shows that there is no {kind}")


def _asked(control: Control, populations: Populations, given: Mapping[str, Any]) -> Reason | None:
    second, kind = control.agrees, control.kinds[0].__name__
    if second is None:
        return Reason("unconfirmed", f"no {kind} is told, and no second source shows that there was none")
    try:
        said = second.function(**second.values(populations, given))
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
    return None if said is None else Reason("unconfirmed", "its second source returned a value; it asserts")
