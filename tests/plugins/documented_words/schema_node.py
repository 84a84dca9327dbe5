"""What a vendor's own description says of one place of an answer; the rest of the way is the same for all vendors."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple, Protocol

from soc2test.proving.words.paths import Path, Step

__all__ = ["Enumeration", "Node", "enumeration_at", "walk"]


class Enumeration(NamedTuple):
    """The words that may stand in one place, and the file of the package that says so."""

    words: tuple[str, ...]
    file: str


class Node(Protocol):
    """A place of an answer, as a vendor describes it."""

    def below(self, step: Step) -> Iterable["Node"]:
        """What may stand below it; nothing where the description has no such place."""
        ...

    def enumeration(self) -> Enumeration | None:
        """The words that may stand here; None where any text may."""
        ...


def walk(roots: Iterable[Node], path: Path) -> Iterator[Node]:
    """All that may stand at the path: of alternatives ("one of these objects") each."""
    nodes = list(roots)
    for step in path:
        nodes = [inner for node in nodes for inner in node.below(step)]
    yield from nodes


def enumeration_at(roots: Iterable[Node], path: Path) -> Enumeration | None:
    """The words of all alternatives together; None where one of them takes any text, or none has the place."""
    found = [node.enumeration() for node in walk(roots, path)]
    named = [enumeration for enumeration in found if enumeration is not None]
    if not named or len(named) < len(found):
        return None
    words = dict.fromkeys(word for enumeration in named for word in enumeration.words)
    return Enumeration(tuple(sorted(words)), named[0].file)
