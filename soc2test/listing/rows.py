"""Members of a population as rows: what is known of each when it goes by, before it is told what was found."""

from collections.abc import Callable, Iterator, Sequence
from datetime import tzinfo
from operator import attrgetter
from typing import Any

from soc2test.controls.control import Control
from soc2test.controls.dated import day_of_event
from soc2test.errors import NoSuchFact, UnknownFact
from soc2test.evaluation.outside import by_signal
from soc2test.listing.cells import UNKNOWN, cell, inert_cell
from soc2test.listing.columns import facts_listed
from soc2test.resources.resource import MEMBER, Origin, Resource, kind_of

__all__ = ["Row", "Rows"]

Row = tuple[str, ...]
"""The cells of one member. Until it is known what was found its id is as it is, `outcome` and `finding` are empty."""


class Rows:
    """Makes the rows of one control; `nature` says what stands behind a source's facts."""

    def __init__(self, control: Control, nature: Callable[[str], str], zone: tzinfo) -> None:
        self._control, self._nature, self._zone = control, nature, zone
        self._facts = facts_listed(control)
        self._get = _getter(self._facts)
        self._dated = control.nature != "state" and control.dated is not None
        self._origin: Origin | None = None
        self._told: tuple[str, ...] = ()

    def of(self, resources: Sequence[Resource]) -> Iterator[Row]:
        """A row for each."""
        for resource in resources:
            try:
                facts = tuple([cell(value) for value in self._get(resource)])
            except (UnknownFact, NoSuchFact):
                facts = tuple([self._fact(resource, name) for name in self._facts])
            if resource.origin is not self._origin:
                self._origin, self._told = resource.origin, self._of_origin(resource.origin)
            day = self._day(resource) if self._dated else ""
            kind = kind_of(resource).__name__
            yield (resource.id, kind, "", "", day, *self._told, *facts)

    def _of_origin(self, origin: Origin) -> tuple[str, ...]:
        nature = "record" if MEMBER in origin.by_hand else self._nature(origin.source)
        return (
            inert_cell(origin.source),
            nature,
            inert_cell(origin.tenant),
            inert_cell(origin.of(self._facts) or ""),
        )

    @staticmethod
    def _fact(resource: Resource, name: str) -> str:
        """Of a special case that has no such fact the cell is empty."""
        try:
            return cell(getattr(resource, name))
        except NoSuchFact:
            return ""
        except UnknownFact as unknown:
            return inert_cell(f"{UNKNOWN}: {unknown.reason}")

    def _day(self, resource: Resource) -> str:
        try:
            return day_of_event(self._control, resource, self._zone).isoformat()
        except UnknownFact:
            return UNKNOWN
        except Exception as error:  # a programme's own function: what it raises dates nothing
            if by_signal(error):
                raise
            return UNKNOWN


def _getter(names: Sequence[str]) -> Callable[[Resource], tuple[Any, ...]]:
    """The values of these facts; `attrgetter` of one name gives no tuple."""
    if not names:
        return lambda _: ()
    get = attrgetter(*names)
    return get if len(names) > 1 else lambda resource: (get(resource),)
