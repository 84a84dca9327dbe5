"""What a store's label says of its data."""

from collections.abc import Iterable

from soc2test import DataStore

__all__ = ["has_label"]


def has_label(store: DataStore, labels: Iterable[str]) -> bool:
    """True where its class is one of `labels`, in whatever case people wrote either."""
    given = store.classification
    return given is not None and given.strip().casefold() in {label.strip().casefold() for label in labels}
