"""The map of the data: an entry a store that holds sensitive data, or of which nobody can say that it does not."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from soc2test.code_reading.reads import facts_that_decide
from soc2test.controls.control import Control
from soc2test.criteria import criterion_order
from soc2test.data_map.flows import Flows
from soc2test.data_map.told import told
from soc2test.populations.population import Population
from soc2test.resources.kinds import DataFlow, DataScan, DataStore
from soc2test.resources.resource import kind_of
from soc2test.run import DataMap, Exposure, StoreEntry

__all__ = ["data_map"]

_HARMLESS = ("public", "internal")
"""Labels of stores that are said to hold nothing sensitive; any other word may mean that they do."""
_EXPOSED: tuple[tuple[str, bool, str], ...] = (
    ("public", True, "anyone on the internet can read or write it"),
    ("tls_only", False, "answers connections without TLS"),
    ("encrypted", False, "not encrypted at rest"),
    ("customer_key", False, "no key of the company's own"),
    ("access_logged", False, "access leaves no record"),
)
"""Facts of a store, the value of each that exposes it, and what that means; the worst first."""


def data_map(
    stores: Population[DataStore],
    scans: Population[DataScan],
    flows: Population[DataFlow],
    controls: Sequence[Control],
    most: int | None = None,
) -> DataMap:
    """Stores in the order of how exposed they are, `most` of them; those known to hold nothing sensitive are counted.

    A fact that no export tells is named as not told: it is no exposure, and no protection either.
    """
    moved = Flows(flows, stores)
    criteria = _criteria(controls) if stores.members else {}  # code is read only where something shows for it
    entries, harmless = [], 0
    for store in stores.members:
        entry = _entry(store, scans, moved, criteria)
        if entry.sensitive == "no":
            harmless += 1
        else:
            entries.append(entry)
    listed = tuple(sorted(entries, key=_worst_first)[:most])
    return DataMap(
        stores=listed,
        more=len(entries) - len(listed),
        others=harmless,
        lacks=tuple(gap.text for gap in stores.gaps),
        flows_lack=tuple(gap.text for gap in flows.gaps),
        astray=moved.astray,
    )


def _entry(
    store: DataStore, scans: Population[DataScan], flows: Flows, criteria: Mapping[str, Sequence[str]]
) -> StoreEntry:
    looks = scans.all("store", store.id).hits  # whether these are all is for the tests to say
    values = {fact: told(store, fact) for fact, _, _ in _EXPOSED}
    searched = [moment for look in looks if (moment := told(look, "scanned_at")) is not None]
    return StoreEntry(
        id=store.id,
        kind=kind_of(store).__name__,
        source=store.source,
        label=told(store, "classification"),
        owner=told(store, "owner"),
        sensitive=_sensitive(told(store, "classification"), [told(look, "sensitive") for look in looks]),
        found=tuple(dict.fromkeys(word for look in looks for word in told(look, "found") or ())),
        searched_at=max(searched, default=None),
        exposed=tuple(
            Exposure(fact=fact, text=words, criteria=tuple(criteria.get(fact, ())))
            for fact, bad, words in _EXPOSED
            if values[fact] is bad
        ),
        untold=tuple(fact for fact, value in values.items() if value is None),
        goes_to=flows.destinations(store),
        read_by=flows.readers(store),
    )


def _sensitive(label: str | None, found: Sequence[bool | None]) -> str:
    """ "yes" by a scanner or by the label, "no" where both say so, else "unknown"."""
    harmless = label is not None and label.strip().casefold() in _HARMLESS
    if True in found or (label is not None and not harmless):
        return "yes"
    return "no" if harmless and found and None not in found else "unknown"


def _criteria(controls: Sequence[Control]) -> dict[str, list[str]]:
    """Fact of a store -> the criteria whose tests look at it."""
    found: dict[str, set[str]] = {}
    for control in controls:
        for fact in _of_stores(control):
            found.setdefault(fact, set()).update(control.criteria, control.supports)
    return {fact: sorted(ids, key=criterion_order) for fact, ids in found.items()}


def _of_stores(control: Control) -> Iterator[str]:
    if control.kind is not None and issubclass(control.kind, DataStore):
        yield from facts_that_decide(control, DataStore)


def _worst_first(entry: StoreEntry) -> tuple[Any, ...]:
    facts = [exposure.fact for exposure in entry.exposed]
    return ("public" not in facts, entry.sensitive != "yes", -len(facts), entry.id)
