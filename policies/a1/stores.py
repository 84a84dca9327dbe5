"""Stores that survive mistakes and the loss of a zone."""

from typing import Any

from soc2test import DataStore, control
from soc2test_policies._labels import has_label

_LABELS = ("confidential", "restricted")


def _labelled(store: DataStore, limits: Any) -> bool:
    return not store.copy and has_label(store, limits.labels)


@control(
    "BCK-03",
    criteria=["A1.2"],
    nature="state",
    severity="high",
    where=lambda store: not store.copy,
    limits={"backup_days": 7},
    looser={"backup_days": "lower"},
    least={"backup_days": 1},
)
def test_stores_are_backed_up(store: DataStore, limits: Any) -> None:
    """Automatic backups or versions are on for every data store that is no copy itself, and reach back far enough.

    A1.2: what was overwritten or deleted by mistake can be had again only where copies or versions are kept.
    """
    assert store.backed_up, "has no automatic backups and no versions"
    days = store.backup_days
    assert days is None or days >= limits.backup_days, f"its backups reach {days} days back, limit {limits.backup_days}"


@control(
    "BCK-04",
    criteria=["A1.2"],
    nature="state",
    severity="medium",
    where=_labelled,
    limits={"labels": _LABELS},
    looser={"labels": "fewer"},
)
def test_important_stores_are_protected_from_deletion(store: DataStore) -> None:
    """No store with one of the labels that matter can be deleted by a slip.

    A1.2: what can't be deleted by a slip stays there without a recovery.
    """
    assert store.deletion_protected, f"can be deleted by a slip, and is labelled {store.classification}"


@control(
    "BCK-05",
    criteria=["A1.2"],
    nature="state",
    severity="medium",
    where=_labelled,
    limits={"labels": _LABELS},
    looser={"labels": "fewer"},
)
def test_important_stores_survive_a_zone(store: DataStore) -> None:
    """Every store with one of the labels that matter survives the loss of a zone.

    A1.2: a store in more than one zone goes on when a data centre floods, burns or loses its power.
    """
    assert store.multi_zone, f"lies in a single zone, and is labelled {store.classification}"
