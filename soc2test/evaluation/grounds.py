"""What stands behind the facts that decided: vendors' exports, documents, or rows kept by hand."""

from collections.abc import Callable, Iterable

from soc2test.code_reading.reads import facts_that_decide
from soc2test.controls.control import Control
from soc2test.resources.resource import MEMBER, Origin, Resource, fact_names
from soc2test.verdicts import FACT_NATURES

__all__ = ["Ground", "Nature", "ground_of", "rests_on"]

Ground = tuple[str, tuple[str, ...], tuple[str, ...]]
"""The source of a resource, and which of its facts documents show and rows kept by hand tell: most populations have
one or two of these."""
Nature = Callable[[str], str]
"""The nature of a source's facts: "system" or "record"."""


def ground_of(origin: Origin) -> Ground:
    """What stands behind a resource that came from there."""
    return origin.source, origin.documented, origin.by_hand


def rests_on(
    control: Control, grounds: Iterable[tuple[type[Resource], Iterable[Ground]]], nature: Nature
) -> tuple[str, ...]:
    """The natures of the facts that decide a control, strongest first: it is as strong as the last.

    `grounds` are those of the resources that were looked at, by the kind that the control takes them as, what it tests
    first.
    """
    grounds = [(kind, set(of_kind)) for kind, of_kind in grounds]
    found = {each for kind, of_kind in grounds for each in _natures(control, kind, of_kind, nature)}
    if control.nature != "state":  # what documents show of each event says nothing of those that the list lacks
        found |= {_of_member(source, by_hand, nature) for source, _, by_hand in grounds[0][1]}
    return tuple(sorted(found, key=FACT_NATURES.index))


def _natures(control: Control, kind: type[Resource], grounds: Iterable[Ground], nature: Nature) -> Iterable[str]:
    for source, documented, by_hand in grounds:
        own = _of_member(source, by_hand, nature)
        if own == "system":
            facts = _deciding(control, kind) if by_hand else ()
            yield from ["record" if fact in by_hand else own for fact in facts] or [own]
        else:
            facts = _deciding(control, kind) if documented else ()
            yield from ["document" if fact in documented else own for fact in facts] or [own]


def _deciding(control: Control, kind: type[Resource]) -> tuple[str, ...]:
    """The facts that decide; of a population that a fixture builds on all, since the text does not show which."""
    return fact_names(kind) if kind in control.through.values() else facts_that_decide(control, kind)


def _of_member(source: str, by_hand: tuple[str, ...], nature: Nature) -> str:
    """What says that a resource is there."""
    return "record" if MEMBER in by_hand else nature(source)
