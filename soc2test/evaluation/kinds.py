"""`Kinds`: where evaluation gets its populations from."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Protocol

from soc2test.populations.population import Gap, Population
from soc2test.populations.teller import Teller
from soc2test.resources.resource import Resource

__all__ = ["Kinds"]


class Kinds(Protocol):
    """Where evaluation gets its populations from."""

    def members(self, kind: type[Resource]) -> Iterable[Resource]:
        """The resources of a kind, subclasses included; may stream, once."""
        ...

    def gaps(self, kind: type[Resource]) -> Sequence[Gap]:
        """What the population of a kind lacks; to be asked after `members` was read."""
        ...

    def population(self, kind: type[Resource]) -> Population[Any]:
        """The whole population of a kind in memory, for joins."""
        ...

    def sources(self, kind: type[Resource]) -> Sequence[str]:
        """Names of the sources that tell a kind."""
        ...

    def constants(self, kind: type[Resource]) -> Mapping[str, Any]:
        """The facts that each member of a kind has by what the kind is."""
        ...

    def nature(self, source: str) -> str:
        """What stands behind the facts of a source: "system" or "record"."""
        ...

    def tellers(self, kind: type[Resource]) -> frozenset[Teller]:
        """The exports that list a kind."""
        ...

    def declared(self, source: str | None) -> bool:
        """True where soc2.yaml declares the source."""
        ...
