"""Flows of data: which of them take something away that must be protected, and what their ends are."""

from collections.abc import Iterable

from soc2test import DataFlow, DataStore, DeclaredFlow, Population
from soc2test_policies._labels import has_label

__all__ = ["classes_moved", "is_same_way", "takes_away"]


def takes_away(flow: DataFlow, stores: Population[DataStore], harmless: Iterable[str]) -> bool:
    """True where it leaves the place that it comes from, and that is no store labelled as one of `harmless`.

    What comes from no known store, or from one without a label, may be anything. Raises `UnknownFact` where it is not
    known where it comes from, or which label that has.
    """
    if flow.comes_from is not None and flow.comes_from == flow.goes_to:
        return False
    store = _origin(flow, stores)
    return store is None or not has_label(store, harmless)


def classes_moved(flow: DataFlow, stores: Population[DataStore]) -> tuple[str, ...]:
    """The classes of what it moves: by the label of the store that it comes from, else by its own labels."""
    store = _origin(flow, stores)
    if store is not None and store.classification is not None:
        return (store.classification,)
    return flow.classes


def is_same_way(flow: DataFlow, row: DeclaredFlow) -> bool:
    """True where a row is of the places that a flow is seen to join; for an end that is not seen any place will do."""
    begins_alike = flow.comes_from is None or flow.comes_from == row.comes_from
    ends_alike = flow.goes_to is None or flow.goes_to == row.goes_to
    return begins_alike and ends_alike


def _origin(flow: DataFlow, stores: Population[DataStore]) -> DataStore | None:
    return None if flow.comes_from is None else stores.one("id", flow.comes_from)
