"""What would make a criterion more than the company's own word: systems and documents beside rows kept by hand."""

from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from soc2test.controls.control import Control
from soc2test.gaps.records import Way
from soc2test.resources.resource import Resource

__all__ = ["Teller", "Tellers", "ways_beside"]


class Teller(NamedTuple):
    """An operation that lists a kind: its source, what stands behind that, and whether its rows may name documents."""

    source: str
    nature: str
    operation: str
    documents: bool


Tellers = Callable[[type[Resource]], Iterable[Teller]]
"""the operations that list members of a kind"""


def ways_beside(controls: Iterable[Control], tellers: Tellers) -> tuple[Way, ...]:
    """The ways, each once: a system that lists what a test looks at, or documents that its rows name."""
    return tuple(dict.fromkeys(way for control in controls for way in _of(control, tellers)))


def _of(control: Control, tellers: Tellers) -> Iterator[Way]:
    if control.kind is None:
        return
    for teller in tellers(control.kind):
        if teller.nature == "system":
            text = f"let {teller.source} tell {control.kind.__name__} ({control.id})"
            yield Way(text=text, command=f"soc2test sources {teller.source}", source=teller.source)
        elif teller.documents:
            text = f"let rows of {teller.operation} name the file and SHA-256 of what shows them ({control.id})"
            yield Way(text=text, command=f"soc2test schema {teller.operation}", source=teller.source)
