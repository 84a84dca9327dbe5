"""What a store's label says of its data."""

from collections.abc import Iterable
from typing import Any

from soc2test import DataStore

__all__ = ["has_label", "is_labelled"]


def has_label(store: DataStore, labels: Iterable[str]) -> bool:
    """True where its class is one of `labels`, in whatever case people wrote either."""
    given = store.classification
    return given is not None and given.strip().casefold() in {label.strip().casefold() for label in labels}


def is_labelled(store: DataStore, limits: Any) -> bool:
    """True for a store with one of the labels that a control is about; a copy goes with what it is of."""
    return not store.copy and has_label(store, limits.labels)
