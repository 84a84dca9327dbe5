"""How confidential stores are kept."""

from typing import Any

from soc2test import DataScan, DataStore, Population, control
from soc2test_policies._joins import told
from soc2test_policies._labels import LABELS_THAT_MATTER, has_label, matters


def _confidential(store: DataStore, scans: Population[DataScan], limits: Any) -> bool:
    return matters(store, limits.labels, scans)


def _original(store: DataStore, scans: Population[DataScan], limits: Any) -> bool:
    return not store.copy and _confidential(store, scans, limits)


def _why(store: DataStore, limits: Any) -> str:
    """Why it is asked for, as messages say it."""
    label = told(lambda: store.classification, otherwise=None)
    if label is not None and has_label(store, limits.labels):
        return f"is labelled {label}"
    return "holds sensitive data by a scanner"


@control(
    "DAT-04",
    criteria=["C1.1", "CC6.1"],
    nature="state",
    severity="medium",
    where=_confidential,
    limits={"labels": LABELS_THAT_MATTER},
    looser={"labels": "fewer"},
    against=["scans"],
)
def test_confidential_stores_use_our_own_keys(store: DataStore, scans: Population[DataScan], limits: Any) -> None:
    """Every confidential store is encrypted with a key whose policy the company controls.

    Confidential is what its label says, or what a scanner found in it; one without a label is unknown.

    C1.1: confidential data stays so only while the company itself decides for whom its key is used.
    CC6.1: the key's policy is a second lock: rights on the store alone do not open what is in it.
    """
    assert store.customer_key, f"{_why(store, limits)} and has no key of the company's own"


@control(
    "DAT-05",
    criteria=["C1.1"],
    nature="state",
    supports={"CC7.2": "access to confidential data leaves a record"},
    severity="medium",
    where=_original,
    limits={"labels": LABELS_THAT_MATTER},
    looser={"labels": "fewer"},
    against=["scans"],
)
def test_access_to_confidential_stores_is_logged(store: DataStore, scans: Population[DataScan], limits: Any) -> None:
    """Each access to a confidential store leaves a record.

    Confidential is what its label says, or what a scanner found in it; one without a label is unknown.

    C1.1: who saw confidential data can be found out later only where each access leaves a record.
    """
    assert store.access_logged, f"{_why(store, limits)} and access leaves no record"
