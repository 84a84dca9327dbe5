"""Whether a population that is kept by hand may lack members: asked of other sources, whatever it holds."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from soc2test.controls.control import Control, Second
from soc2test.controls.deviation import collecting
from soc2test.errors import UnknownFact
from soc2test.evaluation.exempt import Aside
from soc2test.evaluation.outside import by_signal
from soc2test.faults import place_of, words
from soc2test.populations.population import Gap, Population
from soc2test.resources.resource import Resource
from soc2test.verdicts import Reason

__all__ = ["Named", "lacking"]

_NAMED = 5
"""resources that a reason names; the rest is counted"""

Named = tuple[Resource, str]
"""What a second source shows and the population lacks, and what is said of it."""
Populations = Callable[[type[Resource]], Population[Any]]


def lacking(
    control: Control,
    populations: Populations,
    given: Mapping[str, Any],
    sources: tuple[str, ...],
    aside: Aside | None,
    shown: list[Named],
) -> Iterator[Gap]:
    """What other sources tell that the control's own population lacks: a gap of each of the `sources` that list it.

    `given` are the control's limits and the moment. What is exempt is counted there and holds nothing up. What is named
    otherwise is `shown`.
    """
    if control.complete is None:
        return
    reason = _reason(control.complete, control.kinds[0].__name__, populations, given, aside, shown)
    if reason is not None:
        for source in sources or (None,):
            yield Gap(reason.code, reason.text, source)


def _reason(
    asked: Second,
    kind: str,
    populations: Populations,
    given: Mapping[str, Any],
    aside: Aside | None,
    shown: list[Named],
) -> Reason | None:
    named: list[Named] = []
    token = collecting.set(named)
    try:
        said = _asked(asked, populations, given, kind)
    finally:
        collecting.reset(token)
    missing = [(resource, text) for resource, text in named if not _is_exempt(resource, text, aside)]
    if not missing:
        return said
    shown += missing
    left = [text for _, text in missing]
    others = f" and {len(left) - _NAMED} more" if len(left) > _NAMED else ""
    return Reason("contradicted", f"not all of {kind} may be told: {'; '.join(left[:_NAMED])}{others}")


def _asked(asked: Second, populations: Populations, given: Mapping[str, Any], kind: str) -> Reason | None:
    unsure = f"whether all of {kind} is told is not known"
    try:
        said = asked.function(**asked.values(populations, given))
    except AssertionError as caught:
        return Reason("contradicted", f"not all of {kind} may be told: {str(caught) or 'a second source shows more'}")
    except UnknownFact as caught:
        return Reason("unconfirmed", f"{unsure}: {caught}")
    except KeyboardInterrupt:
        raise
    except BaseException as caught:  # whatever it raises, nothing shows that all is told
        if by_signal(caught):
            raise
        return Reason("unconfirmed", f"{unsure}: complete= raised {words(caught)} ({place_of(caught, asked.function)})")
    return None if said is None else Reason("unconfirmed", f"{unsure}: complete= returned a value; it names or asserts")


def _is_exempt(resource: Resource, text: str, aside: Aside | None) -> bool:
    if aside is None or not aside.exempting.covers_doubt(resource):
        return False
    aside.examined(resource)
    aside.unknown(resource, UnknownFact("", text))
    return True
