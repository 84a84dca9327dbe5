"""Where the data of a store goes and what reads it, as flows tell; what none of them tells stays untold."""

from collections.abc import Iterable, Iterator

from soc2test.data_map.told import is_told, told
from soc2test.populations.population import Population
from soc2test.resources.kinds import DataFlow, DataStore, DeclaredFlow
from soc2test.run import Destination, Reader

__all__ = ["Flows"]

_ORDER = ("public", "internal", "confidential", "restricted")
"""Labels from the least to the most protected; another word is compared with its like alone."""
_WORST_FIRST = ("vendor", "weaker", "unknown", "alike")


class Flows:
    """All flows that are told, by the store that they come from."""

    def __init__(self, flows: Population[DataFlow], stores: Population[DataStore]) -> None:
        self._stores = stores
        self._from: dict[str, list[DataFlow]] = {}
        self._vendors: dict[str, str] = {}
        """place -> the vendor whose place it is, by the company's own word"""
        self.astray = 0
        """how many there are of which it is not known where they come from"""
        for flow in flows.members:
            self._note(flow)

    def _note(self, flow: DataFlow) -> None:
        if not is_told(flow, "comes_from"):
            self.astray += 1
        elif flow.comes_from is not None:
            self._from.setdefault(flow.comes_from, []).append(flow)
        place, vendor = told(flow, "goes_to"), _vendor(flow)
        if place is not None and vendor is not None:
            self._vendors[place] = vendor

    def destinations(self, store: DataStore) -> tuple[Destination, ...]:
        """Where its data goes, the worst first. What stays within it goes nowhere."""
        by_place: dict[str | None, list[DataFlow]] = {}
        for flow in self._from.get(store.id, ()):
            place = told(flow, "goes_to")
            if place != store.id:
                by_place.setdefault(place, []).append(flow)
        found = [self._destination(store, place, flows) for place, flows in by_place.items()]
        return tuple(sorted(found, key=lambda each: (_WORST_FIRST.index(each.held), each.place or "")))

    def _destination(self, store: DataStore, place: str | None, flows: Iterable[DataFlow]) -> Destination:
        known = next(iter(self._stores.all("id", place).hits), None)
        vendor = None if place is None else self._vendors.get(place)
        return Destination(
            place=place,
            held=_held(told(store, "classification"), known, vendor),
            label=None if known is None else told(known, "classification"),
            vendor=vendor,
            told_by=tuple(sorted({flow.source for flow in flows})),
        )

    def readers(self, store: DataStore) -> tuple[Reader, ...]:
        """The jobs that read it, each with all who are named as answering for it."""
        owners: dict[str | None, set[str]] = {}
        for flow in self._from.get(store.id, ()):
            owners.setdefault(told(flow, "job"), set()).update(told(flow, "owners") or ())
        jobs = sorted(owners, key=lambda job: job or "")
        return tuple(Reader(job=job, owners=tuple(sorted(owners[job]))) for job in jobs)


def _vendor(flow: DataFlow) -> str | None:
    """The vendor that a row names; what a system saw names none."""
    vendor: str | None = told(flow, "vendor") if isinstance(flow, DeclaredFlow) else None
    return vendor


def _held(label: str | None, target: DataStore | None, vendor: str | None) -> str:
    """How data of this label is held at its target. Where nobody knows the target, or its label, nobody knows that."""
    if vendor is not None:
        return "vendor"
    if target is None or not is_told(target, "classification"):
        return "unknown"
    if target.classification is None:
        return "weaker"
    return _compared(*_words(label, target.classification))


def _words(*labels: str | None) -> Iterator[str]:
    yield from ((label or "").strip().casefold() for label in labels)


def _compared(label: str, there: str) -> str:
    if label == there:
        return "alike"
    if label not in _ORDER or there not in _ORDER:
        return "unknown"
    return "weaker" if _ORDER.index(there) < _ORDER.index(label) else "alike"
