"""What a store's label says of its data."""

from collections.abc import Iterable
from operator import call

from soc2test import DataScan, DataStore, Population, ProcessingActivity, UnknownFact, any_of

__all__ = ["LABELS_THAT_MATTER", "LABEL_ALONE", "has_label", "is_processed", "matters"]

LABELS_THAT_MATTER = ("confidential", "restricted")
LABEL_ALONE = "the label decides alone where neither a scan nor a purpose is known of a store: two changes"
"""Why no other value of the limit `labels` is seen to matter where both are known of each store that is labelled so."""


def has_label(store: DataStore, labels: Iterable[str]) -> bool:
    """True where its class is one of `labels`, in whatever case people wrote either."""
    given = store.classification
    return given is not None and given.strip().casefold() in {label.strip().casefold() for label in labels}


def matters(
    store: DataStore,
    labels: Iterable[str],
    scans: Population[DataScan],
    activities: Population[ProcessingActivity] | None = None,
) -> bool:
    """True where a store's label is one of `labels`, or another source says what its label does not.

    A scanner found something sensitive in it, or the record of processing names it. Raises `UnknownFact` where it has
    no label and neither says anything: to take a label away must not take a store out of a test.
    """
    says_so = (
        lambda: has_label(store, labels),
        lambda: any_of(scans.all("store", store.id).hits, lambda scan: scan.sensitive),
        lambda: activities is not None and is_processed(store, activities),
    )
    if any_of(says_so, call):
        return True
    if store.classification is None:
        raise UnknownFact("classification", "it has no label, so that nothing tells whether it matters: label it")
    return False


def is_processed(store: DataStore, activities: Population[ProcessingActivity]) -> bool:
    """The record of processing names it as a place of personal data. Raises `UnknownFact` where that may not be whole.

    A company that processes no personal data keeps a record without entries: a record that is lost takes no store out.
    """
    return bool(activities.all("stores", f"{store.source}:{store.name}"))
