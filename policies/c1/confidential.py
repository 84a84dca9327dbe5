"""How confidential stores are kept."""

from typing import Any

from soc2test import DataStore, control
from soc2test_policies._labels import has_label

_LABELS = ("confidential", "restricted")


def _labelled(store: DataStore, limits: Any) -> bool:
    return has_label(store, limits.labels)


def _original(store: DataStore, limits: Any) -> bool:
    return not store.copy and _labelled(store, limits)


@control(
    "DAT-04",
    criteria=["C1.1", "CC6.1"],
    nature="state",
    severity="medium",
    where=_labelled,
    limits={"labels": _LABELS},
    looser={"labels": "fewer"},
)
def test_confidential_stores_use_our_own_keys(store: DataStore) -> None:
    """Every confidential store is encrypted with a key whose policy the company controls.

    C1.1: confidential data stays so only while the company itself decides for whom its key is used.
    CC6.1: the key's policy is a second lock: rights on the store alone do not open what is in it.
    """
    assert store.customer_key, f"is labelled {store.classification} and has no key of the company's own"


@control(
    "DAT-05",
    criteria=["C1.1"],
    nature="state",
    supports={"CC7.2": "access to confidential data leaves a record"},
    severity="medium",
    where=_original,
    limits={"labels": _LABELS},
    looser={"labels": "fewer"},
)
def test_access_to_confidential_stores_is_logged(store: DataStore) -> None:
    """Each access to a confidential store leaves a record.

    C1.1: who saw confidential data can be found out later only where each access leaves a record.
    """
    assert store.access_logged, f"is labelled {store.classification} and access leaves no record"
